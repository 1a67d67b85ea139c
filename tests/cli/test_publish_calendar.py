"""`planner publish caldav` and what comes back, against a real server."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from tests.calendar_folder import STARTS, plan_from, write_folder, write_plan

pytest.importorskip("radicale", reason="needs pip install radicale")

from tests.exchange.radicale_server import PASSWORD, USER, calendar_called, radicale


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory):
    with radicale(tmp_path_factory.mktemp("radicale")) as url:
        yield url


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLANNER_CALDAV_USER", USER)
    monkeypatch.setenv("PLANNER_CALDAV_PASSWORD", PASSWORD)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    write_folder(tmp_path / "rollout")
    return tmp_path / "rollout"


def planner(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_published_moved_by_somebody_and_taken_over(folder: Path, server_url: str) -> None:
    target = ("publish", "caldav", server_url, str(folder), "--calendar", "Umbau")
    assert planner(*target).exit_code == 2
    first = planner(*target, "--create", "--events", "closure,survey")
    assert first.exit_code == 0, first.output
    assert "6 new, 0 changed, 0 cancelled, 0 unchanged" in first.stdout
    same = planner(*target, "--events", "closure,survey", "--json")
    assert json.loads(same.stdout)["unchanged"] == 6

    calendar = calendar_called(server_url, "Umbau")
    closure = next(
        event
        for event in calendar.events()
        if str(event.icalendar_component["SUMMARY"]).startswith("Closed for remodel: Hafen")
    )
    part = closure.icalendar_component
    start, end = part.start + timedelta(days=119), part.end + timedelta(days=119)
    del part["DTSTART"], part["DTEND"]
    part.add("DTSTART", start)
    part.add("DTEND", end)
    closure.save()

    changes = ("calendar", "changes", str(calendar.url), str(folder))
    shown = planner(*changes)
    assert shown.exit_code == 0, shown.output
    assert "moved to 2024-06-11 (plan: 2024-02-13)" in shown.stdout
    assert "breaks no rule" in shown.stdout
    assert "shops short of milestones: +1" in shown.stdout
    assert "money: +4,850.00 EUR (waiting +4,850.00)" in shown.stdout
    shops = (folder / "shops.csv").read_bytes()
    data = json.loads(planner(*changes, "--json").stdout)
    assert (folder / "shops.csv").read_bytes() == shops
    assert data["changes"][0]["proposal"]["start"] == "2024-06-05"
    assert data["changes"][0]["breaks"] == []

    held = planner(*target, "--events", "closure,survey")
    assert "1 event moved by somebody in the calendar and left there (S2)" in held.stderr
    assert planner(*changes, "--accept", "S1").exit_code == 2
    assert planner(*changes, "--accept", "S2").exit_code == 0
    rows = (folder / "shops.csv").read_text(encoding="utf-8").splitlines()
    assert rows[2] == "S2,Hafen,Hamburg,North,Nord; Co,M,6000,fixed,2024-06-05,,,"
    assert [rows[number] for number in (0, 1, 3, 4)] == [
        line for number, line in enumerate(shops.decode().splitlines()) if number != 2
    ]


def test_what_dropped_out_is_cancelled_on_the_server(folder: Path, server_url: str) -> None:
    target = ("publish", "caldav", server_url, str(folder), "--calendar", "Region", "--region", "North")
    assert planner(*target, "--create").exit_code == 0
    shops = (folder / "shops.csv").read_text(encoding="utf-8")
    (folder / "shops.csv").write_text(shops.replace(",North,", ",East,"), encoding="utf-8")
    result = planner("publish", "caldav", server_url, str(folder), "--calendar", "Region", "--region", "West")
    assert result.exit_code == 0, result.output
    found = calendar_called(server_url, "Region").events()
    assert {str(event.icalendar_component["STATUS"]) for event in found} == {"CANCELLED", "CONFIRMED"}


def test_absences_come_from_the_server(folder: Path, server_url: str) -> None:
    planner("publish", "caldav", server_url, str(folder), "--calendar", "Crew", "--create", "--crew", "B1")
    calendar = calendar_called(server_url, "Crew")
    calendar.add_event(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:u1\r\nDTSTAMP:20240101T000000Z\r\n"
        "DTSTART;VALUE=DATE:20240506\r\nDTEND;VALUE=DATE:20240511\r\nSUMMARY:Urlaub\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    for place in ((str(calendar.url),), (server_url, "--calendar", "Crew")):
        result = planner("import", "absences", place[0], str(folder), *place[1:], "--crew", "B1", "--yes")
        assert result.exit_code == 0, result.output
    assert (folder / "absences.csv").read_text(encoding="utf-8").splitlines() == [
        "crew,first,last,units,reason",
        "B1,2024-05-06,2024-05-10,,Urlaub",
    ]


def test_a_wrong_password_is_a_sentence_and_nowhere_to_be_seen(
    folder: Path, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANNER_CALDAV_PASSWORD", "s3cret-wrong")
    result = planner("publish", "caldav", server_url, str(folder), "--calendar", "Umbau")
    assert result.exit_code == 2
    assert "wants a user name and a password" in result.stderr
    assert "Traceback" not in result.output
    assert "s3cret-wrong" not in result.output
    for path in folder.rglob("*"):
        assert path.is_dir() or b"s3cret-wrong" not in path.read_bytes()


def test_no_file_holds_the_password(folder: Path, server_url: str) -> None:
    result = planner("publish", "caldav", server_url, str(folder), "--calendar", "Secrets", "--create")
    assert result.exit_code == 0
    assert PASSWORD not in result.output
    for path in folder.rglob("*"):
        assert path.is_dir() or PASSWORD.encode() not in path.read_bytes()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("https://anna:s3cret@example.org/", "holds a user name or a password"),
        ("http://example.org/", "unencrypted"),
        ("nowhere", "is no web address"),
        ("http://127.0.0.1:9/", "cannot be reached"),
    ],
)
def test_a_wrong_address_is_a_sentence(folder: Path, url: str, sentence: str) -> None:
    result = planner("publish", "caldav", url, str(folder))
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert "s3cret" not in result.output


def test_a_plan_that_fails_its_check_is_not_published(folder: Path, server_url: str) -> None:
    rollout, _ = write_folder(folder)
    late = plan_from(rollout, {**STARTS, "S2": STARTS["S2"].replace(day=9)})
    write_plan(folder, late)
    toml = (folder / "rollout.toml").read_text(encoding="utf-8")
    (folder / "rollout.toml").write_text(toml.replace("days = 8", "days = 9"), encoding="utf-8")
    assert planner("publish", "caldav", server_url, str(folder), "--calendar", "X", "--create").exit_code == 1
