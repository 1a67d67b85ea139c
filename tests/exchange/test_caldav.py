"""Publishing to a real CalDAV server: published, changed, cancelled, broken off, and read by another client."""

from datetime import date, timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from planner.domain.plan import Plan
from planner.exchange.caldav_publish import Outcome, Publication
from planner.exchange.caldav_server import (
    CalendarServer,
    NotCalDavError,
    NotSignedInError,
    Reply,
    ServerError,
    find_calendar,
    sign_in,
)
from planner.exchange.calendar_address import read_address
from planner.exchange.credentials import Credentials
from planner.exchange.ical_identity import CalendarRecord, next_versions, over_in
from planner.exchange.ical_plan import plan_events
from planner.exchange.ical_selection import ALL_KINDS
from planner.wording.language import Language
from tests.exchange import calendar_world
from tests.exchange.calendar_world import LATER, NOW, ROLLOUT, plan_of

pytest.importorskip("radicale", reason="needs pip install radicale")

from tests.exchange.radicale_server import PASSWORD, USER, calendar_called, radicale

ANNA = Credentials(USER, PASSWORD)
SHOPS = ("S1", "S2", "S3", "S4", "S7")
PLAN = plan_of(item for item in calendar_world.PLAN.remodels if item.shop in SHOPS)
MOVED_PLAN = plan_of(item for item in calendar_world.moved_plan().remodels if item.shop in SHOPS)
EVENTS = plan_events(ROLLOUT, PLAN, ALL_KINDS)
FOREIGN = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//somebody//else//EN
BEGIN:VEVENT
UID:dentist
DTSTAMP:20230101T000000Z
DTSTART:20240507T080000Z
SUMMARY:Dentist
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory):
    with radicale(tmp_path_factory.mktemp("radicale")) as url:
        yield url


@pytest.fixture
def server(server_url: str):
    with CalendarServer(read_address(server_url), ANNA) as connection:
        connection.properties(server_url)
        yield connection


@pytest.fixture
def calendar(server: CalendarServer, request: pytest.FixtureRequest) -> str:
    return find_calendar(server, f"Umbau, {request.node.name}"[:60], create=True)


def there(server_url: str, request: pytest.FixtureRequest) -> dict[str, object]:
    """The events in the test's calendar by UID, read by somebody else."""
    events = calendar_called(server_url, f"Umbau, {request.node.name}"[:60]).events()
    return {str(event.icalendar_component["UID"]): event for event in events}


class Counting(CalendarServer):
    """A connection that counts what is written, and may break after some of it."""

    written: list[str]
    breaks_after: int | None

    def __init__(self, server_url: str, breaks_after: int | None = None) -> None:
        super().__init__(read_address(server_url), ANNA)
        self.properties(server_url)
        self.written = []
        self.breaks_after = breaks_after

    def another(self) -> "Counting":
        other = Counting(self.address.url, self.breaks_after)
        other.written = self.written
        return other

    def put(self, url: str, content: bytes, condition: dict[str, str]) -> Reply:
        if self.breaks_after is not None and len(self.written) >= self.breaks_after:
            raise ServerError("The line is cut.")
        self.written.append(url)
        return super().put(url, content, condition)


def publish(
    server: CalendarServer, url: str, plan: Plan, before: CalendarRecord, now=NOW, *, overwrite: bool = False
) -> Outcome:
    publication = prepared(server, url, plan, before, now, overwrite=overwrite)
    return publication.run()


def prepared(
    server: CalendarServer, url: str, plan: Plan, before: CalendarRecord, now=NOW, *, overwrite: bool = False
) -> Publication:
    events = plan_events(ROLLOUT, plan, ALL_KINDS)
    versions = next_versions(before.versions, events, now, is_over=over_in(ROLLOUT), cancelled="Cancelled")
    return Publication(
        server,
        url,
        before,
        versions,
        language=Language.ENGLISH,
        timezone="Europe/Berlin",
        today=ROLLOUT.today,
        overwrite=overwrite,
    )


