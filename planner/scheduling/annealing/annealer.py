"""Rounds of annealing over a plan: the heat falls from round to round, the prices that lead it may change."""

from dataclasses import dataclass

import numpy as np

from planner.scheduling.annealing.insertion import scratch_for
from planner.scheduling.annealing.layout import lay_out
from planner.scheduling.annealing.state import changed_choices, copied, state_of
from planner.scheduling.annealing.walk import Wishes, bench_for, walk
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Prices
from planner.scheduling.price_search import PriceSearch

LEAST_HEAT, MOST_HEAT, HEAT_A_CHANGE = 0.01, 0.1, 0.0005
"""The heat to begin with, as a part of what a shop costs on average: the more changes a shop, the hotter."""
COOLING = 60.0
"""By how much the heat falls in all."""
WORK_A_POSITION = 2.5e-7


@dataclass(frozen=True, slots=True)
class Course:
    """How many changes a shop are expected in all, and which part of them is made."""

    changes_a_shop: float
    progress: float

    @property
    def heat(self) -> float:
        """The heat that is due, as a part of what a shop costs."""
        hottest = min(MOST_HEAT, max(LEAST_HEAT, HEAT_A_CHANGE * self.changes_a_shop))
        return float(hottest / COOLING ** min(1.0, self.progress))


class Annealer:
    """Improves a plan's money, and its levels where it comes by a way to; `plan` is the best so far."""

    def __init__(self, plan: Incumbent, seed: int) -> None:
        self.plan = plan
        self._layout = lay_out(plan.problem)
        self._now = state_of(plan, self._layout)
        self._before = copied(self._now)
        self._best = copied(self._now)
        self._scratch = scratch_for(self._layout)
        self._bench = bench_for(self._layout)
        self._cost_a_shop = float(plan.cents.mean()) if len(plan.cents) else 0.0
        self._random = np.random.default_rng(seed)

    def round(self, prices: Prices, wishes: Wishes, course: Course, changes: int) -> float:
        """Try `changes` changes, led by `prices`, with the heat that is due at this point of the `course`.

        What it was worth in units of work. `plan` stays what it was until `read`.
        """
        heat = self._cost_a_shop * course.heat
        prefix = np.concatenate([[0.0], np.cumsum(prices.slots)])
        seed = int(self._random.integers(2**31))
        valued = walk(
            self._layout,
            self._now,
            self._before,
            self._best,
            wishes,
            prefix,
            heat,
            changes,
            seed,
            self._scratch,
            self._bench,
        )
        return WORK_A_POSITION * valued

    def read(self) -> Incumbent:
        """The best plan so far, as choices."""
        changes = changed_choices(self.plan, self._layout, self._best)
        if changes:
            plan = self.plan.with_changes(changes)
            if plan.rank < self.plan.rank and plan.is_feasible():
                self.plan = plan
        return self.plan


def wishes_at_best(search: PriceSearch) -> Wishes | None:
    """What each shop would do at the best prices; None before the first step."""
    taken = search.taken
    return None if taken is None else Wishes(taken.begun, taken.values)


def no_wishes() -> Wishes:
    """Those of no shops."""
    return Wishes(np.zeros(0, np.int64), np.zeros(0))


def changes_in_first_round(shops: int) -> int:
    """How many changes are tried in a first round."""
    return 200 + shops // 10
