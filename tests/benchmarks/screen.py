"""What the terminal UI costs with 240, 10,000 and 100,000 shops: `python -m tests.benchmarks.screen [--shops N …]`.

Prints CPU milliseconds, from the opened program to the backlog's first page in sight, and per key, beside Textual's
DataTable on the same rows and columns (up to 10,000: it makes all of them before it shows the first). "Keys" is the
thread that answers keys, "all" the whole process, with what is read in the background for it; of several times the
median counts. What a key costs that does nothing is told too: it is part of the other figures. The other panes stay
empty here, so that what they work out does not count.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from rich.text import Text
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import DataTable

from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.store.store import open_store, read_folder_content
from planner.ui.app import PlannerApp
from planner.ui.backlog.shop_table import ShopTable
from planner.ui.pane import Pane
from planner.ui.panes import PANES, PaneEntry
from tests.benchmarks.store import write_rollout
from tests.ui.running import settled

SIZE = (160, 48)
KEYS = (
    ("f12", 10),
    ("down", 20),
    ("pagedown", 20),
    ("right", 10),
    ("ctrl+end", 1),
    ("pageup", 20),
    ("home", 1),
    ("s", 4),
)
NAMES = {"f12": "a key without effect", "s": "sort by a column"}
MOST_IN_DATA_TABLE = 10_000


class Blank(Pane):
    """A pane that shows nothing."""

    HELP = ""


@dataclass
class Costs:
    """CPU milliseconds of one table, each time: of the thread that answers keys, and of the whole process."""

    name: str
    thread: dict[str, list[float]] = field(default_factory=dict)
    process: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def measured(self, what: str) -> Iterator[None]:
        """Notes what the block costs; of several times the median counts."""
        thread, process = time.thread_time(), time.process_time()
        yield
        self.thread.setdefault(what, []).append(1000 * (time.thread_time() - thread))
        self.process.setdefault(what, []).append(1000 * (time.process_time() - process))

    def text(self, what: str) -> str:
        """What something costs, as it is printed."""
        if what not in self.thread:
            return "-"
        return f"{median(self.thread[what]):.0f} / {median(self.process[what]):.0f}"


def make_database(folder: Path, shops: int) -> StoreSettings:
    """A database with so many shops."""
    place = folder / str(shops)
    place.mkdir()
    write_rollout(place, shops)
    settings = StoreSettings(db=str(place / "planner.db"), user="benchmark")
    with open_store(settings) as store:
        store.add(read_folder_content(place))
    return settings


async def backlog_costs(settings: StoreSettings, costs: Costs) -> list[tuple[str, ...]]:
    """Measures the backlog, and returns its rows as it shows them, at most MOST_IN_DATA_TABLE."""
    with costs.measured("open"):
        app = PlannerApp(settings, Limits(seconds=1))
        opened = app.run_test(size=SIZE)
        pilot = await opened.__aenter__()
        await pilot.pause()
    with costs.measured("first page"):
        await pilot.press("2")
        await until(pilot, lambda: has_first_page(app))
    await settled(pilot)
    table = app.screen.query_one(ShopTable)
    await press_all(pilot, costs)
    rows = [tuple(column.title for column in table.columns), *all_lines(app, table)]
    await opened.__aexit__(None, None, None)
    return rows


def has_first_page(app: App[None]) -> bool:
    """Whether the first shops are in sight."""
    found = app.screen.query(ShopTable)
    return bool(found) and found.first().rows.shop(0) is not None


def all_lines(app: PlannerApp, table: ShopTable) -> Iterator[tuple[str, ...]]:
    """The table's cells as text."""
    for offset in range(0, min(table.rows.count(), MOST_IN_DATA_TABLE), 1000):
        page = app.workspace.backlog.page(offset=offset, limit=1000)
        for item in page.shops:
            yield table.rows.cells_of(item)


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Waits until something holds, and is drawn."""
    while not holds():
        await pilot.pause(0.005)
    await pilot.pause()


async def press_all(pilot: Pilot[None], costs: Costs) -> None:
    """Measures each key."""
    for name, repeats in KEYS:
        for _ in range(repeats):
            with costs.measured(name):
                await pilot.press(name)
                await settled(pilot)


class DataTableApp(App[None]):
    """Textual's own table with these rows."""

    def __init__(self, rows: Sequence[tuple[str, ...]]) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        yield DataTable()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.fixed_columns = 2
        table.add_columns(*self._rows[0])
        table.add_rows([Text(cell) for cell in row] for row in self._rows[1:])


@asynccontextmanager
async def data_table(rows: Sequence[tuple[str, ...]], costs: Costs) -> AsyncIterator[Pilot[None]]:
    """The table opened."""
    app = DataTableApp(rows)
    with costs.measured("first page"):
        opened = app.run_test(size=SIZE)
        pilot = await opened.__aenter__()
        await pilot.pause()
    yield pilot
    await opened.__aexit__(None, None, None)


def show(all_costs: Sequence[Costs]) -> None:
    """Prints the table."""
    print(f"CPU ms (keys / all) at {SIZE[0]}x{SIZE[1]}")
    print(f"{'':24}" + "".join(f"{costs.name:>26}" for costs in all_costs))
    for what in ("open", "first page", *(name for name, _ in KEYS)):
        print(f"{NAMES.get(what, what):24}" + "".join(f"{costs.text(what):>26}" for costs in all_costs), flush=True)


async def measure(sizes: Sequence[int]) -> None:
    """Measures all sizes and prints them."""
    for name in PANES:
        if name != "backlog":
            PANES[name] = PaneEntry("-", lambda: Blank)
    all_costs = []
    with tempfile.TemporaryDirectory() as folder:
        for shops in sizes:
            settings = make_database(Path(folder), shops)
            costs = Costs(f"backlog, {shops:,}")
            rows = await backlog_costs(settings, costs)
            all_costs.append(costs)
            if shops <= MOST_IN_DATA_TABLE:
                costs = Costs(f"DataTable, {shops:,}")
                async with data_table(rows, costs) as pilot:
                    await press_all(pilot, costs)
                costs.thread.pop("s", None)  # it is no key there
                all_costs.append(costs)
    show(all_costs)


def main() -> None:
    """Measures the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shops", type=int, nargs="+", default=[240, 10_000, 100_000])
    asyncio.run(measure(parser.parse_args().shops))


if __name__ == "__main__":
    sys.exit(main())
