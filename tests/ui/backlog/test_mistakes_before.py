"""What cannot be stored is told before anybody agrees to it: bulk changes and cells pasted."""

import pytest
from textual import events
from textual.pilot import Pilot

from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.ui.dialogs import MessageDialog
from tests.ui.backlog.backlogs import change_elsewhere, go_to_column, open_backlog, store_of
from tests.ui.running import press, running, settled

pytestmark = pytest.mark.anyio


async def test_a_bulk_change_is_judged_before_it_is_shown(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        revision = store_of(pilot).revision()
        await go_to_column(pilot, table, "status")
        await press(pilot, "shift+down", "shift+down", "b", "s", *"quatsch", "enter")
        lines = mistakes_told(pilot)
        assert [line.split(":")[0] for line in lines] == ["S001, Status", "S002, Status", "S003, Status"]
        assert all("quatsch" in line for line in lines)
        await press(pilot, "enter")
        assert store_of(pilot).revision() == revision


async def test_all_mistakes_of_pasted_cells_are_told_at_once(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        revision = store_of(pilot).revision()
        await go_to_column(pilot, table, "priority")
        table.post_message(events.Paste("7\n8\nabc\n"))
        await settled(pilot)
        assert [line.split(":")[0] for line in mistakes_told(pilot)] == ["S003, Prio"]
        await press(pilot, "enter")
        # Beside cells that cannot be changed at all, the others are judged as well, shop by shop.
        await go_to_column(pilot, table, "priority")
        later = table.rows.columns[table.cursor_column + 1 :]
        way = next(steps for steps, column in enumerate(later, start=1) if not column.is_editable)
        gap = "\t" * way
        table.post_message(events.Paste(f"abc{gap}x\n8{gap}x\nxyz{gap}x\n"))
        await settled(pilot)
        title = later[way - 1].title
        assert [line.split(":")[0] for line in mistakes_told(pilot)] == [
            f"S001, {title}",
            "S001, Prio",
            f"S002, {title}",
            f"S003, {title}",
            "S003, Prio",
        ]
        await press(pilot, "enter")
        assert store_of(pilot).revision() == revision


async def test_looking_for_mistakes_changes_nothing(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        backlog = store_of(pilot)
        version = backlog.shop("S001").version
        change_elsewhere(shipped, "S001", {"city": "Ulm"})
        revision = backlog.revision()
        good, bad = ({"priority": text} for text in ("7", "abc"))
        assert backlog.mistakes([Edit(RecordKind.SHOP, "S001", good, version)]) == ()
        found = backlog.mistakes([Edit(RecordKind.SHOP, name, bad) for name in ("S001", "S002")])
        assert [(problem.file, problem.column) for problem in found] == [
            ("shop S001", "priority"),
            ("shop S002", "priority"),
        ]
        assert backlog.revision() == revision


def mistakes_told(pilot: Pilot[None]) -> list[str]:
    """The lines of the message that has come up."""
    dialog = pilot.app.screen
    assert type(dialog) is MessageDialog, dialog
    return list(dialog._lines)
