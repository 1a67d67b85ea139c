"""What the first opening of each pane and typing a filter cost: `python -m tests.benchmarks.panes [--shops N …]`.

Prints CPU milliseconds from the key to the pane with all it shows, drawn at 160 × 48: pressed as soon as the first
figures stand, and once the panes were made ahead, which takes some seconds without a key. Then of each key that is
typed into the backlog's filter: the list found, counted and drawn, and what is offered. "Keys" is the thread that
answers keys, "all" the whole process with what is read and reckoned in the background; "longest" is the longest that
the thread was at one thing, so that another key had to wait. The shipped rollout (240 shops) comes with a plan.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from unittest.mock import patch

from textual import events
from textual.app import App

from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.ui import pane_switcher
from planner.ui.app import PlannerApp
from planner.ui.background import IN_BACKGROUND
from planner.ui.pane_switcher import PaneSwitcher
from planner.ui.panes import PANES
from tests.benchmarks.first_frame import SHIPPED_SHOPS, SIZE, make_shipped
from tests.benchmarks.screen import make_database
from tests.ui.running import settled

TYPED = ("state:BY ber", "status:backlog", "shop 1")
NAMES = {" ": "space", ":": "colon"}
NEVER = 3600.0
QUIET_SECONDS, LOOK_SECONDS = 0.2, 0.01


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds of a key."""

    keys: float
    all: float
    longest: float

    @property
    def text(self) -> str:
        """As it is printed."""
        return f"{self.keys:.0f} / {self.all:.0f} / {self.longest:.0f}"


@contextmanager
def steps_timed() -> Iterator[list[float]]:
    """The CPU milliseconds of each step that the event loop of this thread takes, as long as the block lasts."""
    steps: list[float] = []
    run = asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        began = time.thread_time()
        run(handle)
        steps.append(1000 * (time.thread_time() - began))

    with patch.object(asyncio.Handle, "_run", timed):
        yield steps


async def until_quiet(app: App[None]) -> None:
    """Waits until nothing has been under way in the background for a while."""
    end = time.monotonic() + QUIET_SECONDS
    while time.monotonic() < end:
        await asyncio.sleep(LOOK_SECONDS)
        if any(worker.name == IN_BACKGROUND for worker in app.workers):
            end = time.monotonic() + QUIET_SECONDS


async def cost_of(app: App[None], key: str, steps: list[float]) -> Cost:
    """What a key costs until all that it brings about is drawn."""
    steps.clear()
    thread, process = time.thread_time(), time.process_time()
    app.post_message(events.Key(NAMES.get(key, key), key if len(key) == 1 else None))
    await until_quiet(app)
    return Cost(1000 * (time.thread_time() - thread), 1000 * (time.process_time() - process), max(steps))


async def run(database: str, *, are_made_ahead: bool) -> tuple[dict[str, Cost], list[Cost]]:
    """The costs of opening each pane but the first, by its name, and of each key typed into the filter."""
    rest = pane_switcher.REST_SECONDS if are_made_ahead else NEVER
    app = PlannerApp(StoreSettings(db=database, user="benchmark"), Limits(seconds=1))
    with steps_timed() as steps, patch.object(pane_switcher, "REST_SECONDS", rest):
        async with app.run_test(size=SIZE) as pilot:
            await settled(pilot)
            if are_made_ahead:
                await until_made(app)
            opened = {name: await cost_of(app, str(key), steps) for key, name in enumerate(PANES, start=1) if key > 1}
            typed = [cost for text in TYPED for cost in await costs_of_typing(app, text, steps)]
    return opened, typed


async def until_made(app: App[None]) -> None:
    """Waits until every pane is there, and put away."""
    switcher = app.screen.query_one(PaneSwitcher)
    while not switcher.has_all:
        await asyncio.sleep(LOOK_SECONDS)
    await until_quiet(app)


async def costs_of_typing(app: App[None], text: str, steps: list[float]) -> list[Cost]:
    """The costs of the keys of a text, in an empty filter."""
    for key in ("2", "slash"):
        await cost_of(app, key, steps)
    costs = [await cost_of(app, key, steps) for key in text]
    for _ in range(2):
        await cost_of(app, "escape", steps)
    return costs


def over(costs: Sequence[Cost], which: Callable[[Sequence[float]], float]) -> str:
    """The median or the most of some costs, as it is printed."""
    return Cost(*(which([getattr(cost, part) for cost in costs]) for part in ("keys", "all", "longest"))).text


def measure(sizes: Sequence[int]) -> None:
    """Measures all sizes and prints them."""
    with tempfile.TemporaryDirectory() as folder:
        for shops in sizes:
            place = Path(folder)
            database = make_shipped(place) if shops == SHIPPED_SHOPS else make_database(place, shops).db
            at_once, _ = asyncio.run(run(database, are_made_ahead=False))
            later, typed = asyncio.run(run(database, are_made_ahead=True))
            print(f"{f'{shops:,} shops, CPU ms (keys / all / longest)':46}{'at once':>18}{'made ahead':>18}")
            for name in at_once:
                print(f"{f'  {name} for the first time':46}{at_once[name].text:>18}{later[name].text:>18}")
            print(f"{'  a key in the filter, median':46}{over(typed, median):>36}")
            print(f"{'  a key in the filter, most':46}{over(typed, max):>36}", flush=True)


def main() -> None:
    """Measures the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shops", type=int, nargs="+", default=[240, 10_000, 100_000])
    measure(parser.parse_args().shops)


if __name__ == "__main__":
    sys.exit(main())
