"""The order of a list of shops: as people write it, and as SQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement

from planner.domain.query import FIELDS
from planner.exchange.text import Names
from planner.store.errors import StoreError
from planner.store.rows import LISTS
from planner.store.tables import INDEXED_ON_SERVER, SHOP
from planner.wording.translation import pgettext

SORTABLE = tuple(field.column for field in FIELDS if field.column not in LISTS)


@dataclass(frozen=True, slots=True)
class SortBy:
    """A column to sort by. Shops without a value come last either way."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Where the rows of a page are: `length` of them after `skipped`, counted from the end where that is nearer."""

    skipped: int
    length: int
    from_end: bool

    @classmethod
    def nearest(cls, offset: int, limit: int, total: int) -> "Window":
        """The window of `limit` rows from `offset` on, of `total`; its length is 0 or less where it has none."""
        length = min(limit, total - offset)
        rest = total - offset - length
        return cls(rest, length, from_end=True) if rest < offset else cls(offset, length, from_end=False)

    def forwards(self, rows: list[int]) -> list[int]:
        """The window's rows, which were looked for from where it is counted, from the first to the last."""
        return rows[::-1] if self.from_end else rows


def parse_sort(text: str) -> tuple[SortBy, ...]:
    """The order that `-priority,city` writes: columns, the first deciding, `-` for the greatest first.

    Raises StoreError.
    """
    names = {field.name: field.column for field in FIELDS} | {column: column for column in SORTABLE}
    allowed = Names(
        pgettext("noun", "column to sort by"), [name for name, column in names.items() if column in SORTABLE]
    )
    order = []
    for part in (item.strip() for item in text.split(",")):
        if not part:
            continue
        name = part.removeprefix("-")
        if name not in allowed:
            raise StoreError(allowed.unknown(name))
        order.append(SortBy(names[name], part.startswith("-")))
    return tuple(order)


def is_indexed_on_server(sort: Sequence[SortBy]) -> bool:
    """Whether a server has an index that leads through shops in this order, or at least by its first column."""
    return not sort or _column(sort[0]).name in INDEXED_ON_SERVER


def descending_with_gaps(sort: Sequence[SortBy]) -> Column[object] | None:
    """The column that decides the order first, where that is descending and some shops may have no value."""
    if not sort or not sort[0].descending:
        return None
    column = _column(sort[0])
    return column if column.nullable else None


def order_by(
    sort: Sequence[SortBy], *, backwards: bool = False, is_lead_given: bool = False
) -> list[ColumnElement[object]]:
    """The order as SQL, or the same from its end; `is_lead_given` says that all have a value to sort by first.

    Ties go by position, in the direction of the first column so that its index serves.
    """
    order: list[ColumnElement[object]] = []
    for number, item in enumerate(sort):
        column = _column(item)
        direction = column.desc() if item.descending != backwards else column.asc()
        if column.nullable and not (is_lead_given and number == 0):
            direction = direction.nulls_first() if backwards else direction.nulls_last()
        order.append(direction)
    descending = (bool(sort) and sort[0].descending) != backwards
    return [*order, SHOP.c.position.desc() if descending else SHOP.c.position.asc()]


def _column(item: SortBy) -> Column[object]:
    """The column that is sorted by: the folded one where there is one."""
    folded = f"{item.column}_folded"
    return SHOP.c[folded if folded in SHOP.c else item.column]
