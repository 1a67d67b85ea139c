"""A first plan of a generated rollout, with what it was made from: for tests of what makes it better."""

import threading
from dataclasses import dataclass

import numpy as np

from planner.scheduling.bounding import Bounds
from planner.scheduling.clock import Clock
from planner.scheduling.construction import construct
from planner.scheduling.given_first import given_first
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.joint_crews import attach_joint_crews
from planner.scheduling.lagrangian import Lagrangian
from planner.scheduling.limits import Limits
from tests.benchmarks.rollouts import make_rollout


@dataclass(frozen=True)
class FirstPlan:
    """A plan, the bounds whose prices led it, and their relaxation."""

    lagrangian: Lagrangian
    bounds: Bounds
    plan: Incumbent


def first_plan(shops: int, seed: int, steps: int) -> FirstPlan:
    """The plan of a rollout of `shops` shops that prices after so many steps lead to."""
    clock = Clock(Limits(seconds=1000.0, deterministic=True), threading.Event())
    first = given_first(make_rollout(shops, seed), clock, None)
    attach_joint_crews(first.problem)
    lagrangian = Lagrangian(first.problem)
    bounds = Bounds(lagrangian, clock)
    for _ in range(steps):
        bounds.step(None)
    plan = construct(lagrangian, bounds.prices, first.choices, np.random.default_rng(1))
    return FirstPlan(lagrangian, bounds, plan)
