"""Calendars as iCalendar files (RFC 5545), such as plan.ics."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.exchange.ical_events import CalendarEvent, EventKind, EventStatus
from planner.exchange.ical_identity import FIRST_SEQUENCE, Version
from planner.exchange.ical_plan import plan_events
from planner.exchange.text import clean
from planner.wording.language import Language

REFRESH = "P1D"
ONE_DAY = timedelta(days=1)
# The days an event was published with: readers keep it as it is, so that it shows what was dragged elsewhere.
PUBLISHED_DAYS = "X-REMODEL-PLANNER-DAYS"
# Stands on what the planner called off itself, so that it is told from what somebody cancelled in a calendar.
CALLED_OFF = "X-REMODEL-PLANNER-CALLED-OFF"
PLAN_ICS_KINDS = frozenset({EventKind.CLOSURE, EventKind.SURVEY})
# Degrees below this (12 m) are written as 0: icalendar would give them an exponent, which RFC 5545 lacks.
LEAST_DEGREES = 1e-4
LINE_END = b"\r\n"
CALENDAR_END, EVENT_BEGIN, EVENT_END = b"END:VCALENDAR\r\n", b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"
# icalendar escapes none of these in a calendar's name, and readers differ on them in a category.
SEPARATORS = re.compile(r"[\\;,]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarHeader:
    """What a calendar says of itself; `timezone` is an IANA name."""

    name: str
    timezone: str
    language: Language = Language.ENGLISH


def plan_to_ical(rollout: Rollout, plan: Plan, stamp: datetime, lines: "EventLines | None" = None) -> bytes:
    """`plan.ics`: the closed shops and the surveys of a plan of `rollout`, in English.

    It knows nothing of what was published before. The same plan and `stamp` (with its time zone) give the same bytes,
    sooner where `lines` have been made for a plan of the same shops.
    """
    header = CalendarHeader(name=rollout.name, timezone=rollout.timezone)
    events = plan_events(rollout, plan, PLAN_ICS_KINDS)
    return calendar_to_ical(header, (Version(event, FIRST_SEQUENCE, stamp) for event in events), lines)


def calendar_to_ical(header: CalendarHeader, versions: Iterable[Version], lines: "EventLines | None" = None) -> bytes:
    """A calendar for people to subscribe to or to import, its events in the order given.

    - There is no METHOD: it makes a file a message of iTIP (RFC 5546), whose events need an ORGANIZER, so that
      Outlook takes them for somebody's meetings, and CalDAV servers must refuse it (RFC 4791, 4.1).
    - The UID comes from the shop's id and the kind of event alone: a new plan, a renamed rollout or another
      scenario moves the event that is already in a calendar. Shops of different rollouts are the same shop where
      their ids are equal.
    - All-day events are dates without a time zone, and take up nobody's time (TRANSP).
    - A calendar without events stays one. RFC 5545 asks for at least one component, but readers accept it, and
      any stand-in would be seen as an appointment.
    """
    calendar = _bare_calendar(header.language)
    name = _without_separators(header.name)
    for key, value in (
        ("NAME", name),
        ("X-WR-CALNAME", name),
        ("X-WR-TIMEZONE", clean(header.timezone)),
        ("X-PUBLISHED-TTL", REFRESH),
    ):
        calendar.add(key, value)
    calendar.add("REFRESH-INTERVAL", ONE_DAY, parameters={"VALUE": "DURATION"})
    return _with_events(calendar, versions, lines or EventLines())


def event_to_ical(version: Version, language: Language) -> bytes:
    """A single event as CalDAV servers keep it."""
    return _with_events(_bare_calendar(language), [version], EventLines())


def _with_events(calendar: Calendar, versions: Iterable[Version], lines: "EventLines") -> bytes:
    """The lines of a calendar, with events before its last one."""
    bare: bytes = calendar.to_ical()
    return b"".join((bare.removesuffix(CALENDAR_END), *map(lines.of_event, versions), CALENDAR_END))


class EventLines:
    """The lines of many events as icalendar writes them, each made once: most of what one says others say, too."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, Hashable], bytes] = {}
        self._orders: dict[tuple[str, ...], list[str]] = {}

    def of_event(self, version: Version) -> bytes:
        """An event from its BEGIN to its END, in icalendar's order."""
        properties = _properties(version)
        lines = [self._line(name, properties[name]) for name in self._in_order(tuple(properties))]
        alarms = (_alarm(version.event, before).to_ical() for before in version.event.alarms)
        return b"".join((EVENT_BEGIN, *lines, *alarms, EVENT_END))

    def _line(self, name: str, value: Hashable) -> bytes:
        key = name, value
        if key not in self._lines:
            event = Event()
            event.add(name, value)
            self._lines[key] = event.content_line(name, event[name]).to_ical() + LINE_END
        return self._lines[key]

    def _in_order(self, names: tuple[str, ...]) -> list[str]:
        if names not in self._orders:
            self._orders[names] = Event(dict.fromkeys(names, "")).sorted_keys()
        return self._orders[names]


def _bare_calendar(language: Language) -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", f"-//remodel-planner//plan//{language.upper()}")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    return calendar


def _properties(version: Version) -> dict[str, Hashable]:
    """What is said of an event, by the property that says it."""
    source = version.event
    stamp = version.modified.astimezone(UTC)
    properties: dict[str, Hashable] = {
        "UID": source.uid,
        "DTSTART": source.first,
        "DTEND": source.last + ONE_DAY,
        "DTSTAMP": stamp,
        "LAST-MODIFIED": stamp,
        "SEQUENCE": version.sequence,
        "TRANSP": "TRANSPARENT",
        "SUMMARY": source.summary,
        "STATUS": source.status.value,
        PUBLISHED_DAYS: f"{source.first}/{source.last}",
    }
    if source.status is EventStatus.CANCELLED:
        properties[CALLED_OFF] = "TRUE"
    if source.categories:
        properties["CATEGORIES"] = tuple(dict.fromkeys(map(_without_separators, source.categories)))
    if source.description:
        properties["DESCRIPTION"] = source.description
    if source.location:
        properties["LOCATION"] = source.location
    if source.position is not None:
        properties["GEO"] = tuple(_degrees(value) for value in source.position)
    return properties


def _alarm(source: CalendarEvent, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", -before)
    alarm.add("DESCRIPTION", source.summary)
    return alarm


def _without_separators(text: str) -> str:
    return SEPARATORS.sub(" ", clean(text))


def _degrees(value: float) -> float:
    return 0.0 if abs(value) < LEAST_DEGREES else round(value, 6)
