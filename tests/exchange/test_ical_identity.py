"""Events over time: what keeps its version, what gets a higher one, what is cancelled."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from ical.calendar_stream import IcsCalendarStream

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.exchange.ical_events import EventStatus
from planner.exchange.ical_plan import plan_events
from planner.exchange.ical_selection import ALL_KINDS
from planner.exchange.ical_state import FolderStates
from planner.exchange.ical_update import CalendarUpdate, update_calendar
from planner.exchange.problems import InputError
from tests.exchange.calendar_world import EVENTS, HEADER, LATER, NOW, PLAN, ROLLOUT, moved_plan, plan_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "calendars.state.json"


def export(path: Path, plan: Plan, now=NOW, rollout: Rollout = ROLLOUT) -> CalendarUpdate:
    """An export as a run of its own: what is remembered goes through the file."""
    states = FolderStates(path)
    update = update_calendar(states, "a.ics", HEADER, rollout, plan_events(rollout, plan, ALL_KINDS), now)
    states.save()
    return update


def by_uid(data: bytes):
    return {event.uid: event for event in IcsCalendarStream.calendar_from_ics(data.decode()).events}


def test_the_same_plan_gives_the_same_bytes_and_the_same_state(path: Path) -> None:
    first = export(path, PLAN)
    state = path.read_bytes()
    second = export(path, PLAN, LATER)
    assert second.content == first.content
    assert path.read_bytes() == state
    assert (first.changes.new, second.changes.new) == (len(EVENTS), 0)
    assert (second.changes.changed, second.changes.cancelled) == (0, 0)


def test_only_what_changed_gets_a_new_version(path: Path) -> None:
    before = by_uid(export(path, PLAN).content)
    update = export(path, moved_plan(), LATER)
    after = by_uid(update.content)
    for uid, event in after.items():
        shop = next(item.shop for item in EVENTS if item.uid == uid)
        is_changed = shop in ("S1", "S2", "S3")
        assert (event.sequence, event.last_modified, event.dtstamp) == (
            (1, LATER, LATER) if is_changed else (0, NOW, NOW)
        ), event
        assert (event.dtstart == before[uid].dtstart) or shop == "S1"
    assert update.changes.new == 0
    planned = {event.uid for event in plan_events(ROLLOUT, moved_plan(), ALL_KINDS)}
    gone = [event for event in EVENTS if event.uid not in planned]
    assert update.changes.cancelled == len(gone)
    assert {event.uid for event in EVENTS if event.shop == "S2"} <= {event.uid for event in gone}


def test_another_text_is_modified_but_no_later_in_the_sequence(path: Path) -> None:
    export(path, PLAN)
    shops = tuple(replace(shop, partner="Another") for shop in ROLLOUT.shops)
    events = by_uid(export(path, PLAN, LATER, replace(ROLLOUT, shops=shops)).content).values()
    assert {(event.sequence, event.last_modified) for event in events} == {(0, LATER)}


def test_what_was_cancelled_stays_so_and_comes_back_with_a_higher_sequence(path: Path) -> None:
    export(path, PLAN)
    empty = export(path, plan_of(()), LATER)
    again = export(path, plan_of(()), LATER + timedelta(days=1))
    assert again.content == empty.content
    assert {event.status for event in by_uid(empty.content).values()} == {"CANCELLED"}
    back = by_uid(export(path, PLAN, LATER + timedelta(days=2)).content)
    assert {(event.status, event.sequence) for event in back.values()} == {("TENTATIVE", 2)}


def test_what_has_taken_place_is_not_cancelled(path: Path) -> None:
    export(path, PLAN)
    done = tuple(
        replace(shop, status=Status.DONE, finish=date(2023, 11, 10)) if shop.id == "S5" else shop
        for shop in ROLLOUT.shops
    )
    rollout = replace(ROLLOUT, today=date(2023, 11, 13), shops=done)
    plan = replace(plan_of(item for item in PLAN.remodels if item.shop != "S5"), today=rollout.today)
    update = export(path, plan, LATER, rollout)
    assert update.changes.cancelled == 0
    kept = [event for event in EVENTS if event.shop == "S5"]
    assert {by_uid(update.content)[event.uid].sequence for event in kept} == {0}


def test_a_clock_that_went_back_does_not_make_versions_older(path: Path) -> None:
    export(path, PLAN, LATER)
    after = by_uid(export(path, moved_plan(), NOW).content)
    assert {event.last_modified for event in after.values() if event.sequence} == {LATER + timedelta(seconds=1)}


def test_what_was_cancelled_long_ago_is_no_longer_shown_but_remembered(path: Path) -> None:
    export(path, PLAN)
    export(path, plan_of(()), LATER)
    today = ROLLOUT.last + timedelta(days=400)
    late = export(path, plan_of(()), LATER, replace(ROLLOUT, today=today, last=today))
    assert by_uid(late.content) == {}
    back = by_uid(export(path, PLAN, LATER).content)
    assert {event.sequence for event in back.values()} == {2}


def test_uids_differ_between_all_events_and_stay_for_each(path: Path) -> None:
    assert len({event.uid for event in EVENTS}) == len(EVENTS)
    moved = {event.uid for event in plan_events(ROLLOUT, moved_plan(), ALL_KINDS) if event.shop == "S3"}
    assert moved == {event.uid for event in EVENTS if event.shop == "S3"}
    assert EventStatus.CONFIRMED in {event.status for event in plan_events(ROLLOUT, moved_plan(), ALL_KINDS)}


def test_calendars_in_one_folder_are_remembered_apart(path: Path) -> None:
    states = FolderStates(path)
    update_calendar(states, "a.ics", HEADER, ROLLOUT, EVENTS, NOW)
    other = update_calendar(states, "b.ics", HEADER, ROLLOUT, EVENTS[:1], LATER)
    assert (other.changes.new, other.changes.cancelled) == (1, 0)
    states.save()
    assert FolderStates(path).calendars == ("a.ics", "b.ics")
    assert FolderStates(path).recall("a.ics") == states.recall("a.ics")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "is not JSON"),
        (b'{"schema": "remodel-calendars/9"}', "schema: must be 'remodel-calendars/1'"),
        (
            b'{"schema": "remodel-calendars/1", "calendars": {"a": {"events": {"u": {"kind": "party"}}, "etags": {}}}}',
            "must be one of closure, visits, survey, reopening",
        ),
    ],
)
def test_a_state_that_is_none_is_wrong_input_and_not_overwritten(path: Path, content: bytes, sentence: str) -> None:
    path.write_bytes(content)
    with pytest.raises(InputError, match=path.name) as error:
        FolderStates(path)
    assert sentence in str(error.value)
    assert path.read_bytes() == content
