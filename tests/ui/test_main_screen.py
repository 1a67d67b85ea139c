"""The frame: panes by key and mouse, planning in the background, undo, and what others change."""

import pytest

from planner.scheduling.limits import Limits
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from planner.ui.moved.screen import MovedScreen
from planner.ui.planning.panel import PlanningPanel
from tests.ui.running import main_screen, press, running, settled, until

pytestmark = pytest.mark.anyio


async def test_keys_and_clicks_show_panes(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        assert main_screen(pilot).pane.id == "overview"
        await press(pilot, "3")
        assert main_screen(pilot).pane.id == "schedule"
        await pilot.click("#tab-calendar")
        await settled(pilot)
        assert main_screen(pilot).pane.id == "calendar"


async def test_a_plan_is_searched_beside_and_kept(shipped: StoreSettings) -> None:
    async with running(shipped, limits=Limits(seconds=1, deterministic=True)) as pilot:
        await press(pilot, "p")
        panel, backlog = pilot.app.screen.query_one(PlanningPanel), main_screen(pilot).workspace.backlog
        await until(pilot, lambda: panel.is_planning)
        await press(pilot, "2")
        assert main_screen(pilot).pane.id == "backlog"
        await until(pilot, lambda: not panel.is_planning)
        await until(pilot, lambda: len(backlog.plans.all()) == 2)
        if isinstance(pilot.app.screen, MovedScreen):
            await press(pilot, "escape")
        loaded = main_screen(pilot).loaded
        assert loaded is not None
        assert loaded.info is not None
        assert loaded.info.number == 2
        assert loaded.info.shortfall == 0


async def test_undo_takes_back_ones_own_last_change(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        backlog = main_screen(pilot).workspace.backlog
        before = backlog.shop("S050").shop.priority
        backlog.edit([Edit(RecordKind.SHOP, "S050", {"priority": "7"})], "priority of S050")
        await press(pilot, "u")
        assert backlog.shop("S050").shop.priority == before != 7
        await press(pilot, "ctrl+y")
        assert backlog.shop("S050").shop.priority == 7


async def test_what_others_change_is_seen(shipped: StoreSettings) -> None:
    other = shipped.model_copy(update={"user": "jens"})
    async with running(shipped) as pilot:
        with open_store(other) as store:
            store.backlog().edit([Edit(RecordKind.SHOP, "S050", {"priority": "7"})], "priority of S050")
        await until(pilot, lambda: _priority(pilot) == 7)


def _priority(pilot: object) -> int:
    loaded = main_screen(pilot).loaded  # type: ignore[arg-type]
    return loaded.rollout.shop_by_id["S050"].priority if loaded else 0
