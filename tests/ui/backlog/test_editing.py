"""Shops changed from the table: cells, many shops at once, cells pasted, and somebody else who was quicker."""

import pytest
from textual import events
from textual.pilot import Pilot

from planner.domain.query import parse
from planner.domain.shop import Status
from planner.store.settings import StoreSettings
from planner.ui.backlog.cell_editor import CellEditor
from planner.ui.backlog.conflicts import ConflictDialog
from planner.ui.dialogs import MessageDialog, QuestionDialog
from tests.ui.backlog.backlogs import (
    change_elsewhere,
    current_id,
    go_to_column,
    open_backlog,
    pane,
    shown_text,
    store_of,
    type_text,
)
from tests.ui.running import press, running, settled

pytestmark = pytest.mark.anyio


async def test_cells_are_edited_as_in_a_spreadsheet(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        backlog = store_of(pilot)
        await go_to_column(pilot, table, "priority")
        # Typing begins, Enter keeps and goes down: as quickly as one types.
        await press(pilot, "8", "enter", "7", "enter")
        assert [item.shop.priority for item in backlog.shops(["S001", "S002"])] == [8, 7]
        assert current_id(table) == "S003"
        # Escape leaves the cell as it was.
        await press(pilot, "f2", "9", "escape")
        assert backlog.shop("S003").shop.priority == 3
        assert table.has_focus
        # Tab keeps and goes right.
        await go_to_column(pilot, table, "partner")
        await press(pilot, "enter", "ctrl+u", "X", "tab")
        assert backlog.shop("S003").shop.partner == "X"
        assert table.column is not None
        assert table.column.key == "region"
        await press(pilot, "left", "delete")
        assert backlog.shop("S003").shop.partner == ""
        # Each is a step of its own to take back.
        await press(pilot, "u", "u")
        assert backlog.shop("S003").shop.partner != "X"
        assert [item.shop.priority for item in backlog.shops(["S001", "S002"])] == [8, 7]


async def test_keys_that_arrive_together_do_what_they_do_one_by_one(shipped: StoreSettings) -> None:
    """A slow line hands on several at once, before the first of them has done anything."""
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        backlog = store_of(pilot)
        await go_to_column(pilot, table, "city")
        await together(pilot, *"Ulm ab", "backspace", "backspace", "backspace", "enter")
        assert backlog.shop("S001").shop.city == "Ulm"
        assert current_id(table) == "S002"
        await together(pilot, "f2", "ctrl+u", *"Bonn", "home", "x", "delete", "B", "enter")
        assert backlog.shop("S002").shop.city == "xBonn"
        await together(pilot, *"X", "escape")
        assert backlog.shop("S003").shop.city != "X"
        assert table.has_focus
        await go_to_column(pilot, table, "priority")
        await together(pilot, "6", "enter", "7", "enter", "enter", "backspace", "3", "enter")
        assert [item.shop.priority for item in backlog.shops(["S003", "S004", "S005"])] == [6, 7, 3]
        await together(pilot, "enter", "end", "ctrl+u", "9", "enter", "down", "down")
        assert backlog.shop("S006").shop.priority == 9
        assert current_id(table) == "S009"


async def together(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        character = key if len(key) == 1 else None
        pilot.app.post_message(events.Key("space" if key == " " else key, character))
    await settled(pilot)


async def test_what_cannot_be_stored_is_told_and_kept(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        backlog = store_of(pilot)
        await go_to_column(pilot, table, "priority")
        await press(pilot, "0", "enter")
        editor = pane(pilot).query_one(CellEditor)
        assert editor.is_open
        assert editor.value == "0"
        assert editor.has_focus
        assert "1 or more" in shown_text(pilot, "#backlog-cell")
        assert current_id(table) == "S001"
        await press(pilot, "backspace", "9", "enter")
        assert backlog.shop("S001").shop.priority == 9
        assert not editor.is_open
        assert "1 or more" not in shown_text(pilot, "#backlog-cell")
        # What the plan says, and the shop's number, are not for typing: there, Enter shows all about the shop.
        await go_to_column(pilot, table, "plan.start")
        await press(pilot, "7")
        assert not editor.is_open
        await press(pilot, "enter")
        assert not editor.is_open
        assert pane(pilot).detail.text.has_focus
        await press(pilot, "escape")
        # Days and words are understood as people write them.
        await go_to_column(pilot, table, "due_by")
        await press(pilot, "enter", "ctrl+u", *"6.12.2021", "enter")
        assert str(backlog.shop("S002").shop.due_by) == "2021-12-06"
        await go_to_column(pilot, table, "status")
        await press(pilot, *"Zurückgestellt", "enter")
        assert backlog.shop("S003").shop.status is Status.DEFERRED


async def test_somebody_else_was_quicker(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        backlog = store_of(pilot)
        await go_to_column(pilot, table, "priority")
        await press(pilot, "enter", "ctrl+u", "9")
        change_elsewhere(shipped, "S001", {"priority": "6", "city": "Ulm"})
        await pilot.press("enter")
        await settled(pilot)
        dialog = pilot.app.screen
        assert isinstance(dialog, ConflictDialog)
        await press(pilot, "t", "tab", "enter")
        assert backlog.shop("S001").shop.priority == 6
        await press(pilot, "enter", "ctrl+u", "9")
        change_elsewhere(shipped, current_id(table), {"priority": "1"})
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ConflictDialog)
        await press(pilot, "tab", "enter")
        assert backlog.shop("S002").shop.priority == 9
        assert backlog.shop("S001").shop.city == "Ulm"


async def test_many_shops_are_changed_after_a_look_at_what_changes(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        backlog = store_of(pilot)
        await press(pilot, "space", "space", "shift+down", "shift+down")
        assert table.rows.selected == {"S001", "S002", "S003", "S004", "S005"}
        assert "5 selected" in shown_text(pilot, "#filter-count")
        await press(pilot, "escape")
        assert table.rows.selected == set()
        await press(pilot, "ctrl+a")
        assert table.rows.selected == set(backlog.versions())
        before = backlog.revision()
        waiting = backlog.count(parse("status:deferred"))
        await press(pilot, "b", "d")
        dialog = pilot.app.screen
        assert isinstance(dialog, QuestionDialog)
        await press(pilot, "escape")
        assert backlog.revision() == before
        await press(pilot, "b", "d", "enter")
        assert backlog.count(parse("status:deferred")) == 240
        assert backlog.revision() == before + 1
        await press(pilot, "u")
        assert backlog.count(parse("status:deferred")) == waiting


async def test_bulk_actions_that_ask_for_more(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        backlog = store_of(pilot)
        await press(pilot, "b", "t")
        await type_text(pilot, "late, Dom")
        await press(pilot, "enter", "enter")
        assert {"late", "Dom"} <= set(backlog.shop("S001").shop.tags)
        await press(pilot, "b", "w")
        await type_text(pilot, "late")
        await press(pilot, "enter", "enter")
        assert "late" not in backlog.shop("S001").shop.tags
        await press(pilot, "b", "p", "enter")
        assert backlog.shop("S001").shop.status is Status.FIXED
        # It waits no longer than it must, and so may begin later than in the plan.
        assert backlog.shop("S001").shop.start == table.reads.figures.start_to_fix("S001")
        await press(pilot, "b", "u", "enter")
        assert (backlog.shop("S001").shop.status, backlog.shop("S001").shop.start) == (Status.BACKLOG, None)
        # A day on which nobody can work: the store says why, and nothing is changed.
        await press(pilot, "b", "f")
        await type_text(pilot, "2021-12-25")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MessageDialog)
        await press(pilot, "enter")
        assert backlog.shop("S001").shop.status is Status.BACKLOG
        await go_to_column(pilot, table, "priority")
        await press(pilot, "space", "space", "b", "s")
        await press(pilot, "1", "enter", "enter")
        assert [item.shop.priority for item in backlog.shops(["S001", "S002"])] == [1, 1]


async def test_cells_from_a_spreadsheet_are_pasted_whole_or_not_at_all(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        backlog = store_of(pilot)
        await go_to_column(pilot, table, "city")
        table.post_message(events.Paste("Aachen\tElbe\rBonn\tRhein\r"))
        await settled(pilot)
        assert isinstance(pilot.app.screen, QuestionDialog)
        await press(pilot, "enter")
        assert [(item.shop.city, item.shop.partner) for item in backlog.shops(["S001", "S002"])] == [
            ("Aachen", "Elbe"),
            ("Bonn", "Rhein"),
        ]
        await go_to_column(pilot, table, "priority")
        revision = backlog.revision()
        table.post_message(events.Paste("3\n99\n"))
        await settled(pilot)
        assert isinstance(pilot.app.screen, MessageDialog)
        assert backlog.revision() == revision
        await press(pilot, "enter")
        table.post_message(events.Paste("4"))
        await settled(pilot)
        assert backlog.shop("S001").shop.priority == 4
        # What the store has to say of it stands on lines of its own.
        await go_to_column(pilot, table, "status")
        await press(pilot, "down", "down")
        table.post_message(events.Paste("backlog"))
        await settled(pilot)
        assert backlog.shop("S003").shop.status is Status.BACKLOG
        toasts = [toast.message.split("\n") for toast in pilot.app._notifications]
        assert any([line[:11] for line in lines] == ["S003, Start", "S003, Crews"] for lines in toasts), toasts
        # What was copied here can be pasted here.
        await go_to_column(pilot, table, "city")
        table.move_cursor(0)
        await press(pilot, "ctrl+c", "down", "ctrl+v")
        assert backlog.shop("S002").shop.city == "Aachen"
        await press(pilot, "space", "space", "ctrl+c")
        lines = pilot.app.clipboard.splitlines()
        assert [line.split("\t")[0] for line in lines] == ["S002", "S003"]
