"""No test waits for ever: one that does is named, shows where each of its threads is, and ends the process it runs in.

The limit is pytest's own `faulthandler_timeout`, here for the setup, the call and the teardown of a test each: 0 is
none. Under xdist the worker is replaced, the test counts as failed, and the others go on.
"""

import faulthandler
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread, Timer, main_thread
from time import sleep
from typing import Any

import pytest

EXIT_SECONDS = 60
"""How long the process may take to end when the tests are over."""
MOMENT_SECONDS = 1


class Watch:
    """Ends the process where something takes longer than it may, whether or not Python can still run."""

    def __init__(self) -> None:
        # What is written to the stream itself would be taken for a test's output, and be lost.
        self._stream = os.dup(2)
        self._naming: Timer | None = None

    def begin(self, what: str, seconds: float) -> None:
        """From now on, `what` may take so long."""
        self.end()
        self._naming = Timer(seconds, self._tell, (what, seconds))
        self._naming.daemon = True
        self._naming.start()
        faulthandler.dump_traceback_later(seconds + MOMENT_SECONDS, file=self._stream, exit=True)

    def end(self) -> None:
        """It is over, or somebody looks at it in a debugger."""
        faulthandler.cancel_dump_traceback_later()
        if self._naming is not None:
            self._naming.cancel()

    def see_the_process_out(self) -> None:
        """Once the main thread is through, nothing is left to wait for but threads that somebody forgot."""
        main_thread().join()
        faulthandler.dump_traceback_later(EXIT_SECONDS + MOMENT_SECONDS, file=self._stream, exit=True)
        sleep(EXIT_SECONDS)  # a timer could not begin any more
        self._tell("The end of the tests' process", EXIT_SECONDS)

    def _tell(self, what: str, seconds: float) -> None:
        line = f"\n{what} has taken more than {seconds:g} s; this is where it is, and where it ends:\n"
        os.write(self._stream, line.encode())


WATCH = pytest.StashKey[Watch]()
SELDOM = (50_000, 20, 20)
"""Garbage is looked for when so many objects have come: the default, 700, takes a seventh of the tests' time."""


def pytest_collection_finish() -> None:
    gc.freeze()  # what the libraries have made stays
    gc.set_threshold(*SELDOM)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[WATCH] = Watch()


@contextmanager
def watched(item: pytest.Item, part: str) -> Iterator[None]:
    seconds = float(item.config.getini("faulthandler_timeout") or 0)
    watch = item.config.stash[WATCH]
    if seconds > 0:
        watch.begin(f"{part} of {item.nodeid}", seconds)
    try:
        yield
    finally:
        watch.end()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[Any]:
    with watched(item, "The setup"):
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[Any]:
    with watched(item, "The call"):
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[Any]:
    with watched(item, "The teardown"):
        return (yield)


def pytest_enter_pdb(config: pytest.Config) -> None:
    config.stash[WATCH].end()


def pytest_unconfigure(config: pytest.Config) -> None:
    Thread(target=config.stash[WATCH].see_the_process_out, daemon=True).start()
