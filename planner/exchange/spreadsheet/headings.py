"""Which column of a sheet is which column of shops.csv: because somebody said so, by its name, or by a synonym."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from planner.exchange.shops import COLUMNS
from planner.exchange.spreadsheet.columns import PLAN_PREFIX
from planner.exchange.spreadsheet.grid import Cell, Grid, column_letters, text_of
from planner.exchange.spreadsheet.synonyms import FIXED_START, SYNONYMS, by_normal, normal
from planner.exchange.text import MAX_COMPARED_LENGTH, clean

HEADER_ROWS = 50
# Below this, Bemerkung is taken for Bezeichnung, and Umsatz for Umsatzziel.
LIKENESS = 0.8
LEFT_OUT = ""
"""What a heading is mapped to where its column is not to be read."""
TARGETS = (*COLUMNS.known, FIXED_START)
BY_NORMAL = by_normal({column: SYNONYMS.get(column, ()) for column in TARGETS})


class MatchedBy(StrEnum):
    """Why a column of a sheet is read as what it is; the first of these that is true of it."""

    MAPPING = "mapping"
    NAME = "name"
    SYNONYM = "synonym"
    NOTHING = "unknown"


REASONS = tuple(MatchedBy)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a sheet: `text` is what stands above it, `column` what it is read as, None where it is not read.

    An unknown column is kept under its own heading. `meant` is the column of shops.csv that an unknown one might be.
    `is_fixed_start` marks a `start` that makes shops fixed.
    """

    position: int
    text: str
    column: str | None
    by: MatchedBy
    is_fixed_start: bool = False
    meant: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether it is read as a column of shops.csv."""
        return self.by is not MatchedBy.NOTHING and self.column is not None

    @property
    def is_extra(self) -> bool:
        """Whether it is kept though it means nothing to the planner."""
        return self.by is MatchedBy.NOTHING and self.column is not None

    @property
    def is_left_out(self) -> bool:
        """Whether it is known that its column is not to be read."""
        return self.by is not MatchedBy.NOTHING and self.column is None

    @property
    def letters(self) -> str:
        """What spreadsheet programs call the column."""
        return column_letters(self.position)


def heading_text(cell: Cell) -> str:
    """What a cell of the header says."""
    return clean(text_of(cell)).strip()


def heading_key(text: str) -> str:
    """What two headings have in common that are the same: mappings and sheets are matched by it."""
    return normal(text) or text.strip()


def count_known(cells: Sequence[Cell], mapping: Mapping[str, str]) -> int:
    """How many columns of shops.csv the cells of a row name; `mapping` is by `heading_key`."""
    keys = {heading_key(heading_text(cell)) for cell in cells} - {""}
    return len({mapping.get(key) or BY_NORMAL.get(key) for key in keys} - {None})


def find_header(grid: Grid, mapping: Mapping[str, str]) -> int | None:
    """Which of the grid's rows (from 0) is the header: the one near the top that names the most columns."""
    top = grid.rows[:HEADER_ROWS]
    counts = [count_known(cells, mapping) for _, cells in top]
    return counts.index(max(counts)) if any(counts) else None


def match_headings(cells: Sequence[Cell], mapping: Mapping[str, str]) -> list[Heading]:
    """What each column that has a heading is read as; `mapping` is by `heading_key`.

    Where two headings would be the same column, the one with the better reason is (see MatchedBy), and the other is
    unknown; where both have the same reason, both are read as that column: a mistake, for the caller to report.
    """
    headings = [_match(position, text, mapping) for position, text in enumerate(map(heading_text, cells)) if text]
    best: dict[str, MatchedBy] = {}
    for heading in headings:
        if heading.is_known and heading.column:
            best[heading.column] = min(heading.by, best.get(heading.column, heading.by), key=REASONS.index)
    free = [word for word, column in BY_NORMAL.items() if _base(column) not in best]
    kept = set(COLUMNS.known)
    matched = []
    for heading in headings:
        if heading.is_left_out or (heading.is_known and heading.by is best[heading.column or ""]):
            matched.append(heading)
        else:
            matched.append(_unknown(heading, kept, free))
            kept.add(heading.text)
    return matched


def _match(position: int, text: str, mapping: Mapping[str, str]) -> Heading:
    key = heading_key(text)
    if key in mapping:
        target, by = mapping[key], MatchedBy.MAPPING
    elif text in COLUMNS.known:
        target, by = text, MatchedBy.NAME
    elif text.startswith(PLAN_PREFIX):
        target, by = LEFT_OUT, MatchedBy.NAME
    elif key in BY_NORMAL:
        target, by = BY_NORMAL[key], MatchedBy.SYNONYM
    else:
        return Heading(position, text, text, MatchedBy.NOTHING)
    return Heading(position, text, _base(target) or None, by, target == FIXED_START)


def _base(target: str) -> str:
    """The column of shops.csv that `target` fills."""
    return "start" if target == FIXED_START else target


def _unknown(heading: Heading, kept: Collection[str], free: Collection[str]) -> Heading:
    """The heading as an unknown one: kept under its own text where no other column has that name."""
    near = get_close_matches(normal(heading.text[:MAX_COMPARED_LENGTH]), free, n=1, cutoff=LIKENESS)
    column = None if heading.text in kept else heading.text
    meant = BY_NORMAL[near[0]] if near else None
    return Heading(heading.position, heading.text, column, MatchedBy.NOTHING, meant=meant)
