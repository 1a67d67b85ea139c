"""Calendar events over time: what is new, what has changed, and what was called off since the last time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.exchange.ical_events import CalendarEvent, EventStatus, event_order

FIRST_SEQUENCE = 0
CANCELLED_SHOWN_FOR = timedelta(days=366)
CLOCK_TICK = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Version:
    """An event as it was last published: `sequence` grows with its dates and its status, `modified` is in UTC."""

    event: CalendarEvent
    sequence: int
    modified: datetime


@dataclass(frozen=True, slots=True)
class CalendarRecord:
    """What one calendar last held, by UID; `etags` are the server's names for the versions, where it is on one."""

    versions: Mapping[str, Version] = field(default_factory=dict)
    etags: Mapping[str, str] = field(default_factory=dict)


class CalendarStates(Protocol):
    """Where calendars are remembered from one time to the next."""

    def recall(self, calendar: str) -> CalendarRecord:
        """What a calendar last held; nothing if it is new."""

    def remember(self, calendar: str, record: CalendarRecord) -> None:
        """Keeps what a calendar now holds."""


class SavedStates(CalendarStates, Protocol):
    """The same where what is remembered lasts only once it is saved."""

    def save(self) -> None:
        """Makes what was remembered last; raises CannotWriteError where that fails."""


def next_versions(
    before: Mapping[str, Version],
    events: Iterable[CalendarEvent],
    now: datetime,
    *,
    is_over: Callable[[CalendarEvent], bool],
    cancelled: str,
) -> dict[str, Version]:
    """The versions of a calendar that held `before` and is now to hold `events`.

    What has not changed keeps its version. What is no longer among `events` stays as it was if it `is_over`, and
    is cancelled otherwise, with the word `cancelled` before its summary for readers that do not look at STATUS.
    """
    now = now.replace(microsecond=0)
    # Whom an event concerns decides whether it is in a calendar, not what it says there.
    current = {event.uid: replace(event, crews=()) for event in events}
    for uid, version in before.items():
        if uid not in current:
            keep = version.event.status is EventStatus.CANCELLED or is_over(version.event)
            current[uid] = version.event if keep else _called_off(version.event, cancelled)
    return {uid: _version(before.get(uid), event, now) for uid, event in current.items()}


def _called_off(event: CalendarEvent, cancelled: str) -> CalendarEvent:
    return replace(event, status=EventStatus.CANCELLED, summary=f"{cancelled}: {event.summary}", alarms=())


def _version(before: Version | None, event: CalendarEvent, now: datetime) -> Version:
    if before is None:
        return Version(event, FIRST_SEQUENCE, now)
    if before.event == event:
        return before
    sequence = before.sequence + (_schedule(before.event) != _schedule(event))
    # Readers keep the later of two versions, whatever this machine's clock has done since.
    return Version(event, sequence, max(now, before.modified + CLOCK_TICK))


def _schedule(event: CalendarEvent) -> tuple[date, date, EventStatus]:
    return event.first, event.last, event.status


def over_in(rollout: Rollout) -> Callable[[CalendarEvent], bool]:
    """Whether an event that is no longer planned has taken place: its days are past, or its shop is done."""
    finishes = {shop.id: shop.finish for shop in rollout.shops if shop.status is Status.DONE}

    def is_over(event: CalendarEvent) -> bool:
        finish = finishes.get(event.shop)
        return event.last < rollout.today or (finish is not None and event.first <= finish)

    return is_over


def shown(versions: Mapping[str, Version], today: date) -> list[Version]:
    """What a calendar shows of its versions, in order: what was called off for a year past its day."""
    current = [
        version
        for version in versions.values()
        if version.event.status is not EventStatus.CANCELLED or version.event.last >= today - CANCELLED_SHOWN_FOR
    ]
    return sorted(current, key=lambda version: event_order(version.event))
