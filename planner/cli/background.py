"""Long work on a thread of its own, while the main thread takes signals."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import TypeVar

POLL_SECONDS = 0.5
Result = TypeVar("Result")


def in_background(work: Callable[[], Result]) -> Result:
    """What `work` returns, or raises, done on a thread that does not keep the process alive."""
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # the waiting thread raises it again
            future.set_exception(error)

    Thread(target=run, name="question", daemon=True).start()
    while not future.done():
        # Waiting in slices lets a signal's handler run on every platform.
        wait([future], timeout=POLL_SECONDS)
    return future.result()
