"""The bars in groups: by region, crew, partner or trade, and within each by start."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from planner.domain.rollout import Rollout
from planner.domain.rules import Grouping as LimitGrouping
from planner.ui.schedule.bars import Bar, Standing
from planner.wording.translation import gettext, later


class Grouping(Enum):
    """By what bars are grouped."""

    REGION = "region"
    CREW = "crew"
    PARTNER = "partner"
    TRADE = "trade"


GROUPINGS = tuple(Grouping)
WITHOUT = {
    Grouping.REGION: later("No region"),
    Grouping.CREW: later("No crew"),
    Grouping.PARTNER: later("No partner"),
    Grouping.TRADE: later("No trade"),
}
NAMES = {
    Grouping.REGION: later("by region"),
    Grouping.CREW: later("by crew"),
    Grouping.PARTNER: later("by partner"),
    Grouping.TRADE: later("by trade"),
}
LIMITED = {Grouping.REGION: LimitGrouping.REGION, Grouping.PARTNER: LimitGrouping.PARTNER}


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that go together under a heading. `key` is empty for those that have none.

    `parts` has, by shop, the numbers of the pieces that belong to the group where the others do not.
    """

    key: str
    title: str
    bars: tuple[Bar, ...]
    parts: dict[str, frozenset[int]]


def make_groups(rollout: Rollout, bars: Iterable[Bar], grouping: Grouping) -> list[Group]:
    """The groups in order of their names, those without one at the end; `bars` come in the order of their starts."""
    members: dict[str, list[Bar]] = {}
    parts: dict[str, dict[str, set[int]]] = {}
    for bar in bars:
        for key, part in _keys(rollout, bar, grouping):
            group = members.setdefault(key, [])
            if not group or group[-1] is not bar:
                group.append(bar)
            if part:
                parts.setdefault(key, {}).setdefault(bar.shop.id, set()).update(part)
    return [
        Group(
            key,
            _title(rollout, key, grouping),
            tuple(members[key]),
            {shop: frozenset(part) for shop, part in parts.get(key, {}).items()},
        )
        for key in sorted(members, key=lambda key: (not key, key.casefold()))
    ]


def _keys(rollout: Rollout, bar: Bar, grouping: Grouping) -> Iterator[tuple[str, set[int]]]:
    match grouping:
        case Grouping.REGION:
            yield bar.shop.region, set()
        case Grouping.PARTNER:
            yield bar.shop.partner, set()
        case Grouping.CREW:
            yield from _crews(bar)
        case Grouping.TRADE:
            yield from _trades(rollout, bar)


def _crews(bar: Bar) -> Iterator[tuple[str, set[int]]]:
    phases = bar.remodel.phases if bar.remodel else ()
    found = [(crew, {number}) for number, phase in enumerate(phases) for crew in phase.crews]
    yield from found or [("", set())]


def _trades(rollout: Rollout, bar: Bar) -> Iterator[tuple[str, set[int]]]:
    if bar.standing is Standing.DONE:
        yield "", set()
        return
    phases = rollout.format_of(bar.shop).phases
    found = [(trade, {number}) for number, phase in enumerate(phases) for trade in phase.crews]
    yield from found or [("", set())]


def _title(rollout: Rollout, key: str, grouping: Grouping) -> str:
    if not key:
        return gettext(WITHOUT[grouping])
    crew = rollout.crew_by_id.get(key) if grouping is Grouping.CREW else None
    return f"{key} {crew.name}" if crew and crew.name and crew.name != key else key


def most_closed(rollout: Rollout, grouping: Grouping | None, key: str, day: int) -> int | None:
    """How many shops of a group may be closed on a day at most, by limits for every shop; None where none says.

    Without a grouping, of all shops together.
    """
    per = LimitGrouping.ALL if grouping is None else LIMITED.get(grouping)
    if per is None or (grouping is not None and not key):
        return None
    found = [
        limit.max_closed
        for limit in rollout.limits
        if limit.per is per
        and limit.max_closed is not None
        and not limit.scope.values
        and (limit.first is None or limit.first.toordinal() <= day)
        and (limit.last is None or day <= limit.last.toordinal())
    ]
    return min(found, default=None)
