"""Finishing early: against all plans there are, against the checker, twice the same, and stopped at any time."""

import threading
from dataclasses import replace
from functools import cache

import pytest

from planner.domain.plan import PlanStatus
from planner.review.check import check
from planner.scheduling.clock import Clock
from planner.scheduling.finish.search import FinishSearch
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.limits import Limits
from planner.scheduling.mandatory import FrozenClashError
from planner.scheduling.solve import solve
from tests.scheduling.brute_force import Answer, brute_force, levels_of
from tests.scheduling.brute_options import TooLargeError
from tests.scheduling.finish_problems import a_clock, early, project_rollout, ready
from tests.tiny_rollouts import LARGER

SEEDS = range(70)
FEW = (1, 4, 6, 7)


@cache
def answer_of(seed: int) -> Answer | None:
    try:
        return brute_force(early(seed))
    except TooLargeError:
        return None


def searched(seed: int, rounds: int = 3) -> FinishSearch | None:
    """The search after some rounds on the rollout of a seed; None where given dates clash."""
    try:
        problem, given = ready(early(seed))
    except FrozenClashError:
        return None
    search = FinishSearch(problem, given, a_clock(seconds=5.0))
    for _ in range(rounds):
        if search.bound < search.plan.rank.value:
            search.round()
    return search


@pytest.mark.parametrize("seed", SEEDS)
def test_the_search_finds_the_earliest_finish_and_proves_no_more(seed: int) -> None:
    answer, search = answer_of(seed), searched(seed)
    if answer is None or answer.best is None or search is None:
        return
    plan, problem = search.plan, search.plan.problem
    never = sum(problem.rollout.shop_by_id[name].priority for name in problem.impossible)
    levels = (plan.rank.shortfall, plan.rank.unplanned_priority + never)
    assert plan.is_feasible()
    assert levels >= answer.best[:2]
    if levels == answer.best[:2]:
        assert search.bound <= answer.best[2] <= plan.rank.value
    if (plan.rank.shortfall, plan.rank.unplanned_priority) == (0, 0):
        assert plan.rank.value == answer.best[2] == search.bound


def test_the_search_has_something_to_prove() -> None:
    """Enough of the rollouts above can be planned in full for the test of the proof to mean something."""
    full = [answer for answer in map(answer_of, SEEDS) if answer is not None and answer.best is not None]
    assert sum(answer.best is not None and answer.best[:2] == (0, 0) and answer.best[2] > 0 for answer in full) > 10


@pytest.mark.parametrize("seed", range(200, 225))
def test_the_planner_finds_the_best_of_all_plans(seed: int) -> None:
    rollout, answer = early(seed), answer_of(seed)
    plan = solve(rollout, Limits(seconds=1.0, gap=0.0, workers=1, deterministic=True))
    assert check(rollout, plan) == ()
    if answer is None or answer.best is None:
        return
    assert levels_of(rollout, plan) == answer.best
    assert plan.bound == answer.best[2]
    assert plan.status is PlanStatus.OPTIMAL


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_twice(workers: int) -> None:
    rollout = project_rollout(5, 40)
    plans = []
    for _ in range(2):
        problem, given = ready(rollout)
        search = FinishSearch(problem, given, a_clock(seconds=1.0, workers=workers))
        for _ in range(6):
            search.round()
        plans.append(search.plan.choices)
    assert plans[0] == plans[1]


@pytest.mark.parametrize("seed", FEW)
def test_rounds_never_make_a_plan_worse_and_keep_every_rule(seed: int) -> None:
    problem, given = ready(early(seed, LARGER))
    search = FinishSearch(problem, given, a_clock(seconds=3.0, workers=2))
    ranks = [search.plan.rank]
    for _ in range(4):
        search.round()
        assert search.plan.is_feasible()
        ranks.append(search.plan.rank)
    levels = [(rank.shortfall, rank.unplanned_priority, rank.value) for rank in ranks]
    assert levels == sorted(levels, reverse=True)
    assert search.bound <= ranks[-1].value


def test_a_better_plan_from_elsewhere_is_gone_on_from() -> None:
    problem, given = ready(project_rollout(3, 30))
    first = FinishSearch(problem, given, a_clock(seconds=4.0))
    for _ in range(12):
        first.round()
    second = FinishSearch(problem, given, a_clock())
    assert second.plan.rank.value > first.plan.rank.value
    second.begin_with(first.plan)
    assert second.plan.rank.value == first.plan.rank.value


def test_an_unsound_plan_is_not_taken_over() -> None:
    problem, given = ready(project_rollout(3, 30))
    search = FinishSearch(problem, given, a_clock())
    first = [None if choice is None else replace(choice, positions=(0,)) for choice in search.plan.choices]
    at_once = Incumbent(problem, first)
    assert not at_once.is_feasible()
    assert at_once.rank < search.plan.rank
    search.begin_with(at_once)
    assert search.plan.is_feasible()


def test_small_projects_are_proved() -> None:
    for seed in range(6):
        problem, given = ready(project_rollout(seed, 12))
        search = FinishSearch(problem, given, a_clock(seconds=10.0))
        for _ in range(2):
            search.round()
        assert search.bound == search.plan.rank.value


def test_a_search_that_is_stopped_leaves_a_sound_plan() -> None:
    problem, given = ready(project_rollout(2, 60))
    stop = threading.Event()
    stop.set()
    search = FinishSearch(problem, given, Clock(Limits(seconds=30.0), stop))
    search.round()
    assert search.plan.is_feasible()
