"""The table of shops: windows, the cursor, order, columns, and what others change."""

from datetime import date

import pytest
from textual import events
from textual.widgets import OptionList

from planner.store.settings import StoreSettings
from planner.store.store import parse_sort
from planner.ui.backlog.cell_editor import CellEditor
from planner.ui.dialogs import MessageDialog
from planner.ui.messages import GoTo
from tests.ui.backlog.backlogs import (
    change_elsewhere,
    current_id,
    go_to_column,
    ids_in_sight,
    open_backlog,
    pane,
    shown_text,
    store_of,
    type_text,
)
from tests.ui.running import press, running, settled, until

pytestmark = pytest.mark.anyio


async def test_the_cursor_goes_where_keys_and_clicks_send_it(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        backlog = store_of(pilot)
        order = list(backlog.versions())
        assert ids_in_sight(table) == order[: table.page_rows]
        await press(pilot, "pagedown")
        assert current_id(table) == order[table.page_rows]
        assert ids_in_sight(table)[0] == order[table.page_rows]
        await press(pilot, "ctrl+end")
        assert current_id(table) == order[-1]
        assert ids_in_sight(table)[-1] == order[-1]
        await press(pilot, "end")
        assert table.column is table.rows.columns[-1]
        region = table.cell_region(table.cursor_row, table.cursor_column)
        assert region.right <= table.room
        assert table.cell_region(table.cursor_row, 0).x == table.cell_region(0, 0).x == 2
        await press(pilot, "home", "ctrl+home")
        assert (table.cursor_row, table.cursor_column, table.scroll_offset) == (0, 0, (0, 0))
        await pilot.click(table, offset=(4, 6))
        await settled(pilot)
        assert current_id(table) == order[5]
        await pilot.click(table, offset=(4, 9), shift=True)
        await settled(pilot)
        assert table.rows.selected == set(order[5:9])
        place = table.cell_region(2, 3)
        await pilot.click(table, offset=(place.x + 1, place.y), times=2)
        await settled(pilot)
        editor = pane(pilot).query_one(CellEditor)
        assert editor.is_open
        assert editor.region.y == table.region.y + place.y
        await press(pilot, "escape")
        top = table.scroll_offset.y
        table.post_message(
            events.MouseScrollDown(table, 5, 5, 0, 1, 0, shift=False, meta=False, ctrl=False, screen_x=5, screen_y=8)
        )
        await settled(pilot)
        assert table.scroll_offset.y > top


async def test_sorting_by_key_and_by_header(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        backlog = store_of(pilot)
        await go_to_column(pilot, table, "priority")
        await press(pilot, "s")
        assert ids_in_sight(table) == list(backlog.versions(sort=parse_sort("priority")))[: table.page_rows]
        assert table.columns[table.cursor_column].mark == "▲"
        await press(pilot, "s")
        await go_to_column(pilot, table, "city")
        await press(pilot, "S")
        assert ids_in_sight(table) == list(backlog.versions(sort=parse_sort("-priority,city")))[: table.page_rows]
        await pilot.click(table, offset=(table.cell_region(0, 1).x + 1, 0))
        await settled(pilot)
        assert ids_in_sight(table) == list(backlog.versions(sort=parse_sort("name")))[: table.page_rows]
        # What the plan says decides first; shops it gives no date come last.
        await go_to_column(pilot, table, "plan.start")
        await press(pilot, "S")
        plan = backlog.plans.plan(1)
        starts = {remodel.shop: remodel.start for remodel in plan.remodels}
        by_name = list(backlog.versions(sort=parse_sort("name")))
        order = sorted(by_name, key=lambda shop: starts.get(shop, date.max))
        assert ids_in_sight(table) == order[: table.page_rows]
        await press(pilot, "ctrl+end")
        assert current_id(table) == order[-1]
        await press(pilot, "s", "s")
        first = max(starts.values())
        assert all(starts[shop] == first for shop in ids_in_sight(table)[:1])
        await press(pilot, "space", "ctrl+c")
        assert pilot.app.clipboard.split("\t")[0] == next(iter(table.rows.selected))


async def test_a_shop_and_a_query_are_gone_to(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        pilot.app.screen.post_message(GoTo("backlog", "S200"))
        await settled(pilot)
        table = await open_backlog(pilot)
        assert current_id(table) == "S200"
        pilot.app.screen.post_message(GoTo("backlog", "?state:BY status:backlog"))
        await settled(pilot)
        assert table.rows.count() == store_of(pilot).count(table.rows.look.query) < 240
        assert "S001" not in ids_in_sight(table)
        pilot.app.screen.post_message(GoTo("backlog", "S001"))
        await settled(pilot)
        assert current_id(table) == "S001"
        assert shown_text(pilot, "#filter-count") == "240 of 240"
        pilot.app.screen.post_message(GoTo("backlog", "S999"))
        await settled(pilot)
        assert current_id(table) == "S001"


async def test_what_others_change_is_shown_and_the_cursor_stays_on_its_shop(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        await go_to_column(pilot, table, "name")
        await press(pilot, "s", "down", "down", "down")
        before, line = current_id(table), table.cursor_row - table.scroll_offset.y
        change_elsewhere(shipped, before, {"name": "Zzz last of all"})
        await until(pilot, lambda: table.current is not None and table.current.shop.name == "Zzz last of all")
        assert current_id(table) == before
        assert table.cursor_row == 239
        assert table.cursor_row - table.scroll_offset.y >= line


async def test_columns_are_chosen_ordered_and_remembered(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        first = [column.key for column in table.rows.columns]
        assert first[2:4] == ["status", "priority"]
        await press(pilot, "right", "right")
        assert "Status" in shown_text(pilot, "#backlog-cell")
        await press(pilot, "c", "space", "down", "shift+down", "enter")
        keys = [column.key for column in table.rows.columns]
        assert keys[:4] == ["id", "name", "plan.start", "priority"]
        assert "status" not in keys
        assert table.cursor_column == 0  # the column it was on is gone, and no longer told of
        assert "Status" not in shown_text(pilot, "#backlog-cell")
        await press(pilot, "c", "escape")
        assert [column.key for column in table.rows.columns] == keys
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        assert [column.key for column in table.rows.columns] == keys
        await press(pilot, "c", "r", "enter")
        assert [column.key for column in table.rows.columns] == first
        assert store_of(pilot).recall("ui.backlog.columns.jens") is None  # a choice of one's own


async def test_a_query_is_completed_explained_and_cleared(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "regi")
        offers = pane(pilot).query_one("#filter-offers", OptionList)
        assert offers.display
        await press(pilot, "tab")
        await type_text(pilot, "So")
        await press(pilot, "down", "enter")
        line = pane(pilot).query_one("FilterLine")
        assert line.text.startswith("region:South")  # type: ignore[attr-defined]
        await type_text(pilot, "foo:1 x")
        assert "foo" in shown_text(pilot, "#filter-mistake")
        assert "At 14" in shown_text(pilot, "#filter-mistake")
        await press(pilot, "escape")
        assert line.text == ""  # type: ignore[attr-defined]
        assert table.rows.count() == 240
        assert not pane(pilot).query_one("#filter-mistake").display
        await type_text(pilot, "dresden")
        await press(pilot, "enter")
        assert table.has_focus
        assert 0 < table.rows.count() < 20
        assert all("dresden" in f"{item.shop}".casefold() for _, item in table.rows.windows.at_hand())
        # Letters typed there are no commands.
        await press(pilot, "slash", "escape")
        await type_text(pilot, "bcfpsu12")
        assert line.text == "bcfpsu12"  # type: ignore[attr-defined]
        await press(pilot, "escape", "escape")
        assert table.has_focus


async def test_filters_are_saved_chosen_and_dropped(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "state:BY")
        await press(pilot, "enter")
        found = table.rows.count()
        await press(pilot, "f", "a")
        await type_text(pilot, "Bavaria")
        await press(pilot, "enter")
        await press(pilot, "home", "enter")
        assert table.rows.count() == 240
        await press(pilot, "f", "down", "down", "enter")
        fixed = store_of(pilot).count(table.rows.look.query)
        assert table.rows.count() == fixed
        assert {item.shop.status for _, item in table.rows.windows.at_hand()} == {"fixed"}
        assert "fixed start" in shown_text(pilot, "#filter-quick")
        await press(pilot, "f", "end", "enter")
        assert table.rows.count() == found
        assert shown_text(pilot, "#filter-quick") == ""
        await press(pilot, "f", "end", "d", "escape")
        assert store_of(pilot).recall("ui.backlog.filters") == {}
        await press(pilot, "slash")
        await type_text(pilot, " status:")
        await press(pilot, "enter", "f", "a")
        assert isinstance(pilot.app.screen, MessageDialog)
        await press(pilot, "escape", "escape")
        assert store_of(pilot).recall("ui.backlog.filters") == {}


async def test_shops_without_a_date_and_shops_changed_since_publication(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        backlog = store_of(pilot)
        await press(pilot, "f", "down", "down", "down", "enter")
        assert table.rows.count() == 0
        assert "No shop is found" in table.empty_text
        backlog.plans.publish(1)
        change_elsewhere(shipped, "S050", {"priority": "7"})
        await press(pilot, "f", "down", "down", "down", "enter")
        assert ids_in_sight(table) == ["S050"]
        await press(pilot, "f", "down", "enter")
        unplanned = {item.shop for item in backlog.plans.plan(1).unplanned}
        assert {item.shop.id for _, item in table.rows.windows.at_hand()} == unplanned
