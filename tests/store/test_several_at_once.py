"""Several users at the same moment, in processes of their own: nothing is lost, and nobody waits for a solver."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from planner.store.backlog import Backlog
from planner.store.errors import BusyError, EditConflictError
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from tests.store.conftest import OpenStore

ROOT = Path(__file__).parents[2]
SHOP = RecordKind.SHOP
EDITS = 8
WRITER = """
import sys
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store
url, user, shop, edits = sys.argv[1:]
with open_store(StoreSettings(db=url, user=user, busy_seconds=60)) as store:
    backlog = store.backlog()
    for number in range(int(edits)):
        backlog.edit([Edit(RecordKind.SHOP, shop, {"name": f"{user} {number}"})], f"{user} {number}")
"""


def test_processes_write_side_by_side(ana: Backlog, url: str) -> None:
    jobs = {
        shop: subprocess.Popen(
            [sys.executable, "-c", WRITER, url, f"user-{shop}", shop, str(EDITS)], cwd=ROOT, stderr=subprocess.PIPE
        )
        for shop in ("S1", "S2")
    }
    for job in jobs.values():
        _, errors = job.communicate(timeout=120)
        assert job.returncode == 0, errors.decode()
    assert [ana.shop(shop).shop.name for shop in jobs] == [f"user-{shop} {EDITS - 1}" for shop in jobs]
    entries = ana.history(limit=None)
    assert sorted(entry.revision for entry in entries) == list(range(1, 2 * EDITS + 2)), "no gaps, none twice"
    for shop in jobs:
        told = [entry.what for entry in reversed(entries) if entry.who == f"user-{shop}"]
        assert told == [f"user-{shop} {number}" for number in range(EDITS)]


def test_of_two_at_the_same_shop_one_is_told(ana: Backlog, ben: Backlog) -> None:
    for _ in range(5):
        version = ana.shop("S1").version
        start = Barrier(2)

        def change(backlog: Backlog, priority: str, version: int = version, start: Barrier = start) -> str:
            start.wait()
            try:
                backlog.edit([Edit(SHOP, "S1", {"priority": priority}, version)], priority)
            except EditConflictError as error:
                (conflict,) = error.conflicts
                return conflict.columns[0].theirs
            return "done"

        taken = {ana: "2", ben: "3"} if ana.shop("S1").shop.priority not in (2, 3) else {ana: "6", ben: "7"}
        with ThreadPoolExecutor(2) as threads:
            results = dict(zip(taken, threads.map(change, taken, taken.values()), strict=True))
        winner = next(user for user, result in results.items() if result == "done")
        loser = next(user for user in results if user is not winner)
        assert results[loser] == taken[winner]
        assert str(ana.shop("S1").shop.priority) == taken[winner]


def test_one_store_serves_many_threads(ana: Backlog) -> None:
    def work(number: int) -> int:
        ana.edit([Edit(SHOP, "S5", {"name": f"n{number}"})], f"{number}")
        return ana.page().total

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(work, range(12))) == {5}
    assert ana.revision() == 13


def test_readers_do_not_wait_for_a_writer(ana: Backlog, url: str) -> None:
    with open_store(StoreSettings(db=url, user="ben", busy_seconds=0.2)) as store:
        ben = store.backlog()
        with ana._database.writing() as connection:
            connection.exec_driver_sql("UPDATE rollout SET revision = revision")
            assert ben.page().total == 5
            assert ben.load()[1] == 1
            with pytest.raises(BusyError, match="try again in a moment"):
                ben.edit([Edit(SHOP, "S1", {"priority": "1"})], "waits")
        ben.edit([Edit(SHOP, "S1", {"priority": "1"})], "goes on")


def test_nothing_is_locked_between_load_and_keep(ana: Backlog, open_as: OpenStore) -> None:
    rollout, revision = ana.load()
    open_as("ben", busy_seconds=0.0).backlog().edit([Edit(SHOP, "S1", {"priority": "1"})], "meanwhile")
    assert revision == 1
    assert rollout.shop_by_id["S1"].priority == 5
    assert ana.shop("S1").shop.priority == 1
