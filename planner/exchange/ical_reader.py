"""Calendars that other programs wrote: what they now say of events."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from planner.exchange.ical import CALLED_OFF, PUBLISHED_DAYS
from planner.exchange.ical_events import EventStatus
from planner.exchange.text import clean
from planner.wording.translation import gettext

COMPARED = ("SUMMARY", "DTSTART", "DTEND", "STATUS", "DESCRIPTION", "LOCATION", "GEO", "CATEGORIES", "TRANSP")
ONE_DAY = timedelta(days=1)
AN_INSTANT = timedelta(microseconds=1)

Days = tuple[date, date]
"""A first and a last day, both included."""


class NotACalendarError(ValueError):
    """What was read is no iCalendar data; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenEvent:
    """An event as a calendar has it; `published` are the days the planner gave it, where it is the planner's.

    `was_called_off` says that the planner cancelled it, not somebody in the calendar.
    """

    uid: str
    days: Days
    summary: str
    is_cancelled: bool
    sequence: int
    published: Days | None
    was_called_off: bool = False

    @property
    def was_moved(self) -> bool:
        """Whether somebody moved it in the calendar."""
        return self.published is not None and self.days != self.published


def parse_calendars(data: bytes) -> list[Calendar]:
    """The calendars in iCalendar data; raises NotACalendarError."""
    try:
        found = Calendar.from_ical(data.decode("utf-8-sig"), multiple=True)
    except UnicodeDecodeError:
        raise NotACalendarError(gettext("is not UTF-8 text")) from None
    except (ValueError, IndexError, KeyError) as error:
        raise NotACalendarError(
            gettext("cannot be read as a calendar ({error})").format(error=clean(str(error))[:200])
        ) from None
    calendars = [item for item in found if isinstance(item, Calendar)]
    if not calendars:
        raise NotACalendarError(gettext("holds no calendar; export it as an iCalendar file (.ics)"))
    return calendars


def single_events(calendars: list[Calendar], timezone: str) -> Iterator[tuple[SeenEvent, Event]]:
    """The events that do not recur and can be understood, each with its component."""
    zone = ZoneInfo(timezone)
    for calendar in calendars:
        for event in calendar.events:
            if "RRULE" in event or "RECURRENCE-ID" in event or "RDATE" in event:
                continue
            seen = _seen(event, zone)
            if seen is not None:
                yield seen, event


def _seen(event: Event, zone: ZoneInfo) -> SeenEvent | None:
    days = days_of(event, zone)
    uid = event.get("UID")
    if days is None or uid is None:
        return None
    return SeenEvent(
        uid=str(uid),
        days=days,
        summary=clean(str(event.get("SUMMARY", ""))),
        is_cancelled=str(event.get("STATUS", "")).upper() == EventStatus.CANCELLED,
        sequence=_sequence(event),
        published=_published(event),
        was_called_off=CALLED_OFF in event,
    )


def days_of(event: Event, zone: ZoneInfo) -> Days | None:
    """The first and the last day an event touches, timed ones in `zone`; None where it has no proper times."""
    try:
        start, end = event.start, event.end
    except (ValueError, KeyError, TypeError):
        return None
    if isinstance(start, datetime) and isinstance(end, datetime):
        first, after = _local(start, zone), _local(end, zone)
        return first.date(), max(first, after - AN_INSTANT).date()
    return start, max(start, end - ONE_DAY)


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment on the wall clock in `zone`; one without a zone is on that clock already."""
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def _sequence(event: Event) -> int:
    try:
        return max(0, int(event.get("SEQUENCE", 0)))
    except (TypeError, ValueError):
        return 0


def _published(event: Event) -> Days | None:
    first, _, last = str(event.get(PUBLISHED_DAYS, "")).partition("/")
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None


def content_of(event: Event) -> tuple[object, ...]:
    """All that readers see of an event, so that two can be compared."""
    values = tuple(event[name].to_ical() if name in event else None for name in COMPARED)
    alarms = sorted(alarm["TRIGGER"].to_ical() for alarm in event.walk("VALARM") if "TRIGGER" in alarm)
    return (*values, *alarms)
