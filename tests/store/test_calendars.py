"""What calendars last held, and who may subscribe, in the database: for every coordinator alike."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from planner.domain.plan import Plan
from planner.exchange.feed_addresses import FeedAddresses
from planner.exchange.ical_identity import CalendarRecord, CalendarStates
from planner.exchange.ical_plan import plan_events
from planner.exchange.ical_selection import ALL_KINDS, Audience
from planner.exchange.ical_state import FolderStates
from planner.exchange.ical_update import CalendarUpdate, update_calendar
from planner.store.backlog import Backlog
from planner.store.calendars import CalendarPlace, WrittenMeanwhileError
from planner.store.errors import BusyError
from planner.wording.language import Language
from tests.exchange.calendar_world import EVENTS, HEADER, LATER, NOW, PLAN, ROLLOUT, WORST_NAMES, moved_plan


def write(states: CalendarStates, plan: Plan, now=NOW, name: str = "a.ics") -> CalendarUpdate:
    return update_calendar(states, name, HEADER, ROLLOUT, plan_events(ROLLOUT, plan, ALL_KINDS), now)


def test_the_next_coordinator_goes_on_as_the_folder_would(ana: Backlog, ben: Backlog, tmp_path: Path) -> None:
    folder = FolderStates(tmp_path / "calendars.state.json")
    for who, plan, now in ((ana, PLAN, NOW), (ben, PLAN, LATER), (ben, moved_plan(), LATER), (ana, PLAN, LATER)):
        states = who.calendars(CalendarPlace.FILE)
        update, expected = write(states, plan, now), write(folder, plan, now)
        assert update == expected
        states.save()
        assert who.calendars(CalendarPlace.FILE).recall("a.ics") == folder.recall("a.ics")
    assert any(version.sequence == 2 for version in folder.recall("a.ics").versions.values())
    assert ben.calendars(CalendarPlace.FILE).calendars == ("a.ics",)
    assert ana.revision() == 1


def test_places_rollouts_and_names_are_kept_apart(ana: Backlog) -> None:
    for place, name in ((CalendarPlace.FILE, "x"), (CalendarPlace.SERVER, "x"), (CalendarPlace.FEED, "crew B1")):
        states = ana.calendars(place)
        assert not states.recall(name).versions
        write(states, PLAN, name=name)
        states.save()
    for place in CalendarPlace:
        assert len(ana.calendars(place).calendars) == 1


@pytest.mark.parametrize("name", [*WORST_NAMES, "https://example.org/cal/Ümläut%20x/", "'; DROP TABLE calendar; --"])
def test_any_name_will_do(ana: Backlog, name: str) -> None:
    states = ana.calendars(CalendarPlace.SERVER)
    write(states, PLAN, name=name)
    states.save()
    assert ana.calendars(CalendarPlace.SERVER).recall(name) == states.recall(name)


def test_what_was_not_saved_is_not_remembered(ana: Backlog) -> None:
    states = ana.calendars(CalendarPlace.FILE)
    write(states, PLAN)
    with pytest.raises(ZeroDivisionError), states.saving():
        raise ZeroDivisionError
    assert not ana.calendars(CalendarPlace.FILE).recall("a.ics").versions


@pytest.mark.parametrize("is_new", [True, False])
def test_two_who_write_the_same_file_at_once(ana: Backlog, ben: Backlog, *, is_new: bool) -> None:
    if not is_new:
        states = ana.calendars(CalendarPlace.FILE)
        write(states, PLAN)
        states.save()
    first, second = ana.calendars(CalendarPlace.FILE), ben.calendars(CalendarPlace.FILE)
    write(first, moved_plan(), LATER)
    write(second, moved_plan(), LATER + timedelta(hours=1))
    first.save()
    with pytest.raises(WrittenMeanwhileError, match="the calendar a"):
        second.save()
    again = ben.calendars(CalendarPlace.FILE)
    assert not write(again, moved_plan(), LATER + timedelta(hours=1)).changes.changed


def test_two_who_publish_to_the_same_server_are_put_together(ana: Backlog, ben: Backlog) -> None:
    states = ana.calendars(CalendarPlace.SERVER)
    write(states, PLAN)
    states.save()
    first, second = ana.calendars(CalendarPlace.SERVER), ben.calendars(CalendarPlace.SERVER)
    record = first.recall("a.ics")
    assert second.recall("a.ics") == record
    one, two, *_ = sorted(record.versions)
    first.remember("a.ics", CalendarRecord(record.versions, {one: '"1"'}))
    second.remember("a.ics", CalendarRecord(record.versions, {two: '"2"'}))
    first.save()
    second.save()
    assert ana.calendars(CalendarPlace.SERVER).recall("a.ics").etags == {one: '"1"', two: '"2"'}


def test_only_what_changed_is_written(ana: Backlog) -> None:
    states = ana.calendars(CalendarPlace.FILE)
    write(states, PLAN)
    states.save()
    again = ana.calendars(CalendarPlace.FILE)
    write(again, PLAN, LATER)
    again.save()
    third = ana.calendars(CalendarPlace.FILE)
    write(third, PLAN, LATER)
    again = ana.calendars(CalendarPlace.FILE)
    write(again, moved_plan(), LATER)
    again.save()
    third.save()  # nothing of its own, so nothing is in its way
    assert len(third.recall("a.ics").versions) >= len(EVENTS)


def test_addresses_are_everybodys_and_revoked_for_everybody(ana: Backlog, ben: Backlog) -> None:
    mine = ana.feeds()
    token = mine.add(Audience.CREW, "B1", Language.ENGLISH).token
    gone = mine.add(Audience.PARTNER, "Nord; Co", Language.GERMAN).token
    mine.save()
    theirs = ben.feeds()
    assert [(feed.name, feed.language) for feed in theirs.feeds] == [("B1", "en"), ("Nord; Co", "de")]
    found = theirs.with_token(token)
    assert found is not None
    assert (found.audience, found.name) == (Audience.CREW, "B1")
    assert theirs.revoke(Audience.PARTNER, "Nord; Co")
    theirs.save()
    mine.add(Audience.REGION, "North", Language.ENGLISH)
    mine.save()
    assert [feed.name for feed in ana.feeds().feeds] == ["B1", "North"]
    assert ana.feeds().with_token(gone) is None
    renewed = ana.feeds()
    assert renewed.add(Audience.CREW, "B1", Language.ENGLISH).token != token
    renewed.save()
    assert ben.feeds().with_token(token) is None


def test_two_who_give_the_same_one_an_address(ana: Backlog, ben: Backlog) -> None:
    mine, theirs = ana.feeds(), ben.feeds()
    token = mine.add(Audience.CREW, "B1", Language.ENGLISH).token
    theirs.add(Audience.CREW, "B1", Language.GERMAN)
    mine.save()
    with pytest.raises(BusyError, match="try again"):
        theirs.save()
    assert ben.feeds().with_token(token) is not None


def test_a_token_is_in_no_journal_and_no_folder(ana: Backlog, tmp_path: Path) -> None:
    mine = ana.feeds()
    token = mine.add(Audience.CREW, "B1", Language.ENGLISH).token
    mine.save()
    assert ana.revision() == 1
    assert not any(token.encode() in content for content in ana.folder_files().values())
    with ana._database.reading() as connection:
        for table in ("entry", "entry_record", "plan", "rollout"):
            assert token not in str(connection.execute(text(f"SELECT * FROM {table}")).all())


def test_a_file_is_for_its_owner_as_that_of_a_folder_is(ana: Backlog, tmp_path: Path) -> None:
    mine = ana.feeds()
    if mine.path is None:
        assert not mine.is_open_to_others
        return
    mine.path.chmod(0o644)
    assert ana.feeds().is_open_to_others
    mine.path.chmod(0o600)
    assert not ana.feeds().is_open_to_others
    kept = FeedAddresses(tmp_path / "calendar-feeds.json")
    kept.add(Audience.CREW, "B1", Language.ENGLISH)
    kept.save()
    assert not kept.is_open_to_others
