"""What the search counts for a remodel is what the plan says it costs."""

import threading
from pathlib import Path

import numpy as np
import pytest

from planner.domain.rollout import Rollout
from planner.exchange.folder import read_folder
from planner.scheduling.choice import choice_cents
from planner.scheduling.clock import Clock
from planner.scheduling.construction import construct
from planner.scheduling.given_dates import take_out_given_uses
from planner.scheduling.lagrangian import Lagrangian
from planner.scheduling.limits import Limits
from planner.scheduling.mandatory import place_mandatory
from planner.scheduling.plan_maker import chosen, make_remodels
from planner.scheduling.problem import build_problem
from tests.benchmarks.rollouts import make_rollout

SHIPPED = Path(__file__).parents[2] / "schedules" / "rollout-2021"


def assert_costs_agree(rollout: Rollout) -> int:
    """Compare every remodel of a first plan; how many of them had begun before today."""
    problem = build_problem(rollout)
    problem.capacity = take_out_given_uses(problem)
    given = place_mandatory(problem, Clock(Limits(), threading.Event()))
    lagrangian = Lagrangian(problem)
    plan = construct(lagrangian, lagrangian.zero_prices(), given, np.random.default_rng(1))
    costs = {remodel.shop: remodel.cost.total for remodel in make_remodels(plan)}
    counted = {options.shop.id: choice_cents(options, choice) for options, choice in chosen(plan)}
    assert counted == costs
    return sum(remodel.start < rollout.today for remodel in make_remodels(plan))


def test_on_the_shipped_rollout_with_visits_that_are_over() -> None:
    # Today is a Tuesday: a visit that ended before today, even on this Monday's week, must not be charged twice.
    assert assert_costs_agree(read_folder(SHIPPED)[0]) > 0


@pytest.mark.parametrize("seed", [1, 2])
def test_on_generated_rollouts(seed: int) -> None:
    assert assert_costs_agree(make_rollout(60, seed)) > 0
