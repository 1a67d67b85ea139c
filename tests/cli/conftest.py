"""Fixtures that tests of the command line share."""

import shutil
from pathlib import Path

import pytest

from planner.store.settings import StoreSettings
from planner.store.store import open_store
from tests.cli.store_cli import StoreCli


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without rollouts, to copy from."""
    path = tmp_path_factory.mktemp("store") / "planner.db"
    open_store(StoreSettings(db=str(path))).close()
    return path


@pytest.fixture
def store_cli(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path, empty_store: Path
) -> StoreCli:
    """The command line on a database of its own."""
    return StoreCli(monkeypatch, capfd, Path(shutil.copy(empty_store, tmp_path / "planner.db")))
