"""The sheets of a spreadsheet, and which of them has the shops."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from planner.exchange.files import MEGABYTE, read_bytes
from planner.exchange.problems import ProblemLog
from planner.exchange.shops import COLUMNS
from planner.exchange.spreadsheet.csv_grid import csv_grid
from planner.exchange.spreadsheet.grid import Grid
from planner.exchange.spreadsheet.headings import count_known, find_header, match_headings
from planner.exchange.spreadsheet.workbook_grid import is_workbook, workbook_grids
from planner.exchange.text import quoted
from planner.wording.translation import gettext

MAX_BYTES = 100 * MEGABYTE


def open_grids(path: Path, mapping: Mapping[str, str], log: ProblemLog, sheet: str | None = None) -> list[Grid]:
    """The sheets of a file that hold anything, or only the one that is named; none, with the reason in `log`.

    `mapping` is by `heading_key`.
    """
    data = read_bytes(path.parent, path.name, MAX_BYTES, log)
    if data is None:
        return []
    if not is_workbook(data):
        if sheet is not None:
            log.error(path.name, None, None, gettext("is a CSV file, which has no sheets; leave --sheet out"))
            return []
        grid = csv_grid(data, path.name, lambda cells: count_known(cells, mapping), log)
        return [] if grid is None else [grid]
    errors = len(log.errors)
    grids = workbook_grids(data, path.name, sheet, log)
    if len(log.errors) > errors:
        return []
    filled = [grid for grid in grids if grid.rows]
    if not filled:
        text = gettext("the workbook is empty; give one that has shops")
        if sheet is not None:
            text = gettext("the sheet {sheet} is empty; give one that has shops").format(sheet=quoted(sheet))
        log.error(path.name, None, None, text)
    return filled


def likely_grids(grids: Sequence[Grid], mapping: Mapping[str, str], given: Collection[str] = ()) -> list[Grid]:
    """The sheets that may be the one with the shops: those whose header has all that every shop must have, or all."""
    whole = [grid for grid in grids if _names_shops(grid, mapping, ())]
    return whole or [grid for grid in grids if _names_shops(grid, mapping, given)] or list(grids)


def likeliest_grid(grids: Sequence[Grid], mapping: Mapping[str, str], given: Collection[str] = ()) -> Grid:
    """Of the sheets that may be the one with the shops, the first of those whose headings say the most."""
    return max(likely_grids(grids, mapping, given), key=lambda grid: _headings_known(grid, mapping))


def only_grid(
    file: str, grids: Sequence[Grid], mapping: Mapping[str, str], given: Collection[str], log: ProblemLog
) -> Grid | None:
    """The sheet to read; None, with the reason in `log`, where that is not clear."""
    likely = likely_grids(grids, mapping, given)
    if len(likely) == 1:
        return likely[0]
    names = ", ".join(quoted(grid.name) for grid in likely)
    text = gettext("it may be any of the sheets {names}; say which one with --sheet")
    log.error(file, None, None, text.format(names=names))
    return None


def _headings_known(grid: Grid, mapping: Mapping[str, str]) -> int:
    header = find_header(grid, mapping)
    return 0 if header is None else count_known(grid.rows[header][1], mapping)


def _names_shops(grid: Grid, mapping: Mapping[str, str], given: Collection[str]) -> bool:
    """Whether a sheet's header has all that every shop must have."""
    header = find_header(grid, mapping)
    if header is None:
        return False
    columns = {heading.column for heading in match_headings(grid.rows[header][1], mapping)}
    return columns.union(given).issuperset(COLUMNS.required)
