"""`planner import absences`: a look first, then absences.csv whole."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from tests.calendar_folder import write_folder

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//EN
BEGIN:VEVENT
UID:u1
DTSTAMP:20240101T000000Z
DTSTART;VALUE=DATE:20240506
DTEND;VALUE=DATE:20240511
SUMMARY:Urlaub B1
END:VEVENT
BEGIN:VEVENT
UID:u2
DTSTAMP:20240101T000000Z
DTSTART;VALUE=DATE:20240506
SUMMARY:Feier \x1b[31m
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(tmp_path / "rollout")
    (tmp_path / "holidays.ics").write_text(CALENDAR, encoding="utf-8")
    return tmp_path / "rollout"


def absences(folder: Path, *options: str, source: str = "holidays.ics") -> Result:
    return CliRunner().invoke(app, ["import", "absences", str(folder.parent / source), str(folder), *options])


def test_a_look_changes_nothing(folder: Path) -> None:
    result = absences(folder)
    assert result.exit_code == 2, result.output
    assert "+ B1  2024-05-06 to 2024-05-10  Urlaub B1" in result.stdout
    assert "names no crew" in result.stderr
    assert "\x1b" not in result.output
    assert "add --yes" in result.stderr
    assert not (folder / "absences.csv").exists()


def test_what_is_agreed_is_written_once(folder: Path) -> None:
    assert absences(folder, "--yes").exit_code == 0
    written = (folder / "absences.csv").read_bytes()
    assert written.decode().splitlines()[1:] == ["B1,2024-05-06,2024-05-10,,Urlaub B1"]
    again = absences(folder, "--yes")
    assert "All of it is there already" in again.stderr
    assert (folder / "absences.csv").read_bytes() == written


def test_replacing_shows_what_goes(folder: Path) -> None:
    (folder / "absences.csv").write_text("crew,first,last\nB1,2024-07-01,2024-07-05\n", encoding="utf-8")
    result = absences(folder, "--replace", "--units", "1", "--json", "--yes")
    data = json.loads(result.stdout)
    assert data["dropped"] == [{"crew": "B1", "first": "2024-07-01", "last": "2024-07-05", "units": "", "reason": ""}]
    assert data["added"] == [
        {"crew": "B1", "first": "2024-05-06", "last": "2024-05-10", "units": 1, "reason": "Urlaub B1"}
    ]
    assert "2024-07-01" not in (folder / "absences.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "options", "sentence"),
    [
        ("nowhere.ics", (), "there is no such file; give a calendar file (.ics) or an address"),
        ("rollout/shops.csv", (), "as a calendar"),
        ("holidays.ics", ("--crew", "B7"), "--crew: unknown crew 'B7'. Allowed: V1, B1."),
        ("holidays.ics", ("--units", "0"), "--units"),
    ],
)
def test_wrong_input_is_a_sentence(folder: Path, source: str, options: tuple[str, ...], sentence: str) -> None:
    result = absences(folder, *options, "--yes", source=source)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())
    assert "Traceback" not in result.output
    assert not (folder / "absences.csv").exists()
