"""Work that takes longer than a key may: done on a thread, its result or its error told to the screen."""

from collections.abc import Callable
from typing import TypeVar

from textual.dom import DOMNode
from textual.worker import Worker, get_current_worker

from planner.ui.dialogs import show_error
from planner.ui.failures import EXPECTED, sentences

Result = TypeVar("Result")
IN_BACKGROUND = "in background"
"""The name of all workers that are begun here."""


def in_background(
    node: DOMNode,
    work: Callable[[], Result],
    then: Callable[[Result], object],
    *,
    group: str,
    on_error: Callable[[list[str]], object] | None = None,
) -> Worker[None]:
    """Does `work` on a thread, then calls `then` with its result on the thread that answers keys.

    A new one of the same node and `group` takes the place of one under way, whose result is then dropped. What the
    user did wrong, or a database that fails, is told as sentences: to `on_error`, or else in a dialog.
    """

    def run() -> None:
        worker = get_current_worker()
        try:
            result = work()
        except EXPECTED as error:
            told = sentences(error)
            if not worker.is_cancelled:
                node.app.call_from_thread(on_error or (lambda lines: show_error(node.app, lines)), told)
            return
        if not worker.is_cancelled:
            node.app.call_from_thread(then, result)

    return node.run_worker(run, name=IN_BACKGROUND, group=group, exclusive=True, thread=True, exit_on_error=True)
