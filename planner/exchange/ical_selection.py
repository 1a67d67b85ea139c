"""Which events go into a calendar, and into which one where each crew, partner, region or shop has its own."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.exchange.ical_events import CalendarEvent, EventKind
from planner.exchange.text import clean

ALL_KINDS = frozenset(EventKind)
CREW_KINDS = frozenset({EventKind.VISITS, EventKind.SURVEY})
UNSAFE_IN_FILE_NAMES = re.compile(r"[^\w.-]+")
MOST_NAME_CHARACTERS = 60


class Audience(StrEnum):
    """Whom a calendar is for."""

    CREW = "crew"
    PARTNER = "partner"
    REGION = "region"
    SHOP = "shop"

    def names(self, rollout: Rollout, event: CalendarEvent) -> tuple[str, ...]:
        """Which of these an event concerns; empty names are none."""
        if self is Audience.CREW:
            return event.crews
        shop = rollout.shop_by_id[event.shop]
        name: str = shop.id if self is Audience.SHOP else getattr(shop, self.value)
        return (name,) if name else ()

    def all_names(self, rollout: Rollout) -> tuple[str, ...]:
        """All of these that a rollout knows, in order."""
        if self is Audience.CREW:
            return tuple(crew.id for crew in rollout.crews)
        column = "id" if self is Audience.SHOP else self.value
        return tuple(sorted({getattr(shop, column) for shop in rollout.shops} - {""}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which events are wanted: those that concern one of the names of each audience in `only`.

    `is_wanted` asks of the event's shop. An empty selection takes everything.
    """

    only: Mapping[Audience, frozenset[str]]
    is_wanted: Callable[[Shop], bool] | None = None

    def takes(self, rollout: Rollout, event: CalendarEvent) -> bool:
        """Whether an event is wanted."""
        if self.is_wanted is not None and not self.is_wanted(rollout.shop_by_id[event.shop]):
            return False
        return all(not names.isdisjoint(audience.names(rollout, event)) for audience, names in self.only.items())


def default_kinds(audiences: Iterable[Audience]) -> frozenset[EventKind]:
    """The kinds of events that are of use to somebody: crews come on the days they work, all others see everything."""
    return CREW_KINDS if Audience.CREW in audiences else ALL_KINDS


def split_by(audience: Audience, rollout: Rollout, events: Iterable[CalendarEvent]) -> dict[str, list[CalendarEvent]]:
    """The events by the names they concern; one with several crews is in the calendar of each."""
    calendars: dict[str, list[CalendarEvent]] = {}
    for event in events:
        for name in audience.names(rollout, event):
            calendars.setdefault(name, []).append(event)
    return dict(sorted(calendars.items()))


def file_names(audience: Audience, names: Iterable[str]) -> dict[str, str]:
    """A file name for the calendar of each name, such as `crew-B1.ics`, on any file system.

    Where characters had to go, or names differ in case only, a few digits keep the files apart.
    """
    every = list(names)
    folded = Counter(name.casefold() for name in every)
    result = {}
    for name in every:
        safe = UNSAFE_IN_FILE_NAMES.sub("-", clean(name))[:MOST_NAME_CHARACTERS]
        if safe != name or folded[name.casefold()] > 1:
            safe = f"{safe}-{sha256(name.encode()).hexdigest()[:8]}"
        result[name] = f"{audience.value}-{safe}.ics"
    return result
