"""Databases to open the terminal UI on: a small rollout and the shipped one, each with a plan; and an empty one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.wording.language import Language
from planner.wording.translation import speak
from tests.ui.databases import USER, add_planned, own_copy
from tests.ui.idle import wait_for_idle

SHIPPED = Path(__file__).parents[2] / "schedules" / "rollout-2021"


@pytest.fixture
def anyio_backend() -> str:
    """Textual runs on asyncio."""
    return "asyncio"


@pytest.fixture(autouse=True)
def own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither follows nor changes what the user who runs the tests likes."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def only_what_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Panes are made when they are shown: what is made in rests would come at any moment of a test."""
    monkeypatch.setattr("planner.ui.pane_switcher.REST_SECONDS", 3600.0)


@pytest.fixture(autouse=True)
def no_wait_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    """After each key, a test goes on as soon as the event loop has nothing left to do."""
    for module in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{module}.wait_for_idle", wait_for_idle)


@pytest.fixture(scope="session")
def shipped_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped rollout with plan 1, made once a process; tests work on copies."""
    path = tmp_path_factory.mktemp("shipped") / "planner.db"
    add_planned(StoreSettings(db=str(path), user=USER), SHIPPED, Limits(seconds=2, deterministic=True))
    return path


@pytest.fixture
def shipped(shipped_database: Path, tmp_path: Path) -> StoreSettings:
    """A database of one's own with the shipped rollout and plan 1."""
    return own_copy(shipped_database, tmp_path)


@pytest.fixture
def empty(tmp_path: Path) -> StoreSettings:
    """A database that is not there yet."""
    return StoreSettings(db=str(tmp_path / "planner.db"), user=USER)


@pytest.fixture(params=list(Language))
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Each language in turn."""
    speak(request.param)
    yield request.param
    speak(Language.ENGLISH)
