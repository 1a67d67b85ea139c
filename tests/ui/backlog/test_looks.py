"""How the backlog looks, at both sizes and in both languages; and with names that would be something else."""

import sqlite3
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from planner.domain.plan import Cost, PlannedPhase, Remodel, RemodelStatus
from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.ui.app import PlannerApp
from planner.ui.backlog.plan_figures import PlanFigures
from planner.wording.language import Language
from tests.ui.backlog.backlogs import change_elsewhere, details_told, form, open_backlog
from tests.ui.running import LARGE, SMALL, press, running, settled, until

NAMES = (
    "[/foo]",
    "[@click=app.quit]quit[/]",
    "\u05e9\u05dc\u05d5\u05dd עולם",
    "漢字かな店舗",
    "e\u0301e\u0301 combining",
    "=1+1",
)


def _made_up_figures() -> PlanFigures:
    """A plan that stays the same whatever the search finds: every third shop is without a date."""
    remodels, reopenings = {}, {}
    for number in range(1, 241):
        if number % 3:
            start = date(2021, 9, 6) + timedelta(days=number)
            phase = PlannedPhase(
                name="Build", first=start, last=start + timedelta(days=9), crews={f"B-{number % 7}": 1}
            )
            remodels[f"S{number:03}"] = Remodel(
                shop=f"S{number:03}",
                status=RemodelStatus.PLANNED,
                start=start,
                finish=phase.last,
                closed_from=start,
                closed_to=phase.last,
                phases=(phase,),
                cost=Cost(closure=1_234_500 + 98_765 * number),
            )
            reopenings[f"S{number:03}"] = phase.last + timedelta(days=1)
    return PlanFigures(remodels, {f"S{number:03}": "no crew" for number in range(3, 241, 3)}, reopenings)


@pytest.fixture(autouse=True)
def made_up_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows the made-up plan."""
    figures = _made_up_figures()
    monkeypatch.setattr("planner.ui.backlog.pane.plan_figures", lambda _: figures)


async def _backlog(pilot: Pilot[None]) -> None:
    await settled(pilot)
    await press(pilot, "2", "space", "down", "s")
    await details_told(pilot, "S001")


async def _filter(pilot: Pilot[None]) -> None:
    await settled(pilot)
    await press(pilot, "2", "slash", *"state:BY pr")


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_the_table(
    shipped: StoreSettings, language: Language, size: tuple[int, int], snap_compare: Callable[..., Any]
) -> None:
    assert snap_compare(PlannerApp(shipped, Limits(seconds=2)), terminal_size=size, run_before=_backlog)


def test_the_filter_line(shipped: StoreSettings, language: Language, snap_compare: Callable[..., Any]) -> None:
    assert snap_compare(PlannerApp(shipped, Limits(seconds=2)), terminal_size=SMALL, run_before=_filter)


def test_names_that_would_be_something_else(shipped: StoreSettings, snap_compare: Callable[..., Any]) -> None:
    for number, name in enumerate(NAMES, start=1):
        change_elsewhere(shipped, f"S00{number}", {"name": name, "city": name})
    assert snap_compare(PlannerApp(shipped, Limits(seconds=2)), terminal_size=SMALL, run_before=_backlog)


@pytest.mark.anyio
async def test_details_and_forms(
    shipped: StoreSettings, language: Language, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    screens = snapshot.use_extension(SVGImageExtension)

    async def matches(pilot: Pilot[None], name: str) -> None:
        await settled(pilot)
        assert pilot.app.export_screenshot(simplify=True) == screens(name=name)

    _one_change_at_a_known_time(shipped, monkeypatch)
    async with running(shipped) as pilot:
        await open_backlog(pilot)
        await press(pilot, "down", "o")
        await details_told(pilot, "S002")
        await matches(pilot, "detail-small")
        await press(pilot, "left", "right", "right", "right", "right", "right")
        await matches(pilot, "history-small")
        await press(pilot, "e")
        await _write(pilot, {"priority": "12", "due_by": "6.12.2021", "partner": "Rufkontor"})
        await matches(pilot, "edit-small")
        await pilot.resize_terminal(*LARGE)
        await matches(pilot, "edit-large")
        await press(pilot, "escape", "enter", "n")
        await _write(pilot, {"id": "S001", "lat": "48", "status": "", "state": "Bayer"})
        await matches(pilot, "add-large")
        await pilot.resize_terminal(*SMALL)
        line = form(pilot).field("state").line
        line.value = "b"
        await _judged(pilot)
        await matches(pilot, "add-small")


async def _write(pilot: Pilot[None], texts: dict[str, str]) -> None:
    """Writes texts into the form's fields, and waits for what is said of them."""
    for column, text in texts.items():
        line = form(pilot).field(column).line
        line.cursor_blink = False
        line.focus()
        await pilot.pause()
        line.value = text
        line.cursor_position = len(text)
    await _judged(pilot)
    await press(pilot, "escape")  # nothing is offered over what is told


async def _judged(pilot: Pilot[None]) -> None:
    await settled(pilot)  # first what was written has to come to the form
    await until(pilot, lambda: form(pilot).is_judged)


def _one_change_at_a_known_time(settings: StoreSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    change_elsewhere(settings, "S002", {"tags": "pilot|[/b]", "ready_from": "2021-08-16"})
    with sqlite3.connect(settings.db) as connection:
        connection.execute("update entry set moment = '2021-07-13 08:30:00.000000'")
    connection.close()
