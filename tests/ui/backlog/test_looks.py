"""How the backlog looks, at both sizes and in both languages; and with names that would be something else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from planner.domain.plan import Cost, PlannedPhase, Remodel, RemodelStatus
from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.ui.app import PlannerApp
from planner.ui.backlog.plan_figures import PlanFigures
from planner.wording.language import Language
from tests.ui.backlog.backlogs import change_elsewhere
from tests.ui.running import LARGE, SMALL, press, settled

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
    remodels = {}
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
    return PlanFigures(remodels, {f"S{number:03}": "no crew" for number in range(3, 241, 3)})


@pytest.fixture(autouse=True)
def made_up_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows the made-up plan."""
    figures = _made_up_figures()
    monkeypatch.setattr("planner.ui.backlog.pane.plan_figures", lambda _: figures)


async def _backlog(pilot: Pilot[None]) -> None:
    await settled(pilot)
    await press(pilot, "2", "space", "down", "s")


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
