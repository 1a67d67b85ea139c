"""Time that is spent on a run: by the wall, or counted in work so that two runs spend the same."""

import math
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Protocol

from ortools.sat.python import cp_model

from planner.scheduling.limits import Limits
from planner.scheduling.subproblem import Outcome

POLL_SECONDS = 0.05
MOST_RESERVE = 0.1
POLISH_SECONDS, POLISH_RESERVE = 0.1, 0.3
"""How long a plan is still polished when somebody waits for it, and which part of the reserve that may take else."""


class Model(Protocol):
    """What a solver can be given."""

    def solve(self, solver: cp_model.CpSolver) -> Outcome:
        """Solve with `solver`, whose parameters say how long."""


@dataclass(slots=True)
class Clock:
    """How much of a run's limit is spent. `stop` ends the run early.

    `reserve` is what of the limit is kept for writing the plan out, in seconds.
    """

    limits: Limits
    stop: threading.Event
    work: float = 0.0
    reserve: float = 0.0
    _began: float = field(default_factory=time.monotonic)

    @property
    def wall_seconds(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self._began

    @property
    def elapsed(self) -> float:
        """What counts against the limit: seconds, or units of work where the run is deterministic."""
        return self.work if self.limits.deterministic else self.wall_seconds

    @property
    def left(self) -> float:
        """What is left of the limit."""
        return max(0.0, self.limits.seconds - self._kept - self.elapsed)

    @property
    def _kept(self) -> float:
        """What of the limit is kept for writing the plan out."""
        return 0.0 if self.limits.deterministic else min(self.reserve, MOST_RESERVE * self.limits.seconds)

    @property
    def is_over(self) -> bool:
        """Whether the run is to end now."""
        return self.stop.is_set() or self.left <= 0

    def polish(self, seconds: float = POLISH_SECONDS) -> Callable[[], bool]:
        """Whether what only makes a plan nicer is to end, asked from now on: `seconds` after the run was stopped.

        Past the limit it may take part of the reserve. Work that a deterministic limit ended has no such end, or two
        runs would end it at different points.
        """
        until, was_stopped = math.inf, False

        def is_over() -> bool:
            nonlocal until, was_stopped
            if self.stop.is_set() and not was_stopped:
                until, was_stopped = min(until, time.monotonic() + seconds), True
            elif self.left <= 0 and until == math.inf and not self.limits.deterministic:
                until = time.monotonic() + max(seconds, POLISH_RESERVE * self._kept)
            return time.monotonic() > until

        return is_over

    def spend(self, work: float) -> None:
        """Count work that was done."""
        self.work += work

    def solver(self, most: float, workers: int = 1, seed: int = 0) -> cp_model.CpSolver:
        """A CP-SAT solver that spends at most `most` of what is left."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = workers
        solver.parameters.linearization_level = 2
        # The command line owns Ctrl-C; CP-SAT's own handler aborts the process where solves run side by side.
        solver.parameters.catch_sigint_signal = False
        solver.parameters.random_seed = (self.limits.seed + seed) % 2**31
        amount = max(0.01, min(most, self.left))
        if self.limits.deterministic:
            solver.parameters.max_deterministic_time = amount
            solver.parameters.interleave_search = workers > 1
        else:
            solver.parameters.max_time_in_seconds = amount
        return solver

    def solve_all(
        self, jobs: Sequence[tuple[Model, cp_model.CpSolver]], meanwhile: Callable[[], bool] | None = None
    ) -> list[Outcome]:
        """Solve models side by side; `meanwhile` is called again and again while it returns true.

        A stop ends all of them at once; each then yields the best it has.
        """
        if not jobs:
            return []
        with ThreadPoolExecutor(len(jobs), thread_name_prefix="solve") as pool:
            futures = [pool.submit(model.solve, solver) for model, solver in jobs]
            busy = meanwhile is not None
            while wait(futures, timeout=0 if busy else POLL_SECONDS).not_done:
                if self.stop.is_set():
                    busy = False
                    for _, solver in jobs:
                        solver.stop_search()
                elif busy and meanwhile is not None:
                    busy = meanwhile()
            while busy and self.limits.deterministic and meanwhile is not None and not self.stop.is_set():
                busy = meanwhile()
            return [future.result() for future in futures]
