"""Rollouts too large for going through all plans: whatever ends the search, the plan it leaves passes the checker."""

import threading

import pytest

from planner.domain.plan import Plan, PlanStatus
from planner.domain.rollout import Rollout
from planner.review.check import check
from planner.scheduling.limits import Limits, NoPlanError, Progress, Stage
from planner.scheduling.solve import solve
from tests.tiny_rollouts import LARGER, seeded_rollout

SEEDS = range(8)
FEW = range(3)


def assert_passes(rollout: Rollout, plan: Plan) -> None:
    """The plan breaks no rule, claims no more than it is worth, and was made although fixed dates may conflict."""
    assert check(rollout, plan) == ()
    assert plan.status is not PlanStatus.INFEASIBLE


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("seed", FEW)
def test_a_plan_made_in_seconds_passes(seed: int, workers: int) -> None:
    rollout = seeded_rollout(seed, LARGER)
    limits = Limits(seconds=0.5, gap=0.0, workers=workers, seed=seed, allow_conflicts=True)
    assert_passes(rollout, solve(rollout, limits))


@pytest.mark.parametrize("seed", SEEDS)
def test_without_leave_to_go_on_a_plan_or_its_conflicts_pass(seed: int) -> None:
    rollout = seeded_rollout(seed, LARGER)
    assert check(rollout, solve(rollout, Limits(seconds=0.3, workers=1, deterministic=True))) == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_run_stopped_before_it_began_leaves_a_sound_plan_or_none(seed: int) -> None:
    rollout = seeded_rollout(seed, LARGER)
    stop = threading.Event()
    stop.set()
    try:
        plan = solve(rollout, Limits(seconds=5.0, workers=1, allow_conflicts=True), stop=stop)
    except NoPlanError:
        return
    assert_passes(rollout, plan)


def test_a_run_stopped_before_its_first_plan_was_begun_says_so() -> None:
    stop = threading.Event()

    def stop_at_the_bound(progress: Progress) -> None:
        if progress.stage is Stage.BOUNDING:
            stop.set()

    rollout = seeded_rollout(SEEDS[0], LARGER)
    with pytest.raises(NoPlanError, match="before the first plan was begun"):
        solve(rollout, Limits(seconds=30.0, allow_conflicts=True), stop_at_the_bound, stop)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_run_stopped_at_its_first_plan_leaves_a_sound_one(seed: int, workers: int) -> None:
    rollout = seeded_rollout(seed, LARGER)
    stop = threading.Event()

    def stop_at_first_plan(progress: Progress) -> None:
        if progress.value is not None:
            stop.set()

    limits = Limits(seconds=30.0, gap=0.0, workers=workers, allow_conflicts=True)
    assert_passes(rollout, solve(rollout, limits, stop_at_first_plan, stop))
    assert stop.is_set()


def test_the_shortfall_told_never_grows_and_ends_as_the_plan_has_it() -> None:
    rollout = seeded_rollout(3, LARGER)
    told: list[Progress] = []
    plan = solve(rollout, Limits(seconds=0.5, workers=2, allow_conflicts=True), told.append)
    shortfalls = [item.shortfall for item in told if item.shortfall is not None]
    assert shortfalls == sorted(shortfalls, reverse=True)
    assert shortfalls[-1] == plan.shortfall


@pytest.mark.parametrize("seed", [33, 52, 72])
@pytest.mark.parametrize("allow_conflicts", [False, True])
def test_frozen_starts_that_clash_are_named_or_planned_around(seed: int, allow_conflicts: bool) -> None:
    rollout = seeded_rollout(seed, LARGER)
    plan = solve(rollout, Limits(seconds=0.5, deterministic=True, allow_conflicts=allow_conflicts))
    assert check(rollout, plan) == ()
    assert plan.conflicts
