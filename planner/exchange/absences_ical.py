"""Absences of crews, taken from a calendar in which they enter their holidays."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from planner.domain.crew import Absence, Crew
from planner.domain.rollout import Rollout
from planner.exchange.ical import PUBLISHED_DAYS
from planner.exchange.ical_events import EventStatus
from planner.exchange.ical_reader import Days
from planner.exchange.text import clean, quoted
from planner.wording.translation import gettext

ONE_DAY = timedelta(days=1)
MOST_REASON_CHARACTERS = 100
# Nobody is on holiday anew each hour, and a year of such events would take for ever to write out.
TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")


@dataclass(frozen=True, slots=True)
class FoundAbsences:
    """What a calendar says of absences, and the events that could not be understood, each in a sentence."""

    absences: tuple[Absence, ...]
    unclear: tuple[str, ...]


def find_absences(
    rollout: Rollout, calendars: Sequence[Calendar], crew: str | None = None, units: int | None = None
) -> FoundAbsences:
    """The absences from today to the end of the horizon, recurring events written out.

    They are those of `crew`, or else of the crew whose id or name stands in an event's summary or categories, or in
    the calendar's name. Days count that an event covers wholly, in the rollout's time zone. `units` of a crew are
    away (None: all). Cancelled events do not count; events that adjoin are one absence.
    """
    crews = _CrewNames(rollout.crews)
    found: list[Absence] = []
    unclear: dict[str, None] = {}
    for calendar in calendars:
        for event in _occurrences(rollout, calendar, unclear):
            summary = clean(str(event.get("SUMMARY", ""))).strip()
            days = _whole_days(event, ZoneInfo(rollout.timezone))
            if days is None:
                text = gettext("{event} on {day} covers no whole day")
                unclear[text.format(event=quoted(summary), day=_start_text(event))] = None
                continue
            who = crew or crews.named_by(_texts_of(event), str(calendar.get("X-WR-CALNAME", "")))
            if who is None:
                text = gettext("{event} from {first} to {last} names no crew, or several")
                unclear[text.format(event=quoted(summary), first=days[0], last=days[1])] = None
                continue
            reason = summary[:MOST_REASON_CHARACTERS]
            found.append(Absence(crew=who, first=days[0], last=days[1], units=units, reason=reason))
    absences = sorted(_joined(found), key=lambda absence: (absence.crew, absence.first, absence.last))
    return FoundAbsences(tuple(absences), tuple(unclear))


def _occurrences(rollout: Rollout, calendar: Calendar, unclear: dict[str, None]) -> Iterator[Event]:
    """The events from today on, each time they happen."""
    import recurring_ical_events  # type: ignore[import-untyped] # noqa: PLC0415 - has no types; only used here

    for event in list(calendar.events):
        rule = event.get("RRULE")
        rules = rule if isinstance(rule, list) else [rule] if rule else []
        if any(frequency in TOO_OFTEN for item in rules for frequency in item.get("FREQ", ())):
            text = gettext("{event} recurs more often than daily")
            unclear[text.format(event=quoted(clean(str(event.get("SUMMARY", "")))))] = None
            calendar.subcomponents.remove(event)
    found = recurring_ical_events.of(calendar, skip_bad_series=True).between(rollout.today, rollout.last + ONE_DAY)
    for event in sorted(found, key=lambda item: (str(item.start), str(item.get("UID", "")))):
        # Where a crew's calendar shows its visits as well, these are no holidays.
        if str(event.get("STATUS", "")).upper() != EventStatus.CANCELLED and PUBLISHED_DAYS not in event:
            yield event


def _whole_days(event: Event, zone: ZoneInfo) -> Days | None:
    """The first and the last day that an event covers from midnight to midnight; None where there is none."""
    start, end = event.start, event.end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return start, max(start, end - ONE_DAY)
    begins, ends = _wall_clock(start, zone), _wall_clock(end, zone)
    first = begins.date() if begins.time() == time.min else begins.date() + ONE_DAY
    last = ends.date() - ONE_DAY
    return (first, last) if first <= last else None


def _wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment if moment.tzinfo is None else moment.astimezone(zone)


def _start_text(event: Event) -> str:
    start: date = event.start
    return start.strftime("%Y-%m-%d")


def _texts_of(event: Event) -> str:
    categories = event.get("CATEGORIES")
    groups = categories if isinstance(categories, list) else [categories] if categories else []
    named = [str(name) for group in groups for name in group.cats]
    return " / ".join([str(event.get("SUMMARY", "")), *named])


class _CrewNames:
    """Finds the one crew that a text names by its id or its name."""

    def __init__(self, crews: Iterable[Crew]) -> None:
        self._names = [(name, crew.id) for crew in crews for name in {crew.id, crew.name} if name.strip()]

    def named_by(self, *texts: str) -> str | None:
        """The crew named by the first of the texts that names any; None where none does, or several are named."""
        for text in texts:
            found = [(name, crew) for name, crew in self._names if _has_word(text, name)]
            longest = [
                crew for name, crew in found if not any(name != other and _has_word(other, name) for other, _ in found)
            ]
            if longest:
                return longest[0] if len(set(longest)) == 1 else None
        return None


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", text.casefold()) is not None


def _joined(absences: Iterable[Absence]) -> Iterator[Absence]:
    """The absences by crew and day, those of one reason that overlap or adjoin made one."""
    current: Absence | None = None
    for absence in sorted(set(absences), key=lambda item: (item.crew, item.reason, item.first, item.last)):
        if current and _continues(current, absence):
            current = replace(current, last=max(current.last, absence.last))
            continue
        if current:
            yield current
        current = absence
    if current:
        yield current


def _continues(before: Absence, absence: Absence) -> bool:
    same = (before.crew, before.reason) == (absence.crew, absence.reason)
    return same and absence.first <= before.last + ONE_DAY
