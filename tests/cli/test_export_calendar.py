"""`planner export ics`: which files there are, and what they hold from one time to the next."""

import json
from pathlib import Path

import pytest
from ical.calendar_stream import IcsCalendarStream
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.exchange.plan_json import plan_to_json
from tests.calendar_folder import STARTS, plan_from, write_folder, write_plan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(tmp_path / "rollout")
    return tmp_path / "rollout"


def export(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["export", "ics", str(folder), *options])


def events(path: Path):
    return IcsCalendarStream.calendar_from_ics(path.read_text(encoding="utf-8")).events


def move_plan(folder: Path, **starts) -> None:
    rollout, _ = write_folder(folder)
    write_plan(folder, plan_from(rollout, {**STARTS, **starts}))


def test_the_whole_plan_in_one_file_and_the_same_bytes_again(folder: Path) -> None:
    result = export(folder)
    assert result.exit_code == 0, result.output
    written = folder / "out" / "calendar.ics"
    first = written.read_bytes()
    titles = {event.summary.partition(":")[0] for event in events(written)}
    assert titles == {"Survey", "Build", "Closed for remodel", "Reopening"}
    assert "calendar.ics: 17 events (17 new)" in result.stdout
    again = export(folder)
    assert written.read_bytes() == first
    assert "(unchanged)" in again.stdout


def test_what_moved_is_moved_with_a_higher_sequence(folder: Path) -> None:
    export(folder)
    before = {event.uid: event for event in events(folder / "out" / "calendar.ics")}
    move_plan(folder, S2=STARTS["S2"].replace(day=8))
    result = export(folder)
    after = {event.uid: event for event in events(folder / "out" / "calendar.ics")}
    moved = {uid for uid, event in after.items() if event.sequence}
    assert moved == {uid for uid, event in after.items() if "S2" in event.summary and event.sequence is not None}
    assert all(after[uid].dtstart != before[uid].dtstart or after[uid].dtend != before[uid].dtend for uid in moved)
    assert f"({len(moved)} changed)" in result.stdout


def test_one_file_for_each_crew_with_only_its_own_visits(folder: Path) -> None:
    result = export(folder, "--per", "crew", "--lang", "de")
    assert result.exit_code == 0, result.output
    where = folder / "out" / "calendars"
    assert sorted(path.name for path in where.iterdir()) == ["calendars.state.json", "crew-B1.ics", "crew-V1.ics"]
    assert {event.summary.partition(":")[0] for event in events(where / "crew-B1.ics")} == {"Build"}
    assert len(events(where / "crew-V1.ics")) == 3
    text = (where / "crew-B1.ics").read_text(encoding="utf-8")
    assert "NAME:Small: Builders" in text


@pytest.mark.parametrize(
    ("per", "files"),
    [
        ("partner", {"partner-Elbe-Mobil-", "partner-Nord-Co-"}),
        ("region", {"region-East", "region-North", "region-West"}),
        ("shop", {"shop-S1", "shop-S2", "shop-S3"}),
    ],
)
def test_one_file_for_each_of_another_kind(folder: Path, per: str, files: set[str]) -> None:
    out = folder / "for-all"
    assert export(folder, "--per", per, "--out", str(out)).exit_code == 0
    found = {path.stem for path in out.glob("*.ics")}
    assert len(found) == len(files)
    assert all(any(name.startswith(start) for start in files) for name in found)


@pytest.mark.parametrize(
    ("options", "file", "shops"),
    [
        (("--crew", "B1"), "crew-B1.ics", {"S1", "S2", "S3"}),
        (("--region", "East"), "region-East.ics", {"S1"}),
        (("--shop", "S2"), "shop-S2.ics", {"S2"}),
        (("--where", "partner:elbe status:backlog", "--out", "{}/mine.ics"), "mine.ics", {"S1"}),
        (("--region", "East", "--region", "West", "--out", "{}/mine.ics"), "mine.ics", {"S1", "S3"}),
        (("--partner", "Elbe Mobil", "--region", "West", "--out", "{}/mine.ics"), "mine.ics", {"S3"}),
    ],
)
def test_a_selection_goes_to_a_file_of_its_own(
    folder: Path, options: tuple[str, ...], file: str, shops: set[str]
) -> None:
    result = export(folder, *(option.format(folder / "out") for option in options))
    assert result.exit_code == 0, result.output
    found = events(folder / "out" / file)
    assert {next(shop for shop in STARTS if f"({shop})" in event.summary) for event in found} == shops


def test_kinds_and_alarms(folder: Path) -> None:
    assert export(folder, "--events", "closure, reopening", "--alarm", "1d", "--alarm", "15h").exit_code == 0
    text = (folder / "out" / "calendar.ics").read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") == 6
    assert text.count("TRIGGER:-P1D") == text.count("TRIGGER:-PT15H") == 6


def test_a_crew_without_events_keeps_a_file_that_says_so(folder: Path) -> None:
    export(folder, "--per", "region")
    shops = (folder / "shops.csv").read_text(encoding="utf-8")
    (folder / "shops.csv").write_text(shops.replace(",North,", ",East,"), encoding="utf-8")
    result = export(folder, "--per", "region")
    assert result.exit_code == 0, result.output
    north = events(folder / "out" / "calendars" / "region-North.ics")
    assert {event.status for event in north} == {"CANCELLED"}
    assert "region-North.ics: 0 events (5 cancelled)" in result.stdout


def test_the_result_as_json(folder: Path) -> None:
    result = export(folder, "--json")
    assert json.loads(result.stdout) == {
        "files": [{"file": str(folder / "out" / "calendar.ics"), "holds": 17, "new": 17, "changed": 0, "cancelled": 0}]
    }


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--crew", "B2"), "--crew: unknown crew 'B2'. Allowed: V1, B1."),
        (("--where", "colour:red"), "unknown field 'colour'"),
        (("--events", "visit"), "unknown kind of event 'visit'; did you mean 'visits'?"),
        (("--events", ","), "name at least one of closure, visits, survey, reopening"),
        (("--alarm", "soon"), "'soon' is not a time before the event; write 30m, 15h, 1d or 2w"),
        (("--lang", "fr"), "Invalid value for '--lang'"),
        (("--region", "East", "--region", "West"), "--out: is needed for a selection"),
        (("--out", "."), "--out: is a folder"),
    ],
)
def test_a_wrong_choice_is_a_sentence(folder: Path, options: tuple[str, ...], sentence: str) -> None:
    result = export(folder, *options)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())
    assert not list((folder / "out").glob("*.ics"))


def test_a_plan_that_fails_its_check_does_not_go_out(folder: Path) -> None:
    _, plan = write_folder(folder)
    (folder / "rollout.toml").write_text(
        (folder / "rollout.toml").read_text(encoding="utf-8").replace("days = 8", "days = 9"), encoding="utf-8"
    )
    result = export(folder)
    assert result.exit_code == 1
    assert "plan.json does not fit the rollout" in result.stderr
    assert not (folder / "out" / "calendar.ics").exists()
    (folder / "old.json").write_bytes(plan_to_json(plan))
    assert export(folder, "--plan", str(folder / "old.json")).exit_code == 1


def test_a_state_that_cannot_be_read_stops_the_export(folder: Path) -> None:
    export(folder)
    (folder / "out" / "calendars.state.json").write_text("{}", encoding="utf-8")
    before = (folder / "out" / "calendar.ics").read_bytes()
    result = export(folder)
    assert result.exit_code == 2
    assert "calendars.state.json" in result.stderr
    assert (folder / "out" / "calendar.ics").read_bytes() == before
