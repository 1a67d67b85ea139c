"""Rollouts of odd shapes: no crash, and a plan that passes the checker, with a reason for each shop without a date."""

import pytest

from planner.domain.plan import PlanStatus
from planner.domain.shop import Status
from planner.review.check import check
from planner.scheduling.limits import Limits
from planner.scheduling.solve import solve
from tests.benchmarks.rollouts import make_rollout
from tests.benchmarks.shapes import SHAPES

SHOPS = 45
LIMITS = Limits(seconds=1.0, workers=1, deterministic=True)


@pytest.mark.parametrize(("name", "shops"), [*((name, SHOPS) for name in SHAPES), ("plain", 0), ("single-crews", 1)])
def test_a_plan_comes_back_and_passes(name: str, shops: int) -> None:
    rollout = make_rollout(shops, 1, SHAPES[name])
    plan = solve(rollout, LIMITS)
    assert check(rollout, plan) == ()
    assert plan.status is not PlanStatus.INFEASIBLE
    assert all(item.reason for item in plan.unplanned)
    in_plan = {shop.id for shop in rollout.shops if shop.is_in_plan}
    assert {item.shop for item in plan.remodels} | {item.shop for item in plan.unplanned} == in_plan


def test_where_everything_is_fixed_already_the_plan_is_the_given_dates_and_optimal() -> None:
    rollout = make_rollout(SHOPS, 2, SHAPES["all-fixed"])
    plan = solve(rollout, LIMITS)
    fixed = {shop.id: shop.start for shop in rollout.shops if shop.status is Status.FIXED}
    assert len(fixed) > SHOPS / 2
    assert {remodel.shop: remodel.start for remodel in plan.remodels} == fixed
    assert plan.status is PlanStatus.OPTIMAL


@pytest.mark.parametrize(("name", "shops"), [("all-done", SHOPS), ("plain", 0)])
def test_where_nothing_is_to_be_planned_the_plan_is_empty_and_optimal(name: str, shops: int) -> None:
    plan = solve(make_rollout(shops, 1, SHAPES[name]), LIMITS)
    assert (plan.remodels, plan.unplanned, plan.total) == ((), (), 0)
    assert plan.status is PlanStatus.OPTIMAL


def test_a_milestone_out_of_reach_is_missed_and_said_so() -> None:
    rollout = make_rollout(SHOPS, 1, SHAPES["unreachable"])
    plan = solve(rollout, LIMITS)
    assert plan.shortfall == plan.milestones[0].target - plan.milestones[0].planned
    assert plan.shortfall
