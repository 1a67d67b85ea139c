"""What is proved: of the milestones, of the shops that can have a date, of the money.

Each level has a search for prices of its own. Level 1 counts shops short, level 2 points of priority with level 1
capped at the plan's, level 3 money with both capped. Levels 1 and 2 are whole numbers, so their bounds are rounded up,
and a plan that reaches one is best there.
"""

import math

import numpy as np

from planner.domain.rollout import Objective
from planner.scheduling.clock import Clock
from planner.scheduling.incumbent import Rank
from planner.scheduling.lagrangian import Caps, Lagrangian, Prices, Weights
from planner.scheduling.price_search import PriceSearch

STEP_WORK = 0.05
WHOLE = 1e-6
LEVELS_EVERY = 4
MOST_LEVEL_STEPS = 400
FIRST_RATE = 0.012


class Bounds:
    """The bounds on all levels, each improved a step at a time."""

    def __init__(self, lagrangian: Lagrangian, clock: Clock) -> None:
        self._lagrangian = lagrangian
        self._clock = clock
        self._is_money = lagrangian.problem.rollout.objective is Objective.COST
        spread, points = typical(lagrangian)
        priority = 2 * spread / points
        start = lagrangian.zero_prices(priority, 4 * priority * points)
        self.money = PriceSearch(lagrangian, Weights(money=1.0), start, FIRST_RATE * spread)
        self._short = PriceSearch(lagrangian, Weights(short=1.0), lagrangian.zero_prices(), FIRST_RATE)
        start = lagrangian.zero_prices(short=points)
        self._priority = PriceSearch(lagrangian, Weights(priority=1.0), start, FIRST_RATE * points)
        self.shortfall = 0
        self.unplanned_priority = 0
        self.value: int | None = None
        self._turn = 0

    @property
    def prices(self) -> Prices:
        """The prices that prove the best bound on money."""
        return self.money.best

    @property
    def levels(self) -> tuple[int, int]:
        """The least shortfall, and the least priority without a date, that are proved."""
        return self.shortfall, self.unplanned_priority

    def step(self, rank: Rank | None) -> None:
        """Improve the bound that says most about a plan of `rank`: money’s mostly."""
        self._turn += 1
        if rank is not None and self._turn % LEVELS_EVERY == 0 and self._step_levels(rank):
            return
        self.money.step(self._clock.stop.is_set)
        if rank is not None and self._is_money:
            self.raise_value(self.value_bound(rank))
        self._clock.spend(STEP_WORK)

    def _step_levels(self, rank: Rank) -> bool:
        if rank.shortfall > self.shortfall and self._short.steps < MOST_LEVEL_STEPS:
            self._short.step(self._clock.stop.is_set)
            self.shortfall = max(self.shortfall, _up(self._short.bound))
            self._clock.spend(STEP_WORK)
            return True
        if rank.unplanned_priority > self.unplanned_priority and self._priority.steps < MOST_LEVEL_STEPS:
            self._priority.set_caps(Caps(short=rank.shortfall))
            self._priority.step(self._clock.stop.is_set)
            self.unplanned_priority = _up(self._priority.bound)
            self._clock.spend(STEP_WORK)
            return True
        return False

    def value_bound(self, rank: Rank) -> int | None:
        """The bound on money for plans with the levels of `rank`, from prices; they say nothing of the last finish."""
        if not self._is_money:
            return None
        if self.money.steps == 0:
            return None
        self.money.set_caps(Caps(priority=rank.unplanned_priority, short=rank.shortfall))
        bound = self.money.bound
        return self._lagrangian.money_bound(bound) if np.isfinite(bound) else None

    def raise_value(self, bound: int | None) -> None:
        """Note a bound on level 3 for the plan's levels."""
        if bound is not None:
            self.value = bound if self.value is None else max(self.value, bound)

    def levels_changed(self) -> None:
        """A bound for other levels no longer holds: forget it."""
        self.value = None


def typical(lagrangian: Lagrangian) -> tuple[float, float]:
    """By how many cents a shop's options differ, and its points of priority; both on average."""
    spreads, points = [1.0], [1.0]
    for options in lagrangian.problem.options:
        costs = [block.cost[block.open] for block in options.blocks]
        spreads.append(float(sum(int(cost.max()) - int(cost.min()) for cost in costs)))
        points.append(float(options.shop.priority))
    return float(np.mean(spreads)), float(np.mean(points))


def _up(bound: float) -> int:
    return max(0, math.ceil(bound - WHOLE)) if np.isfinite(bound) else 0
