"""A calendar brought up to date: its next file, and how that differs from the last one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from planner.domain.rollout import Rollout
from planner.exchange.ical import CalendarHeader, calendar_to_ical
from planner.exchange.ical_events import CalendarEvent, EventStatus
from planner.exchange.ical_identity import CalendarRecord, CalendarStates, Version, next_versions, over_in, shown
from planner.exchange.ical_texts import TEXTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How many events a calendar `holds` that stand, and what became of them since the last time."""

    holds: int
    new: int = 0
    changed: int = 0
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class CalendarUpdate:
    """A calendar's next file, and its difference to the last one."""

    content: bytes
    changes: Changes


def update_calendar(
    states: CalendarStates,
    calendar: str,
    header: CalendarHeader,
    rollout: Rollout,
    events: Iterable[CalendarEvent],
    now: datetime,
) -> CalendarUpdate:
    """The calendar's next file with `events` of `rollout`, remembered in `states`.

    The same events give the same bytes again, whatever `now` is.
    """
    before = states.recall(calendar)
    cancelled = TEXTS[header.language].cancelled
    after = next_versions(before.versions, events, now, is_over=over_in(rollout), cancelled=cancelled)
    states.remember(calendar, CalendarRecord(after, before.etags))
    return CalendarUpdate(
        calendar_to_ical(header, shown(after, rollout.today)), changes_between(before.versions, after)
    )


def changes_between(before: Mapping[str, Version], after: Mapping[str, Version]) -> Changes:
    """What became of a calendar's events."""
    moved = [uid for uid, version in after.items() if uid in before and before[uid] != version]
    called_off = [uid for uid in moved if _is_cancelled(after[uid])]
    return Changes(
        holds=sum(not _is_cancelled(version) for version in after.values()),
        new=sum(uid not in before for uid in after),
        changed=len(moved) - len(called_off),
        cancelled=len(called_off),
    )


def _is_cancelled(version: Version) -> bool:
    return version.event.status is EventStatus.CANCELLED
