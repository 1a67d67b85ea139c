"""The overview: what it shows is what there is, and Enter leads to where it is mended."""

import pytest
from textual.widgets import Digits, Static

from planner.review.risk.report import assess
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from planner.studies.attention import Concern, attention
from planner.ui.overview.burn_up_chart import BurnUpChart
from planner.ui.overview.lists import ComingList, MatterList
from planner.ui.overview.load_chart import LoadChart
from planner.ui.overview.pane import OverviewPane
from planner.ui.planning.panel import PlanningPanel
from planner.wording.amounts import percent_text
from tests.ui.running import LARGE, main_screen, press, running, settled, until

pytestmark = pytest.mark.anyio
SAMPLES = 100


def texts(lines: MatterList | ComingList) -> list[str]:
    return [str(lines.get_option_at_index(number).prompt) for number in range(lines.option_count)]


async def test_it_shows_what_there_is_and_follows_changes(dated: StoreSettings) -> None:
    async with running(dated, LARGE) as pilot:
        screen = main_screen(pilot)
        loaded = screen.loaded
        assert loaded is not None
        digits = [widget.value for widget in screen.query(Digits)]
        assert digits == ["5", "6", "9", "5", "11", "12"]
        told = attention(loaded.rollout, loaded.plan, against=loaded.against)
        matters = screen.query_one(MatterList)
        assert screen.focused is matters
        assert [text.split(" ", 1)[1].strip() for text in texts(matters)] == [item.text for item in told]
        coming = texts(screen.query_one(ComingList))
        assert "▶ F00 [/foo] & Söhne" in coming[0]
        assert len(coming) == 22

        # Another fixed date, inside the blackout: the clash comes first, and leads to the schedule.
        backlog = screen.workspace.backlog
        backlog.edit([Edit(RecordKind.SHOP, "F09", {"start": "2021-12-07"})], "start of F09")
        await until(pilot, lambda: "F09" in texts(matters)[0])
        assert texts(matters)[0].startswith("‼")
        assert any("older than 1 change" in text for text in texts(matters))
        matters.highlighted = 0
        await press(pilot, "enter")
        assert screen.pane.id == "schedule"


async def test_lists_and_loads_lead_on_by_key_and_mouse(dated: StoreSettings) -> None:
    async with running(dated) as pilot:
        screen = main_screen(pilot)
        matters = screen.query_one(MatterList)
        await pilot.click(matters, offset=(4, 3))
        await settled(pilot)
        assert (screen.pane.id, matters.highlighted) == ("overview", 1), "a click selects"
        await pilot.click(matters, offset=(4, 3), times=2)
        await settled(pilot)
        assert screen.pane.id == "backlog", "a double click opens"
        await press(pilot, "1", "tab", "down", "enter")
        assert screen.pane.id == "schedule"
        await press(pilot, "1")
        load = screen.query_one(LoadChart)
        load.focus()
        await press(pilot, "down", "right", "right")
        assert "North" in str(load.border_title)
        assert "of 5 crew days" in str(load.border_title)
        await press(pilot, "enter")
        assert screen.pane.id == "schedule"


async def test_risk_is_played_once_and_kept(dated: StoreSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.ui.overview.pane.SAMPLES", SAMPLES)
    async with running(dated) as pilot:
        screen = main_screen(pilot)
        loaded = screen.loaded
        assert loaded is not None
        assert loaded.plan is not None
        await press(pilot, "r")
        report = assess(loaded.rollout, loaded.plan, samples=SAMPLES, seed=1)
        told = " ".join(str(widget.render()) for widget in screen.query(".milestone-title").results(Static))
        for outlook in report.milestones:
            assert f"{outlook.name} · {percent_text(outlook.met.probability)} sure" in told
        chart = screen.query_one(BurnUpChart)
        assert "8/10" in str(chart.border_title)
        monkeypatch.setattr("planner.review.risk.report.assess", None)
        await press(pilot, "2", "1", "r")
        assert "8/10" in str(chart.border_title)
        # Of a changed rollout nothing is known.
        screen.workspace.backlog.edit([Edit(RecordKind.SHOP, "X1", {"priority": "9"})], "priority of X1")
        await until(pilot, lambda: "8/10" not in str(chart.border_title))


async def test_without_a_plan_it_says_what_to_do(dated: StoreSettings) -> None:
    with open_store(dated) as store:
        store.backlog().plans.drop(1)
    async with running(dated) as pilot:
        screen = main_screen(pilot)
        pane = screen.pane
        assert isinstance(pane, OverviewPane)
        assert pane.ahead is not None
        assert Concern.NO_PLAN in [matter.concern for matter in pane.ahead.matters]
        await press(pilot, "r")
        assert not screen.query_one(PlanningPanel).is_planning
        screen.query_one(MatterList).highlighted = 0
        await pilot.press("enter")
        await until(pilot, lambda: screen.query_one(PlanningPanel).is_planning)
        await until(pilot, lambda: not screen.query_one(PlanningPanel).is_planning)
        await until(
            pilot, lambda: bool(screen.query(Digits)) and "no plan" not in str(texts(screen.query_one(MatterList)))
        )
