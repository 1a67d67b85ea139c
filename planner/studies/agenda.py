"""What happens on which day: remodels that start, shops that close and reopen, and how many are closed."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from planner.domain.calendar import Calendars
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.domain.standing import standing_days

ONE_DAY = timedelta(days=1)


class Happening(StrEnum):
    """What happens to a shop on a day."""

    START = "start"
    CLOSING = "closing"
    REOPENING = "reopening"


ORDER = {kind: place for place, kind in enumerate(Happening)}


@dataclass(frozen=True, slots=True)
class Span:
    """When a shop is remodelled and closed; `reopens` is the first trading day after that."""

    shop: str
    start: date
    finish: date
    closed_from: date | None
    closed_to: date | None
    reopens: date | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens to a shop on a day."""

    day: date
    kind: Happening
    shop: str


class Agenda:
    """The days of some remodels, looked up by day."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = tuple(spans)
        self.events = tuple(sorted(_events(self.spans), key=lambda item: (item.day, ORDER[item.kind], item.shop)))
        self._days = [event.day for event in self.events]

    def on(self, day: date) -> tuple[Event, ...]:
        """What happens on a day."""
        return self.events[bisect_left(self._days, day) : bisect_left(self._days, day + ONE_DAY)]

    def coming(self, today: date, kinds: frozenset[Happening], limit: int) -> list[Event]:
        """The next events of some kinds, from today on."""
        coming = (event for event in self.events[bisect_left(self._days, today) :] if event.kind in kinds)
        return [event for event, _ in zip(coming, range(limit), strict=False)]

    def closed_on(self, day: date) -> list[str]:
        """The shops that are closed on a day."""
        return [span.shop for span in self.spans if _is_closed(span, day)]

    @cached_property
    def closed(self) -> Mapping[date, int]:
        """How many shops are closed on each day on which any is."""
        changes = Counter[date]()
        for span in self.spans:
            if span.closed_from is not None and span.closed_to is not None:
                changes[span.closed_from] += 1
                changes[span.closed_to + ONE_DAY] -= 1
        counts: dict[date, int] = defaultdict(int)
        number, before = 0, None
        for day in sorted(changes):
            while before is not None and number and before < day:
                counts[before] = number
                before += ONE_DAY
            number += changes[day]
            before = day
        return counts


def make_agenda(rollout: Rollout, plan: Plan | None, wanted: Callable[[Shop], bool] = lambda _: True) -> Agenda:
    """The agenda of the shops that are wanted: of a plan, or without one of the remodels whose dates are given."""
    calendars = Calendars(rollout)
    spans = _given_spans(rollout, calendars) if plan is None else _planned_spans(rollout, calendars, plan)
    return Agenda(span for span in spans if wanted(rollout.shop_by_id[span.shop]))


def _planned_spans(rollout: Rollout, calendars: Calendars, plan: Plan) -> Iterator[Span]:
    for item in plan.remodels:
        shop = rollout.shop_by_id.get(item.shop)
        if shop is not None:
            yield _span(calendars, shop, item.start, item.finish, item.closed_from, item.closed_to)


def _given_spans(rollout: Rollout, calendars: Calendars) -> Iterator[Span]:
    for shop in rollout.shops:
        days = standing_days(rollout, calendars, shop) if shop.is_standing else None
        if days is not None:
            yield _span(calendars, shop, days.start, days.finish, days.closed_from, days.closed_to)


def _span(
    calendars: Calendars, shop: Shop, start: date, finish: date, closed_from: date | None, closed_to: date | None
) -> Span:
    reopens = None if closed_to is None else calendars.of(shop).reopening_after(closed_to)
    return Span(shop.id, start, finish, closed_from, closed_to, reopens)


def _events(spans: Iterable[Span]) -> Iterator[Event]:
    for span in spans:
        yield Event(span.start, Happening.START, span.shop)
        if span.closed_from is not None:
            yield Event(span.closed_from, Happening.CLOSING, span.shop)
        if span.reopens is not None:
            yield Event(span.reopens, Happening.REOPENING, span.shop)


def _is_closed(span: Span, day: date) -> bool:
    return span.closed_from is not None and span.closed_to is not None and span.closed_from <= day <= span.closed_to
