"""Windows on the shops: filtered, sorted and counted by the database, never loaded whole."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Column, Connection, and_, func, select

from planner.domain.query import Query, parse
from planner.store.order import (
    SORTABLE,
    SortBy,
    Window,
    descending_with_gaps,
    is_indexed_on_server,
    order_by,
    parse_sort,
)
from planner.store.query_sql import TextSearch, asks_for_texts_alone, condition, count_of, rows_with_texts
from planner.store.records import Page, StoredShop
from planner.store.rows import LISTS, shop_of
from planner.store.sorted_anew import rows_in, rows_sorted_anew
from planner.store.state import State
from planner.store.tables import SHOP, SHOP_ITEM

__all__ = ["EVERYTHING", "SORTABLE", "SortBy", "count", "page", "parse_sort", "values", "versions"]

EVERYTHING = parse("")
FEW = 2000


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
    total = counted.total if counted is not None and counted.revision == state.revision else None
    if few is not None and asks_for_texts_alone(query):
        total = len(few)
    if is_sqlite or is_indexed_on_server(sort):
        total, rows = _rows_by_index(connection, state, query, few, sort, offset, limit, total, is_sqlite)
    else:
        total, rows = rows_sorted_anew(connection, state, query, few, sort, offset, limit, total)
    return Page(total, offset, tuple(_shops(connection, state, rows)), state.revision)


def _rows_by_index(
    connection: Connection,
    state: State,
    query: Query,
    few: Sequence[int] | None,
    sort: Sequence[SortBy],
    offset: int,
    limit: int,
    total: int | None,
    is_sqlite: bool,
) -> tuple[int, list[int]]:
    """How many shops match, and the rows of the window, in order: what is skipped is skipped in the index."""
    where = condition(query, state.pk, is_sqlite=is_sqlite, texts=TextSearch.FIRST if few is None else few)
    if total is None:
        total = connection.execute(count_of(query, state.pk, where, is_sqlite=is_sqlite)).scalar_one()
    lead = None if is_sqlite else descending_with_gaps(sort)
    given = total
    if lead is not None:
        given -= connection.execute(select(func.count()).select_from(SHOP).where(where, lead.is_(None))).scalar_one()
    # A server's index serves a descending order only among the shops that have a value, which come first.
    is_among_given = lead is not None and offset + limit <= given
    window = Window.nearest(offset, limit, given if is_among_given else total)
    if window.length <= 0:
        return total, []
    if few is None and window.skipped < FEW:
        # Shops with such texts are many, so that the first of them soon come by.
        where = condition(query, state.pk, is_sqlite=is_sqlite, texts=TextSearch.ON_THE_WAY)
    if lead is not None and is_among_given:
        where = and_(where, lead.is_not(None))
    order = order_by(sort, backwards=window.from_end, is_lead_given=is_among_given)
    return total, window.forwards(rows_in(connection, where, order, window))


def _shops(connection: Connection, state: State, rows: Sequence[int]) -> Iterator[StoredShop]:
    """The shops in these rows, in this order."""
    if not rows:
        return
    places = {pk: place for place, pk in enumerate(rows)}
    found = connection.execute(select(SHOP).where(SHOP.c.pk.in_(rows))).mappings().all()
    unknown = state.unknown_in_shops
    for row in sorted(found, key=lambda row: places[row["pk"]]):
        yield StoredShop(shop_of(row, unknown), row["version"])


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
    total: int = connection.execute(count_of(query, state.pk, where, is_sqlite=is_sqlite)).scalar_one()
    return total


def versions(
    connection: Connection, state: State, query: Query, is_sqlite: bool, sort: Sequence[SortBy] = ()
) -> dict[str, int]:
    """The ids of all shops that match, in order, with their versions."""
    where = condition(query, state.pk, is_sqlite=is_sqlite)
    rows = connection.execute(select(SHOP.c.id, SHOP.c.version).where(where).order_by(*order_by(sort)))
    return {shop: version for shop, version in rows}  # noqa: C416 - rows are no pairs to the type checker


def values(connection: Connection, state: State, column: str, limit: int) -> list[str]:
    """The different texts that shops have in a column, in order; of a list each item."""
    is_list = column in LISTS
    chosen: Column[object] = SHOP_ITEM.c.item if is_list else SHOP.c[column]
    query = select(chosen).where(chosen.table.c.rollout == state.pk).distinct().order_by(chosen).limit(limit + 1)
    rows = connection.execute(query.where(SHOP_ITEM.c.field == column) if is_list else query).scalars()
    return [str(value) for value in rows if value not in (None, "")][:limit]
