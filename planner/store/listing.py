"""Windows on the shops: filtered, sorted and counted by the database, never loaded whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Connection, and_, func, literal, select

from planner.domain.query import FIELDS, Query, parse
from planner.exchange.text import Names
from planner.store.errors import StoreError
from planner.store.query_sql import TextSearch, condition, rows_with_texts
from planner.store.records import Page, StoredShop
from planner.store.rows import LISTS, shop_of
from planner.store.state import State
from planner.store.tables import SHOP, SHOP_ITEM
from planner.wording.translation import pgettext

EVERYTHING = parse("")
FEW = 2000
SORTABLE = tuple(field.column for field in FIELDS if field.column not in LISTS)


@dataclass(frozen=True, slots=True)
class SortBy:
    """A column to sort by. Shops without a value come last either way."""

    column: str
    descending: bool = False


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


def page(
    connection: Connection,
    state: State,
    query: Query,
    sort: Sequence[SortBy],
    offset: int,
    limit: int,
    is_sqlite: bool,
    counted: Page | None = None,
) -> Page:
    """The window of `limit` shops from `offset` on, and how many match in all.

    They are not counted again where nothing has changed since an earlier window of the query, `counted`, was read.
    """
    few = _few_with_texts(connection, state, query, is_sqlite)
    where = condition(query, state.pk, is_sqlite=is_sqlite, texts=TextSearch.FIRST if few is None else few)
    lead = None if is_sqlite else _descending_with_gaps(sort)
    if lead is None and counted is not None and counted.revision == state.revision:
        total, given = counted.total, 0
    else:
        counts = (func.count(), func.count(lead) if lead is not None else literal(0))
        total, given = connection.execute(select(*counts).select_from(SHOP).where(where)).one()
    # A server's index serves a descending order only among the shops that have a value, which come first.
    is_among_given = lead is not None and offset + limit <= given
    window = _Window.nearest(offset, limit, given if is_among_given else total)
    if few is None and window.skipped < FEW:
        # Shops with such texts are many, so that the first of them soon come by.
        where = condition(query, state.pk, is_sqlite=is_sqlite, texts=TextSearch.ON_THE_WAY)
    if lead is not None and is_among_given:
        where = and_(where, lead.is_not(None))
    order = _order(sort, backwards=window.from_end, is_lead_given=is_among_given)
    shops = tuple(_shops_in(connection, state, where, order, window)) if window.length > 0 else ()
    return Page(total, offset, shops, state.revision)


def _few_with_texts(connection: Connection, state: State, query: Query, is_sqlite: bool) -> list[int] | None:
    """The rows with the texts that a query asks for, where they are few; None where they are many, or none is asked."""
    look = rows_with_texts(query, state.pk, is_sqlite=is_sqlite)
    if look is None:
        return None
    rows: list[int] = list(connection.execute(look.limit(FEW + 1)).scalars())
    return rows if len(rows) <= FEW else None


def count(connection: Connection, state: State, query: Query, is_sqlite: bool) -> int:
    """How many shops match."""
    where = condition(query, state.pk, is_sqlite=is_sqlite)
    return connection.execute(select(func.count()).select_from(SHOP).where(where)).scalar_one()


def versions(
    connection: Connection, state: State, query: Query, is_sqlite: bool, sort: Sequence[SortBy] = ()
) -> dict[str, int]:
    """The ids of all shops that match, in order, with their versions."""
    where = condition(query, state.pk, is_sqlite=is_sqlite)
    rows = connection.execute(select(SHOP.c.id, SHOP.c.version).where(where).order_by(*_order(sort)))
    return {shop: version for shop, version in rows}  # noqa: C416 - rows are no pairs to the type checker


def values(connection: Connection, state: State, column: str, limit: int) -> list[str]:
    """The different texts that shops have in a column, in order; of a list each item."""
    is_list = column in LISTS
    chosen: Column[object] = SHOP_ITEM.c.item if is_list else SHOP.c[column]
    query = select(chosen).where(chosen.table.c.rollout == state.pk).distinct().order_by(chosen).limit(limit + 1)
    rows = connection.execute(query.where(SHOP_ITEM.c.field == column) if is_list else query).scalars()
    return [str(value) for value in rows if value not in (None, "")][:limit]


@dataclass(frozen=True, slots=True)
class _Window:
    """Where the rows of a page are: `length` of them after `skipped`, counted from the end where that is nearer."""

    skipped: int
    length: int
    from_end: bool

    @classmethod
    def nearest(cls, offset: int, limit: int, total: int) -> "_Window":
        """The window of `limit` rows from `offset` on, of `total`; its length is 0 or less where it has none."""
        length = min(limit, total - offset)
        rest = total - offset - length
        return cls(rest, length, from_end=True) if rest < offset else cls(offset, length, from_end=False)


def _shops_in(
    connection: Connection,
    state: State,
    where: ColumnElement[bool],
    order: Sequence[ColumnElement[object]],
    window: _Window,
) -> Iterator[StoredShop]:
    # Only the window's rows are fetched whole: what is skipped is skipped in the index.
    query = select(SHOP.c.pk).where(where).order_by(*order).offset(window.skipped).limit(window.length)
    pks = list(connection.execute(query).scalars())
    places = {pk: place for place, pk in enumerate(reversed(pks) if window.from_end else pks)}
    rows = connection.execute(select(SHOP).where(SHOP.c.pk.in_(pks))).mappings().all()
    unknown = state.unknown_in_shops
    for row in sorted(rows, key=lambda row: places[row["pk"]]):
        yield StoredShop(shop_of(row, unknown), row["version"])


def _descending_with_gaps(sort: Sequence[SortBy]) -> Column[object] | None:
    """The column that decides the order first, where that is descending and some shops may have no value."""
    if not sort or not sort[0].descending:
        return None
    column = _column(sort[0])
    return column if column.nullable else None


def _column(item: SortBy) -> Column[object]:
    """The column that is sorted by: the folded one where there is one."""
    folded = f"{item.column}_folded"
    return SHOP.c[folded if folded in SHOP.c else item.column]


def _order(
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
