"""From a plan to calendar events: closed shops, surveys, crews' visits and reopenings."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import count

from planner.domain.calendar import Calendars
from planner.domain.crew import Crew
from planner.domain.plan import Plan, PlannedPhase, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.domain.shop_format import VisitNeed
from planner.exchange.ical_events import CalendarEvent, EventKind, EventStatus, event_order, event_uid
from planner.exchange.ical_texts import TEXTS, Texts
from planner.exchange.text import clean
from planner.wording.language import Language

ONE_DAY = timedelta(days=1)
WORD_BREAK = re.compile(r"[\W_]+")
# A column of shops.csv is for people to reach the shop if one of the words in its name is one of these.
CONTACT_WORDS = {"contact", "phone", "telephone", "tel", "mobile", "email", "mail"}
CONTACT_WORDS |= {"kontakt", "ansprechpartner", "ansprechpartnerin", "telefon", "handy", "mobil"}


def plan_events(
    rollout: Rollout, plan: Plan, kinds: frozenset[EventKind], language: Language = Language.ENGLISH
) -> list[CalendarEvent]:
    """The events of all remodels of a plan of `rollout`, by day, shop and kind.

    Days of an open phase are shown once: as a survey where `kinds` has it, else as part of the crews' visits.
    """
    calendars = Calendars(rollout)
    texts = TEXTS[language]
    events = (event for remodel in plan.remodels for event in remodel_events(rollout, calendars, remodel, kinds, texts))
    return sorted(events, key=event_order)


def remodel_events(
    rollout: Rollout, calendars: Calendars, remodel: Remodel, kinds: frozenset[EventKind], texts: Texts
) -> Iterator[CalendarEvent]:
    """The events of one remodel, of the `kinds` asked for."""
    sketch = _Sketch(rollout, calendars, remodel, texts)
    if EventKind.CLOSURE in kinds:
        yield from sketch.closure()
    if EventKind.SURVEY in kinds:
        yield from sketch.surveys()
    if EventKind.VISITS in kinds:
        yield from sketch.visits(with_open_phases=EventKind.SURVEY not in kinds)
    if EventKind.REOPENING in kinds:
        yield from sketch.reopening()


class _Sketch:
    """One remodel with what all its events have in common."""

    def __init__(self, rollout: Rollout, calendars: Calendars, remodel: Remodel, texts: Texts) -> None:
        self._rollout = rollout
        self._remodel = remodel
        self._texts = texts
        self._shop = rollout.shop_by_id[remodel.shop]
        self._format = rollout.format_of(self._shop)
        self._calendar = calendars.of(self._shop)
        self._status = _status(self._shop, remodel)
        self._location = _location(self._shop)
        self._reopens = self._reopening_day()
        self._description = self._describe()

    def closure(self) -> Iterator[CalendarEvent]:
        """The days the shop is closed, where it is."""
        first, last = self._remodel.closed_from, self._remodel.closed_to
        if first is None or last is None:
            return
        phases = [phase for phase in self._remodel.phases if phase.first <= last and phase.last >= first]
        summary = f"{self._texts.closed}: {_label(self._shop)}"
        yield self._event(EventKind.CLOSURE, ("closed",), first, last, summary, phases, self._crews())

    def surveys(self) -> Iterator[CalendarEvent]:
        """The days of each phase that leaves the shop open."""
        for number, phase in enumerate(self._remodel.phases):
            if self._is_open(number):
                summary = f"{clean(phase.name)}: {_label(self._shop)}"
                kind = ("open", phase.name)
                crews = tuple(phase.crews)
                yield self._event(EventKind.SURVEY, kind, phase.first, phase.last, summary, [phase], crews)

    def reopening(self) -> Iterator[CalendarEvent]:
        """The first trading day after the shop was closed."""
        if self._reopens is not None:
            summary = f"{self._texts.reopening}: {_label(self._shop)}"
            yield self._event(
                EventKind.REOPENING, ("reopening",), self._reopens, self._reopens, summary, [], self._crews()
            )

    def visits(self, *, with_open_phases: bool) -> Iterator[CalendarEvent]:
        """The stretches of days on which each crew really works: no weekends, holidays or waiting days.

        Stretches are numbered over the whole visit, so that leaving out the open phases renames none of the others.
        """
        numbers: dict[str, Iterator[int]] = {}
        for visit in self._format.visits:
            number = next(numbers.setdefault(visit.trade, count(1)))
            for crew, units in self._sent(visit):
                for stretch, phases in enumerate(self._stretches(visit), start=1):
                    if with_open_phases or not self._is_open(phases[0][0]):
                        kind = ("visit", visit.trade, str(number), crew.id, str(stretch))
                        yield self._visit(kind, crew, units, [days for _, days in phases])

    def _visit(self, kind: tuple[str, ...], crew: Crew, units: int, phases: list[PlannedPhase]) -> CalendarEvent:
        work = ", ".join(dict.fromkeys(clean(phase.name) for phase in phases))
        summary = f"{work}: {_label(self._shop)}, {_crew_label(crew, units)}"
        return self._event(EventKind.VISITS, kind, phases[0].first, phases[-1].last, summary, phases, (crew.id,))

    def _sent(self, visit: VisitNeed) -> Iterator[tuple[Crew, int]]:
        for name, units in self._remodel.phases[visit.first].crews.items():
            crew = self._rollout.crew_by_id[name]
            if crew.trade == visit.trade:
                yield crew, units

    def _stretches(self, visit: VisitNeed) -> list[list[tuple[int, PlannedPhase]]]:
        """The visit's working days in stretches: each a list of phases' positions with their days in it.

        A stretch has no gap, and is either in open phases or in others.
        """
        stretches: list[list[tuple[int, PlannedPhase]]] = []
        for number in range(visit.first, visit.last + 1):
            for day in self._working_days(self._remodel.phases[number]):
                part = (number, PlannedPhase(name=self._remodel.phases[number].name, first=day, last=day))
                if stretches and self._continues(stretches[-1][-1], part):
                    stretches[-1].append(part)
                else:
                    stretches.append([part])
        return stretches

    def _continues(self, before: tuple[int, PlannedPhase], part: tuple[int, PlannedPhase]) -> bool:
        adjoining = part[1].first - before[1].last == ONE_DAY
        return adjoining and self._is_open(before[0]) == self._is_open(part[0])

    def _working_days(self, phase: PlannedPhase) -> Iterator[date]:
        days = (phase.first + timedelta(days=offset) for offset in range((phase.last - phase.first).days + 1))
        return (day for day in days if self._calendar.is_working(day))

    def _is_open(self, number: int) -> bool:
        """Whether customers find the shop open during a phase: it closes nothing, nor lies between such that do."""
        closed = self._format.closed_phases
        return closed is None or not closed[0] <= number <= closed[1]

    def _reopening_day(self) -> date | None:
        closed_to = self._remodel.closed_to
        return None if closed_to is None else self._calendar.reopening_after(closed_to)

    def _crews(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(crew for phase in self._remodel.phases for crew in phase.crews))

    def _event(
        self,
        kind: EventKind,
        name: tuple[str, ...],
        first: date,
        last: date,
        summary: str,
        phases: list[PlannedPhase],
        crews: tuple[str, ...],
    ) -> CalendarEvent:
        shop = self._shop
        categories = (shop.format, shop.region, *(phase.name for phase in phases))
        return CalendarEvent(
            uid=event_uid(shop.id, *name),
            kind=kind,
            shop=shop.id,
            first=first,
            last=last,
            summary=summary,
            status=self._status,
            description=self._description,
            location=self._location,
            position=None if shop.lat is None or shop.lon is None else (shop.lat, shop.lon),
            categories=tuple(_given(dict.fromkeys(clean(category) for category in categories))),
            crews=crews,
        )

    def _describe(self) -> str:
        shop, texts, remodel = self._shop, self._texts, self._remodel
        lines = [self._phase_line(phase) for phase in remodel.phases]
        if remodel.closed_from is not None and remodel.closed_to is not None:
            lines.append(f"{texts.closed_days}: {texts.days(remodel.closed_from, remodel.closed_to)}")
        if self._reopens is not None:
            lines.append(f"{texts.reopens}: {texts.day(self._reopens)}")
        if shop.partner:
            lines.append(f"{texts.partner}: {clean(shop.partner)}")
        lines.append(f"{texts.format}: {clean(shop.format)}")
        lines += [f"{clean(column)}: {clean(text)}" for column, text in shop.extra if _is_contact(column)]
        return "\n".join(lines)

    def _phase_line(self, phase: PlannedPhase) -> str:
        crews = [_crew_label(self._rollout.crew_by_id[crew], units) for crew, units in phase.crews.items()]
        return f"{clean(phase.name)}: {', '.join([self._texts.days(phase.first, phase.last), *crews])}"


def _status(shop: Shop, remodel: Remodel) -> EventStatus:
    """Confirmed where the start is given, or is the one published; a draft's is tentative."""
    is_settled = remodel.status is not RemodelStatus.PLANNED or shop.published_start == remodel.start
    return EventStatus.CONFIRMED if is_settled else EventStatus.TENTATIVE


def _is_contact(column: str) -> bool:
    return not CONTACT_WORDS.isdisjoint(WORD_BREAK.split(column.casefold()))


def _label(shop: Shop) -> str:
    name = clean(shop.name)
    return f"{name} ({clean(shop.id)})" if name else clean(shop.id)


def _location(shop: Shop) -> str:
    town = " ".join(_given((clean(shop.postcode), clean(shop.city))))
    return ", ".join(_given((clean(shop.name), clean(shop.street), town)))


def _crew_label(crew: Crew, units: int) -> str:
    name = clean(crew.name) or clean(crew.id)
    return name if units == 1 else f"{name} ×{units}"


def _given(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text]
