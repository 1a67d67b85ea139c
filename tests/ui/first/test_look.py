"""How the first screen and the steps of an import look, small and large, in both languages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.store.store import Store
from planner.ui.app import PlannerApp
from planner.wording.language import Language
from tests.ui.first.sheets import SHOPS, WRONG, workbook
from tests.ui.running import LARGE, SMALL, press, settled

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database whose place is the same for everybody."""
    monkeypatch.setattr(Store, "shown", "/home/erika/planner.db")


def test_first_screen(snap_compare: Callable[..., bool], empty: StoreSettings, language: Language) -> None:
    async def show(pilot: Pilot[None]) -> None:
        await settled(pilot)

    assert snap_compare(PlannerApp(empty, Limits()), terminal_size=SMALL, run_before=show)


@SIZES
def test_columns(
    snap_compare: Callable[..., bool], empty: StoreSettings, tmp_path: Path, language: Language, size: tuple[int, int]
) -> None:
    path = workbook(tmp_path / "Umbau Süd.xlsx", others={"Konzept": "Was"})
    assert snap_compare(PlannerApp(empty, Limits()), terminal_size=size, run_before=_opened(path))


def test_basics(snap_compare: Callable[..., bool], empty: StoreSettings, tmp_path: Path, language: Language) -> None:
    path = workbook(tmp_path / "Umbau Süd.xlsx")
    assert snap_compare(PlannerApp(empty, Limits()), terminal_size=SMALL, run_before=_opened(path, "ctrl+s"))


@SIZES
def test_preview(
    snap_compare: Callable[..., bool], empty: StoreSettings, tmp_path: Path, language: Language, size: tuple[int, int]
) -> None:
    path = workbook(tmp_path / "Umbau Süd.xlsx", [*SHOPS, *WRONG])
    keys = ("ctrl+s", "ctrl+s", "down")
    assert snap_compare(PlannerApp(empty, Limits()), terminal_size=size, run_before=_opened(path, *keys))


def _opened(path: Path, *keys: str) -> Callable[[Pilot[None]], object]:
    """Opens a file, and presses keys; the cursor of what is typed does not blink."""

    async def show(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "down", "down", "enter")
        pilot.app.screen.query_one("#import-path", Input).value = str(path)
        await press(pilot, "enter")
        for key in keys:
            await press(pilot, key)
        for line in pilot.app.screen.query(Input):
            line.cursor_blink = False

    return show
