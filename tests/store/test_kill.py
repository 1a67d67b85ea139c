"""A process killed at random moments: what it acknowledged is there, whole. Hundreds: tests.benchmarks.store_kill."""

import random
import sys
from pathlib import Path

import pytest

from planner.store.settings import StoreSettings
from planner.store.store import open_store, read_folder_content
from tests.store.folders import write_folder
from tests.store.kill_stream import check_file, kill_once

KILLS = 4


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_what_is_acknowledged_outlives_a_kill(sqlite_url: str, tmp_path: Path) -> None:
    with open_store(StoreSettings(db=sqlite_url)) as store:
        store.add(read_folder_content(write_folder(tmp_path / "folder")))
    dice = random.Random(1)
    revision = 1
    for seed in range(KILLS):
        acknowledged = kill_once(Path(sqlite_url), seed, dice.uniform(0.05, 0.5))
        revision = check_file(Path(sqlite_url), max(acknowledged, revision))
    assert revision > KILLS, "the stream did work"
