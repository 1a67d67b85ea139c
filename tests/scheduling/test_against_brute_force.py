"""The planner against all plans there are: on tiny rollouts it finds the best, and never claims more than is true."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from planner.domain.plan import Plan, PlanStatus
from planner.domain.rollout import Objective, Rollout
from planner.review.check import check
from planner.scheduling.limits import Limits
from planner.scheduling.solve import solve
from tests.scheduling.brute_force import Answer, brute_force, levels_of
from tests.scheduling.brute_options import TooLargeError
from tests.tiny_rollouts import rollouts, seeded_rollout

SEEDS = range(160)
# In units of work, so that a busy machine does not decide what is found.
LIMITS = Limits(seconds=1.0, gap=0.0, workers=1, deterministic=True)
GOING_ON = replace(LIMITS, allow_conflicts=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_plan_is_the_best_of_all(seed: int) -> None:
    assert_best(seeded_rollout(seed))


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(rollout=rollouts())
def test_the_plan_is_the_best_of_all_in_any_rollout(rollout: Rollout) -> None:
    assert_best(rollout)


def assert_best(rollout: Rollout) -> None:
    """Plan `rollout` and hold the plan against the checker and against all plans there are."""
    plan = solve(rollout, LIMITS)
    assert check(rollout, plan) == ()
    try:
        answer = brute_force(rollout)
    except TooLargeError:
        return
    assert (plan.status is PlanStatus.INFEASIBLE) == answer.conflict
    if answer.conflict:
        assert_goes_on(rollout)
    elif answer.best is not None:
        assert_as_good(rollout, plan, answer)


def assert_goes_on(rollout: Rollout) -> None:
    """Told to go on in spite of conflicts, the planner makes a plan that lists them."""
    plan = solve(rollout, GOING_ON)
    assert check(rollout, plan) == ()
    assert plan.status is not PlanStatus.INFEASIBLE
    assert plan.conflicts


def assert_as_good(rollout: Rollout, plan: Plan, answer: Answer) -> None:
    """The plan's levels are the best ones; what it claims to have proved is no more than that, and hardly less."""
    assert answer.best is not None
    best_value = answer.best[2]
    in_money = rollout.objective is Objective.COST
    assert levels_of(rollout, plan) == answer.best
    assert plan.proved_shortfall
    assert plan.proved_unplanned_priority
    assert plan.bound is not None
    # A bound need not know that each shop's travel is rounded to cents.
    assert best_value - (len(rollout.shops) if in_money else 0) <= plan.bound <= best_value
