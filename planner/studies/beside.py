"""A plan searched beside the program, in a process of its own, so that whoever asked stays free to do other things.

A thread would not do: the search spends much of its time in Python, and would share the interpreter with a screen that
must answer keys. The process ends with the program, however that ends: it sees its line to the program break.
"""

import os
import threading
from dataclasses import dataclass
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.scheduling.limits import Limits, NoPlanError, Progress
from planner.studies.planning import FailedCheckError, plan_checked
from planner.wording.language import Language
from planner.wording.translation import gettext, speak, spoken

STOP = "stop"


def make_ready() -> None:
    """To be called before a screen takes standard error: a process that is started looks for it."""
    resource_tracker.ensure_running()


class SearchLostError(Exception):
    """The process that searched ended without a plan and without a reason, perhaps for want of memory."""


@dataclass(frozen=True, slots=True)
class _Asked:
    rollout: Rollout
    limits: Limits
    start: Plan | None
    scenarios: tuple[str, ...]
    language: Language


class SearchBeside:
    """A search that goes on in a process of its own. `wait` is for one thread; `stop` and `end` are for any."""

    def __init__(
        self, rollout: Rollout, limits: Limits, *, start: Plan | None = None, scenarios: tuple[str, ...] = ()
    ) -> None:
        context = get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_search, args=(theirs,), name="search", daemon=True)
        self._process.start()
        theirs.close()
        self._asked = _Asked(rollout, limits, start, scenarios, spoken())
        self._is_told = False
        self._lock = threading.Lock()

    def wait(self) -> Progress | Plan:
        """The next thing that is known: how the search stands, or the plan, checked, with which it ends.

        Raises NoPlanError, FailedCheckError and SearchLostError.
        """
        if not self._is_told:
            self._is_told = True
            self._send(self._asked)
        try:
            told = self._line.recv()
        except (EOFError, OSError):
            text = gettext("The search ended without a plan, perhaps for want of memory.")
            raise SearchLostError(text) from None
        if isinstance(told, BaseException):
            raise told
        if not isinstance(told, Progress | Plan):
            raise SearchLostError(gettext("The search told {what!r}.").format(what=told))
        return told

    def stop(self) -> None:
        """Ends the search with the best plan so far."""
        self._send(STOP)

    def end(self) -> None:
        """Ends the search at once, without a plan."""
        self._process.kill()
        self._process.join()
        self._line.close()

    def _send(self, message: object) -> None:
        with self._lock:
            try:
                self._line.send(message)
            except OSError:
                # The process is gone; `wait` says so.
                return


def _search(line: Connection) -> None:
    """What the process does: reads what is asked, searches, and tells of it."""
    _be_silent()
    try:
        asked = line.recv()
    except EOFError:
        return
    speak(asked.language)
    stop = threading.Event()
    threading.Thread(target=_listen, args=(line, stop), daemon=True).start()
    try:
        told: object = plan_checked(
            asked.rollout,
            asked.limits,
            scenarios=asked.scenarios,
            start=asked.start,
            on_progress=line.send,
            stop=stop,
        )
    except (NoPlanError, FailedCheckError) as error:
        told = error
    except Exception as error:
        text = gettext("The search failed: {kind}: {error}. Please report it.")
        told = SearchLostError(text.format(kind=type(error).__name__, error=error))
    line.send(told)


def _listen(line: Connection, stop: threading.Event) -> None:
    """Stops the search when asked to; ends the process where the program is gone."""
    try:
        while line.recv() == STOP:
            stop.set()
    except (EOFError, OSError):
        os._exit(1)


def _be_silent() -> None:
    """Keeps the solver's words away from a terminal that shows a screen."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
