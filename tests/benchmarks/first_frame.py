"""What the whole terminal UI costs from its start: `python -m tests.benchmarks.first_frame [--shops N …]`.

Prints CPU milliseconds of `planner ui` in a terminal of its own, from the very start of the process, libraries and
all: to the first frame of the main screen, to the first one with figures (what is done, planned and wanted), and to
the whole overview; beside what bare libraries cost on this machine. Then CPU per switch from pane to pane, and per key
in the schedule. The shipped rollout comes with a plan that was searched for four seconds, larger ones with none. The
least and the median of `--repeats` processes are told: another process on the machine can only add to them.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.store.store import open_store, read_folder_content
from tests.benchmarks.bare_app import LAST
from tests.benchmarks.in_terminal import cpu_when_in_sight
from tests.benchmarks.screen import make_database

SIZE = (160, 48)
SHIPPED = Path(__file__).parents[2] / "schedules" / "rollout-2021"
SHIPPED_SHOPS = 240
ROUNDS = 5
KEYS = ("down", "pagedown", "right")
FRAME, WHOLE = "Backlog", "Needs attention ("
"""What the first frame says, and the overview once all of it is reckoned."""
OWN_CPU = "import time; print(1000 * time.process_time())"


def make_shipped(folder: Path) -> str:
    """The path of a database with the shipped rollout and a plan."""
    from planner.studies.planning import plan_checked  # noqa: PLC0415 - not in the process that is measured

    settings = StoreSettings(db=str(folder / "shipped.db"), user="benchmark")
    with open_store(settings) as store:
        backlog = store.add(read_folder_content(SHIPPED))
        rollout, revision = backlog.load()
        backlog.plans.keep(rollout, plan_checked(rollout, Limits(seconds=4, deterministic=True)), revision)
    return settings.db


def first_milestone(database: str) -> str:
    """The name of a rollout's first milestone, which is in sight only together with its figures."""
    with open_store(StoreSettings(db=database)) as store:
        return store.backlog().load()[0].milestones[0].name


def start_costs(database: str, repeats: int) -> dict[str, list[float]]:
    """The costs of some fresh processes until there is something to see."""
    command = [sys.executable, "-m", "planner", "--db", database, "ui", "--lang", "en"]
    texts = [FRAME, first_milestone(database), WHOLE]
    with tempfile.TemporaryDirectory() as config:
        environment = {**os.environ, "TERM": "xterm-256color", "XDG_CONFIG_HOME": config}
        cpu_when_in_sight(command, texts[:1], SIZE, environment)  # so that everything is compiled
        runs = [cpu_when_in_sight(command, texts, SIZE, environment) for _ in range(repeats)]
    return dict(zip(("first frame", "with figures", "whole overview"), map(list, zip(*runs, strict=True)), strict=True))


def floor_costs(repeats: int) -> dict[str, list[float]]:
    """The costs of fresh processes that only load a library, or show text."""
    costs = {}
    for name, libraries in (("Python", ""), ("SQLModel", "import sqlmodel; "), ("Textual", "import textual.app; ")):
        command = [sys.executable, "-c", libraries + OWN_CPU]
        costs[name] = [float(subprocess.check_output(command)) for _ in range(repeats)]
    bare = [sys.executable, "-m", "tests.benchmarks.bare_app"]
    environment = {**os.environ, "TERM": "xterm-256color"}
    costs["bare Textual app"] = [cpu_when_in_sight(bare, [LAST], SIZE, environment)[0] for _ in range(repeats)]
    return costs


def child(database: str) -> None:
    """Runs the UI without a terminal, and prints what its keys cost."""
    from planner.cli.late_collection import collect_later  # noqa: PLC0415 - only in this process

    collect_later()
    from planner.ui.app import PlannerApp  # noqa: PLC0415 - see above
    from tests.ui.running import settled  # noqa: PLC0415 - see above

    async def run() -> dict[str, float]:
        app = PlannerApp(StoreSettings(db=database, user="benchmark"), Limits(seconds=1))
        async with app.run_test(size=SIZE) as pilot:
            await settled(pilot)
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
            return {name: median(values) for name, values in times.items()}

    print(json.dumps(asyncio.run(run())))


def key_costs(database: str, repeats: int) -> dict[str, list[float]]:
    """The costs of keys in some processes."""
    command = [sys.executable, "-m", "tests.benchmarks.first_frame", "--child", database]
    runs = [json.loads(subprocess.check_output(command)) for _ in range(repeats)]
    return {name: [run[name] for run in runs] for name in runs[0]}


def show(title: str, costs: dict[str, list[float]]) -> None:
    """Prints a table of costs."""
    print(f"{title:40}{'least':>8}{'median':>8}")
    for name, values in costs.items():
        print(f"  {name:38}{min(values):8.0f}{median(values):8.0f}", flush=True)


def measure(sizes: Sequence[int], repeats: int) -> None:
    """Measures all sizes and prints them."""
    show("CPU ms of a process, for comparison", floor_costs(repeats))
    with tempfile.TemporaryDirectory() as folder:
        for shops in sizes:
            place = Path(folder)
            database = make_shipped(place) if shops == SHIPPED_SHOPS else make_database(place, shops).db
            show(f"{shops:,} shops, CPU ms at {SIZE[0]}x{SIZE[1]}", start_costs(database, repeats))
            show("  each key", key_costs(database, min(repeats, 3)))


def main() -> None:
    """Measures the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shops", type=int, nargs="+", default=[240, 10_000, 100_000])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        child(arguments.child)
    else:
        measure(arguments.shops, arguments.repeats)


if __name__ == "__main__":
    sys.exit(main())
