"""CSV files split into rows: what is wrong with a file's structure, header or row lengths is said here."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planner.exchange.csv_row import CsvRow
from planner.exchange.files import MEGABYTE, read_text
from planner.exchange.problems import ProblemLog
from planner.exchange.text import Names, clean, quoted, shortened

MAX_CSV_BYTES = 256 * MEGABYTE
MAX_COLUMNS = 1000
OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs"}


@dataclass(slots=True)
class Table:
    """A CSV file that has been split into rows.

    `is_complete` is False where rows or columns may be missing because of mistakes: then what is not in it may
    exist all the same.
    """

    file: str
    log: ProblemLog
    index: dict[str, int] = field(default_factory=dict)
    unknown_columns: tuple[str, ...] = ()
    rows: list[CsvRow] = field(default_factory=list)
    is_complete: bool = True

    def error(self, row: int | None, column: str | None, text: str) -> None:
        """Report a mistake in the file's structure."""
        self.is_complete = False
        self.log.error(self.file, row, column, text)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns a file must have, and those it may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """All columns that mean something to the planner."""
        return self.required + self.optional


def read_table(folder: Path, name: str, columns: Columns, log: ProblemLog) -> Table:
    """Split a CSV file into rows; whatever is wrong with its structure goes to `log`."""
    text = read_text(folder, name, MAX_CSV_BYTES, log)
    return Table(name, log, is_complete=False) if text is None else split_table(text, name, columns, log)


def split_table(text: str, name: str, columns: Columns, log: ProblemLog) -> Table:
    """The same with the text of a file that messages call `name`."""
    table = Table(name, log)
    if _has_other_separator(table, text, columns):
        return table
    records = _records(table, text)
    line, header = next(records, (1, []))
    if len(header) > MAX_COLUMNS:
        table.error(line, None, f"names more than {MAX_COLUMNS} columns; is this the right file?")
    elif header:
        _read_header(table, line, header, columns)
        for begins, cells in records:
            if _fits(table, begins, cells, len(header)):
                table.rows.append(CsvRow(log, name, begins, table.index, cells))
    elif table.is_complete:
        table.error(None, None, f"is empty; begin with a row that names the columns: {', '.join(columns.required)} …")
    return table


def _records(table: Table, text: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row with the line it begins in, up to the first one that cannot be split."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            # Spreadsheets leave rows of empty cells behind.
            if any(map(str.strip, cells)):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        table.error(begins, None, _broken(error))


def _broken(error: csv.Error) -> str:
    if "field limit" in str(error):
        return (
            f"a cell of the row that begins here is longer than {csv.field_size_limit():,} characters; "
            "shorten it, or close the quote that was opened"
        )
    if "unexpected end" in str(error):
        return "a quote that is opened in the row that begins here is never closed; close it"
    return f"cannot be split into cells ({error}); inside a quoted cell, write each quote twice"


def _fits(table: Table, line: int, cells: Sequence[str], width: int) -> bool:
    if len(cells) == width:
        return True
    found = f"has {len(cells)} cell{'s' if len(cells) > 1 else ''}, but the header names {width} columns"
    if len(cells) > width:
        table.error(line, None, f"{found}; put cells that contain a comma in quotes")
    else:
        table.error(line, None, f"{found}; write a comma for each cell that is not given")
    return False


def _read_header(table: Table, line: int, header: Sequence[str], columns: Columns) -> None:
    """Learn where each column is."""
    names = [clean(cell).strip() for cell in header]
    for name, count in Counter(names).items():
        if name and count > 1:
            table.error(line, shortened(name), f"the column is there {count} times; keep one of them")
    for position, name in enumerate(names):
        if name:
            table.index.setdefault(name, position)
        else:
            table.log.warn(table.file, line, None, f"column {position + 1} has no name, so it is not read")
    table.unknown_columns = tuple(name for name in table.index if name not in columns.known)
    _report_unknown(table, line, columns)


def _report_unknown(table: Table, line: int, columns: Columns) -> None:
    absent = Names("column", (name for name in columns.known if name not in table.index))
    for name in table.unknown_columns:
        shown = quoted(name)
        table.log.warn(table.file, line, None, f"unknown column {shown} is not used{absent.suggestion(name)}")
    present = Names("column", table.unknown_columns)
    for name in columns.required:
        if name not in table.index:
            near = present.near(name)
            hint = f"rename {quoted(near)}" if near else "add it"
            table.error(line, name, f"the required column is missing; {hint}")


def _has_other_separator(table: Table, text: str, columns: Columns) -> bool:
    """Whether the header falls into more known columns by another separator than by the comma: a mistake."""
    lines = enumerate(io.StringIO(text, newline=""), start=1)
    line, header = next((item for item in lines if item[1].strip()), (1, ""))

    def known(separator: str) -> int:
        return sum(name.strip().strip('"') in columns.known for name in header.split(separator))

    for separator, noun in OTHER_SEPARATORS.items():
        if known(separator) > known(","):
            table.error(line, None, f"the columns are separated by {noun}; save the file with commas between them")
            return True
    return False
