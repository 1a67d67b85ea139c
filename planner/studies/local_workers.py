"""Points of a sweep on this machine, each worker a process of its own.

Threads would save the start of a process (a second, once), but a search spends most of its time in Python: on
rollout-2021 with one CP-SAT worker, 6.7 of 10.3 s of processor time were on its Python thread. However many cores there
are, threads that share one interpreter could not run more than one and a half such searches at full speed.
"""

import os
import signal
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for_any
from types import TracebackType
from typing import Self

from planner.studies.grid import Point
from planner.studies.sweep_task import Job, Outcome, Task, run_task
from planner.wording.translation import gettext, later

MOST_LOSSES = 2
LOST = later("its worker process ended {number} times, perhaps for want of memory")
ENDING_SECONDS = 5
"""How long a search may go on after it was given up: nobody waits for what it finds."""
_stop = threading.Event()
_job: list[Job] = []


class LocalProcesses:
    """Worker processes; inside a `with` block, at whose end they are gone.

    A process that dies takes its siblings with it (so the pool of the standard library has it). What was under way then
    is planned again one by one, so that a point which is the cause costs no other.
    """

    def __init__(self, job: Job, slots: int) -> None:
        self.slots = slots
        self._job = job
        self._running: dict[Future[Outcome], Task] = {}
        self._waiting: list[Task] = []
        self._suspects: list[Task] = []
        self._losses: dict[Point, int] = {}

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def submit(self, task: Task) -> None:
        """Have a point planned."""
        self._waiting.append(task)
        self._begin_next()

    def finished(self, timeout: float) -> list[Outcome]:
        """The points that are finished; waits up to `timeout` seconds for one."""
        done, _ = wait(self._running, timeout, FIRST_COMPLETED)
        outcomes: list[Outcome] = []
        lost: list[Task] = []
        for future in done:
            task = self._running.pop(future)
            try:
                outcomes.append(future.result())
            except BrokenProcessPool:
                lost.append(task)
        if lost:
            outcomes += self._suspect([*lost, *self._running.values()])
        self._begin_next()
        return outcomes

    def _begin_next(self) -> None:
        """Begin what can be begun: while there are suspects, one of them alone."""
        if self._suspects:
            if not self._running:
                self._start(self._suspects.pop())
            return
        while self._waiting:
            self._start(self._waiting.pop(0))

    def _start(self, task: Task) -> None:
        try:
            future = self._pool.submit(_run, task)
        except BrokenProcessPool:  # a process died while it had nothing to do
            self._renew()
            future = self._pool.submit(_run, task)
        self._running[future] = task

    def _suspect(self, lost: list[Task]) -> list[Outcome]:
        """Take note of the points that were under way when a process died; the outcome of one that is given up."""
        self._renew()
        if len(lost) > 1:
            self._suspects += lost
            return []
        (task,) = lost
        self._losses[task.point] = self._losses.get(task.point, 0) + 1
        if self._losses[task.point] >= MOST_LOSSES:
            return [Outcome(task.point, None, gettext(LOST).format(number=MOST_LOSSES))]
        self._suspects.append(task)
        return []

    def _renew(self) -> None:
        self._close()
        self._open()

    def _open(self) -> None:
        # Spawned, as this process has threads; a process needs the solver anyway, which takes a second to load.
        context = get_context("spawn")
        reader, self._lifeline = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(self.slots, context, _begin, (self._job, reader))
        self._reader = reader

    def _close(self) -> None:
        """End the workers: with the lifeline closed, searches that run return at once, or their process ends."""
        self._lifeline.close()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._reader.close()
        self._running.clear()


def _begin(job: Job, lifeline: Connection) -> None:
    """In a new worker: take the data, once; leave Ctrl-C to the parent, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _job[:] = [job]
    threading.Thread(target=_watch, args=(lifeline,), name="lifeline", daemon=True).start()


def _watch(lifeline: Connection) -> None:
    wait_for_any([lifeline])
    _stop.set()
    parent = parent_process()
    if parent:
        # A search that does not heed the stop would keep the parent waiting for this process.
        parent.join(ENDING_SECONDS)
        os._exit(1)


def _run(task: Task) -> Outcome:
    return run_task(_job[0], task, _stop)
