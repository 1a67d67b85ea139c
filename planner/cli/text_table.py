"""Lists as text with aligned columns, as CSV, or as JSON: text from data stays text in each."""

import csv
import io
import sys
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from planner.cli.messages import clip, show
from planner.exchange.plan_csv import text_cell
from planner.exchange.values import NUMBER

CELL_WIDTH = 32


def show_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Shows rows under their headings, each column as wide as its widest cell; long cells are cut."""
    cells = [[clip(cell, CELL_WIDTH) for cell in row] for row in (headings, *rows)]
    widths = [max(cell_len(row[column]) for row in cells) for column in range(len(headings))]
    for row in cells:
        padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        show("  ".join(padded).rstrip())


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Writes rows as CSV to standard output; what a spreadsheet would run as a formula begins with an apostrophe."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    for row in (headings, *rows):
        writer.writerow([cell if NUMBER.fullmatch(cell) else text_cell(cell) for cell in row])
    sys.stdout.write(table.getvalue())
