"""Panes that are made before anybody asks for them: nothing of them is in the way, and nothing in them is old."""

import asyncio

import pytest
from textual.pilot import Pilot

from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from planner.ui import pane_switcher
from planner.ui.backlog.shop_table import ShopTable
from planner.ui.pane import Pane
from planner.ui.pane_switcher import PaneSwitcher
from planner.ui.panes import PANES
from planner.ui.schedule.chart_pane import ChartPane
from planner.ui.schedule.gantt import Gantt
from planner.ui.themes import DEFAULT_THEME, THEMES
from tests.ui.backlog.backlogs import details_told
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
        assert not beside(switcher)
        assert pilot.app.focused is focus is not None
        assert switcher.query_one(ShopTable).rows.figures.remodels, "the backlog knows the plan before it is shown"
        assert switcher.query_one(Gantt).view is not None
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
        assert not beside(switcher)
        assert isinstance(pilot.app.focused, ShopTable)


async def test_one_shown_and_left_again_while_it_is_made_ready(
    shipped: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.ui.pane_switcher.REST_SECONDS", 0.15)
    async with running(shipped) as pilot:
        switcher = pilot.app.screen.query_one(PaneSwitcher)
        left: set[str | None] = set()
        while not switcher.has_all:
            for pane in beside(switcher):
                if pane.id not in left:
                    left.add(pane.id)
                    await pilot.press(str(list(PANES).index(pane.id or "") + 1), "1")
            await asyncio.sleep(0.001)
        assert left
        await settled(pilot)
        assert [pane.id for pane in switcher.children if pane.display] == ["overview"]
        assert not beside(switcher)
        await press(pilot, "2")
        table = switcher.query_one(ShopTable)
        assert pilot.app.focused is table
        assert _priority(table) != 2
        assert table.region.y < SMALL[1]


async def test_what_is_drawn_ahead_looks_as_it_does_when_it_is_drawn_at_its_key(
    shipped: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.ui.scenarios.detail_panel.DELAY_SECONDS", 0.001)
    ahead = await pictures_before_and_after_a_change(shipped)
    monkeypatch.setattr("planner.ui.pane_switcher.REST_SECONDS", 3600.0)
    assert await pictures_before_and_after_a_change(shipped) == ahead


async def pictures_before_and_after_a_change(settings: StoreSettings) -> list[dict[str, str]]:
    """How each pane looks, and how in other colours and at another size: made ready ahead, or only at their keys."""
    async with running(settings, LARGE) as pilot:
        pilot.app.theme = DEFAULT_THEME
        await until_ready(pilot)
        before = await pictures(pilot)
        pilot.app.theme = next(theme.name for theme in THEMES if theme.name != DEFAULT_THEME)
        await pilot.resize_terminal(*SMALL)
        await until_ready(pilot)
        return [before, await pictures(pilot)]


async def until_ready(pilot: Pilot[None]) -> None:
    """Waits until all panes are ready and have their size, where they are made ahead at all."""
    switcher = pilot.app.screen.query_one(PaneSwitcher)
    await settled(pilot)
    if pane_switcher.REST_SECONDS < 1:
        await until(pilot, lambda: switcher.is_ready and _width(switcher) <= pilot.app.size.width)


async def test_what_arrives_once_a_pane_was_left_is_laid_out_when_it_is_shown_again(shipped: StoreSettings) -> None:
    async with running(shipped, LARGE) as pilot:
        switcher = pilot.app.screen.query_one(PaneSwitcher)
        await until(pilot, lambda: switcher.is_ready)
        before = await pictures(pilot)
        table, schedule = switcher.query_one(ShopTable), switcher.query_one(ChartPane)
        table.show(figures=table.rows.figures)
        schedule.take_chart(schedule.chart)
        await settled(pilot)
        assert main_screen(pilot).pane.id == "overview"
        assert pilot.app.focused not in {table, schedule.gantt}
        assert await pictures(pilot) == before


async def pictures(pilot: Pilot[None]) -> dict[str, str]:
    """How each pane looks when it is shown."""
    seen = {}
    for number, name in sorted(enumerate(PANES, start=1), reverse=True):
        await press(pilot, str(number))
        if name == "backlog" and pilot.app.size.width == LARGE[0]:  # else there is no room for details
            await details_told(pilot, "S001")
        seen[name] = pilot.app.export_screenshot()
    return seen


def beside(switcher: PaneSwitcher) -> list[Pane]:
    """The panes that are laid out beside the screen."""
    return [pane for pane in switcher.query_children(Pane) if pane.is_beside]


def _width(switcher: PaneSwitcher) -> int:
    return switcher.query_one(Gantt).container_size.width


def _loaded_revision(pilot: Pilot[None]) -> int:
    loaded = main_screen(pilot).loaded
    return loaded.revision if loaded else -1


def _priority(table: ShopTable) -> int:
    item = table.rows.shop(0)
    assert item is not None
    assert item.shop.id == "S001"
    return item.shop.priority
