"""How quick the store is with 100,000 shops: `python -m tests.benchmarks.store [--postgres] [--rounds N]`.

Prints wall-clock milliseconds (least, median, greatest of the rounds) and the least CPU milliseconds of this process
and of the server. The latter are known only with --postgres, which starts a server for the benchmark, untuned as it
comes. Bulk edits begin as soon as the shops are in, when the server has had no time to get to know its tables.
"""

import argparse
import csv
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from planner.domain.query import parse
from planner.store.backlog import Backlog
from planner.store.listing import SORTABLE
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import Store, open_store, parse_sort, read_folder_content
from tests.benchmarks.own_postgres import own_postgres

BASE = Path(__file__).parents[2] / "schedules" / "rollout-2021"
BULK = 10_000
PAGE = 60
MOST_MS = 100
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
MORE_FILTERS = (
    *("-tag:pilot", "has:tag", "-has:tag", "ready>=2021-11", "due<2021-10-01", "-due<2021-10-01", "has:due"),
    *("-has:due", "priority!=5", "revenue>20000 -tag:pilot", "status:backlog|done", "catholic:yes", "partner:partner"),
    *("id:S000017", "finish<2021-07-01", "-dresden", "-shop"),
)
SORTS = ("", *SORTABLE, *(f"-{column}" for column in SORTABLE), "due,-priority", "-due,name", "kind,-revenue")
# The last one's undo gives each shop another value.
BULK_EDITS = ({"priority": "9", "due_by": "2022-05-01"}, {"tags": "spring|east"}, {"weekly_revenue": "12345"})
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Time:
    """How long something took, in milliseconds."""

    wall: float
    here: float
    server: float


class Clock:
    """Measures work; `server_seconds` gives the CPU seconds of the database's server, 0 where they are not known."""

    def __init__(self, server_seconds: Callable[[], float]) -> None:
        self._server_seconds = server_seconds
        self._kept: dict[str, list[Time]] = {}

    def timed(self, work: Callable[[], Result]) -> tuple[Time, Result]:
        """Runs `work`; how long it took, and what it returns."""
        wall, here, server = time.perf_counter(), time.process_time(), self._server_seconds()
        result = work()
        ends = (time.perf_counter() - wall, time.process_time() - here, self._server_seconds() - server)
        return Time(*(1000 * seconds for seconds in ends)), result

    def keep(self, name: str, work: Callable[[], Result]) -> Result:
        """Runs `work` as a round of those called `name`, which `show` prints."""
        taken, result = self.timed(work)
        self._kept.setdefault(name, []).append(taken)
        return result

    def rounds(self, name: str, work: Callable[[], Result], rounds: int = 1) -> Result:
        """Runs `work` several times and prints its times."""
        for _ in range(rounds):
            result = self.keep(name, work)
        self.show()
        return result

    def show(self) -> None:
        """Prints what was kept, and forgets it."""
        for name, times in self._kept.items():
            walls = sorted(item.wall for item in times)
            here, server = min(item.here for item in times), min(item.server for item in times)
            shown = "/".join(f"{wall:.0f}" for wall in (walls[0], median(walls), walls[-1]))
            print(f"{shown:>20} ms, CPU {here:6.0f} + {server:6.0f} ms  {name}", flush=True)
        self._kept.clear()


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


def take_in(settings: StoreSettings, folder: Path, clock: Clock) -> int:
    """Takes the folder in, and returns how many shops it has; nothing of it stays in memory."""
    content = clock.rounds("read the folder", lambda: read_folder_content(folder))
    shops = len(content.rollout.shops)
    with open_store(settings) as store:
        clock.rounds(f"take in {shops:,} shops", lambda: store.add(content))
    return shops


