"""What is wrong, or odd, about the headings of a sheet: each said once, with what to do."""

from collections.abc import Iterable, Mapping, Sequence

from planner.exchange.problems import Problem
from planner.exchange.shops import COLUMNS
from planner.exchange.spreadsheet.grid import Grid, is_empty
from planner.exchange.spreadsheet.headings import Heading, MatchedBy, heading_key, heading_text
from planner.exchange.text import Names, quoted, shortened

EXAMPLES = {"id": "Filialnummer", "format": "Shopformat"}


def header_problems(
    file: str, grid: Grid, row: int, headings: Sequence[Heading], said: Mapping[str, str]
) -> Iterable[Problem]:
    """What keeps the header from being understood."""
    known: dict[str, Heading] = {}
    for heading in headings:
        if not heading.is_known or heading.column is None:
            continue
        first = known.setdefault(heading.column, heading)
        if first is not heading:
            text = (
                f"{quoted(heading.text)} may be {heading.column}, but so may {quoted(first.text)} in column"
                f" {first.letters}; say which with --map '{shortened(heading.text)}={heading.column}', or leave one"
                f" out with --map '{shortened(heading.text)}='"
            )
            if first.text == heading.text:
                text = f"the heading {quoted(heading.text)} is there twice, in column {first.letters} too; rename one"
            yield Problem(file, row, heading.column, text, grid.cell_name(row, heading.position))
    there = Names("heading", (heading.text for heading in headings))
    keys = {heading_key(heading.text) for heading in headings}
    for name in said:
        if heading_key(name) not in keys:
            yield Problem(file, row, None, f"--map names a heading that is not there: {there.unknown(name)}")
    for column in COLUMNS.required:
        if column not in known:
            yield Problem(file, row, column, _missing(column, headings))


def _missing(column: str, headings: Sequence[Heading]) -> str:
    meant = [heading for heading in headings if heading.meant == column]
    name = shortened(meant[0].text) if meant else "Heading"
    known = f"no column is headed {column}, or otherwise so that it is known to be that ({EXAMPLES[column]} …)"
    return f"{known}; add one, or say which it is with --map '{name}={column}'"


def header_warnings(file: str, grid: Grid, header: int, headings: Sequence[Heading]) -> Iterable[Problem]:
    """What is not read, or not understood."""
    row, cells = grid.rows[header]
    for heading in headings:
        if heading.by is not MatchedBy.NOTHING:
            continue
        shown = quoted(heading.text)
        hint = f"; if it is the {heading.meant}, add --map '{shortened(heading.text)}={heading.meant}'" * bool(
            heading.meant
        )
        kept = "is unknown and kept as it is" if heading.is_extra else "is not read, as another column has that name"
        yield Problem(file, row, None, f"{shown} {kept}{hint}", grid.cell_name(row, heading.position))
    headed = {position for position, cell in enumerate(cells) if heading_text(cell)}
    for position in _filled_columns(grid, header) - headed:
        text = "the column has no heading, so it is not read"
        yield Problem(file, row, None, text, grid.cell_name(row, position))


def merged_warnings(file: str, grid: Grid, row: int, headings: Sequence[Heading]) -> Iterable[Problem]:
    """Cells below the header that are merged with others below them, which are read as empty."""
    columns = {heading.position: heading.column for heading in headings if heading.column}
    for first, last, position in grid.merged:
        if row < first < last and position in columns:
            text = f"is merged with the cells down to row {last}, which are read as empty; undo that, and fill them in"
            yield Problem(file, first, columns[position], text, grid.cell_name(first, position))


def _filled_columns(grid: Grid, header: int) -> set[int]:
    width = max((len(cells) for _, cells in grid.rows[header + 1 :]), default=0)
    filled: set[int] = set()
    for _, cells in grid.rows[header + 1 :]:
        if len(filled) == width:
            break
        filled.update(position for position, cell in enumerate(cells) if position not in filled and not is_empty(cell))
    return filled
