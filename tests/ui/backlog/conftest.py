"""The backlog is opened beside an empty pane, so that nothing else is waited for, and with nobody's own theme."""

from pathlib import Path

import pytest

from planner.ui.overview.pane import OverviewPane
from planner.ui.pane import Pane
from planner.ui.panes import PANES


class Quiet(Pane):
    """The pane that comes first, without its figures."""

    TITLE = OverviewPane.TITLE
    HELP = ""


@pytest.fixture(autouse=True)
def quiet_overview(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows nothing where the overview would be."""
    monkeypatch.setitem(PANES, "overview", Quiet)


@pytest.fixture(autouse=True)
def no_preferences(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither reads nor writes the choices of whoever runs the tests."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
