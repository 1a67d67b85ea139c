"""A coordinator's day in a real terminal: taken in, planned, moved, fixed, published, and written as a calendar."""

import sys
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from planner.domain.shop import Status
from planner.store.records import PlanState
from planner.store.settings import StoreSettings
from planner.store.store import Backlog, open_store
from tests.ui.small_rollout import write_folder
from tests.ui.terminal import TMUX, Terminal, terminal

NOTICE_EDGE = "▌"
"""The left edge of a notice, which lies over a dialog for some seconds."""

ROOT = Path(__file__).parents[2]
QUICKLY = ("--time-limit", "3", "--workers", "1")

pytestmark = pytest.mark.skipif(TMUX is None, reason="tmux is not installed")


def test_from_the_first_run_to_the_exported_calendar(tmp_path: Path) -> None:
    folder, database, calendar = tmp_path / "six", tmp_path / "planner.db", tmp_path / "calendar.ics"
    write_folder(folder)
    with terminal() as screen:
        command = [sys.executable, "-m", "planner", "--db", str(database), "ui", "--lang", "en", *QUICKLY]
        screen.start(command, tmp_path, {"PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(tmp_path)})
        take_in(screen, folder)
        screen.press("p")
        screen.wait_for("Six shops · plan 1")
        assert screen.title() == "Six shops · planner"
        move_and_fix(screen)
        plan_again(screen)
        publish(screen)
        export(screen)
        screen.press("C-q")
        screen.wait_for_end()
    with open_store(StoreSettings(db=str(database))) as store:
        fixed = check_stored(store.backlog())
    check_calendar(calendar, fixed)


def take_in(screen: Terminal, folder: Path) -> None:
    """From the first screen, by the path of a folder."""
    screen.wait_for("Which rollout?", "It is empty")
    screen.press("Down", "Enter")
    screen.wait_for("^s Take", "six")
    screen.write(str(folder))
    screen.press("Enter")
    screen.wait_for("There is no plan yet.")


def move_and_fix(screen: Terminal) -> None:
    """S1 goes a working day later in the schedule; S2 is fixed where it stands."""
    screen.press("3")
    screen.wait_for("S1 Isar", "closed shops")
    find(screen, "S1")
    screen.press("m")
    screen.wait_for("Moving S1", "breaks no rule")
    screen.press("Right")
    screen.wait_for("Moving S1", " d)", "against now", "breaks no rule")
    screen.press("Enter")
    screen.wait_for("S1 ◆ fixed")
    find(screen, "S2")
    screen.press("f")
    screen.wait_for("S2 ◆ fixed")


def find(screen: Terminal, shop: str) -> None:
    """Goes to a shop."""
    screen.press("/")
    screen.wait_for("Find a shop")
    screen.write(shop)
    screen.press("Enter")
    screen.wait_until(lambda seen: "Find a shop" not in seen and f" {shop} planned" in seen, f"{shop} found")


def plan_again(screen: Terminal) -> None:
    """Plans around what is fixed, and takes what moved."""
    screen.press("r")
    screen.wait_for("What moved from plan 1 to plan 2", "S1 Isar")
    screen.press("a")
    screen.wait_for("Six shops · plan 2")


def publish(screen: Terminal) -> None:
    """Publishes plan 2 among the plans."""
    screen.press("4")
    screen.wait_for("1 draft", "2 draft")
    screen.press("Tab")
    screen.wait_for("P Publish")
    screen.press("Up")  # the newest is the first; a pane made ahead stays on the one there was
    screen.press("P")
    screen.wait_for("Publish plan 2?", "It cannot be")
    screen.press("Enter")
    screen.wait_for("Plan 2 is published.")


def export(screen: Terminal) -> None:
    """Writes the calendar from its pane, to the place that is offered."""
    screen.press("5")
    screen.wait_for("July 2021")
    screen.press("e")
    screen.wait_until(lambda seen: "Cancel" in seen and NOTICE_EDGE not in seen, "the dialog, no notice over it")
    screen.click("  Export")
    screen.wait_for("1 calendar with")


def check_stored(backlog: Backlog) -> dict[str, date]:
    """What the database has in the end; the starts of the shops that are fixed."""
    rollout, _ = backlog.load()
    fixed = {shop.id: shop.start for shop in rollout.shops if shop.status is Status.FIXED and shop.start}
    assert set(fixed) == {"S1", "S2"}
    first, second = backlog.plans.plan(1), backlog.plans.plan(2)
    starts = {remodel.shop: remodel.start for remodel in first.remodels}
    assert fixed["S1"] > starts["S1"]
    assert fixed["S2"] == starts["S2"]
    states = {info.number: info.state for info in backlog.plans.all()}
    assert states == {1: PlanState.DRAFT, 2: PlanState.PUBLISHED}
    told = {shop.id: shop.published_start for shop in rollout.shops}
    assert told == {remodel.shop: remodel.start for remodel in second.remodels}
    return fixed


def check_calendar(path: Path, fixed: dict[str, date]) -> None:
    """The calendar says when what was fixed begins."""
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    for shop, start in fixed.items():
        of_shop = [event.decoded("DTSTART") for event in events if f"({shop})" in str(event["SUMMARY"])]
        assert min(of_shop) == start
