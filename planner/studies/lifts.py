"""Changes that give a rollout more room: one thing that may hold it back has more, or gives way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from planner.domain.crew import Crew
from planner.domain.rollout import Rollout
from planner.domain.rules import Delivery
from planner.domain.shop import Status

Item = TypeVar("Item")


class LiftKind(StrEnum):
    """What a change gives more of, or lets give way."""

    CREW = "crew"
    SUPPLY = "supply"
    LIMIT = "limit"
    NEIGHBOURS = "neighbours"
    PARTNER_TARGET = "partner_target"
    BLACKOUT = "blackout"
    PERMITS = "ready_from"


@dataclass(frozen=True, slots=True)
class Lift:
    """A change to a rollout: `subject` is the trade, the name of a rule; `regions` whom a crew serves, none is all.

    `number` is the place of the rule in the rollout's list. `amount` is how much more: units of a crew, units a week,
    a higher limit, days that permits come earlier. `first` is the day a crew begins on, `home` whose home it shares.
    """

    kind: LiftKind
    subject: str = ""
    regions: tuple[str, ...] = ()
    number: int = 0
    amount: int = 1
    first: date | None = None
    home: str = ""


def lifted(rollout: Rollout, lift: Lift) -> Rollout:
    """The rollout with a change made."""
    return _MAKERS[lift.kind](rollout, lift)


def crew_groups(rollout: Rollout) -> dict[tuple[str, tuple[str, ...]], list[Crew]]:
    """The crews of a rollout by trade and the regions they serve."""
    groups: dict[tuple[str, tuple[str, ...]], list[Crew]] = {}
    for crew in rollout.crews:
        groups.setdefault((crew.trade, tuple(sorted(crew.regions))), []).append(crew)
    return groups


def whole_lifts(rollout: Rollout) -> list[Lift]:
    """For each thing that may hold a rollout back, the change that takes it out of the way altogether."""
    plenty = max(1, len(rollout.shops)) * _most_units(rollout)
    lifts = [
        Lift(LiftKind.CREW, trade, regions, amount=plenty, home=crews[0].id)
        for (trade, regions), crews in crew_groups(rollout).items()
    ]
    lifts += [Lift(LiftKind.SUPPLY, item.name, number=n, amount=10**6) for n, item in enumerate(rollout.supplies)]
    lifts += [Lift(LiftKind.LIMIT, item.name, number=n, amount=10**6) for n, item in enumerate(rollout.limits)]
    lifts += [Lift(LiftKind.BLACKOUT, item.name, number=n) for n, item in enumerate(rollout.blackouts)]
    if rollout.neighbours_km is not None:
        lifts.append(Lift(LiftKind.NEIGHBOURS))
    if rollout.partner_target is not None:
        lifts.append(Lift(LiftKind.PARTNER_TARGET))
    if any(shop.ready_from and shop.status is Status.BACKLOG for shop in rollout.shops):
        lifts.append(Lift(LiftKind.PERMITS, amount=10**4))
    return lifts


def all_lifted(rollout: Rollout, lifts: Sequence[Lift]) -> Rollout:
    """The rollout with several changes made; rules that give way altogether go last, so that places stay true."""
    for lift in sorted(lifts, key=lambda item: (item.kind is LiftKind.BLACKOUT, -item.number)):
        rollout = lifted(rollout, lift)
    return rollout


def _most_units(rollout: Rollout) -> int:
    return max((need.units for item in rollout.formats for need in item.visits), default=1)


def _more_crew(rollout: Rollout, lift: Lift) -> Rollout:
    like = rollout.crew_by_id[lift.home]
    name = f"one more {lift.subject}"
    while name in rollout.crew_by_id:
        name += "'"
    new = replace(like, id=name, name="", units=lift.amount, first=lift.first, last=None)
    return replace(rollout, crews=(*rollout.crews, new))


def _more_supply(rollout: Rollout, lift: Lift) -> Rollout:
    supply = rollout.supplies[lift.number]
    monday = rollout.today + timedelta(days=-rollout.today.weekday() % 7)
    more = Delivery(first=lift.first or monday, quantity=lift.amount, every_days=7)
    changed = replace(supply, deliveries=(*supply.deliveries, more))
    if lift.amount >= 10**6:
        changed = replace(changed, initial=lift.amount)
    return replace(rollout, supplies=_put(rollout.supplies, lift.number, changed))


def _higher_limit(rollout: Rollout, lift: Lift) -> Rollout:
    limit = rollout.limits[lift.number]
    closed, starts = limit.max_closed, limit.max_starts_per_week
    changed = replace(
        limit,
        max_closed=None if closed is None else closed + lift.amount,
        max_starts_per_week=None if starts is None else starts + lift.amount,
    )
    return replace(rollout, limits=_put(rollout.limits, lift.number, changed))


def _earlier_permits(rollout: Rollout, lift: Lift) -> Rollout:
    """Permits of shops to be planned that are still to come, earlier, but not before today."""
    shops = []
    for shop in rollout.shops:
        if shop.status is Status.BACKLOG and shop.ready_from is not None and shop.ready_from > rollout.today:
            days = min(lift.amount, (shop.ready_from - rollout.today).days)
            shop = replace(shop, ready_from=shop.ready_from - timedelta(days=days))  # noqa: PLW2901 - the changed shop
        shops.append(shop)
    return replace(rollout, shops=tuple(shops))


def _put(items: tuple[Item, ...], number: int, item: Item) -> tuple[Item, ...]:
    return (*items[:number], item, *items[number + 1 :])


_MAKERS: dict[LiftKind, Callable[[Rollout, Lift], Rollout]] = {
    LiftKind.CREW: _more_crew,
    LiftKind.SUPPLY: _more_supply,
    LiftKind.LIMIT: _higher_limit,
    LiftKind.NEIGHBOURS: lambda rollout, _: replace(rollout, neighbours_km=None),
    LiftKind.PARTNER_TARGET: lambda rollout, _: replace(rollout, partner_target=None),
    LiftKind.BLACKOUT: lambda rollout, lift: replace(
        rollout, blackouts=rollout.blackouts[: lift.number] + rollout.blackouts[lift.number + 1 :]
    ),
    LiftKind.PERMITS: _earlier_permits,
}