def moved_by_somebody(event, days: int) -> None:
    """Drags an event to another day in somebody's calendar program."""
    part = event.icalendar_component
    start, end = part.start + timedelta(days=days), part.end + timedelta(days=days)
    del part["DTSTART"], part["DTEND"]
    part.add("DTSTART", start)
    part.add("DTEND", end)
    event.save()


def test_published_changed_cancelled_and_read_again(server_url, calendar, request) -> None:
    calendar_called(server_url, f"Umbau, {request.node.name}"[:60]).add_event(FOREIGN)
    first = publish(Counting(server_url), calendar, PLAN, CalendarRecord())
    assert (first.created, first.updated, first.cancelled) == (len(EVENTS), 0, 0)
    found = there(server_url, request)
    foreign = found.pop("dentist")
    for event in EVENTS:
        part = found[event.uid].icalendar_component
        assert (part.start, part.end) == (event.first, event.last + timedelta(days=1))
        assert (str(part["SUMMARY"]), str(part["STATUS"])) == (event.summary, event.status)
    assert set(found) == {event.uid for event in EVENTS}

    counting = Counting(server_url)
    again = publish(counting, calendar, PLAN, first.record, LATER)
    assert (again.sent, again.unchanged, counting.written) == (0, len(EVENTS), [])
    assert again.record == first.record

    counting = Counting(server_url)
    second = publish(counting, calendar, MOVED_PLAN, again.record, LATER)
    planned = {event.uid: event for event in plan_events(ROLLOUT, MOVED_PLAN, ALL_KINDS)}
    changed = {event.uid for event in EVENTS if event.shop in ("S1", "S2", "S3")}
    assert {url.rpartition("/")[2].removesuffix(".ics") for url in counting.written} == changed
    assert second.cancelled == len(changed - planned.keys())
    found = there(server_url, request)
    for event in EVENTS:
        part = found[event.uid].icalendar_component
        assert int(part["SEQUENCE"]) == (1 if event.uid in changed else 0)
        if event.uid in planned:
            assert part.start == planned[event.uid].first
        else:
            assert part["STATUS"] == "CANCELLED"
    assert found["dentist"].data == foreign.data


def test_a_break_in_the_middle_is_completed_by_the_next_run(server_url, calendar, request) -> None:
    broken = prepared(Counting(server_url, breaks_after=10), calendar, PLAN, CalendarRecord())
    with pytest.raises(ServerError):
        broken.run()
    arrived = len(there(server_url, request))
    assert 10 <= arrived < len(EVENTS)
    assert len(broken.outcome.etags) == arrived
    rest = publish(Counting(server_url), calendar, PLAN, broken.outcome.record, LATER)
    assert (rest.created, rest.unchanged) == (len(EVENTS) - arrived, arrived)
    assert len(there(server_url, request)) == len(EVENTS)


def test_what_was_sent_before_a_crash_is_recognised(server_url, calendar, request) -> None:
    """Nothing was remembered, but the server has it: it is compared, and only what differs is sent."""
    publish(Counting(server_url), calendar, PLAN, CalendarRecord())
    counting = Counting(server_url)
    after = publish(counting, calendar, MOVED_PLAN, CalendarRecord(), LATER)
    planned = plan_events(ROLLOUT, MOVED_PLAN, ALL_KINDS)
    changed = {event.uid for event in planned if event.shop in ("S1", "S3")}
    assert len(counting.written) == after.updated == len(changed)
    found = there(server_url, request)
    assert {int(found[uid].icalendar_component["SEQUENCE"]) for uid in changed} == {1}


