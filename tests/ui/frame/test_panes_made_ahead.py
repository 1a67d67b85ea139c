"""Panes that are made before anybody asks for them: nothing of them is in the way, and nothing in them is old."""

import asyncio

import pytest
from textual.pilot import Pilot

from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from planner.ui.backlog.shop_table import ShopTable
from planner.ui.pane_switcher import BESIDE, PaneSwitcher
from planner.ui.panes import PANES
from tests.ui.running import LARGE, SMALL, main_screen, press, running, settled, until

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def made_at_once(only_what_is_asked_for: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """No rest before a pane is made."""
    monkeypatch.setattr("planner.ui.pane_switcher.REST_SECONDS", 0.01)


async def test_they_wait_out_of_sight_and_show_what_is_now(shipped: StoreSettings) -> None:
    async with running(shipped, LARGE) as pilot:
        switcher = pilot.app.screen.query_one(PaneSwitcher)
        focus = pilot.app.focused
        await until(pilot, lambda: switcher.has_all)
        assert {pane.id for pane in switcher.children} == set(PANES)
        assert [pane.id for pane in switcher.children if pane.display] == ["overview"]
        assert not switcher.query(f".{BESIDE}")
        assert pilot.app.focused is focus is not None
        with open_store(shipped.model_copy(update={"user": "jens"})) as store:
            store.backlog().edit([Edit(RecordKind.SHOP, "S001", {"priority": "2"})], "priority of S001")
        seen = main_screen(pilot).workspace.backlog.revision()
        await until(pilot, lambda: _loaded_revision(pilot) == seen)
        table = switcher.query_one(ShopTable)
        assert _priority(table) != 2, "a pane out of sight reads nothing anew"
        await press(pilot, "2")
        await until(pilot, lambda: _priority(table) == 2)
        assert pilot.app.focused is table
        assert table.region.y < LARGE[1] - 10
        assert table.region.width > SMALL[0]
        await press(pilot, "3", "4", "5", "1")
        assert main_screen(pilot).pane.id == "overview"


async def test_a_key_may_come_while_they_are_made(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        switcher = pilot.app.screen.query_one(PaneSwitcher)
        while len(switcher.children) < 2:
            await asyncio.sleep(0)
        await pilot.press("2")
        assert main_screen(pilot).pane.id == "backlog"
        await until(pilot, lambda: switcher.has_all)
        await settled(pilot)
        assert [pane.id for pane in switcher.children if pane.display] == ["backlog"]
        assert not switcher.query(f".{BESIDE}")
        assert isinstance(pilot.app.focused, ShopTable)


def _loaded_revision(pilot: Pilot[None]) -> int:
    loaded = main_screen(pilot).loaded
    return loaded.revision if loaded else -1


def _priority(table: ShopTable) -> int:
    item = table.rows.shop(0)
    assert item is not None
    assert item.shop.id == "S001"
    return item.shop.priority
