"""plan.ics made beside everything else that is done with a plan, by a process that waits for it from the start.

Of all files a calendar takes the longest to make, as long as checking the plan and making the others together.
Somebody who has pressed Ctrl-C waits for all of that, and threads of one interpreter would only take turns.
"""

import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Self

from planner.domain.calendar import Calendars
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.exchange.ical import plan_to_ical

LEAST_SHOPS = 500
"""Of fewer shops, a calendar is made in less than the fifth of a second that a process takes to begin."""


class CalendarBeside:
    """The calendar of a plan of `rollout`; its process lives inside a `with` block, and no longer than this one.

    Where there is no process, or it has gone, the calendar is made here.
    """

    def __init__(self, rollout: Rollout) -> None:
        self._rollout = rollout
        self._make: Callable[[], bytes] | None = None
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

    def begin(self, plan: Plan, stamp: datetime) -> None:
        """Has the calendar of a plan made; `plan_to_ical` says what the stamp is."""
        self._make = partial(plan_to_ical, self._rollout, plan, stamp)
        if self._connection is not None:
            with suppress(OSError):
                self._connection.send((plan, stamp))

    def content(self) -> bytes:
        """The calendar that was begun."""
        if self._make is None:
            raise RuntimeError("no calendar was begun")
        if self._connection is not None:
            with suppress(OSError, EOFError):
                return self._connection.recv_bytes()
        return self._make()

    def _start(self) -> None:
        # Spawned, as this process will have threads.
        context = get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_work, args=(self._rollout, there), name="calendar", daemon=True)
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
    """In the new process: leave Ctrl-C to the parent, be prepared, and make what is asked for until the parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    calendars = Calendars(rollout)
    for shop in rollout.shops:
        # Holidays are what takes long in a calendar, and they are remembered.
        calendars.of(shop)
    # The parent makes what failed here anew, and says what is wrong with it.
    with suppress(Exception):
        while True:
            plan, stamp = connection.recv()
            connection.send_bytes(plan_to_ical(rollout, plan, stamp))
