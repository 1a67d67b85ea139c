"""Prices never prove more than a plan that exists, and the search makes them prove more."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from planner.domain.rollout import Objective, Rollout
from planner.domain.shop import Status
from planner.scheduling.bounding import FIRST_RATE, typical
from planner.scheduling.clock import Clock
from planner.scheduling.construction import construct
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Caps, Lagrangian, Weights
from planner.scheduling.limits import Limits
from planner.scheduling.mandatory import place_mandatory
from planner.scheduling.price_search import PriceSearch
from planner.scheduling.problem import build_problem
from tests.tiny_rollouts import LARGER, TINY, Size, seeded_rollout

STEPS = 50
CASES = [*((seed, TINY) for seed in range(30)), *((seed, LARGER) for seed in range(6))]


def free_rollout(seed: int, size: Size) -> Rollout:
    """A rollout of a seed without given dates, and without travel, so that nothing is rounded."""
    rollout = seeded_rollout(seed, size)
    shops = tuple(
        replace(shop, status=Status.BACKLOG, start=None, finish=None, crews=(), weekly_revenue=1234.56)
        for shop in rollout.shops
    )
    costs = replace(rollout.costs, km=0.0, uplift=0.5)
    return replace(rollout, shops=shops, costs=costs, freeze_days=0, objective=Objective.COST)


def lagrangian_of(seed: int, size: Size) -> Lagrangian:
    return Lagrangian(build_problem(free_rollout(seed, size)))


def first_plan(lagrangian: Lagrangian) -> Incumbent:
    given = place_mandatory(lagrangian.problem, Clock(Limits(), threading.Event()))
    plan = construct(lagrangian, lagrangian.zero_prices(), given, np.random.default_rng(1))
    assert plan.is_feasible()
    return plan


def money_search(lagrangian: Lagrangian, priority: float = 0.0, short: float = 0.0) -> PriceSearch:
    spread, _ = typical(lagrangian)
    start = lagrangian.zero_prices(priority, short)
    return PriceSearch(lagrangian, Weights(money=1.0), start, FIRST_RATE * spread)


@pytest.mark.parametrize(("seed", "size"), CASES)
def test_no_bound_exceeds_a_plan(seed: int, size: Size) -> None:
    lagrangian = lagrangian_of(seed, size)
    rank = first_plan(lagrangian).rank
    weights = Weights(money=1.0, priority=40.0, short=900.0)
    search = PriceSearch(lagrangian, weights, lagrangian.zero_prices(), FIRST_RATE * typical(lagrangian)[0])
    search.set_caps(Caps(priority=rank.unplanned_priority, short=rank.shortfall))
    objective = rank.value + weights.priority * rank.unplanned_priority + weights.short * rank.shortfall
    for _ in range(STEPS):
        search.step()
        assert search.bound <= objective * (1 + 1e-9) + 1e-6


@pytest.mark.parametrize(("seed", "size"), CASES)
def test_no_bound_for_a_plans_levels_exceeds_its_money(seed: int, size: Size) -> None:
    lagrangian = lagrangian_of(seed, size)
    rank = first_plan(lagrangian).rank
    search = money_search(lagrangian, priority=50.0, short=500.0)
    search.set_caps(Caps(priority=rank.unplanned_priority, short=rank.shortfall))
    for _ in range(STEPS):
        search.step()
        assert search.bound <= rank.value * (1 + 1e-9) + 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_steps_raise_the_bound_where_shops_compete(seed: int) -> None:
    search = money_search(lagrangian_of(seed, LARGER))
    assert search.bound == -np.inf
    search.step()
    first = search.bound
    for _ in range(STEPS - 1):
        search.step()
    assert search.steps == STEPS
    assert search.bound > first * 1.001


@pytest.mark.parametrize("seed", range(6))
def test_the_best_prices_prove_the_bound(seed: int) -> None:
    lagrangian = lagrangian_of(seed, LARGER)
    search = money_search(lagrangian)
    for _ in range(STEPS):
        search.step()
    best = search.best
    valuation = lagrangian.value(best, search.weights)
    assert valuation is not None
    assert valuation.bound_under(search.caps, best) == pytest.approx(search.bound)


def test_a_step_that_is_given_up_changes_nothing() -> None:
    search = money_search(lagrangian_of(1, LARGER))
    search.step()
    bound, best, steps = search.bound, search.best, search.steps
    for _ in range(STEPS):
        search.step(lambda: True)
    assert (search.bound, search.best, search.steps) == (bound, best, steps)