def test_what_somebody_moved_stays_until_it_is_overwritten(server_url, calendar, request) -> None:
    first = publish(Counting(server_url), calendar, PLAN, CalendarRecord())
    event = next(event for event in EVENTS if event.shop == "S7")
    moved_by_somebody(there(server_url, request)[event.uid], 3)
    again = publish(Counting(server_url), calendar, PLAN, first.record, LATER)
    assert (again.held, again.sent) == ([event.uid], 0)
    elsewhere = there(server_url, request)[event.uid].icalendar_component
    assert elsewhere.start == event.first + timedelta(days=3)

    overwritten = publish(Counting(server_url), calendar, PLAN, again.record, LATER, overwrite=True)
    assert (overwritten.held, overwritten.updated) == ([], 1)
    back = there(server_url, request)[event.uid].icalendar_component
    assert (back.start, int(back["SEQUENCE"])) == (event.first, int(elsewhere["SEQUENCE"]) + 1)
    assert publish(Counting(server_url), calendar, PLAN, overwritten.record, LATER).sent == 0


def test_what_somebody_moved_is_settled_once_the_plan_is_there_too(server_url, calendar, request) -> None:
    first = publish(Counting(server_url), calendar, PLAN, CalendarRecord())
    planned = {event.uid: event for event in plan_events(ROLLOUT, MOVED_PLAN, ALL_KINDS)}
    event = next(event for event in EVENTS if event.shop == "S1" and event.kind == "survey")
    moved_by_somebody(there(server_url, request)[event.uid], (planned[event.uid].first - event.first).days)
    after = publish(Counting(server_url), calendar, MOVED_PLAN, first.record, LATER)
    assert after.held == []
    part = there(server_url, request)[event.uid].icalendar_component
    assert (part.start, str(part["DESCRIPTION"])) == (planned[event.uid].first, planned[event.uid].description)
    assert publish(Counting(server_url), calendar, MOVED_PLAN, after.record, LATER).sent == 0


def test_a_note_that_somebody_added_is_not_destroyed(server_url, calendar, request) -> None:
    first = publish(Counting(server_url), calendar, PLAN, CalendarRecord())
    noted = there(server_url, request)[EVENTS[0].uid]
    noted.icalendar_component["DESCRIPTION"] = "Bring the key"
    noted.save()
    again = publish(Counting(server_url), calendar, PLAN, first.record, LATER)
    assert (again.sent, again.held) == (0, [])
    assert str(there(server_url, request)[EVENTS[0].uid].icalendar_component["DESCRIPTION"]) == "Bring the key"


def test_what_somebody_removed_comes_back_unless_it_is_past_or_cancelled(server_url, calendar, request) -> None:
    first = publish(Counting(server_url), calendar, PLAN, CalendarRecord())
    there(server_url, request)[EVENTS[-1].uid].delete()
    again = publish(Counting(server_url), calendar, PLAN, first.record, LATER)
    assert (again.created, again.sent) == (1, 1)
    gone = publish(Counting(server_url), calendar, plan_of(()), again.record, LATER)
    there(server_url, request)[EVENTS[-1].uid].delete()
    assert publish(Counting(server_url), calendar, plan_of(()), gone.record, LATER).sent == 0


def test_what_changes_between_look_and_write_is_not_overwritten(server_url, calendar, request) -> None:
    first = publish(Counting(server_url), calendar, PLAN, CalendarRecord())
    event = next(event for event in EVENTS if event.shop == "S3")

    class Raced(Counting):
        def etags(self, calendar: str) -> dict[str, str]:
            seen = super().etags(calendar)
            moved_by_somebody(there(server_url, request)[event.uid], 3)
            return seen

    outcome = publish(Raced(server_url), calendar, MOVED_PLAN, first.record, LATER)
    assert outcome.held == [event.uid]
    part = there(server_url, request)[event.uid].icalendar_component
    assert part.start == event.first + timedelta(days=3)


