"""Calendar feeds, asked for over HTTP as calendar programs ask."""

import http.client
import os
import socket
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from email.utils import format_datetime
from pathlib import Path
from time import sleep

import pytest
import uvicorn
from ical.calendar_stream import IcsCalendarStream

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.exchange.feed_addresses import FeedAddresses
from planner.exchange.feeds import AddressFile, Feeds, make_app
from planner.exchange.ical_events import EventKind
from planner.exchange.ical_selection import Audience
from planner.exchange.ical_state import FolderStates
from planner.exchange.problems import InputError
from planner.wording.language import Language
from tests.exchange.calendar_world import EVENTS, PLAN, ROLLOUT, moved_plan


class Folder:
    """A folder's plan and feeds, as a server sees them change."""

    def __init__(self, path: Path) -> None:
        self.addresses = FeedAddresses(path / "calendar-feeds.json")
        self.states = path / "feeds.state.json"
        self.changes = 0
        self.source: tuple[Rollout, Plan] | None = (ROLLOUT, PLAN)
        self.loads = 0
        self.add(Audience.CREW, "B1")
        self.feeds = Feeds(AddressFile(self.addresses.path), self.mark, FolderStates(self.states), self.load)

    def load(self) -> tuple[Rollout, Plan] | None:
        self.loads += 1
        return self.source

    def mark(self) -> int:
        return self.changes

    def change(self, source: tuple[Rollout, Plan] | None) -> None:
        self.source = source
        self.changes += 1

    def add(self, audience: Audience, name: str, language: Language = Language.ENGLISH) -> str:
        token = self.addresses.add(audience, name, language).token
        self.addresses.save()
        return f"/{token}.ics"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def server(folder: Folder) -> Iterator[http.client.HTTPConnection]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(make_app(folder.feeds), access_log=False, log_level="error")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive(), "the server did not start"
        sleep(0.01)
    connection = http.client.HTTPConnection("127.0.0.1", listener.getsockname()[1], timeout=30)
    yield connection
    connection.close()
    running.should_exit = True
    thread.join(timeout=30)


def ask(server: http.client.HTTPConnection, path: str, method: str = "GET", **headers: str):
    server.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = server.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def summaries(content: bytes) -> set[str]:
    return {event.summary or "" for event in IcsCalendarStream.calendar_from_ics(content.decode()).events}


