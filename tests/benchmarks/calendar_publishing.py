"""How long it takes to publish a calendar to a local Radicale, and who is busy meanwhile.

    python -m tests.benchmarks.calendar_publishing [EVENTS]

Publishes that many events (500) anew, unchanged, and with a tenth moved, over eight connections and over one, and
prints seconds on the wall and of processor time, of the planner and of the server. No figure is a pass or a fail.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from unittest.mock import patch

from planner.exchange import caldav_publish
from planner.exchange.caldav_publish import Outcome, Publication
from planner.exchange.caldav_server import CalendarServer, find_calendar
from planner.exchange.calendar_address import read_address
from planner.exchange.credentials import Credentials
from planner.exchange.ical_events import CalendarEvent, EventKind, EventStatus, event_uid
from planner.exchange.ical_identity import CalendarRecord, next_versions
from planner.wording.language import Language
from tests.exchange.radicale_server import PASSWORD, USER, radicale

FIRST = date(2024, 1, 8)
DESCRIPTION = "\n".join(f"Phase {number}: 2024-01-08 to 2024-01-19, a crew" for number in range(5))


def made_events(number: int, *, moved: int = 0) -> list[CalendarEvent]:
    """So many events, the first `moved` of them a day later."""
    return [
        CalendarEvent(
            uid=event_uid(f"S{index}", "closed"),
            kind=EventKind.CLOSURE,
            shop=f"S{index}",
            first=FIRST + timedelta(days=index % 300 + (index < moved)),
            last=FIRST + timedelta(days=index % 300 + 12),
            summary=f"Closed for remodel: Shop {index}",
            status=EventStatus.TENTATIVE,
            description=DESCRIPTION,
            location="Marktplatz 1, 01067 Dresden",
        )
        for index in range(number)
    ]


def publish(server: CalendarServer, calendar: str, before: CalendarRecord, events: list[CalendarEvent]) -> Outcome:
    """Brings the calendar up to date."""
    now = datetime.now(UTC)
    versions = next_versions(before.versions, events, now, is_over=lambda event: False, cancelled="Cancelled")
    publication = Publication(
        server, calendar, before, versions, language=Language.ENGLISH, timezone="Europe/Berlin", today=FIRST
    )
    return publication.run()


def server_seconds(folder: Path) -> float:
    """The processor time of the server that works in `folder`, from Linux's /proc."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and str(folder) in _command(entry):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return float("nan")


def _command(entry: Path) -> str:
    try:
        return (entry / "cmdline").read_bytes().decode()
    except OSError:
        return ""


def measured(folder: Path, title: str, work: Callable[[], Outcome]) -> Outcome:
    """Does the work and prints how long it took."""
    wall, own, other = perf_counter(), process_time(), server_seconds(folder)
    outcome = work()
    spent = (perf_counter() - wall, process_time() - own, server_seconds(folder) - other)
    print(f"{title:32} {outcome.sent:5} sent {spent[0]:8.2f} s wall {spent[1]:7.2f} s planner {spent[2]:7.2f} s server")
    return outcome


def measure_all(server: CalendarServer, folder: Path, number: int, connections: int) -> None:
    """Prints a line for each case over so many connections."""
    server.properties(server.address.url)
    calendar = find_calendar(server, f"{connections} connections", create=True)
    titles = [f"{connections} connections, {case}" for case in ("new", "unchanged", "a tenth moved")]
    events, later = made_events(number), made_events(number, moved=number // 10)
    new = measured(folder, titles[0], lambda: publish(server, calendar, CalendarRecord(), events))
    same = measured(folder, titles[1], lambda: publish(server, calendar, new.record, events))
    measured(folder, titles[2], lambda: publish(server, calendar, same.record, later))


def main(number: int) -> None:
    """Measures over eight connections and over one."""
    with tempfile.TemporaryDirectory() as name, radicale(Path(name)) as url:
        for connections in (8, 1):
            with (
                patch.object(caldav_publish, "CONNECTIONS", connections),
                CalendarServer(read_address(url), Credentials(USER, PASSWORD)) as server,
            ):
                measure_all(server, Path(name), number, connections)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
