"""The first screen, the help, the palette, the themes and leaving."""

import json
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.command import CommandPalette
from textual.widgets import Input, OptionList, Static
from textual.widgets._toast import Toast

from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from planner.ui.app import PlannerApp
from planner.ui.first.screen import FirstScreen
from planner.ui.help import FirstStepsDialog, HelpDialog, first_steps
from planner.ui.keys import named_bindings
from planner.ui.main_screen import MainScreen
from planner.ui.palette import command_name
from planner.ui.tell import tell
from planner.ui.themes import THEMES
from planner.wording.language import Language
from planner.wording.translation import speaking
from tests.ui.running import main_screen, press, running, settled

pytestmark = pytest.mark.anyio


async def test_an_empty_database_offers_the_shipped_rollout(empty: StoreSettings) -> None:
    async with running(empty) as pilot:
        assert isinstance(pilot.app.screen, FirstScreen)
        ways = pilot.app.screen.query_one(OptionList)
        assert [ways.get_option_at_index(place).id for place in range(ways.option_count)] == [
            "shipped:rollout-2021",
            "folder",
            "spreadsheet",
        ]
        await press(pilot, "enter")
        assert main_screen(pilot).workspace.backlog.name == "Shop format 2021/22"
    with open_store(empty) as store:
        assert [info.shops for info in store.rollouts()] == [240]


async def test_a_folder_is_taken_in_and_mistakes_in_it_are_told(empty: StoreSettings, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    (wrong / "rollout.toml").write_text("name = ")
    async with running(empty) as pilot:
        await press(pilot, "down", "enter")
        path = pilot.app.screen.query_one("#path", Input)
        path.value = str(tmp_path / "nowhere")
        await press(pilot, "enter")
        assert "nowhere" in str(pilot.app.screen.query_one("#mistake", Static).render())
        path.value = str(wrong)
        await press(pilot, "enter")
        assert "rollout.toml" in str(pilot.app.screen.query_one(".dialog-body Static", Static).render())
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, FirstScreen)
        with open_store(empty) as store:
            assert store.rollouts() == ()


async def test_help_explains_what_is_in_focus(shipped: StoreSettings, language: Language) -> None:
    async with running(shipped) as pilot:
        await press(pilot, "2", "question_mark")
        assert isinstance(pilot.app.screen, HelpDialog)
        assert str(pilot.app.screen.query_one("#help-text", Static).render())
        shown = pilot.app.export_screenshot()
        # Textual's own keys come last, and speak the language too.
        await press(pilot, "end")
        last = pilot.app.export_screenshot()
        page_left = {"en": "Page&#160;Left", "de": "Seite&#160;nach&#160;links"}[language.value]
        assert page_left in last
        assert page_left not in shown
        await press(pilot, "g")
        assert isinstance(pilot.app.screen, FirstStepsDialog)
        assert first_steps().startswith({"en": "# First steps", "de": "# Erste Schritte"}[language.value])
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, MainScreen)


async def test_a_notice_that_comes_again_is_not_shown_twice(shipped: StoreSettings) -> None:
    async with PlannerApp(shipped, Limits(seconds=2)).run_test(notifications=True) as pilot:
        await settled(pilot)
        for text in ("one", "one", "other [/foo]", "other [/foo]"):
            tell(pilot.app, text)
            await pilot.pause()
        assert [str(toast.render()) for toast in pilot.app.screen.query(Toast)] == ["other [/foo]"]


async def test_the_palette_does_what_keys_do(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        await press(pilot, "ctrl+p")
        assert isinstance(pilot.app.screen, CommandPalette)
        await press(pilot, *"go to: cal")
        await pilot.pause(0.5)
        await press(pilot, "enter")
        assert main_screen(pilot).pane.id == "calendar"


async def test_themes_are_offered_in_the_users_language(shipped: StoreSettings) -> None:
    with speaking(Language.GERMAN):
        async with running(shipped) as pilot:
            await press(pilot, "ctrl+t")
            assert pilot.app.screen.query_one(Input).placeholder == "Themen durchsuchen …"


async def test_commands_of_the_backlog_are_named_after_its_tab() -> None:
    """As a status, the German for "backlog" is another word."""
    binding = Binding("f2", "edit", "Edit", id="backlog.edit")
    assert command_name(binding) == "backlog: Edit"
    with speaking(Language.GERMAN):
        assert command_name(binding) == "Filialen: Bearbeiten"
        assert "Gehe zu: Filialen" in {command_name(item) for item in named_bindings(MainScreen)}


async def test_a_theme_is_remembered(shipped: StoreSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    async with running(shipped) as pilot:
        assert {theme.name for theme in THEMES} <= set(pilot.app.available_themes)
        pilot.app.theme = "planner-light"
        await pilot.pause()
    assert json.loads((tmp_path / "planner" / "ui.json").read_text())["theme"] == "planner-light"
    async with running(shipped) as pilot:
        assert pilot.app.theme == "planner-light"


async def test_keys_can_be_remapped(shipped: StoreSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "planner").mkdir()
    (tmp_path / "planner" / "ui.json").write_text('{"keys": {"go.calendar": "f9"}}')
    async with running(shipped) as pilot:
        await press(pilot, "f9")
        assert main_screen(pilot).pane.id == "calendar"


async def test_leaving_ends_the_program(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert not pilot.app.is_running
