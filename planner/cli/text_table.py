"""Lists as text with aligned columns, as CSV, or as JSON: text from data stays text in each."""

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from shutil import get_terminal_size

from rich.cells import cell_len

from planner.cli.messages import clip, say, show
from planner.exchange.plan_csv import text_cell
from planner.exchange.values import NUMBER
from planner.wording.translation import gettext

CELL_WIDTH = 32
GAP = 2


def show_table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, first: Sequence[str] = (), wide: bool = True
) -> None:
    """Shows rows under their headings, each column as wide as its widest cell; long cells are cut.

    Unless `wide`, columns that do not fit beside each other on the terminal are left out, which is said; those named
    `first` stay longest. What does not go to a terminal is never left out.
    """
    cells = [[clip(cell, CELL_WIDTH) for cell in row] for row in (headings, *rows)]
    widths = [max(cell_len(row[column]) for row in cells) for column in range(len(headings))]
    shown = range(len(headings)) if wide or not sys.stdout.isatty() else _fitting(headings, widths, first)
    for row in cells:
        padded = (row[column] + " " * (widths[column] - cell_len(row[column])) for column in shown)
        show((" " * GAP).join(padded).rstrip())
    left_out = [heading for column, heading in enumerate(headings) if column not in shown]
    if left_out:
        text = gettext("No room for {columns}; --wide shows all columns.")
        say(text.format(columns=", ".join(left_out)))


def _fitting(headings: Sequence[str], widths: Sequence[int], first: Sequence[str]) -> list[int]:
    """The columns that fit on the terminal, the most wanted of them."""
    room = get_terminal_size().columns
    shown: list[int] = []
    wanted = sorted(range(len(headings)), key=lambda column: headings[column] not in first)
    for column in wanted:
        if widths[column] <= room:
            shown.append(column)
            room -= widths[column] + GAP
    return sorted(shown)


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Writes rows as CSV to standard output; what a spreadsheet would run as a formula begins with an apostrophe."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    for row in (headings, *rows):
        writer.writerow([cell if NUMBER.fullmatch(cell) else text_cell(cell) for cell in row])
    sys.stdout.write(table.getvalue())
