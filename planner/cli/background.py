"""Long work on a thread of its own, while the main thread takes signals."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import TypeVar

POLL_SECONDS = 0.5
Result = TypeVar("Result")


def on_a_thread(work: Callable[[], Result], name: str) -> Future[Result]:
    """Starts `work` on a thread that does not keep the process alive; the future has what it returns or raises."""
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # the waiting thread raises it again
            future.set_exception(error)

    Thread(target=run, name=name, daemon=True).start()
    return future


def in_background(work: Callable[[], Result]) -> Result:
    """What `work` returns, or raises, done on a thread that does not keep the process alive."""
    future = on_a_thread(work, "question")
    while not future.done():
        # Waiting in slices lets a signal's handler run on every platform.
        wait([future], timeout=POLL_SECONDS)
    return future.result()
