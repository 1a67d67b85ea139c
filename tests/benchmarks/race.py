"""Contenders one after another, each in a process of its own, its plan judged by the checker."""

import multiprocessing
import resource
import sys
import traceback
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from time import perf_counter

from planner.domain.rollout import Rollout
from planner.review.check import check
from tests.benchmarks.contest import Contender, Found, Task
from tests.benchmarks.plain_cpsat import run_cpsat
from tests.benchmarks.pools import CannotExpressError
from tests.benchmarks.pyjobshop_peer import run_pyjobshop
from tests.benchmarks.this_planner import run_planner

CONTENDERS: dict[str, Contender] = {"planner": run_planner, "pyjobshop": run_pyjobshop, "cpsat": run_cpsat}
LIBRARIES = {
    "planner": ("planner.scheduling.solve",),
    "pyjobshop": ("ortools.sat.python.cp_model", "pyjobshop"),
    "cpsat": ("ortools.sat.python.cp_model",),
}
"""What each contender imports before its time begins to run."""
GRACE_FACTOR, GRACE_SECONDS = 1.5, 120.0
"""A contender that is not back after so much more than its limit is ended."""
BYTES_A_MEGABYTE = 1_000_000
MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a contender: what it found, or the `problem` that kept it from finding anything.

    `seconds` is what it took of its limit, `peak_mb` the most memory its process held, `violations` what the checker
    says against its plan.
    """

    contender: str
    found: Found | None
    seconds: float
    peak_mb: float | None = None
    violations: tuple[str, ...] = ()
    problem: str | None = None

    @property
    def first_seconds(self) -> float | None:
        """Seconds to the first plan."""
        return self.found.sightings[0].seconds if self.found and self.found.sightings else None


def run_alone(contender: str, rollout: Rollout, task: Task) -> Outcome:
    """Have `contender` plan `rollout` in a fresh process."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_report, args=(sender, contender, rollout, task), daemon=True)
    process.start()
    sender.close()
    most_seconds = GRACE_FACTOR * task.limit + GRACE_SECONDS
    try:
        if receiver.poll(most_seconds):
            return _received(receiver, process, contender)
        return Outcome(
            contender=contender, found=None, seconds=most_seconds, problem=f"not back after {most_seconds:.0f} s"
        )
    finally:
        receiver.close()
        process.terminate()
        process.join()


def _received(receiver: Connection, process: multiprocessing.process.BaseProcess, contender: str) -> Outcome:
    try:
        outcome = receiver.recv()
    except EOFError:
        process.join()
        problem = f"its process ended with code {process.exitcode}"
        return Outcome(contender=contender, found=None, seconds=0.0, problem=problem)
    if not isinstance(outcome, Outcome):
        raise TypeError(f"the contender's process sent {outcome!r}")
    return outcome


def _report(sender: Connection, contender: str, rollout: Rollout, task: Task) -> None:
    """What the fresh process does."""
    began = perf_counter()
    try:
        for library in LIBRARIES[contender]:
            import_module(library)
        began = perf_counter()
        found = CONTENDERS[contender](rollout, task)
    except (CannotExpressError, ImportError) as error:
        sender.send(Outcome(contender=contender, found=None, seconds=0.0, problem=str(error)))
        return
    except Exception:
        problem = traceback.format_exc().strip().splitlines()[-1]
        sender.send(Outcome(contender=contender, found=None, seconds=perf_counter() - began, problem=problem))
        return
    seconds = perf_counter() - began
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_BYTES / BYTES_A_MEGABYTE
    plan = found.plan
    violations = () if plan is None else tuple(violation.text for violation in check(rollout, plan))
    sender.send(Outcome(contender=contender, found=found, seconds=seconds, peak_mb=peak_mb, violations=violations))
