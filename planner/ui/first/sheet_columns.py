"""What the columns of a sheet are read as: for the table in which that can be changed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice

from planner.exchange.spreadsheet.grid import Cell, Grid, column_letters, is_empty, text_of
from planner.exchange.spreadsheet.header_problems import doubled, missing, unheaded_columns
from planner.exchange.spreadsheet.headings import (
    LEFT_OUT,
    Heading,
    MatchedBy,
    find_header,
    heading_key,
    heading_text,
    match_headings,
)
from planner.exchange.spreadsheet.reading import meanings
from planner.exchange.spreadsheet.synonyms import FIXED_START
from planner.exchange.text import shortened
from planner.ui.backlog.columns import LABELS
from planner.ui.widgets.mark_table import Column, Line
from planner.wording.amounts import plain_day_text
from planner.wording.translation import gettext, later, ngettext

SAMPLES, ROWS_SAMPLED = 2, 200
LIKE_A_HEADER = 2
FIXED_LABEL = later("Fixed date")
EXAMPLES = {"id": later("the number of each shop"), "format": later("the format it is to get")}

Meanings = Mapping[str, str]
"""What headings are said to mean: heading to column, as mappings are written."""


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """The columns of a sheet: `header` is the place of its header among the rows, `headings` what each is read as.

    `unheaded` are the columns that hold something below the header but have no heading. `samples` has what the first
    shops have in each column.
    """

    grid: Grid
    header: int
    headings: Sequence[Heading]
    unheaded: Sequence[int]
    samples: Mapping[int, str]

    @property
    def row(self) -> int:
        """The number of the header's row."""
        return self.grid.rows[self.header][0]

    def heading(self, position: int) -> Heading | None:
        """The heading of a column, if it has one."""
        return next((heading for heading in self.headings if heading.position == position), None)


def sheet_columns(grid: Grid, mapping: Meanings, before: SheetColumns | None = None) -> SheetColumns:
    """The columns of a sheet, its headings meaning what `mapping` says; `before` is the same with another mapping."""
    by_key, _ = meanings(None, mapping)
    header = find_header(grid, by_key)
    if header is None:
        header = before.header if before else _first_likely(grid)
    headings = match_headings(grid.rows[header][1], by_key)
    if before is not None and before.header == header:
        return replace(before, headings=headings)
    top = replace(grid, rows=grid.rows[: header + 1 + ROWS_SAMPLED])
    unheaded = unheaded_columns(top, header)
    positions = [*(heading.position for heading in headings), *unheaded]
    return SheetColumns(grid, header, headings, unheaded, {place: _sample(top, header, place) for place in positions})


def _first_likely(grid: Grid) -> int:
    """The first row with more than one text: titles stand alone in theirs."""
    texts = (sum(bool(heading_text(cell)) for cell in cells) for _, cells in grid.rows)
    return next((place for place, number in enumerate(texts) if number >= LIKE_A_HEADER), 0)


def _sample(grid: Grid, header: int, position: int) -> str:
    found = (
        cell_words(cells[position])
        for _, cells in grid.rows[header + 1 :]
        if position < len(cells) and not is_empty(cells[position])
    )
    return " · ".join(islice((shortened(text) for text in found if text), SAMPLES))


def cell_words(cell: Cell) -> str:
    """A cell as people read it."""
    if isinstance(cell, datetime):
        return plain_day_text(cell.date()) if cell.time() == time.min else text_of(cell)
    return plain_day_text(cell) if isinstance(cell, date) else text_of(cell).strip()


def with_meaning(columns: SheetColumns, mapping: Meanings, heading: Heading, target: str | None) -> dict[str, str]:
    """The mapping with a heading read as `target` (empty: left out); None reads it by its own name again.

    Another heading that was said to be the same no longer is.
    """
    kept = {
        name: meant
        for name, meant in mapping.items()
        if heading_key(name) != heading_key(heading.text) and not (target and _is_same(columns, name, meant, target))
    }
    return kept if target is None else {**kept, heading.text: target}


def _is_same(columns: SheetColumns, name: str, meant: str, target: str) -> bool:
    """Whether a heading of this sheet is said to be what `target` is."""
    there = {heading_key(heading.text) for heading in columns.headings}
    return _base(meant) == _base(target) and heading_key(name) in there


def _base(target: str) -> str:
    return "start" if target == FIXED_START else target


def target_of(heading: Heading) -> str | None:
    """What a heading is read as, by the names that mappings use; None where it is kept, but unknown."""
    if heading.is_fixed_start:
        return FIXED_START
    if heading.is_known:
        return heading.column
    return LEFT_OUT if heading.column is None else None


def label_of(target: str) -> str:
    """A column of shops.csv as the backlog calls it."""
    return gettext(FIXED_LABEL if target == FIXED_START else LABELS[target])


def table_columns() -> list[Column]:
    """The columns of the table."""
    return [
        Column("", 0),
        Column("", 2, align="right"),
        Column(gettext("Heading"), 12, share=True),
        Column(gettext("Examples"), 12, share=True),
        Column(gettext("Read as"), 10),
        Column(gettext("Why"), 10, rank=1),
    ]


def table_lines(columns: SheetColumns) -> dict[str, Line]:
    """A row a column, by its position."""
    lines = {
        heading.position: Line(
            [heading.letters, heading.text, columns.samples.get(heading.position, ""), *_reading(heading)],
            "" if heading.is_known else "dim",
        )
        for heading in columns.headings
    }
    for place in columns.unheaded:
        texts = [column_letters(place), "", columns.samples.get(place, ""), gettext("not read"), gettext("no heading")]
        lines[place] = Line(texts, "dim")
    return {str(place): lines[place] for place in sorted(lines)}


def _reading(heading: Heading) -> tuple[str, str]:
    """What a column is read as, and why."""
    target = target_of(heading)
    if target is None:
        if heading.meant is None:
            return gettext("as it is"), gettext("unknown, but kept")
        return gettext("as it is"), gettext("perhaps {column}? y").format(column=label_of(heading.meant))
    reasons = {MatchedBy.MAPPING: gettext("you said so"), MatchedBy.NOTHING: gettext("there twice")}
    why = reasons.get(heading.by, gettext("its heading"))
    return (label_of(target) if target else gettext("not read")), why


def faults(columns: SheetColumns, given: Collection[str]) -> list[str]:
    """What keeps the columns from being read, as sentences; `given` ones need not be there."""
    told = []
    for first, heading in doubled(columns.headings):
        if first.text == heading.text:
            text = gettext("The heading {heading} is there twice, in {first} and {second}: rename one in the sheet.")
        else:
            text = gettext("{first} and {second} both are {column}: choose another for one.")
        told.append(
            text.format(
                heading=shortened(heading.text),
                first=first.letters,
                second=heading.letters,
                column=label_of(target_of(heading) or heading.text),
            )
        )
    for column in missing(columns.headings, given):
        text = gettext("{column} is missing: choose the column that has {example}.")
        told.append(text.format(column=label_of(column), example=gettext(EXAMPLES[column])))
    return told


def outcome(columns: SheetColumns, given: Meanings) -> str:
    """How many columns are read, and what is given to all shops, where nothing is wrong."""
    read = sum(heading.is_known for heading in columns.headings)
    text = ngettext("{number} column is understood.", "{number} columns are understood.", read).format(number=read)
    there = {heading.column for heading in columns.headings}
    for column, value in given.items():
        if column not in there:
            every = gettext("No column is {column}: all shops get {value}.")
            text = f"{text} {every.format(column=label_of(column), value=value)}"
    return text
