"""A stream of edits in a process that is killed at any moment, and what must be true of the file afterwards."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from planner.store.records import Edit, EntryState, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store

ROOT = Path(__file__).parents[2]
COLUMNS = {"priority": [str(number) for number in range(1, 10)], "city": ["Ulm", "Hof", ""], "tags": ["a", "a|b", ""]}


def stream(path: str, seed: int) -> None:
    """Edits and undoes for ever, and says each revision on a line of its own once it is acknowledged."""
    dice = random.Random(seed)
    with open_store(StoreSettings(db=path, user="ana")) as store:
        backlog = store.backlog()
        shops = list(backlog.versions())
        print("ready", flush=True)
        while True:
            if dice.random() < 0.2 and backlog.undoable():
                backlog.undo()
            else:
                column = dice.choice(list(COLUMNS))
                chosen = dice.sample(shops, dice.randint(1, len(shops)))
                backlog.edit(
                    [Edit(RecordKind.SHOP, shop, {column: dice.choice(COLUMNS[column])}) for shop in chosen], column
                )
            print(backlog.revision(), flush=True)


def kill_once(path: Path, seed: int, wait_seconds: float) -> int:
    """Starts a stream, kills it a while after its first edit, and returns the last revision it acknowledged."""
    command = [sys.executable, "-m", "tests.store.kill_stream", str(path), str(seed)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as job:
        assert job.stdout is not None
        try:
            assert job.stdout.readline() == "ready\n"
            first = job.stdout.readline()
            time.sleep(wait_seconds)
        finally:
            job.send_signal(signal.SIGKILL)
        output = first + job.stdout.read()
    # The last line may be cut off by the kill.
    acknowledged = [int(line) for line in output.split("\n")[:-1]]
    return max(acknowledged, default=0)


def check_file(path: Path, acknowledged: int) -> int:
    """Raises AssertionError where an acknowledged edit or part of one is missing; returns the revision."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with open_store(StoreSettings(db=str(path), user="ana")) as store:
        backlog = store.backlog()
        revision = backlog.revision()
        assert revision >= acknowledged, "an acknowledged edit is gone"
        entries = backlog.history(limit=None)
        assert [entry.revision for entry in entries] == list(range(revision, 0, -1))
        check_cells(backlog, path)
        assert backlog.load()[0].shops, "the rollout can be read"
        assert all(entry.state in EntryState for entry in entries)
    return revision


def check_cells(backlog: object, path: Path) -> None:
    """Every record is what the last entry about it says, and its version is that entry's revision."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT key, revision, after FROM entry_record WHERE kind = 'shop' ORDER BY revision"
        ).fetchall()
        versions = dict(connection.execute("SELECT id, version FROM shop").fetchall())
        counted = dict(connection.execute("SELECT revision, count(*) FROM entry_record GROUP BY revision").fetchall())
        stated = dict(connection.execute("SELECT revision, records FROM entry WHERE action != 'new'").fetchall())
    assert counted == stated, "an entry has other records than it says"
    last: dict[tuple[str, str], str] = {}
    touched: dict[str, int] = {}
    for key, revision, after in rows:
        touched[key] = revision
        last |= {(key, column): text for column, text in json.loads(after).items()}
    assert {key: versions[key] for key in touched} == touched
    cells = backlog.cells(RecordKind.SHOP, list(touched))  # type: ignore[attr-defined]
    assert all(cells[key].get(column, "") == text for (key, column), text in last.items())


if __name__ == "__main__":
    stream(sys.argv[1], int(sys.argv[2]))