def test_a_server_that_does_not_name_what_it_was_given_is_asked_for_it(server_url, calendar, request) -> None:
    class Silent(Counting):
        def another(self) -> "Silent":
            return Silent(self.address.url)

        def put(self, url: str, content: bytes, condition: dict[str, str]) -> Reply:
            return Reply(super().put(url, content, condition).status, None)

    first = publish(Silent(server_url), calendar, PLAN, CalendarRecord())
    assert first.created == len(EVENTS)
    assert all(first.etags.values())
    counting = Counting(server_url)
    assert publish(counting, calendar, PLAN, first.record, LATER).unchanged == len(EVENTS)
    assert counting.written == []


def test_an_event_that_was_imported_by_hand_is_reported(server_url, calendar, request) -> None:
    uid = EVENTS[0].uid
    own = calendar_called(server_url, f"Umbau, {request.node.name}"[:60])
    own.client.put(
        f"{own.url}imported.ics", FOREIGN.replace("dentist", uid), {"Content-Type": "text/calendar; charset=utf-8"}
    )
    outcome = publish(Counting(server_url), calendar, PLAN, CalendarRecord())
    assert outcome.taken == [uid]
    assert outcome.created == len(EVENTS) - 1


def test_calendars_are_found_by_name_and_by_address(server_url, server, calendar, request) -> None:
    name = f"Umbau, {request.node.name}"[:60]
    assert find_calendar(server, name) == calendar
    with CalendarServer(read_address(calendar), ANNA) as direct:
        direct.properties(calendar)
        assert find_calendar(direct, None) == calendar
    with pytest.raises(ServerError, match="There is no calendar 'Nowhere'"):
        find_calendar(server, "Nowhere")
    with pytest.raises(ServerError, match="Name one with --calendar"):
        find_calendar(server, None)


def test_credentials_are_asked_for_only_where_none_are_known(server_url) -> None:
    asked: list[str] = []

    def ask(host: str) -> Credentials | None:
        asked.append(host)
        return ANNA

    sign_in(read_address(server_url), lambda host: ANNA, ask).close()
    assert asked == []
    sign_in(read_address(server_url), lambda host: None, ask).close()
    assert asked == ["127.0.0.1"]
    for known in (Credentials(USER, "wrong"), None):
        with pytest.raises(NotSignedInError):
            sign_in(read_address(server_url), lambda host, known=known: known, lambda host: None)


def test_a_password_is_in_no_message(server_url, tmp_path: Path) -> None:
    with pytest.raises(NotSignedInError) as error:
        sign_in(read_address(server_url), lambda host: Credentials(USER, "s3cret"), lambda host: None)
    assert "s3cret" not in f"{error.value!r} {error.value} {Credentials(USER, 's3cret')!r}"


def test_a_server_that_is_not_there_or_none_is_a_sentence(server_url) -> None:
    with pytest.raises(ServerError, match="cannot be reached"):
        sign_in(read_address("http://127.0.0.1:9/"), lambda host: None, lambda host: None)
    with pytest.raises(ServerError, match="cannot be verified"):
        sign_in(read_address(server_url.replace("http:", "https:")), lambda host: ANNA, lambda host: None)
    with pytest.raises(ServerError, match="does not allow this"):
        sign_in(read_address(f"{server_url}.web/nothing"), lambda host: ANNA, lambda host: None)
    with ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler) as plain:
        Thread(target=plain.serve_forever, daemon=True).start()
        with pytest.raises(NotCalDavError, match="does not answer as a CalDAV server"):
            sign_in(read_address(f"http://127.0.0.1:{plain.server_port}/"), lambda host: ANNA, lambda host: None)
        plain.shutdown()


def test_days_on_the_server_are_the_plans_over_the_years_end(server_url, calendar, request) -> None:
    publish(Counting(server_url), calendar, PLAN, CalendarRecord())
    closed = next(event for event in EVENTS if event.shop == "S1" and event.kind == "closure")
    assert closed.first.year != closed.last.year
    found = calendar_called(server_url, f"Umbau, {request.node.name}"[:60]).search(
        start=date(2023, 12, 31), end=date(2024, 1, 1), event=True
    )
    assert closed.uid in {str(event.icalendar_component["UID"]) for event in found}
