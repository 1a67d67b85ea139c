"""Windows on the shops: filtered, sorted and counted by the database, never loaded whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Connection, func, select

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
    connection: Connection, state: State, query: Query, sort: Sequence[SortBy], offset: int, limit: int, is_sqlite: bool
) -> Page:
    """The window of `limit` shops from `offset` on, and how many match in all."""
    few = _few_with_texts(connection, state, query, is_sqlite)
    where = condition(query, state.pk, is_sqlite=is_sqlite, texts=TextSearch.FIRST if few is None else few)
    total = connection.execute(select(func.count()).select_from(SHOP).where(where)).scalar_one()
    if few is None and offset < FEW:
        # Shops with such texts are many, so that the first of them soon come by.
        where = condition(query, state.pk, is_sqlite=is_sqlite, texts=TextSearch.ON_THE_WAY)
    shops = tuple(_window(connection, state, where, sort, offset, limit)) if offset < total else ()
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


def _window(
    connection: Connection,
    state: State,
    where: ColumnElement[bool],
    sort: Sequence[SortBy],
    offset: int,
    limit: int,
) -> Iterator[StoredShop]:
    # Only the window's rows are fetched whole: what is skipped is skipped in the index.
    window = select(SHOP.c.pk).where(where).order_by(*_order(sort)).offset(offset).limit(limit)
    places = {pk: place for place, pk in enumerate(connection.execute(window).scalars())}
    rows = connection.execute(select(SHOP).where(SHOP.c.pk.in_(list(places)))).mappings().all()
    unknown = state.unknown_in_shops
    for row in sorted(rows, key=lambda row: places[row["pk"]]):
        yield StoredShop(shop_of(row, unknown), row["version"])


def _order(sort: Sequence[SortBy]) -> list[ColumnElement[object]]:
    """The order as SQL; ties go by position, in the direction of the first column so that its index serves."""
    order: list[ColumnElement[object]] = []
    for item in sort:
        folded = f"{item.column}_folded"
        column: Column[object] = SHOP.c[folded if folded in SHOP.c else item.column]
        direction = column.desc() if item.descending else column.asc()
        order.append(direction.nulls_last() if column.nullable else direction)
    descending = bool(sort) and sort[0].descending
    return [*order, SHOP.c.position.desc() if descending else SHOP.c.position.asc()]
