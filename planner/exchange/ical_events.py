"""Calendar events as records, and the identity that they keep for ever."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

# Never to change: every event ever published takes its UID from it.
UID_NAMESPACE = UUID("1d32ac87-be77-48a9-b7a6-659485c69cec")


class EventKind(StrEnum):
    """What an event of a remodel is about."""

    CLOSURE = "closure"
    VISITS = "visits"
    SURVEY = "survey"
    REOPENING = "reopening"


class EventStatus(StrEnum):
    """How sure an event is, in iCalendar's words."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """All that readers of a calendar learn of an event: whole days, `first` to `last`, both included.

    `position` is latitude and longitude in degrees; `alarms` are times before the first day begins. `crews` take
    part in it; they are not written, but say whose calendars it belongs in.
    """

    uid: str
    kind: EventKind
    shop: str
    first: date
    last: date
    summary: str
    status: EventStatus
    description: str = ""
    location: str = ""
    position: tuple[float, float] | None = None
    categories: tuple[str, ...] = ()
    crews: tuple[str, ...] = ()
    alarms: tuple[timedelta, ...] = ()


def event_uid(shop: str, *kind: str) -> str:
    """The UID, for ever, of a shop's event of a kind.

    The kind is `closed`; `open` and the phase's name; `reopening`; or `visit`, trade, which of the format's visits
    of that trade, crew, and which stretch of days.
    """
    return str(uuid5(UID_NAMESPACE, "\n".join((shop, *kind))))


def event_order(event: CalendarEvent) -> tuple[date, str, date, str, str]:
    """What events are sorted by."""
    return event.first, event.shop, event.last, event.kind, event.uid
