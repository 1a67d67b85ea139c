"""What the improvement of a plan does when its time is over."""

import threading

import numpy as np

from planner.scheduling.clock import Clock
from planner.scheduling.improvement import Improver
from planner.scheduling.limits import Limits
from planner.scheduling.solver_line import SolverLine
from tests.scheduling.test_putting_back import rollout, standing


def test_a_step_that_finds_its_time_over_keeps_the_plan() -> None:
    lagrangian, plan = standing(rollout(None, None), 0, 2)
    clock = Clock(Limits(seconds=1.0, workers=1, deterministic=True), threading.Event())
    clock.spend(1.0)
    with SolverLine(clock) as line:
        improver = Improver(lagrangian, clock, plan, np.random.default_rng(1), line)
        improver.step(lagrangian.zero_prices(), (0, 0))
        assert not len(line)
    assert improver.plan is plan
