"""What Ctrl-C and SIGTERM do to a run."""

import gc
import os
import signal
import sys
from contextlib import suppress
from threading import Event
from types import FrameType
from typing import Any, NoReturn, Self

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts:
    """Handles SIGINT and SIGTERM inside a `with` block, on the main thread.

    Once `keep_the_plan` was called, the first signal only sets `stop`, so that the best plan so far can be
    written. Any other signal raises KeyboardInterrupt.
    """

    def __init__(self) -> None:
        self.stop = Event()
        self._keeps_plan = False
        self._was_told = False
        self._before: list[Any] = []
        self._collects = gc.isenabled()

    def keep_the_plan(self) -> None:
        """From now on there is something to save: the first signal ends gently."""
        self._keeps_plan = True

    def __enter__(self) -> Self:
        self._before = [signal.signal(number, self._handle) for number in SIGNALS]
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in zip(SIGNALS, self._before, strict=True):
            signal.signal(number, handler)
        if self._collects:
            gc.enable()

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        # A second signal may come while the first sets `stop`, whose lock is taken then: setting it again would wait
        # for ever.
        if not self._keeps_plan or self._was_told:
            raise KeyboardInterrupt
        self._was_told = True
        # What the search holds is soon gone: looking through it for garbage would only keep somebody waiting.
        gc.disable()
        self.stop.set()


def leave_at_once(code: int) -> NoReturn:
    """Ends the process without waiting for the solver's threads, which cannot be ended from outside."""
    for stream in (sys.stdout, sys.stderr):
        # A stream that is closed or full is no reason to stay.
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)
