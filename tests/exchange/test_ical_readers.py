"""Calendars as programs that nobody here wrote understand them: exported, changed, cancelled, read again."""

from datetime import timedelta
from pathlib import Path

import pytest

from planner.domain.plan import Plan
from planner.exchange.ical_events import CalendarEvent
from planner.exchange.ical_plan import plan_events
from planner.exchange.ical_selection import ALL_KINDS
from planner.exchange.ical_state import FolderStates
from planner.exchange.ical_update import update_calendar
from tests.exchange.calendar_readers import READERS, Understood, misread, passes_libical
from tests.exchange.calendar_world import EVENTS, HEADER, LATER, NOW, PLAN, ROLLOUT, moved_plan


@pytest.fixture
def states(tmp_path: Path) -> FolderStates:
    return FolderStates(tmp_path / "calendars.state.json")


def export(states: FolderStates, plan: Plan, now=NOW) -> bytes:
    return update_calendar(states, "a.ics", HEADER, ROLLOUT, plan_events(ROLLOUT, plan, ALL_KINDS), now).content


def meant(reader: str, events: list[CalendarEvent]) -> dict[str, Understood]:
    return {
        event.uid: Understood(
            event.first,
            event.last,
            misread(reader, event.summary),
            event.status.value,
            misread(reader, event.location),
        )
        for event in events
    }


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_understands_what_the_plan_says_and_what_changes(
    reader: str, states: FolderStates, tmp_path: Path
) -> None:
    read = READERS[reader]
    assert read(export(states, PLAN), tmp_path) == meant(reader, EVENTS)

    after = moved_plan()
    understood = read(export(states, after, LATER), tmp_path)
    planned = meant(reader, plan_events(ROLLOUT, after, ALL_KINDS))
    gone = {event.uid: event for event in EVENTS if event.uid not in planned}
    assert {uid: event for uid, event in understood.items() if uid in planned} == planned
    assert set(understood) == set(planned) | set(gone)
    assert {event.shop for event in gone.values()} >= {"S2"}
    for uid, event in gone.items():
        assert understood[uid].status == "CANCELLED"
        assert understood[uid].summary == misread(reader, f"Cancelled: {event.summary}")
        assert (understood[uid].first, understood[uid].last) == (event.first, event.last)


def test_libical_finds_nothing_forbidden(states: FolderStates) -> None:
    assert passes_libical(export(states, PLAN))
    changed = export(states, moved_plan(), LATER)
    assert b"STATUS:CANCELLED" in changed
    assert passes_libical(changed)


def test_libical_would_find_what_is_forbidden(states: FolderStates) -> None:
    assert not passes_libical(export(states, PLAN).replace(b"SEQUENCE:0", b"SEQUENCE:0\r\nSEQUENCE:1"))


def test_the_plan_these_readers_get_is_as_hard_as_it_should_be() -> None:
    """Years, leap days and both changes of the clock lie inside events, not between them."""
    inside = {
        event.first + timedelta(days=offset) for event in EVENTS for offset in range((event.last - event.first).days)
    }
    for day in ("2023-12-31", "2024-02-29", "2024-03-31", "2023-10-29", "2024-12-31"):
        assert day in {found.isoformat() for found in inside}
