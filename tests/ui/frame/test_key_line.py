"""The line of keys at the foot: as many as there is room for, the help among them, and clicks on them."""

import pytest

from planner.store.settings import StoreSettings
from planner.ui.backlog.columns_dialog import ColumnsDialog
from planner.ui.help import HelpDialog
from planner.ui.key_line import KeyEntry, KeyLine, fitting
from tests.ui.running import main_screen, press, running, settled


def entry(shown: str, description: str, *, is_help: bool = False) -> KeyEntry:
    return KeyEntry(shown, shown, description, "", is_enabled=True, is_help=is_help)


ENTRIES = [entry("⏎", "Fix here"), entry("p", "Plan"), entry("?", "Help", is_help=True), entry("^q", "Quit")]


@pytest.mark.parametrize(
    ("room", "shown"),
    [(100, "⏎p?^q"), (37, "⏎p?^q"), (36, "⏎p?"), (28, "⏎p?"), (27, "⏎?"), (20, "⏎?"), (19, "?"), (0, "?")],
)
def test_the_help_stays_where_others_have_no_room(room: int, shown: str) -> None:
    assert "".join(item.shown for item in fitting(ENTRIES, room)) == shown


@pytest.mark.anyio
async def test_a_click_does_what_the_key_does(six_shops: StoreSettings) -> None:
    async with running(six_shops) as pilot:
        line = pilot.app.screen.query_one(KeyLine)
        text = line.render().plain
        await pilot.click(KeyLine, offset=(text.index("Help"), 0))
        await settled(pilot)
        assert isinstance(pilot.app.screen, HelpDialog)
        await pilot.press("escape", "3")
        await settled(pilot)
        assert "Move" in main_screen(pilot).query_one(KeyLine).render().plain


@pytest.mark.anyio
async def test_a_dialog_shows_its_own_keys_and_explains_itself(six_shops: StoreSettings) -> None:
    async with running(six_shops) as pilot:
        await press(pilot, "2", "c")
        dialog = pilot.app.screen
        assert isinstance(dialog, ColumnsDialog), dialog
        shown = dialog.query_one(KeyLine).render().plain
        assert "esc Back" in shown
        assert "? Help" in shown
        assert "Plan" not in shown
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpDialog)
        assert dialog.HELP in str(pilot.app.screen.query_one("#help-text").render())
        await press(pilot, "escape", "escape")
        assert pilot.app.screen is main_screen(pilot)