def test_each_audience_gets_its_own_events(folder: Folder, server: http.client.HTTPConnection) -> None:
    crew = folder.add(Audience.CREW, "B1")
    status, headers, content = ask(server, crew)
    assert (status, headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    visits = {event.summary for event in EVENTS if event.kind is EventKind.VISITS and event.crews == ("B1",)}
    assert summaries(content) == visits
    for audience, name, shops in (
        (Audience.PARTNER, "Elbe Mobil", ("S2", "S4", "S6", "S8")),
        (Audience.REGION, "East", ("S1", "S3", "S5", "S7")),
    ):
        _, _, content = ask(server, folder.add(audience, name))
        assert summaries(content) == {event.summary for event in EVENTS if event.shop in shops}


def test_a_reader_that_has_it_already_is_told_so(folder: Folder, server: http.client.HTTPConnection) -> None:
    path = folder.add(Audience.REGION, "East", Language.GERMAN)
    _, headers, content = ask(server, path)
    etag, modified = headers["etag"], headers["last-modified"]
    assert ask(server, path, If_None_Match=etag)[::2] == (304, b"")
    assert ask(server, path, If_None_Match=f'"other", W/{etag}')[0] == 304
    assert ask(server, path, If_Modified_Since=modified)[0] == 304
    assert ask(server, path, If_None_Match='"other"', If_Modified_Since=modified)[0] == 200
    assert ask(server, path, If_Modified_Since="Tue, 03 Jan 2017 10:00:00 GMT")[0] == 200
    assert ask(server, path, If_Modified_Since="never")[2] == content
    status, head, nothing = ask(server, path, "HEAD")
    assert (status, head["etag"], head["content-length"], nothing) == (200, etag, str(len(content)), b"")


def test_a_new_plan_arrives_with_what_dropped_out_cancelled(folder: Folder, server: http.client.HTTPConnection) -> None:
    path = folder.add(Audience.REGION, "West")
    _, headers, before = ask(server, path)
    folder.change((ROLLOUT, moved_plan()))
    status, changed, after = ask(server, path, If_None_Match=headers["etag"])
    assert status == 200
    assert changed["etag"] != headers["etag"]
    assert after.count(b"STATUS:CANCELLED") == sum(event.shop == "S2" for event in EVENTS)
    assert b"STATUS:CANCELLED" not in before
    again = Feeds(AddressFile(folder.addresses.path), folder.mark, FolderStates(folder.states), folder.load)
    token = path.removeprefix("/").removesuffix(".ics")
    document = again.document(token)
    assert document is not None
    assert (document.content, format_datetime(document.modified, usegmt=True)) == (after, changed["last-modified"])


def test_a_plan_that_cannot_be_used_leaves_the_feeds_as_they_were(
    folder: Folder, server: http.client.HTTPConnection
) -> None:
    path = folder.add(Audience.REGION, "West")
    _, _, before = ask(server, path)
    folder.change(None)
    loads = folder.loads
    assert ask(server, path)[2] == before
    assert ask(server, path)[2] == before
    assert folder.loads == loads + 1


def test_without_any_plan_yet_readers_are_told_to_come_back(folder: Folder, server: http.client.HTTPConnection) -> None:
    folder.source = None
    status, headers, _ = ask(server, folder.add(Audience.REGION, "West"))
    assert (status, headers["retry-after"]) == (503, "300")


def test_a_revoked_address_is_worthless_at_once(folder: Folder, server: http.client.HTTPConnection) -> None:
    path = folder.add(Audience.CREW, "B1")
    assert ask(server, path)[0] == 200
    assert folder.addresses.revoke(Audience.CREW, "B1")
    folder.addresses.save()
    assert ask(server, path)[0] == 404
    assert not folder.addresses.revoke(Audience.CREW, "B1")
    assert folder.add(Audience.CREW, "B1") != path


def test_nothing_else_is_there(folder: Folder, server: http.client.HTTPConnection) -> None:
    path = folder.add(Audience.CREW, "B1")
    for other in (
        "/",
        "/calendar-feeds.json",
        "/.ics",
        path[:-5] + "x.ics",
        "/%C3%A4.ics",
        f"/x{path}",
        "/../plan.json",
    ):
        status, _, content = ask(server, other)
        assert status == 404
        assert b"BEGIN" not in content
    assert ask(server, path, "PUT")[0] == 405
    assert ask(server, path, "DELETE")[0] == 405


def test_a_name_never_becomes_a_header(folder: Folder, server: http.client.HTTPConnection) -> None:
    name = "East\r\nSet-Cookie: x"
    shops = tuple(replace(shop, region=name) for shop in ROLLOUT.shops)
    folder.change((replace(ROLLOUT, name="A\r\nX-Evil: 1", shops=shops), PLAN))
    status, headers, content = ask(server, folder.add(Audience.REGION, name))
    assert status == 200
    assert not {"set-cookie", "x-evil"} & {header.lower() for header in headers}
    assert b"\r\nX-Evil" not in content
    assert b"\r\nSet-Cookie" not in content


@pytest.mark.skipif(os.name != "posix", reason="file modes as POSIX has them")
def test_only_the_owner_can_read_the_addresses(folder: Folder, tmp_path: Path) -> None:
    path = folder.addresses.path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not FeedAddresses(path).is_open_to_others
    path.chmod(0o644)
    assert FeedAddresses(path).is_open_to_others
    (tmp_path / "other").write_text("x")
    assert stat.S_IMODE((tmp_path / "other").stat().st_mode) != 0o600


def test_a_token_is_long_random_and_in_no_message(folder: Folder) -> None:
    feeds = [folder.addresses.add(Audience.SHOP, shop.id, Language.ENGLISH) for shop in ROLLOUT.shops]
    assert len({feed.token for feed in feeds}) == len(feeds)
    for feed in feeds:
        assert len(feed.token) >= 43
        assert feed.token not in repr(feed)


def test_a_file_of_addresses_that_is_broken_opens_nothing(folder: Folder, server: http.client.HTTPConnection) -> None:
    path = folder.add(Audience.CREW, "B1")
    assert ask(server, path)[0] == 200
    folder.addresses.path.write_text('{"schema": "remodel-feeds/1", "feeds": [{"token": "short"}]}')
    with pytest.raises(InputError, match="token"):
        FeedAddresses(folder.addresses.path)
    assert ask(server, path)[0] == 404
