"""What a calendar says differently from the plan: events moved, cut, called off there, or out of date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from planner.domain.calendar import Calendars
from planner.domain.plan import Plan, Remodel
from planner.domain.rollout import Rollout
from planner.exchange.ical_events import CalendarEvent, EventKind
from planner.exchange.ical_plan import remodel_events
from planner.exchange.ical_reader import SeenEvent
from planner.exchange.ical_texts import TEXTS
from planner.wording.language import Language

# Days of an open phase are a survey in some calendars and part of a visit in others.
BOTH_VIEWS = (frozenset(EventKind), frozenset({EventKind.VISITS}))


@dataclass(slots=True)
class CalendarMoves:
    """What somebody did in a calendar: `moved` to other days, made longer or shorter (`cut`), or `called_off`.

    Each is the planner's event and what became of it. `out_of_date` counts events that stand where an older plan
    had them, or that it had called off, `foreign` those that are none of the plan's.
    """

    moved: list[tuple[CalendarEvent, SeenEvent]] = field(default_factory=list)
    cut: list[tuple[CalendarEvent, SeenEvent]] = field(default_factory=list)
    called_off: list[tuple[CalendarEvent, SeenEvent]] = field(default_factory=list)
    out_of_date: int = 0
    foreign: int = 0


def find_moves(rollout: Rollout, plan: Plan, seen: Iterable[SeenEvent]) -> CalendarMoves:
    """What was done to the events of `plan` in a calendar.

    An event tells the days it was published with, so that one that somebody moved and one that is merely out of
    date are told apart. Where a calendar program has dropped that, each difference counts as moved.
    """
    calendars = Calendars(rollout)
    events = {uid: event for remodel in plan.remodels for uid, event in _events(rollout, calendars, remodel).items()}
    moves = CalendarMoves()
    for item in seen:
        event = events.get(item.uid)
        if event is None:
            moves.foreign += item.published is None
        elif item.was_called_off:
            moves.out_of_date += 1
        elif item.is_cancelled:
            moves.called_off.append((event, item))
        elif item.days != (event.first, event.last):
            _note(moves, event, item)
    for listed in (moves.moved, moves.cut, moves.called_off):
        listed.sort(key=lambda pair: (pair[0].shop, pair[0].first, pair[0].uid))
    return moves


def _note(moves: CalendarMoves, event: CalendarEvent, item: SeenEvent) -> None:
    published = item.published or (event.first, event.last)
    if item.days == published:
        moves.out_of_date += 1
    elif item.days[0] == published[0]:
        moves.cut.append((event, item))
    else:
        moves.moved.append((event, item))


def first_days(rollout: Rollout, calendars: Calendars, remodel: Remodel) -> Mapping[str, date]:
    """The first day of each event that a remodel has in any calendar, by UID."""
    return {uid: event.first for uid, event in _events(rollout, calendars, remodel).items()}


def _events(rollout: Rollout, calendars: Calendars, remodel: Remodel) -> dict[str, CalendarEvent]:
    texts = TEXTS[Language.ENGLISH]
    return {
        event.uid: event for kinds in BOTH_VIEWS for event in remodel_events(rollout, calendars, remodel, kinds, texts)
    }
