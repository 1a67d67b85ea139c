"""Models in line before the solvers come out in the order they went in, and a stop ends them all."""

import threading
import time

import pytest
from ortools.sat.python import cp_model

from planner.scheduling.clock import Clock
from planner.scheduling.limits import Limits
from planner.scheduling.solver_line import SolverLine
from planner.scheduling.subproblem import Outcome

FAR = 3600.0


class Slow:
    """A model that takes its time, or until its solver is stopped, and says which one it is."""

    def __init__(self, number: int, seconds: float) -> None:
        self._number = number
        self._seconds = seconds

    def solve(self, solver: cp_model.CpSolver) -> Outcome:
        until = time.monotonic() + self._seconds
        is_stopped = threading.Event()
        solver.stop_search = is_stopped.set  # type: ignore[method-assign]  # as the real one ends a real search
        while time.monotonic() < until and not is_stopped.is_set():
            time.sleep(0.005)
        return Outcome(None, is_optimal=False, is_infeasible=False, bound=float(self._number), work=0.0)


@pytest.fixture
def clock() -> Clock:
    return Clock(Limits(seconds=FAR, workers=2), threading.Event())


def test_models_come_out_as_they_went_in(clock: Clock) -> None:
    with SolverLine(clock) as line:
        for number, seconds in enumerate((0.1, 0.0, 0.05, 0.0)):
            line.put(Slow(number, seconds), FAR, number)
        assert len(line) == 4
        assert [line.get().bound for _ in range(4)] == [0.0, 1.0, 2.0, 3.0]
        assert not len(line)


def test_closing_the_line_ends_what_is_being_solved_and_what_waits(clock: Clock) -> None:
    with SolverLine(clock) as line:
        for number in range(5):
            line.put(Slow(number, FAR), FAR, number)
        time.sleep(0.05)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("solve")]


def test_a_stop_ends_the_wait(clock: Clock) -> None:
    with SolverLine(clock) as line:
        line.put(Slow(7, FAR), FAR, 0)
        line.put(Slow(8, FAR), FAR, 1)
        threading.Timer(0.1, clock.stop.set).start()
        assert line.get().bound == 7.0
        line.put(Slow(9, FAR), FAR, 2)
        assert line.get().bound in (0.0, 8.0)
