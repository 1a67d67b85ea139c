"""The files of a plan made while it is checked, by a process that waits for it from the start.

They take as long to make as it takes to check the plan, a calendar the longest. Somebody who has pressed Ctrl-C waits
for all of that, and threads of one interpreter would only take turns. While the process waits, it makes the lines of
the calendar in which no date stands. Once the plan is there, it makes one file after another; this process, when it has
checked the plan, begins with the last one, until they meet.
"""

import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Self

from planner.domain.plan import Cost, Plan, PlannedPhase, PlanStatus, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.exchange.ical import EventLines, plan_to_ical
from planner.exchange.plan_csv import plan_to_csv
from planner.exchange.plan_json import plan_to_json
from planner.exchange.report.page import report_to_html
from planner.wording.language import Language

FILE_NAMES = ("plan.json", "plan.csv", "plan.ics", "report.html")
LEAST_SHOPS = 500
"""Of fewer shops, the files are made in less than the fifth of a second that a process takes to begin."""


def file_makers(
    rollout: Rollout, plan: Plan, stamp: datetime, language: Language, lines: EventLines | None = None
) -> dict[str, Callable[[], bytes]]:
    """What makes each file of a plan of `rollout`, by name.

    For stamp and lines see `plan_to_ical`, for the language the report. The same of all of them give the same bytes.
    """
    return {
        "plan.ics": partial(plan_to_ical, rollout, plan, stamp, lines),
        "plan.json": partial(plan_to_json, plan),
        "plan.csv": partial(plan_to_csv, rollout, plan),
        "report.html": partial(report_to_html, rollout, plan, language),
    }


class FilesBeside:
    """The files of a plan of `rollout`; their process lives inside a `with` block, and no longer than this one.

    Where there is no process, or it has gone, they are made here.
    """

    def __init__(self, rollout: Rollout) -> None:
        self._rollout = rollout
        self._makers: dict[str, Callable[[], bytes]] = {}
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        if len(self._rollout.shops) >= LEAST_SHOPS:
            with suppress(OSError):
                self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()

    def begin(self, plan: Plan, stamp: datetime, language: Language) -> None:
        """Has the files of a plan made, of one only; `file_makers` says what stamp and language are."""
        self._makers = file_makers(self._rollout, plan, stamp, language)
        if self._connection is not None:
            with suppress(OSError):
                self._connection.send((plan, stamp, language))

    def contents(self) -> dict[str, bytes]:
        """The files that were begun, by name."""
        if not self._makers:
            raise RuntimeError("no files were begun")
        files: dict[str, bytes] = {}
        if self._connection is not None:
            with suppress(OSError, EOFError):
                files = self._shared_out(self._connection)
        return {name: files[name] if name in files else self._makers[name]() for name in FILE_NAMES}

    def _shared_out(self, connection: Connection) -> dict[str, bytes]:
        """The files from the last on made here, the others by the process. It says which one it begins, and is told."""
        files: dict[str, bytes] = {}
        begun: set[str] = set()
        for name, make in reversed(self._makers.items()):
            while connection.poll():
                message = connection.recv()
                if isinstance(message, dict):
                    return files | message
                begun.add(message)
            if name in begun:
                break
            connection.send(name)
            files[name] = make()
        while not isinstance(message := connection.recv(), dict):
            pass
        return files | message

    def _start(self) -> None:
        # Spawned, as this process will have threads.
        context = get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_work, args=(self._rollout, there), name="files", daemon=True)
        with _ctrl_c_waits():
            process.start()
        there.close()
        self._process, self._connection = process, here


@contextmanager
def _ctrl_c_waits() -> Iterator[None]:
    """Keeps SIGINT for later; a process begun here never gets it, not even before it can say so itself."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(rollout: Rollout, connection: Connection) -> None:
    """In the new process: leave Ctrl-C to the parent, be prepared, and make the files of the plan that comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    # The parent makes what failed here anew, and says what is wrong with it; where it has ended, so does this.
    with suppress(Exception):
        lines = EventLines()
        plan_to_ical(rollout, _rehearsal(rollout), datetime.now(UTC), lines)
        plan, stamp, language = connection.recv()
        files: dict[str, bytes] = {}
        taken: set[str] = set()
        for name, make in file_makers(rollout, plan, stamp, language, lines).items():
            while connection.poll():
                taken.add(connection.recv())
            if name not in taken:
                connection.send(name)
                files[name] = make()
        connection.send(files)
        while True:  # until the parent ends: what it still takes over is made already
            connection.recv()


def _rehearsal(rollout: Rollout) -> Plan:
    """All remodels at once today: most of what a calendar says of a shop it says on any day."""
    remodels = tuple(_today(rollout, shop) for shop in rollout.shops if shop.is_in_plan)
    return Plan.without_figures(rollout.name, rollout.today, PlanStatus.FEASIBLE, remodels=remodels)


def _today(rollout: Rollout, shop: Shop) -> Remodel:
    today, shop_format = rollout.today, rollout.format_of(shop)
    closed = today if shop_format.closed_phases else None
    return Remodel(
        shop=shop.id,
        status=RemodelStatus.PLANNED,
        start=today,
        finish=today,
        closed_from=closed,
        closed_to=closed,
        phases=tuple(PlannedPhase(name=phase.name, first=today, last=today) for phase in shop_format.phases),
        cost=Cost(),
    )
