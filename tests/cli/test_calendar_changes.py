"""`planner calendar changes` on files: what counts as moved, and what never happens by itself."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner, Result

from planner.cli.app import app
from tests.calendar_folder import STARTS, plan_from, write_folder, write_plan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(tmp_path / "rollout")
    assert planner("export", "ics", str(tmp_path / "rollout")).exit_code == 0
    return tmp_path / "rollout"


def planner(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def edited(folder: Path, title: str, *, first: int = 0, last: int = 0, drop: str = "", status: str = "") -> str:
    """The exported calendar in which the event that begins with `title` was moved by so many days."""
    path = folder / "out" / "calendar.ics"
    calendar = Calendar.from_ical(path.read_bytes())
    for event in calendar.events:
        if drop:
            event.pop(drop, None)
        if str(event["SUMMARY"]).startswith(title):
            start, end = event.start + timedelta(days=first), event.end + timedelta(days=last)
            del event["DTSTART"], event["DTEND"]
            event.add("DTSTART", start)
            event.add("DTEND", end)
            event["STATUS"] = status or event["STATUS"]
    target = folder / "edited.ics"
    target.write_bytes(calendar.to_ical())
    return str(target)


def changes(folder: Path, source: str, *options: str) -> dict[str, list[dict[str, object]]]:
    result = planner("calendar", "changes", source, str(folder), "--json", *options)
    assert result.exit_code == 0, result.output
    found: dict[str, list[dict[str, object]]] = json.loads(result.stdout)
    return found


def test_an_untouched_calendar_proposes_nothing(folder: Path) -> None:
    result = planner("calendar", "changes", str(folder / "out" / "calendar.ics"), str(folder))
    assert (result.exit_code, result.stdout) == (0, "Nothing was moved in the calendar.\n")


def test_a_moved_event_is_a_proposal(folder: Path) -> None:
    found = changes(folder, edited(folder, "Closed for remodel: Hafen", first=14, last=14))["changes"]
    assert [(item["shop"], item["proposal"]["start"]) for item in found] == [("S2", "2024-02-21")]
    assert {item["rule"] for item in found[0]["breaks"]} == {"crew"}


def test_a_calendar_program_that_drops_unknown_properties_does_no_harm(folder: Path) -> None:
    source = edited(folder, "Closed for remodel: Hafen", first=7, last=7, drop="X-REMODEL-PLANNER-DAYS")
    assert [item["shop"] for item in changes(folder, source)["changes"]] == ["S2"]


def test_a_calendar_that_is_merely_out_of_date_is_told_apart(folder: Path) -> None:
    source = edited(folder, "Reopening: Dom", first=0, last=0)
    rollout, _ = write_folder(folder)
    write_plan(folder, plan_from(rollout, {**STARTS, "S2": STARTS["S2"].replace(day=8)}))
    found = changes(folder, source)
    assert found["changes"] == []
    assert found["out_of_date"] > 0


def test_what_the_planner_called_off_itself_is_out_of_date(folder: Path) -> None:
    source = folder / "out" / "calendar.ics"
    assert planner("export", "ics", str(folder), "--shop", "S1", "--out", str(source)).exit_code == 0
    assert b"STATUS:CANCELLED" in source.read_bytes()
    found = changes(folder, str(source))
    assert (found["changes"], found["cancelled"]) == ([], [])
    assert found["out_of_date"] > 0


def test_a_longer_or_a_cancelled_event_is_named_but_proposes_nothing(folder: Path) -> None:
    longer = planner("calendar", "changes", edited(folder, "Closed for remodel: Hafen", last=2), str(folder))
    assert "how long it takes is set by the format" in longer.stdout
    cancelled = planner("calendar", "changes", edited(folder, "Reopening: Hafen", status="CANCELLED"), str(folder))
    assert "set the shop to deferred" in cancelled.stdout
    for result in (longer, cancelled):
        assert result.exit_code == 0
        assert "would start" not in result.stdout


def test_one_stretch_of_a_visit_moves_the_whole_remodel(folder: Path) -> None:
    found = changes(folder, edited(folder, "Survey: Hafen", first=1, last=1))["changes"]
    assert found[0]["proposal"]["phases"] == [
        {"name": "Survey", "first": "2024-02-08", "last": "2024-02-08"},
        {"name": "Build", "first": "2024-02-14", "last": "2024-02-23"},
    ]


def test_what_is_accepted_can_be_planned_again(folder: Path) -> None:
    source = edited(folder, "Closed for remodel: Hafen", first=119, last=119)
    accepted = planner("calendar", "changes", source, str(folder), "--accept", "S2")
    assert accepted.exit_code == 0, accepted.output
    assert "1 shop fixed" in accepted.stderr
    assert "S2,Hafen,Hamburg,North,Nord; Co,M,6000,fixed,2024-06-05,,," in (folder / "shops.csv").read_text(
        encoding="utf-8"
    )
    # The plan has not changed by itself, and no longer fits: it goes nowhere before it is made anew.
    assert planner("export", "ics", str(folder)).exit_code == 1


def test_nothing_is_accepted_that_was_not_proposed(folder: Path) -> None:
    before = (folder / "shops.csv").read_bytes()
    source = edited(folder, "Closed for remodel: Hafen", first=119, last=119)
    result = planner("calendar", "changes", source, str(folder), "--accept", "S2", "--accept", "S9\x1b[31m")
    assert result.exit_code == 2
    assert "nothing is proposed for shop S9" in result.stderr
    assert "\x1b" not in result.output
    assert (folder / "shops.csv").read_bytes() == before
