"""Models solved side by side, handed in one by one and taken out in the same order.

What is taken out when depends on the order alone, not on which model happens to be solved first, so that a run whose
limits are counted in work takes the same course each time. While one model takes long, others behind it are solved.
"""

import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor, wait
from types import TracebackType

from ortools.sat.python import cp_model

from planner.scheduling.clock import POLL_SECONDS, Clock, Model
from planner.scheduling.subproblem import Outcome

NOTHING = Outcome(None, is_optimal=False, is_infeasible=False, bound=0.0, work=0.0)


class SolverLine:
    """A line of models before as many solvers as the run has workers; closing it ends all of them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pool = ThreadPoolExecutor(clock.limits.workers, thread_name_prefix="solve")
        self._waiting: deque[Future[Outcome]] = deque()
        self._solvers: set[cp_model.CpSolver] = set()
        self._lock = threading.Lock()
        self._is_closed = False

    def __enter__(self) -> "SolverLine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        running = [future for future in self._waiting if not future.cancelled()]
        while wait(running, timeout=POLL_SECONDS if self._is_closed else 0).not_done:
            self._stop()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, model: Model, most: float, seed: int) -> None:
        """Have `model` solved when a solver is free, in at most `most` of the time that is then left."""
        solver = self._clock.solver(most, seed=seed)
        # Small models are solved sooner than searched for what could make them easier.
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        solver.parameters.cut_level = 0
        self._waiting.append(self._pool.submit(self._solve, model, solver, most))

    def get(self) -> Outcome:
        """What came of the model that has waited longest."""
        future = self._waiting.popleft()
        while wait([future], timeout=POLL_SECONDS).not_done:
            if self._clock.stop.is_set():
                self._stop()
        return future.result()

    def _solve(self, model: Model, solver: cp_model.CpSolver, most: float) -> Outcome:
        if not self._clock.limits.deterministic:
            solver.parameters.max_time_in_seconds = max(0.01, min(most, self._clock.left))
        with self._lock:
            if self._is_closed:
                return NOTHING
            self._solvers.add(solver)
        try:
            return model.solve(solver)
        finally:
            with self._lock:
                self._solvers.discard(solver)

    def _stop(self) -> None:
        with self._lock:
            self._is_closed = True
            for solver in self._solvers:
                solver.stop_search()
