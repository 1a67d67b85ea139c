"""The commands for calendars on a rollout in the store: without a FOLDER they mean that."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from tests.calendar_folder import STARTS, plan_from, write_folder

TOLD_SHOP = "S2,Hafen,Hamburg,North,Nord; Co,M,6000,backlog,,,2024-05-06,"
HOLIDAYS = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//EN
BEGIN:VEVENT
UID:u1
DTSTAMP:20240101T000000Z
DTSTART;VALUE=DATE:20240708
DTEND;VALUE=DATE:20240713
SUMMARY:Urlaub
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with a store in it that has the small rollout and its plan."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANNER_DB", str(tmp_path / "planner.db"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = tmp_path / "folder"
    _, plan = write_folder(folder)
    assert planner("import", str(folder), "--yes").exit_code == 0
    with open_store(StoreSettings()) as store:
        backlog = store.backlog()
        rollout, revision = backlog.load()
        backlog.plans.keep(rollout, plan, revision)
    return tmp_path


def planner(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_a_plan_of_the_store_is_exported_and_the_same_again(here: Path) -> None:
    first = planner("export", "ics")
    assert first.exit_code == 0, first.output
    content = (here / "calendar.ics").read_bytes()
    assert len(Calendar.from_ical(content).events) == 17
    assert "(unchanged)" in planner("export", "ics", "--plan", "1").stdout
    assert (here / "calendar.ics").read_bytes() == content
    assert planner("export", "ics", "--per", "crew").exit_code == 0
    assert len(list((here / "calendars").glob("*.ics"))) == 2


@pytest.fixture
def published(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder to be in, with a store whose plan moved a published start, for 300 EUR, and was published."""
    folder = here / "told"
    write_folder(folder)
    toml, shops = folder / "rollout.toml", folder / "shops.csv"
    toml.write_text(toml.read_text(encoding="utf-8").replace("costs = {", "costs = { change = 300,"), encoding="utf-8")
    told = shops.read_text(encoding="utf-8").replace("S2,Hafen,Hamburg,North,Nord; Co,M,6000,backlog,,,,", TOLD_SHOP)
    shops.write_text(told, encoding="utf-8")
    monkeypatch.setenv("PLANNER_DB", str(here / "told.db"))
    assert planner("import", str(folder), "--yes").exit_code == 0
    with open_store(StoreSettings()) as store:
        backlog = store.backlog()
        rollout, revision = backlog.load()
        plan = plan_from(rollout)
        assert plan.cost is not None
        assert plan.cost.change == 30_000
        backlog.plans.keep(rollout, plan, revision)
    assert planner("plans", "publish", "1", "-y").exit_code == 0
    return here


OUTPUTS = [
    (("export", "ics"), "calendar.ics"),
    (("report", "--out", "report.html"), "report.html"),
    (("export", "mspdi", "--out", "project.xml"), "project.xml"),
]


@pytest.mark.parametrize(("arguments", "name"), OUTPUTS)
def test_a_published_plan_that_moved_a_published_start_goes_out(
    published: Path, arguments: tuple[str, ...], name: str
) -> None:
    result = planner(*arguments)
    assert result.exit_code == 0, result.output
    assert (published / name).stat().st_size


def test_the_published_starts_are_confirmed_in_the_calendar(published: Path) -> None:
    assert planner("export", "ics").exit_code == 0
    events = Calendar.from_ical((published / "calendar.ics").read_bytes()).events
    assert {str(event["STATUS"]) for event in events if "Hafen" in str(event["SUMMARY"])} == {"CONFIRMED"}


@pytest.mark.parametrize(("arguments", "name"), OUTPUTS)
def test_a_published_plan_that_fits_no_more_goes_nowhere(
    published: Path, arguments: tuple[str, ...], name: str
) -> None:
    assert planner("shops", "edit", "S2", "--set", "ready_from=2024-06-03").exit_code == 0
    result = planner(*arguments)
    assert result.exit_code == 1, result.output
    assert "ready_from: " in result.stderr
    assert "cost: " not in result.stderr
    assert not (published / name).exists()


def test_what_somebody_moved_is_taken_over_into_the_store(here: Path) -> None:
    planner("export", "ics")
    calendar = Calendar.from_ical((here / "calendar.ics").read_bytes())
    event = next(event for event in calendar.events if str(event["SUMMARY"]).startswith("Closed for remodel: Hafen"))
    start, end = event.start + timedelta(days=119), event.end + timedelta(days=119)
    del event["DTSTART"], event["DTEND"]
    event.add("DTSTART", start)
    event.add("DTEND", end)
    (here / "moved.ics").write_bytes(calendar.to_ical())
    shown = planner("calendar", "changes", "moved.ics")
    assert shown.exit_code == 0, shown.output
    assert "Shop S2 would start on 2024-06-05 instead of 2024-02-07" in shown.stdout
    with open_store(StoreSettings()) as store:
        assert store.backlog().shop("S2").shop.status == "backlog"
    accepted = planner("calendar", "changes", "moved.ics", "--accept", "S2")
    assert accepted.exit_code == 0, accepted.output
    with open_store(StoreSettings()) as store:
        shop = store.backlog().shop("S2").shop
    assert (shop.status, str(shop.start)) == ("fixed", "2024-06-05")
    assert planner("export", "ics").exit_code == 1


