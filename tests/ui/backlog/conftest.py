"""The backlog is opened beside an empty pane, so that nothing else is waited for, and with nobody's own theme."""

from pathlib import Path

import pytest

from planner.ui.pane import Pane
from planner.ui.panes import PANES, PaneEntry


class Quiet(Pane):
    """The pane that comes first, without its figures."""

    HELP = ""


@pytest.fixture(autouse=True)
def quiet_overview(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows nothing where the overview would be."""
    monkeypatch.setitem(PANES, "overview", PaneEntry(PANES["overview"].title, lambda: Quiet))


@pytest.fixture(autouse=True)
def no_preferences(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither reads nor writes the choices of whoever runs the tests."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
