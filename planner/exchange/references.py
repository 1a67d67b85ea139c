"""What the rows of shops.csv say about other rows: `after`, and the crews that are named."""

from collections.abc import Iterator, Mapping, Sequence

from planner.domain.shop_format import ShopFormat
from planner.exchange.crews import CrewTable
from planner.exchange.settings import Settings
from planner.exchange.shops import ShopRow, ShopTable
from planner.exchange.text import Names, quoted, shortened
from planner.wording.translation import gettext, pgettext

MAX_SHOWN_CIRCLE = 10


def check_references(shops: ShopTable, crews: CrewTable, settings: Settings | None) -> None:
    """Report shops and crews that are named but not there, circles in `after`, and crews that are not needed."""
    if shops.is_complete:
        _check_after(shops.rows)
    _check_circles(shops.rows)
    if crews.is_complete:
        _check_named_crews(shops.rows, crews)
    if settings is not None and settings.knows_days:
        _warn_of_needless_crews(shops.rows, crews, settings.rollout.format_by_name)


def _check_after(rows: Sequence[ShopRow]) -> None:
    ids = Names(pgettext("noun", "shop"), (row.shop.id for row in rows))
    for row in rows:
        for name in row.shop.after:
            if name not in ids:
                row.source.error("after", ids.unknown(name))


def _check_circles(rows: Sequence[ShopRow]) -> None:
    first_rows = {row.shop.id: row for row in reversed(rows) if row.shop.id}
    after = {name: [item for item in row.shop.after if item in first_rows] for name, row in first_rows.items()}
    for circle in find_circles(dict(reversed(after.items()))):
        shown = [*circle, circle[0]]
        if len(shown) > MAX_SHOWN_CIRCLE:
            shown = [*shown[: MAX_SHOWN_CIRCLE - 2], "…", shown[-1]]
        way = " → ".join(shortened(name) for name in shown)
        text = gettext("goes in a circle, {way}: each waits for the next; drop one")
        first_rows[circle[0]].source.error("after", text.format(way=way))


def find_circles(after: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Circles of a directed graph: at least one in each part that has any, each from the member first met.

    Source: depth-first search; an edge back to a node on the current path closes a circle. Iterative, as chains
    of shops may be longer than Python's stack.
    """
    finished: set[str] = set()
    closed: set[str] = set()
    for root in after:
        if root in finished:
            continue
        path = [root]
        position = {root: 0}
        branches = [iter(after[root])]
        while path:
            name = next(branches[-1], None)
            if name is None:
                branches.pop()
                done = path.pop()
                del position[done]
                finished.add(done)
            elif name in position:
                if name not in closed:
                    closed.add(name)
                    yield path[position[name] :]
            elif name not in finished:
                position[name] = len(path)
                path.append(name)
                branches.append(iter(after[name]))


def _check_named_crews(rows: Sequence[ShopRow], crews: CrewTable) -> None:
    ids = Names(pgettext("noun", "crew"), (row.crew.id for row in crews.rows))
    for row in rows:
        for name in row.shop.crews:
            if name not in ids:
                row.source.error("crews", ids.unknown(name))


def _warn_of_needless_crews(rows: Sequence[ShopRow], crews: CrewTable, formats: Mapping[str, ShopFormat]) -> None:
    trade_of = {row.crew.id: row.crew.trade for row in crews.rows if row.source.is_good("id", "trade")}
    for row in rows:
        shop = row.shop
        if not shop.crews or not shop.is_standing or shop.format not in formats:
            continue
        needed = {trade for phase in formats[shop.format].phases for trade in phase.crews}
        for name in shop.crews:
            trade = trade_of.get(name)
            if trade is not None and trade not in needed:
                odd = gettext("{crew} is a {trade} crew, which format {format} does not need")
                odd = odd.format(crew=quoted(name), trade=shortened(trade), format=quoted(shop.format))
                row.source.warn("crews", odd)
