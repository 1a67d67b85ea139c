"""What the whole terminal UI costs from its start: `python -m tests.benchmarks.first_frame [--shops N …]`.

Prints CPU milliseconds of a process of its own from its very start, libraries and all, to the first frame of the main
screen, and to the overview with its figures; then per switch from pane to pane, and per key in the schedule. The
shipped rollout comes with a plan that was searched for four seconds, larger ones with none. The least of `--repeats`
processes counts, since another process on the machine can only add to it.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from planner.store.settings import StoreSettings
from tests.benchmarks.screen import make_database

SIZE = (160, 48)
SHIPPED = Path(__file__).parents[2] / "schedules" / "rollout-2021"
SHIPPED_SHOPS = 240
ROUNDS = 5
KEYS = ("down", "pagedown", "right")


def make_shipped(folder: Path) -> str:
    """The path of a database with the shipped rollout and a plan."""
    from planner.scheduling.limits import Limits  # noqa: PLC0415 - not in the process that is measured
    from planner.store.store import open_store, read_folder_content  # noqa: PLC0415 - see above
    from planner.studies.planning import plan_checked  # noqa: PLC0415 - see above

    settings = StoreSettings(db=str(folder / "shipped.db"), user="benchmark")
    with open_store(settings) as store:
        backlog = store.add(read_folder_content(SHIPPED))
        rollout, revision = backlog.load()
        backlog.plans.keep(rollout, plan_checked(rollout, Limits(seconds=4, deterministic=True)), revision)
    return settings.db


def child(database: str) -> None:
    """Runs the UI as `planner` does, and prints what it has cost."""
    from planner.cli import app as _commands  # noqa: F401, PLC0415 - what the program loads is measured
    from planner.ui.door import collect_later  # noqa: PLC0415 - see above

    collect_later()
    from planner.scheduling.limits import Limits  # noqa: PLC0415 - what the program loads is measured
    from planner.ui.app import PlannerApp  # noqa: PLC0415 - see above
    from planner.ui.main_screen import MainScreen  # noqa: PLC0415 - see above
    from tests.ui.running import settled  # noqa: PLC0415 - see above

    costs: dict[str, float] = {"libraries": 1000 * time.process_time()}

    async def run() -> None:
        app = PlannerApp(StoreSettings(db=database, user="benchmark"), Limits(seconds=1))
        async with app.run_test(size=SIZE) as pilot:
            while not isinstance(app.screen, MainScreen):
                await pilot.pause()
            costs["first frame"] = 1000 * time.process_time()
            await settled(pilot)
            costs["with figures"] = 1000 * time.process_time()
            for key in "23451":
                await pilot.press(key)
                await settled(pilot)
            times: dict[str, list[float]] = {}
            for keys in ("23451" * ROUNDS, "3", KEYS * ROUNDS):
                for key in keys:
                    before = time.process_time()
                    await pilot.press(key)
                    await settled(pilot)
                    times.setdefault(f"key {key}", []).append(1000 * (time.process_time() - before))
            costs.update({name: median(values) for name, values in times.items()})

    asyncio.run(run())
    print(json.dumps(costs))


def measured(database: str, repeats: int) -> dict[str, float]:
    """The least costs of some processes."""
    command = [sys.executable, "-m", "tests.benchmarks.first_frame", "--child", database]
    runs = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(repeats)
    ]
    return {name: min(run[name] for run in runs) for name in runs[0]}


def measure(sizes: Sequence[int], repeats: int) -> None:
    """Measures all sizes and prints them."""
    with tempfile.TemporaryDirectory() as folder:
        for shops in sizes:
            is_shipped = shops == SHIPPED_SHOPS
            place = Path(folder)
            database = make_shipped(place) if is_shipped else make_database(place, shops).db
            print(f"{shops:,} shops, CPU ms at {SIZE[0]}x{SIZE[1]}")
            for name, cost in measured(database, repeats).items():
                print(f"  {name:16}{cost:8.0f}", flush=True)


def main() -> None:
    """Measures the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shops", type=int, nargs="+", default=[240, 10_000, 100_000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        child(arguments.child)
    else:
        measure(arguments.shops, arguments.repeats)


if __name__ == "__main__":
    sys.exit(main())
