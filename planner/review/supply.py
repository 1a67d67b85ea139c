"""Breaches of supply: more drawn up to a day than has come (rule 7)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from planner.domain.rules import Delivery, Supply
from planner.review.days import each_day
from planner.review.entries import Context, Entry
from planner.review.findings import Breach, listed
from planner.wording.translation import gettext


def supply_breaches(context: Context, entries: Sequence[Entry]) -> Iterator[Breach]:
    """Days on which the units drawn since today exceed the stock and the deliveries since today."""
    for number, supply in enumerate(context.rollout.supplies):
        draws = _draws(context, supply, entries)
        if draws:
            yield from _shortages(context, number, supply, draws)


def _draws(context: Context, supply: Supply, entries: Sequence[Entry]) -> dict[date, list[tuple[str, int]]]:
    draws: dict[date, list[tuple[str, int]]] = defaultdict(list)
    for entry in entries:
        units = supply.needs.get(entry.shop.format, 0)
        for phase in entry.phases:
            if units and phase.name == supply.phase and phase.first >= context.rollout.today:
                draws[phase.first].append((entry.shop.id, units))
    return draws


def _shortages(
    context: Context, number: int, supply: Supply, draws: dict[date, list[tuple[str, int]]]
) -> Iterator[Breach]:
    drawn, come = 0, supply.initial
    shops: list[str] = []
    for day in each_day(context.rollout.today, max(*draws, context.rollout.last)):
        come += sum(_arriving(delivery, day) for delivery in supply.deliveries)
        for shop, units in draws.get(day, ()):
            drawn += units
            shops.append(shop)
        if drawn > come:
            text = gettext("{drawn} units of {supply!r} have been drawn, by {shops}; only {come} have come")
            text = text.format(drawn=drawn, supply=supply.name, shops=listed(shops), come=come)
            yield Breach("supply", (number,), day, day, tuple(shops), text)


def _arriving(delivery: Delivery, day: date) -> int:
    """Units that come on `day`."""
    since = (day - delivery.first).days
    if since < 0 or (delivery.last is not None and day > delivery.last):
        return 0
    if delivery.every_days is None:
        return delivery.quantity if since == 0 else 0
    return delivery.quantity if since % delivery.every_days == 0 else 0