def test_absences_go_into_the_store_as_one_step(here: Path) -> None:
    (here / "holidays.ics").write_text(HOLIDAYS, encoding="utf-8")
    assert planner("import", "absences", "holidays.ics", "--crew", "B1").exit_code == 2
    with open_store(StoreSettings()) as store:
        assert store.backlog().absences() == []
    assert planner("import", "absences", "holidays.ics", "--crew", "B1", "--yes").exit_code == 0
    again = planner("import", "absences", "holidays.ics", "--crew", "B1", "--yes", "--json")
    assert len(json.loads(again.stdout)["known"]) == 1
    (here / "holidays.ics").write_text(HOLIDAYS.replace("0713", "0720"), encoding="utf-8")
    assert planner("import", "absences", "holidays.ics", "--crew", "B1", "--replace", "--yes").exit_code == 0
    with open_store(StoreSettings()) as store:
        found = [item.absence for item in store.backlog().absences()]
    assert [(item.crew, str(item.first), str(item.last)) for item in found] == [("B1", "2024-07-08", "2024-07-19")]


def test_addresses_are_kept_in_the_database_for_its_owner_alone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = planner("serve", "address", "--crew", "B1")
    assert given.exit_code == 0, given.output
    assert "chmod" not in given.stderr
    assert (here / "planner.db").stat().st_mode & 0o077 == 0
    assert not (here / "data").exists()
    assert planner("serve", "list").stdout == "crew B1 (en)\n"
    monkeypatch.setenv("PLANNER_USER", "ben")
    assert planner("serve", "address", "--crew", "B1").stdout == given.stdout
    (here / "planner.db").chmod(0o644)
    assert "chmod 600" in planner("serve", "revoke", "--all").stderr
    assert "Nobody has an address" in planner("serve", "list").stderr


def test_another_coordinator_elsewhere_goes_on_where_the_first_was(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert planner("export", "ics").exit_code == 0
    before = (here / "calendar.ics").read_bytes()
    (here / "elsewhere").mkdir()
    monkeypatch.chdir(here / "elsewhere")
    monkeypatch.setenv("PLANNER_USER", "ben")
    assert "(unchanged)" in planner("export", "ics").stdout
    assert Path("calendar.ics").read_bytes() == before
    assert planner("export", "ics", "--per", "crew").exit_code == 0
    assert not list((here / "elsewhere").rglob("*.state.json"))
    assert planner("shops", "defer", "S2").exit_code == 0
    with open_store(StoreSettings()) as store:
        backlog = store.backlog()
        rollout, revision = backlog.load()
        others = {shop: start for shop, start in STARTS.items() if shop != "S2"}
        backlog.plans.keep(rollout, plan_from(rollout, others), revision)
    monkeypatch.chdir(here)
    assert "cancelled)" in planner("export", "ics").stdout
    called_off = [
        event
        for event in Calendar.from_ical((here / "calendar.ics").read_bytes()).events
        if event["STATUS"] == "CANCELLED"
    ]
    assert {int(event["SEQUENCE"]) for event in called_off} == {1}
    assert all("Hafen" in str(event["SUMMARY"]) for event in called_off)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--where", "city:nowhere", "--out", "x.ics"), "Nothing that the selection leaves has an event"),
        (("--where", "city:nowhere", "--per", "crew"), "Nothing that the selection leaves has an event"),
    ],
)
def test_an_export_of_nothing_is_a_mistake(here: Path, arguments: tuple[str, ...], sentence: str) -> None:
    result = planner("export", "ics", *arguments)
    assert result.exit_code == 2, result.output
    assert sentence in result.stderr
    assert not list(here.rglob("*.ics"))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("export", "ics", "--plan", "out/plan.json"), "must be the number of a plan"),
        (("export", "ics", "--plan", "7"), "7"),
        (("export", "ics", "--rollout", "Other"), "Other"),
        (("export", "ics", "--scenario", "x"), "--scenario goes with a FOLDER"),
        (("export", "ics", "folder", "--rollout", "Small"), "not both"),
    ],
)
def test_wrong_usage_is_a_sentence(here: Path, arguments: tuple[str, ...], sentence: str) -> None:
    result = planner(*arguments)
    assert result.exit_code == 2, result.output
    assert sentence in " ".join(result.stderr.split())
    assert "Traceback" not in result.output


def test_without_a_plan_there_is_nothing_to_export(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANNER_DB", str(here / "empty.db"))
    assert planner("import", str(here / "folder"), "--yes").exit_code == 0
    result = planner("export", "ics")
    assert result.exit_code == 2
    assert "no plan in the database yet" in result.stderr
