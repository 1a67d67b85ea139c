"""An earlier plan mended: what still holds of it stands, and what does not gets other dates."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from planner.domain.plan import Plan, PlanStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.scheduling.clock import Clock
from planner.scheduling.given_crews import crew_given, take_out_settled
from planner.scheduling.given_dates import take_out_given_uses
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Lagrangian
from planner.scheduling.limits import Limits
from planner.scheduling.mandatory import place_mandatory
from planner.scheduling.mending import mended
from planner.scheduling.problem import build_problem
from planner.scheduling.solve import solve
from planner.scheduling.warm_start import stand_otherwise
from tests.benchmarks.rollouts import make_rollout

QUICK = Limits(seconds=3, workers=1, deterministic=True)


@pytest.fixture(scope="module")
def rollout() -> Rollout:
    return make_rollout(30, 1)


@pytest.fixture(scope="module")
def plan(rollout: Rollout) -> Plan:
    return solve(rollout, QUICK)


def mend(rollout: Rollout, plan: Plan) -> Incumbent | None:
    clock = Clock(QUICK, threading.Event())
    problem = build_problem(rollout)
    problem.capacity = take_out_given_uses(problem)
    crews = crew_given(problem, clock)
    if crews.choices:
        take_out_settled(problem, crews.choices)
    return mended(Lagrangian(problem), clock, plan, place_mandatory(problem, clock, plan))


def starts_of(mended_plan: Incumbent) -> dict[str, int]:
    return {
        options.shop.id: int(options.start[choice.positions[0]])
        for options, choice in zip(mended_plan.problem.options, mended_plan.choices, strict=True)
        if choice is not None
    }


def test_a_plan_that_still_holds_stands_as_it_is(rollout: Rollout, plan: Plan) -> None:
    kept = mend(rollout, plan)
    assert kept is not None
    assert kept.is_feasible()
    before = {item.shop: (item.start - rollout.today).days for item in plan.remodels}
    starts = starts_of(kept)
    stands = [shop for shop, start in starts.items() if before.get(shop) == start]
    assert stands == list(starts)


def test_only_what_no_longer_holds_and_what_is_near_it_moves(rollout: Rollout, plan: Plan) -> None:
    late = max(
        (item for item in plan.remodels if rollout.shop_by_id[item.shop].status is Status.BACKLOG),
        key=lambda item: -abs((item.start - rollout.today).days - 100),
    )
    permit = late.finish + timedelta(days=21)
    shops = tuple(replace(shop, ready_from=permit) if shop.id == late.shop else shop for shop in rollout.shops)
    changed = replace(rollout, shops=shops)
    found = mend(changed, plan)
    assert found is not None
    assert found.is_feasible()
    starts = starts_of(found)
    before = {item.shop: (item.start - rollout.today).days for item in plan.remodels}
    moved = {shop for shop, start in starts.items() if start != before.get(shop)}
    assert late.shop in moved
    assert len(moved) <= len(starts) // 2
    assert set(before) & set(starts) >= set(starts) - {late.shop}


def test_a_plan_of_few_of_the_shops_is_no_beginning() -> None:
    made = make_rollout(150, 1)
    backlog = [shop for shop in made.shops if shop.status is Status.BACKLOG]
    empty = Plan(
        rollout=made.name,
        scenario=None,
        today=made.today,
        status=PlanStatus.FEASIBLE,
        shortfall=0,
        unplanned_priority=0,
        cost=None,
        total=None,
        bound=None,
        gap=None,
        solve=None,
    )
    assert len(backlog) > 60
    assert mend(made, empty) is None


def test_shops_that_stand_otherwise_are_those_on_other_days_or_with_other_crews(rollout: Rollout, plan: Plan) -> None:
    kept = mend(rollout, plan)
    assert kept is not None
    assert stand_otherwise(kept.problem, kept.choices, plan) == set()
    moved, uncrewed = [number for number, choice in enumerate(kept.choices) if choice is not None][:2]
    choices = list(kept.choices)
    first, second = choices[moved], choices[uncrewed]
    assert first is not None
    assert second is not None
    other = 1 if first.positions[0] == 0 else 0
    choices[moved] = replace(first, positions=(other, *first.positions[1:]))
    choices[uncrewed] = replace(second, crews=tuple({} for _ in second.crews))
    assert stand_otherwise(kept.problem, choices, plan) == {moved, uncrewed}
