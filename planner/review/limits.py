"""Breaches of blackouts and limits, day by day and week by week (rule 7)."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from planner.domain.rules import Grouping, Limit
from planner.domain.shop import Shop
from planner.review.days import monday_of
from planner.review.entries import Context, Entry, in_scope
from planner.review.findings import Breach, listed
from planner.wording.translation import gettext

WEEK = timedelta(days=6)


def blackout_breaches(context: Context, entries: Sequence[Entry]) -> Iterator[Breach]:
    """Shops closed in a blackout of their scope, from today on."""
    for number, blackout in enumerate(context.rollout.blackouts):
        for entry in entries:
            closed = entry.closed_from(max(blackout.first, context.rollout.today))
            if closed is None or closed[0] > blackout.last or not in_scope(blackout.scope, entry.shop):
                continue
            text = gettext("shop {shop} is closed in the blackout {blackout!r}")
            text = text.format(shop=entry.shop.id, blackout=blackout.name)
            key = (number, entry.shop.id)
            yield Breach("blackout", key, closed[0], min(closed[1], blackout.last), (entry.shop.id,), text)


def limit_breaches(context: Context, entries: Sequence[Entry]) -> Iterator[Breach]:
    """Groups with too many shops closed on a day, or starting in an ISO week."""
    for number, limit in enumerate(context.rollout.limits):
        groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in entries:
            group = group_of(limit, entry.shop)
            if group is not None:
                groups[group].append(entry)
        for group, members in groups.items():
            if limit.max_closed is not None:
                yield from _too_many_closed(context, limit, (number, *group), members)
            if limit.max_starts_per_week is not None:
                yield from _too_many_starts(context, limit, (number, *group), members)


def group_of(limit: Limit, shop: Shop) -> tuple[str, ...] | None:
    """What the shop counts with, None where the limit does not ask about it."""
    if not in_scope(limit.scope, shop):
        return None
    if limit.per is Grouping.ALL:
        return ()
    value = {
        Grouping.REGION: shop.region,
        Grouping.STATE: shop.state,
        Grouping.CITY: shop.city,
        Grouping.PARTNER: shop.partner,
    }[limit.per]
    if not value:
        return None
    return (value, shop.state) if limit.per is Grouping.CITY else (value,)


def _too_many_closed(
    context: Context, limit: Limit, key: tuple[object, ...], members: Sequence[Entry]
) -> Iterator[Breach]:
    window_first = max(context.rollout.today, limit.first or context.rollout.today)
    number_closed: Counter[int] = Counter()
    periods: list[tuple[str, range]] = []
    for entry in members:
        closed = entry.closed_from(window_first)
        if closed is not None:
            last = min(closed[1], limit.last or closed[1])
            days = range(closed[0].toordinal(), last.toordinal() + 1)
            number_closed.update(days)
            periods.append((entry.shop.id, days))
    for ordinal, number in number_closed.items():
        if limit.max_closed is not None and number > limit.max_closed:
            day = date.fromordinal(ordinal)
            shops = [shop for shop, days in periods if ordinal in days]
            text = gettext("{number} shops are closed{where}: {shops}; the limit {limit!r} allows {most}").format(
                number=number, where=_of(key), shops=listed(shops), limit=limit.name, most=limit.max_closed
            )
            yield Breach("limit", ("closed", *key), day, day, tuple(shops), text)


def _too_many_starts(
    context: Context, limit: Limit, key: tuple[object, ...], members: Sequence[Entry]
) -> Iterator[Breach]:
    today = context.rollout.today
    starts_in: dict[date, list[Entry]] = defaultdict(list)
    for entry in members:
        in_window = (limit.first or entry.start) <= entry.start <= (limit.last or entry.start)
        if in_window and entry.start >= monday_of(today):
            starts_in[monday_of(entry.start)].append(entry)
    for monday, started in starts_in.items():
        if limit.max_starts_per_week is not None and len(started) > limit.max_starts_per_week:
            shops = tuple(entry.shop.id for entry in started)
            most = limit.max_starts_per_week
            text = gettext("{number} remodels start{where}: {shops}; the limit {limit!r} allows {most} a week").format(
                number=len(shops), where=_of(key), shops=listed(shops), limit=limit.name, most=most
            )
            over = all(entry.start < today for entry in started)
            yield Breach("limit", ("starts", *key), monday, monday + WEEK, shops, text, may_be_left_out=over)


def _of(key: tuple[object, ...]) -> str:
    """The group that a breach is of, as the words after what happens in it; empty where all shops are one group."""
    group = ", ".join(str(part) for part in key[1:] if part)
    return gettext(" in {group}").format(group=group) if len(key) > 1 else ""
