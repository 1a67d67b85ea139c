"""Shops read from a spreadsheet, as a table that stands where shops.csv's would: its problems name their cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planner.exchange.csv_row import CsvRow
from planner.exchange.csv_table import Table
from planner.exchange.problems import Problem, ProblemLog
from planner.exchange.settings import GERMANY, countries
from planner.exchange.spreadsheet.cells import LISTS, MONEY, CellReader
from planner.exchange.spreadsheet.grid import Cell, Grid
from planner.exchange.spreadsheet.header_problems import header_problems, header_warnings, merged_warnings
from planner.exchange.spreadsheet.headings import (
    LEFT_OUT,
    TARGETS,
    Heading,
    find_header,
    heading_key,
    match_headings,
)
from planner.exchange.spreadsheet.numbers import Writing, usual_writing
from planner.exchange.spreadsheet.opening import only_grid, open_grids
from planner.exchange.text import Names, quoted
from planner.exchange.toml_reader import Toml
from planner.wording.translation import gettext, pgettext

MEANINGS = frozenset({*TARGETS, LEFT_OUT})
FIXED = "fixed"


class SheetRow(CsvRow):
    """A row of a sheet: its problems name the cell."""

    __slots__ = ("_grid", "_positions")

    def __init__(self, log: ProblemLog, file: str, line: int, grid: Grid, positions: Mapping[str, int]) -> None:
        super().__init__(log, file, line, {}, [])
        self._grid = grid
        self._positions = positions

    def fill(self, index: Mapping[str, int], cells: list[str]) -> None:
        """Give the row its cells, as shops.csv would have them."""
        self._index, self._cells = index, cells

    def error(self, key: str, text: str) -> None:
        """Report a mistake in the field `key`, which is then no longer good."""
        self.spoil(key)
        self.log.errors.append(self._problem(key, text))

    def warn(self, key: str, text: str) -> None:
        """Report an oddity in the field `key`."""
        self.log.warnings.append(self._problem(key, text))

    def _problem(self, key: str, text: str) -> Problem:
        position = self._positions.get(key)
        cell = None if position is None else self._grid.cell_name(self.row or 0, position)
        return Problem(self.file, self.row, self.place(key), text, cell)

    def _raw(self, column: str, required: bool = False) -> str:
        # What is wrong with a cell that could not be read has been said.
        return super()._raw(column, required) if self.is_good(column) else ""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """What a sheet holds: `table` stands where shops.csv's would, `headings` say what each column is read as.

    `sheet` is empty for a CSV file. `mapping` is what users said that headings mean, now or before.
    """

    table: Table
    sheet: str = ""
    header_row: int | None = None
    headings: tuple[Heading, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)


def country_of(settings: Toml | None) -> str:
    """The country whose states and postcodes a rollout has, from the values of its rollout.toml."""
    calendar = (settings or {}).get("calendar")
    country = calendar.get("country") if isinstance(calendar, dict) else None
    return country if isinstance(country, str) and country and country in countries() else GERMANY


def read_spreadsheet(
    path: Path,
    log: ProblemLog,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
    country: str = GERMANY,
    given: Mapping[str, str] | None = None,
) -> SheetTable:
    """Read the shops of a spreadsheet; what is wrong with its structure goes to `log`, and then rows may be missing.

    `sheet` is the one to read; if none is given, the only one whose header names shops. `mapping` has the column
    (empty: leave it out) for headings that are not known, or not what they seem, and each must be there; of
    `remembered` ones, said for an earlier file, only those that are there count. `given` has what all shops have in
    columns that the sheet lacks.
    """
    by_key, used = meanings(mapping, remembered)
    empty = SheetTable(Table(path.name, log, is_complete=False), mapping=used)
    if not _check_targets(path.name, mapping or {}, log):
        return empty
    grids = open_grids(path, by_key, log, sheet)
    grid = only_grid(path.name, grids, by_key, given or {}, log) if grids else None
    if grid is None:
        return empty
    return read_grid(path.name, grid, log, mapping=mapping, remembered=remembered, country=country, given=given)


def read_grid(
    file: str,
    grid: Grid,
    log: ProblemLog,
    *,
    mapping: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
    country: str = GERMANY,
    given: Mapping[str, str] | None = None,
) -> SheetTable:
    """The same of a sheet that has been opened, of the file that messages call `file`."""
    by_key, used = meanings(mapping, remembered)
    empty = SheetTable(Table(file, log, is_complete=False), mapping=used)
    header = find_header(grid, by_key)
    if header is None:
        log.error(file, None, None, _no_headings(grid))
        return empty
    row, cells = grid.rows[header]
    headings = match_headings(cells, by_key)
    table = Table(file, log)
    for problem in header_problems(table.file, grid, row, headings, mapping or {}, given or {}):
        table.is_complete = False
        log.errors.append(problem)
    log.warnings += header_warnings(table.file, grid, header, headings)
    log.warnings += merged_warnings(table.file, grid, row, headings)
    _fill(table, grid, header, headings, country, given or {})
    if not table.rows:
        table.error(row, None, gettext("there are no shops below the headings in this row; is this the right sheet?"))
    return SheetTable(table, grid.name, row, tuple(headings), used)


def meanings(
    mapping: Mapping[str, str] | None, remembered: Mapping[str, str] | None
) -> tuple[dict[str, str], dict[str, str]]:
    """What headings were said to mean: by `heading_key`, as far as it means anything; and as it was said."""
    said = {heading_key(heading): column for heading, column in (mapping or {}).items()}
    before = {heading_key(name): column for name, column in (remembered or {}).items() if column in MEANINGS}
    return {**before, **said}, {**(remembered or {}), **(mapping or {})}


def _check_targets(file: str, mapping: Mapping[str, str], log: ProblemLog) -> bool:
    targets = Names(pgettext("noun", "column"), TARGETS)
    unknown = [column for column in mapping.values() if column != LEFT_OUT and column not in targets]
    for column in unknown:
        log.error(file, None, None, gettext("--map names an {unknown}").format(unknown=targets.unknown(column)))
    return not unknown


def _fill(
    table: Table, grid: Grid, header: int, headings: Sequence[Heading], country: str, given: Mapping[str, str]
) -> None:
    """Give `table` the rows below the header."""
    read: dict[str, Heading] = {}
    for heading in headings:
        if heading.column:
            read.setdefault(heading.column, heading)
    added = {column: text for column, text in given.items() if column not in read}
    table.index = {column: number for number, column in enumerate((*read, *added))}
    table.unknown_columns = tuple(column for column, heading in read.items() if heading.is_extra)
    positions = {column: heading.position for column, heading in read.items()}
    rows = grid.rows[header + 1 :]
    reader = CellReader(
        country,
        _usual(grid, rows, [positions[column] for column in MONEY if column in positions]),
        is_text=grid.is_text,
        loose_lists=frozenset(name for name in LISTS & read.keys() if read[name].text != name),
    )
    fixes_start = "start" in read and read["start"].is_fixed_start
    for line, cells in rows:
        row = SheetRow(table.log, table.file, line, grid, positions)
        values = {
            column: reader.read(row, column, cells[position]) if position < len(cells) else ""
            for column, position in positions.items()
        } | added
        index = table.index
        if fixes_start and values["start"] and not values.get("status"):
            values["status"] = FIXED
            index = {**index, "status": len(values) - 1} if "status" not in index else index
        row.fill(index, list(values.values()))
        table.rows.append(row)


def _usual(grid: Grid, rows: Sequence[tuple[int, list[Cell]]], positions: Sequence[int]) -> Writing | None:
    """How the sheet writes numbers as text: as those do that leave no doubt, else as its kind of file does."""
    texts = [
        cell
        for _, cells in rows
        for position in positions
        if position < len(cells) and isinstance(cell := cells[position], str)
    ]
    usual = usual_writing(texts)
    if usual is not None or grid.decimal_comma is None:
        return usual
    return Writing.COMMA if grid.decimal_comma else Writing.POINT


def _no_headings(grid: Grid) -> str:
    if grid.name:
        return gettext(
            "the sheet {sheet} has no row of headings that say what its columns are, such as Filialnummer, Ort,"
            " Shopformat; say what they are with --map 'Heading=column'"
        ).format(sheet=quoted(grid.name))
    return gettext(
        "has no row of headings that say what its columns are, such as Filialnummer, Ort, Shopformat; say what they are"
        " with --map 'Heading=column'"
    )
