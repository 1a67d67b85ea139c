"""How quick the store is with 100,000 shops: `python -m tests.benchmarks.store [--shops N] [--db URL]`.

Prints wall-clock and CPU milliseconds of this process: on SQLite the second is nearly all there is, on PostgreSQL the
server's part is only in the first. First pages are the best of three, with their count.
"""

import argparse
import csv
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from planner.domain.query import parse
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import Store, open_store, parse_sort, read_folder_content

BASE = Path(__file__).parents[2] / "schedules" / "rollout-2021"
BULK = 10_000
PAGE = 60
PAGES = (
    ("", ""),
    ("", "-priority"),
    ("", "name"),
    ("", "-ready"),
    ("", "status,-priority,name"),
    ("state:BY", "-priority"),
    ("dresden", "-revenue"),
    ("nowhere", "name"),
    ("shop", "city"),
    ("tag:pilot", "-due"),
    ("-tag:pilot state:BY", "partner"),
    ("ready<2021-09-01", "partner"),
    ('partner:"partner 77" status:backlog', "city"),
    ("has:due priority>7 state:BY", "due,-priority"),
    ("plz:0", "id"),
    ("city:a -city:b partner:7 name:shop", "annual_target"),
)
Result = TypeVar("Result")


def timed(name: str, work: Callable[[], Result], repeats: int = 1) -> Result:
    """Runs `work`, prints the best of its times, and returns what it returns."""
    walls, processors = [], []
    for _ in range(repeats):
        wall, processor = time.perf_counter(), time.process_time()
        result = work()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    print(f"{1000 * min(walls):8.0f} ms, CPU {1000 * min(processors):6.0f} ms  {name}", flush=True)
    return result


def write_rollout(folder: Path, shops: int) -> Path:
    """The shipped rollout with its shops repeated, each a little different."""
    dice = random.Random(1)
    with (BASE / "shops.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name in ("rollout.toml", "crews.csv", "absences.csv"):
        (folder / name).write_bytes((BASE / name).read_bytes())
    with (folder / "shops.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        for number in range(shops):
            row: dict[str, Any] = dict(rows[number % len(rows)])
            row |= {"id": f"S{number:06}", "after": "", "partner": f"Partner {dice.randint(1, 3000)}"}
            row |= {"priority": dice.randint(1, 9), "weekly_revenue": dice.randint(1000, 30_000)}
            if dice.random() < 0.3:
                row["ready_from"] = f"2021-{dice.randint(8, 12):02}-{dice.randint(1, 28):02}"
            writer.writerow(row)
    return folder


def take_in(settings: StoreSettings, folder: Path) -> int:
    """Takes the folder in, and returns how many shops it has; nothing of it stays in memory."""
    content = timed("read the folder", lambda: read_folder_content(folder))
    shops = len(content.rollout.shops)
    with open_store(settings) as store:
        timed(f"take in {shops:,} shops", lambda: store.add(content))
    return shops


def measure(settings: StoreSettings, folder: Path) -> None:
    """Prints all figures."""
    shops = take_in(settings, folder)
    opened: list[Store] = []
    timed("open the store, its modules loaded", lambda: opened.append(open_store(settings)), repeats=3)
    store = opened[-1]
    backlog = store.backlog()
    for query, sort in PAGES:
        name = f"first page of {query or 'all'!r}, sorted by {sort or 'position'}"
        timed(name, lambda q=query, s=sort: backlog.page(parse(q), parse_sort(s), limit=PAGE), repeats=3)
    last = shops - PAGE
    timed("the last page, sorted by name", lambda: backlog.page(sort=parse_sort("name"), offset=last, limit=PAGE), 3)
    timed("ask for the revision", backlog.revision, repeats=3)
    chosen = dict(list(backlog.versions(parse("status:backlog")).items())[:BULK])
    for cells in ({"priority": "9", "due_by": "2022-05-01"}, {"tags": "spring|east"}):
        edits = [Edit(RecordKind.SHOP, shop, cells, version) for shop, version in chosen.items()]
        said = ", ".join(cells)
        timed(f"edit {len(edits):,} shops ({said}) in one transaction", lambda e=edits: backlog.edit(e, "bulk"))
        timed("undo it", backlog.undo)
        chosen = {shop: version for shop, version in backlog.versions().items() if shop in chosen}
    edit = Edit(RecordKind.SHOP, "S000007", {"priority": "3"})
    timed("edit one shop", lambda: backlog.edit([edit], "one"))
    for store in opened:
        store.close()
    if store.database.location.path:
        print(f"{store.database.location.path.stat().st_size / 1e6:.0f} MB on disk")


def main() -> None:
    """Measures on a file, or on the database that --db names, which must be empty."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shops", type=int, default=100_000)
    parser.add_argument("--db", help="an empty PostgreSQL database; a new file if not given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_rollout(folder, options.shops)
        measure(StoreSettings(db=options.db or str(folder / "planner.db"), user="benchmark"), folder)


if __name__ == "__main__":
    sys.exit(main())
