"""What is wrong, or odd, about the headings of a sheet: each said once, with what to do."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from planner.exchange.problems import Problem
from planner.exchange.shops import COLUMNS
from planner.exchange.spreadsheet.grid import Grid, is_empty
from planner.exchange.spreadsheet.headings import Heading, MatchedBy, heading_key, heading_text
from planner.exchange.text import Names, quoted, shortened
from planner.wording.translation import gettext, pgettext

EXAMPLES = {"id": "Filialnummer", "format": "Shopformat"}


def header_problems(
    file: str, grid: Grid, row: int, headings: Sequence[Heading], said: Mapping[str, str], given: Collection[str]
) -> Iterable[Problem]:
    """What keeps the header from being understood; columns that are `given` need not be there."""
    for first, heading in doubled(headings):
        text = gettext(
            "{heading} may be {column}, but so may {other} in column {letters}; say which with"
            " --map '{name}={column}', or leave one out with --map '{name}='"
        ).format(
            heading=quoted(heading.text),
            column=heading.column,
            other=quoted(first.text),
            letters=first.letters,
            name=shortened(heading.text),
        )
        if first.text == heading.text:
            text = gettext("the heading {heading} is there twice, in column {letters} too; rename one").format(
                heading=quoted(heading.text), letters=first.letters
            )
        yield Problem(file, row, heading.column, text, grid.cell_name(row, heading.position))
    there = Names(pgettext("noun", "heading"), (heading.text for heading in headings))
    keys = {heading_key(heading.text) for heading in headings}
    for name in said:
        if heading_key(name) not in keys:
            text = gettext("--map names a heading that is not there: {unknown}").format(unknown=there.unknown(name))
            yield Problem(file, row, None, text)
    for column in missing(headings, given):
        yield Problem(file, row, column, _missing(column, headings))


def doubled(headings: Sequence[Heading]) -> Iterable[tuple[Heading, Heading]]:
    """The headings that are read as a column that another one is read as, each behind the first of these."""
    known: dict[str, Heading] = {}
    for heading in headings:
        if heading.is_known and heading.column is not None:
            first = known.setdefault(heading.column, heading)
            if first is not heading:
                yield first, heading


def missing(headings: Sequence[Heading], given: Collection[str] = ()) -> list[str]:
    """The columns that every shop must have and that no heading is read as; `given` ones need not be there."""
    known = {heading.column for heading in headings if heading.is_known}
    return [column for column in COLUMNS.required if column not in known and column not in given]


def _missing(column: str, headings: Sequence[Heading]) -> str:
    meant = [heading for heading in headings if heading.meant == column]
    name = shortened(meant[0].text) if meant else pgettext("of a column", "Heading")
    return gettext(
        "no column is headed {column}, or otherwise so that it is known to be that ({example} …); add one, or say"
        " which it is with --map '{name}={column}'"
    ).format(column=column, example=EXAMPLES[column], name=name)


def header_warnings(file: str, grid: Grid, header: int, headings: Sequence[Heading]) -> Iterable[Problem]:
    """What is not read, or not understood."""
    row = grid.rows[header][0]
    for heading in headings:
        if heading.by is not MatchedBy.NOTHING:
            continue
        text = gettext("{heading} is not read, as another column has that name{hint}")
        if heading.is_extra:
            text = gettext("{heading} is unknown and kept as it is{hint}")
        text = text.format(heading=quoted(heading.text), hint=_meant_hint(heading))
        yield Problem(file, row, None, text, grid.cell_name(row, heading.position))
    for position in unheaded_columns(grid, header):
        text = gettext("the column has no heading, so it is not read")
        yield Problem(file, row, None, text, grid.cell_name(row, position))


def unheaded_columns(grid: Grid, header: int) -> list[int]:
    """The columns (0 is A) that hold something below the header, but have no heading."""
    headed = {position for position, cell in enumerate(grid.rows[header][1]) if heading_text(cell)}
    return sorted(_filled_columns(grid, header) - headed)


def _meant_hint(heading: Heading) -> str:
    if not heading.meant:
        return ""
    hint = gettext("; if it is the {column}, add --map '{heading}={column}'")
    return hint.format(column=heading.meant, heading=shortened(heading.text))


def merged_warnings(file: str, grid: Grid, row: int, headings: Sequence[Heading]) -> Iterable[Problem]:
    """Cells below the header that are merged with others below them, which are read as empty."""
    columns = {heading.position: heading.column for heading in headings if heading.column}
    for first, last, position in grid.merged:
        if row < first < last and position in columns:
            text = gettext(
                "is merged with the cells down to row {last}, which are read as empty; undo that, and fill them in"
            )
            cell = grid.cell_name(first, position)
            yield Problem(file, first, columns[position], text.format(last=last), cell)


def _filled_columns(grid: Grid, header: int) -> set[int]:
    width = max((len(cells) for _, cells in grid.rows[header + 1 :]), default=0)
    filled: set[int] = set()
    for _, cells in grid.rows[header + 1 :]:
        if len(filled) == width:
            break
        filled.update(position for position, cell in enumerate(cells) if position not in filled and not is_empty(cell))
    return filled
