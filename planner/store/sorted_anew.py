"""Windows on the shops in an order that a server has no index for: it looks at all that match, and once if it can."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, select

from planner.domain.query import Query
from planner.store.many_values import among
from planner.store.order import SortBy, Window, order_by
from planner.store.query_sql import TextSearch, condition, count_of, rows_with_texts, without_texts
from planner.store.state import State
from planner.store.tables import SHOP, SHOP_TEXT

CANDIDATES = 1000
"""So many of the first shops are looked at for texts, where these are enough to find a window in."""


def rows_sorted_anew(
    connection: Connection,
    state: State,
    query: Query,
    few: Sequence[int] | None,
    sort: Sequence[SortBy],
    offset: int,
    limit: int,
    total: int | None,
) -> tuple[int, list[int]]:
    """How many shops match, `total` where that is known, and the rows of the window from `offset` on, in order.

    `few` are the rows with the texts that the query asks for; None where they are many, or none is asked.
    """
    where = condition(query, state.pk, is_sqlite=False, texts=TextSearch.FIRST if few is None else few)
    look = rows_with_texts(query, state.pk, is_sqlite=False) if few is None else None
    # Without a condition the rows are counted in an index, and many with texts in the table of texts.
    if total is None and query.terms and look is None and offset == 0 and limit > 0:
        return _rows_and_count(connection, where, sort, limit)
    if total is None:
        total = connection.execute(count_of(query, state.pk, where, is_sqlite=False)).scalar_one()
    window = Window.nearest(offset, limit, total)
    if window.length <= 0:
        return total, []
    order = order_by(sort, backwards=window.from_end)
    rows: list[int] | None = None
    if look is not None and _are_enough(window, total, state):
        rows = _among_the_first(connection, state, query, order, window)
    if rows is None:
        rows = rows_in(connection, where, order, window)
    return total, window.forwards(rows)


def rows_in(
    connection: Connection, where: ColumnElement[bool], order: Sequence[ColumnElement[object]], window: Window
) -> list[int]:
    """The rows of a window, in the order that is given; no more than their keys is read on the way."""
    chosen = select(SHOP.c.pk).where(where).order_by(*order).offset(window.skipped).limit(window.length)
    return list(connection.execute(chosen).scalars())


def _rows_and_count(
    connection: Connection, where: ColumnElement[bool], sort: Sequence[SortBy], limit: int
) -> tuple[int, list[int]]:
    """The first window, counted while its rows are looked for."""
    chosen = select(SHOP.c.pk, func.count().over()).where(where).order_by(*order_by(sort)).limit(limit)
    rows = connection.execute(chosen).all()
    return (rows[0][1] if rows else 0), [row[0] for row in rows]


def _are_enough(window: Window, total: int, state: State) -> bool:
    """Whether the window is very likely among the first candidates, as many of all shops as match."""
    return total * CANDIDATES >= 2 * (window.skipped + window.length) * state.next_position


def _among_the_first(
    connection: Connection, state: State, query: Query, order: Sequence[ColumnElement[object]], window: Window
) -> list[int] | None:
    """The window's rows, texts being looked for in the first shops only; None where it is not among these.

    To join all shops that have such texts with all shops takes far longer than to sort the shops.
    """
    others = condition(without_texts(query), state.pk, is_sqlite=False)
    first = list(connection.execute(select(SHOP.c.pk).where(others).order_by(*order).limit(CANDIDATES)).scalars())
    look = rows_with_texts(query, state.pk, is_sqlite=False)
    if look is None:
        return None
    found = set(connection.execute(look.where(among(connection, SHOP_TEXT.c.shop, first))).scalars())
    end = window.skipped + window.length
    rows = [row for row in first if row in found]
    return rows[window.skipped : end] if len(rows) >= end else None
