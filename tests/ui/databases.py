"""Databases for tests of the terminal UI: made once a process with a rollout and its plan, then copied."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.store.store import open_store, read_folder_content
from planner.studies.planning import plan_checked

USER = "erika"


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """A rollout folder with those files."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def add_planned(settings: StoreSettings, folder: Path, limits: Limits) -> None:
    """Take a rollout folder in, and keep a plan of it as plan 1."""
    with open_store(settings) as store:
        backlog = store.add(read_folder_content(folder))
        rollout, revision = backlog.load()
        backlog.plans.keep(rollout, plan_checked(rollout, limits), revision)


def own_copy(database: Path, folder: Path) -> StoreSettings:
    """A copy in `folder` that a test may change."""
    path = folder / "planner.db"
    shutil.copy(database, path)
    return StoreSettings(db=str(path), user=USER)
