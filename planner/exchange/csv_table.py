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
from planner.wording.amounts import number_text
from planner.wording.translation import gettext, later, ngettext, pgettext

MAX_CSV_BYTES = 256 * MEGABYTE
MAX_COLUMNS = 1000
OTHER_SEPARATORS = {";": later("semicolons"), "\t": later("tabs")}


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
        wrong = gettext("names more than {number} columns; is this the right file?")
        table.error(line, None, wrong.format(number=MAX_COLUMNS))
    elif header:
        _read_header(table, line, header, columns)
        for begins, cells in records:
            if _fits(table, begins, cells, len(header)):
                table.rows.append(CsvRow(log, name, begins, table.index, cells))
    elif table.is_complete:
        wrong = gettext("is empty; begin with a row that names the columns: {names} …")
        table.error(None, None, wrong.format(names=", ".join(columns.required)))
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
        return gettext(
            "a cell of the row that begins here is longer than {number} characters; shorten it, or close the quote that"
            " was opened"
        ).format(number=number_text(csv.field_size_limit()))
    if "unexpected end" in str(error):
        return gettext("a quote that is opened in the row that begins here is never closed; close it")
    return gettext("cannot be split into cells ({error}); inside a quoted cell, write each quote twice").format(
        error=error
    )


def _fits(table: Table, line: int, cells: Sequence[str], width: int) -> bool:
    if len(cells) == width:
        return True
    found = ngettext(
        "has {number} cell, but the header names {columns} columns",
        "has {number} cells, but the header names {columns} columns",
        len(cells),
    ).format(number=len(cells), columns=width)
    if len(cells) > width:
        wrong = gettext("{found}; put cells that contain a comma in quotes")
    else:
        wrong = gettext("{found}; write a comma for each cell that is not given")
    table.error(line, None, wrong.format(found=found))
    return False


def _read_header(table: Table, line: int, header: Sequence[str], columns: Columns) -> None:
    """Learn where each column is."""
    names = [clean(cell).strip() for cell in header]
    for name, count in Counter(names).items():
        if name and count > 1:
            wrong = gettext("the column is there {number} times; keep one of them")
            table.error(line, shortened(name), wrong.format(number=count))
    for position, name in enumerate(names):
        if name:
            table.index.setdefault(name, position)
        else:
            odd = gettext("column {number} has no name, so it is not read")
            table.log.warn(table.file, line, None, odd.format(number=position + 1))
    table.unknown_columns = tuple(name for name in table.index if name not in columns.known)
    _report_unknown(table, line, columns)


def _report_unknown(table: Table, line: int, columns: Columns) -> None:
    absent = Names(pgettext("noun", "column"), (name for name in columns.known if name not in table.index))
    for name in table.unknown_columns:
        odd = gettext("unknown column {name} is not used{hint}")
        table.log.warn(table.file, line, None, odd.format(name=quoted(name), hint=absent.suggestion(name)))
    present = Names(pgettext("noun", "column"), table.unknown_columns)
    for name in columns.required:
        if name not in table.index:
            near = present.near(name)
            hint = gettext("rename {near}").format(near=quoted(near)) if near else gettext("add it")
            table.error(line, name, gettext("the required column is missing; {hint}").format(hint=hint))


def _has_other_separator(table: Table, text: str, columns: Columns) -> bool:
    """Whether the header falls into more known columns by another separator than by the comma: a mistake."""
    lines = enumerate(io.StringIO(text, newline=""), start=1)
    line, header = next((item for item in lines if item[1].strip()), (1, ""))

    def known(separator: str) -> int:
        return sum(name.strip().strip('"') in columns.known for name in header.split(separator))

    for separator, noun in OTHER_SEPARATORS.items():
        if known(separator) > known(","):
            wrong = gettext("the columns are separated by {separator}; save the file with commas between them")
            table.error(line, None, wrong.format(separator=gettext(noun)))
            return True
    return False
