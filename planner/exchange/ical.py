"""Calendars as iCalendar files (RFC 5545), such as plan.ics."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from icalendar import Alarm, Calendar, Component, Event

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
# icalendar escapes none of these in a calendar's name, and readers differ on them in a category.
SEPARATORS = re.compile(r"[\\;,]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarHeader:
    """What a calendar says of itself; `timezone` is an IANA name."""

    name: str
    timezone: str
    language: Language = Language.ENGLISH


def plan_to_ical(rollout: Rollout, plan: Plan, stamp: datetime) -> bytes:
    """`plan.ics`: the closed shops and the surveys of a plan of `rollout`, in English.

    It knows nothing of what was published before. The same plan and `stamp` (with its time zone) give the same bytes.
    """
    header = CalendarHeader(name=rollout.name, timezone=rollout.timezone)
    events = plan_events(rollout, plan, PLAN_ICS_KINDS)
    return calendar_to_ical(header, (Version(event, FIRST_SEQUENCE, stamp) for event in events))


def calendar_to_ical(header: CalendarHeader, versions: Iterable[Version]) -> bytes:
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
    shared = _SharedProperties()
    for version in versions:
        calendar.add_component(_event(version, shared))
    content: bytes = calendar.to_ical()
    return content


def event_to_ical(version: Version, language: Language) -> bytes:
    """A single event as CalDAV servers keep it."""
    calendar = _bare_calendar(language)
    calendar.add_component(_event(version, _SharedProperties()))
    content: bytes = calendar.to_ical()
    return content


class _SharedProperties:
    """The properties of many events, each made once: most of what an event says is said by others, too."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, Hashable], object] = {}

    def add(self, component: Component, name: str, value: Hashable) -> None:
        """Adds a property to a component that does not have it yet."""
        key = name, value
        if key in self._made:
            component[name] = self._made[key]
        else:
            component.add(name, value)
            self._made[key] = component[name]


class _Calendar(Calendar):
    """A calendar that turns a property which several of its events share into lines once."""

    def to_ical(self, sorted: bool = True) -> bytes:  # noqa: A002 - icalendar calls it that
        """The lines that icalendar makes, in its order."""
        lines: dict[tuple[str, object], bytes] = {}
        content = bytearray()
        for name, value in self.property_items(sorted=sorted):
            # The values of BEGIN and END are bytes made anew each time; all others live as long as their events.
            key = name, value if isinstance(value, bytes) else id(value)
            if key not in lines:
                lines[key] = self.content_line(name, value, sorted=sorted).to_ical() + LINE_END
            content += lines[key]
        return bytes(content)


def _bare_calendar(language: Language) -> Calendar:
    calendar = _Calendar()
    calendar.add("PRODID", f"-//remodel-planner//plan//{language.upper()}")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    return calendar


def _event(version: Version, shared: _SharedProperties) -> Event:
    source = version.event
    stamp = version.modified.astimezone(UTC)
    event = Event()
    add = partial(shared.add, event)
    add("UID", source.uid)
    add("DTSTART", source.first)
    add("DTEND", source.last + ONE_DAY)
    add("DTSTAMP", stamp)
    add("LAST-MODIFIED", stamp)
    add("SEQUENCE", version.sequence)
    add("TRANSP", "TRANSPARENT")
    add("SUMMARY", source.summary)
    add("STATUS", source.status.value)
    add(PUBLISHED_DAYS, f"{source.first}/{source.last}")
    if source.status is EventStatus.CANCELLED:
        add(CALLED_OFF, "TRUE")
    categories = [_without_separators(category) for category in source.categories]
    if categories:
        add("CATEGORIES", tuple(dict.fromkeys(categories)))
    if source.description:
        add("DESCRIPTION", source.description)
    if source.location:
        add("LOCATION", source.location)
    if source.position is not None:
        add("GEO", tuple(_degrees(value) for value in source.position))
    for before in source.alarms:
        event.add_component(_alarm(source, before))
    return event


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