def edit_many(backlog: Backlog, clock: Clock, rounds: int) -> None:
    """Bulk edits of each kind, each undone, done again and undone."""
    for _ in range(rounds):
        for cells in BULK_EDITS:
            chosen = list(backlog.versions(parse("status:backlog")).items())[:BULK]
            edits = [Edit(RecordKind.SHOP, shop, cells, version) for shop, version in chosen]
            said = f"{len(edits):,} shops ({', '.join(cells)}) in one transaction"
            clock.keep(f"edit {said}", lambda e=edits: backlog.edit(e, "bulk"))
            clock.keep(f"undo {said}", backlog.undo)
            clock.keep(f"redo {said}", backlog.redo)
            backlog.undo()
    clock.show()


def turn_pages(backlog: Backlog, clock: Clock, shops: int, rounds: int) -> None:
    """First pages, with their count, and some far down."""
    windows = [(query, sort, 0) for query, sort in PAGES]
    windows += [("", sort, at) for sort in ("name", "-due") for at in (shops // 2, shops * 9 // 10, shops - PAGE)]
    for query, sort, offset in windows:
        name = f"page at {offset:,} of {query or 'all'!r}, sorted by {sort or 'position'}"
        clock.rounds(name, lambda q=query, s=sort, o=offset: page(backlog, q, s, o), rounds)


def page(backlog: Backlog, query: str, sort: str, offset: int = 0) -> None:
    """A page, as a screen or `planner shops list` asks for it."""
    backlog.page(parse(query), parse_sort(sort), offset=offset, limit=PAGE)


def every_order(backlog: Backlog, clock: Clock) -> None:
    """First pages of each filter in each order, and how many take longer than they should; the slowest of them."""
    slow: list[tuple[Time, str, str]] = []
    cases = [(query, sort) for query in (*(query for query, _ in PAGES), *MORE_FILTERS) for sort in SORTS]
    for query, sort in cases:
        best = min(
            (clock.timed(lambda q=query, s=sort: page(backlog, q, s))[0] for _ in range(3)), key=lambda t: t.wall
        )
        if best.wall > MOST_MS:
            slow.append((best, query, sort))
    print(f"{len(cases):,} pages, {len(slow):,} of them over {MOST_MS} ms at the best of three times")
    for best, query, sort in sorted(slow, key=lambda item: -item[0].wall)[:20]:
        print(f"{best.wall:8.0f} ms, CPU here {best.here:.0f} ms  {query!r}, sorted by {sort or 'position'}")


def measure(settings: StoreSettings, folder: Path, clock: Clock, options: argparse.Namespace) -> None:
    """Prints all figures."""
    shops = take_in(settings, folder, clock)
    opened: list[Store] = []
    clock.rounds("open the store, its modules loaded", lambda: opened.append(open_store(settings)), options.rounds)
    store = opened[-1]
    backlog = store.backlog()
    edit_many(backlog, clock, options.rounds)
    turn_pages(backlog, clock, shops, options.rounds)
    clock.rounds("ask for the revision", backlog.revision, options.rounds)
    edit = Edit(RecordKind.SHOP, "S000007", {"priority": "3"})
    clock.rounds("edit one shop", lambda: backlog.edit([edit], "one"))
    if options.every_order:
        every_order(backlog, clock)
    for each in opened:
        each.close()
    if store.database.location.path:
        print(f"{store.database.location.path.stat().st_size / 1e6:.0f} MB on disk")


def main() -> None:
    """Measures on a file, on a server of its own, or on the database that --db names, which must be empty."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shops", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured (%(default)s)")
    parser.add_argument("--every-order", action="store_true", help="each filter in each order, too: some minutes")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--postgres", action="store_true", help="a PostgreSQL server of its own, which comes from pip")
    where.add_argument("--db", help="an empty PostgreSQL database; a new file if not given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = write_rollout(Path(place), options.shops)
        if options.postgres:
            with own_postgres() as (url, server_seconds):
                measure(StoreSettings(db=url, user="benchmark"), folder, Clock(server_seconds), options)
        else:
            settings = StoreSettings(db=options.db or str(folder / "planner.db"), user="benchmark")
            measure(settings, folder, Clock(lambda: 0.0), options)


if __name__ == "__main__":
    sys.exit(main())
