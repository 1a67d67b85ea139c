"""A spreadsheet taken in at the keyboard: as a new rollout, and in the place of a rollout's shops."""

from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from planner.store.settings import StoreSettings
from planner.store.spreadsheets import remembered_headings
from planner.store.store import open_store
from planner.ui.dialogs import MessageDialog
from planner.ui.first import import_screen
from planner.ui.first.columns_panel import HeadingTable
from planner.ui.first.import_screen import ImportScreen, Step
from planner.ui.first.preview import Sign
from planner.ui.first.preview_view import NotesPanel, PreviewPanel
from planner.ui.first.screen import FirstScreen
from tests.ui.first.sheets import SHOPS, WRONG, workbook
from tests.ui.running import main_screen, press, running, settled

pytestmark = pytest.mark.anyio


def screen_of(pilot: Pilot[None]) -> ImportScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ImportScreen), screen
    return screen


def told(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#import-told", Static).render())


def summary(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#import-summary", Static).render())


async def open_file(pilot: Pilot[None], path: Path) -> None:
    screen_of(pilot).query_one("#import-path", Input).value = str(path)
    await press(pilot, "enter")


async def test_from_a_spreadsheet_alone_to_a_rollout(empty: StoreSettings, tmp_path: Path) -> None:
    """Wrong files first; a mistake that is mended; then all of it, with nothing in the database before."""
    path = workbook(tmp_path / "Süd.xlsx", [*SHOPS, *WRONG])
    (tmp_path / "empty.csv").write_text("\n\n", encoding="utf-8")
    (tmp_path / "photo.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    async with running(empty) as pilot:
        assert isinstance(pilot.app.screen, FirstScreen)
        await press(pilot, "down", "down", "enter")
        for name, sentence in (
            ("nowhere.xlsx", "There is no file"),
            ("empty.csv", "is empty"),
            ("photo.xlsx", "neither a workbook nor text"),
        ):
            await open_file(pilot, tmp_path / name)
            assert sentence in told(pilot)
            assert screen_of(pilot).step is Step.FILE

        await open_file(pilot, path)
        table = screen_of(pilot).query_one(HeadingTable)
        assert screen_of(pilot).step is Step.COLUMNS
        table.go_to("6")
        await press(pilot, "y")  # Umsatz p. Woche is the sales a week
        table.go_to("0")
        await press(pilot, "delete", "ctrl+s")  # without its number, no shop can be read
        assert screen_of(pilot).step is Step.COLUMNS
        assert "Shop is missing" in str(screen_of(pilot).query_one("#columns-outcome", Static).render())
        table.go_to("0")
        await press(pilot, "enter", "i", "s", "enter", "ctrl+s")  # chosen from the list: Shop
        assert screen_of(pilot).step is Step.BASICS

        screen_of(pilot).query_one("#basics-days", Input).value = "none"
        await press(pilot, "ctrl+s")
        assert screen_of(pilot).step is Step.BASICS
        screen_of(pilot).query_one("#basics-days", Input).value = "4"
        await press(pilot, "ctrl+s")
        notes = screen_of(pilot).query_one(PreviewPanel).query_one(NotesPanel)
        assert "5 shops · 4 mistakes" in summary(pilot)
        cells = [(note.sign, note.place) for note in notes.notes]
        mistakes = ["Filialen!A7", "Filialen!G7", "Filialen!E8", "Filialen!H8"]
        assert sorted(place for sign, place in cells if sign is Sign.MISTAKE) == sorted(mistakes)
        await press(pilot, "ctrl+s")
        with open_store(empty) as store:
            assert store.rollouts() == ()

        workbook(path)
        await press(pilot, "f5")
        assert "3 shops · 3 new" in summary(pilot)
        path.unlink()  # what is imported is what was shown
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, MessageDialog)
        await press(pilot, "escape")
        assert main_screen(pilot).pane.id == "backlog"
    with open_store(empty) as store:
        rollout, revision = store.backlog("Süd").load()
        assert revision == 1
        assert [(shop.id, shop.postcode, shop.state, shop.weekly_revenue) for shop in rollout.shops] == [
            ("F1", "01067", "SN", 12000.0),
            ("F2", "50667", "NW", 9500.0),
            ("F3", "24103", "SH", 0.0),
        ]
        assert [shop.name for shop in rollout.shops] == [row[1] for row in SHOPS]
        assert {item.name: [phase.days for phase in item.phases] for item in rollout.formats} == {"M": [4], "L": [4]}
        assert (rollout.today.isoformat(), rollout.last.isoformat()) == ("2026-03-02", "2027-12-31")
        assert [crew.units for crew in rollout.crews] == [2]
        assert remembered_headings(store.backlog("Süd"))["Umsatz p. Woche"] == "weekly_revenue"


async def test_a_spreadsheet_takes_the_place_of_the_shops(
    six_shops: StoreSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the backlog; what changes is shown first, meanings are remembered, one undo takes it back."""
    path = tmp_path / "shops.csv"
    path.write_bytes(
        "Nummer;Format;Region;Bezeichnung;Chef;Umsatz/Woche\nN1;M;North;Söhne;Jo;12.000,50\nN9;M;South;Neu;;\n".encode(
            "cp1252"
        )
    )
    async with running(six_shops) as pilot:
        backlog = main_screen(pilot).workspace.backlog
        before = backlog.load()[0]
        await press(pilot, "2", "f6")
        go_on = Event()
        with monkeypatch.context() as patch:
            patch.setattr(import_screen, "open_file", lambda *_: go_on.wait(20))
            screen_of(pilot).query_one("#import-path", Input).value = str(path)
            await pilot.press("enter")
            assert screen_of(pilot).is_busy
            await pilot.press("escape")  # stops the reading, and only that
            assert not screen_of(pilot).is_busy
            go_on.set()
        await pilot.pause(0.1)
        assert (screen_of(pilot).step, told(pilot)) == (Step.FILE, "")
        await open_file(pilot, path)
        await press(pilot, "ctrl+s")
        assert screen_of(pilot).step is Step.PREVIEW
        assert "2 shops · 1 new · 1 changed · 5 not in the sheet: they go" in summary(pilot)
        assert screen_of(pilot).query_one(NotesPanel).size.height > len(SHOPS)
        assert backlog.load()[0] == before
        await press(pilot, "escape", "escape", "escape")
        assert main_screen(pilot).is_current
        assert backlog.load()[0] == before

        await press(pilot, "f6")
        await open_file(pilot, path)
        screen_of(pilot).query_one(HeadingTable).go_to("4")
        await press(pilot, "enter", "p", "p", "enter")  # Chef: the second that begins with P is the partner
        await press(pilot, "ctrl+s", "ctrl+s")
        await settled(pilot)
        assert main_screen(pilot).is_current
        assert remembered_headings(backlog) == {"Chef": "partner"}
        shops = {shop.id: shop for shop in backlog.load()[0].shops}
        assert (shops["N1"].name, shops["N1"].partner, shops["N1"].weekly_revenue) == ("Söhne", "Jo", 12000.5)
        assert sorted(shops) == ["N1", "N9"]
        revision = backlog.revision()

        await press(pilot, "f6")
        assert screen_of(pilot).query_one("#import-path", Input).value == str(path)
        await press(pilot, "enter", "ctrl+s", "ctrl+s")
        assert "Nothing would change" in told(pilot)
        assert backlog.revision() == revision
        await press(pilot, "escape", "escape", "escape", "u")
        assert backlog.load()[0] == before
