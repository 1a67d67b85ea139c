"""Rounds of annealing over a plan: the heat falls from round to round, the prices that lead it may change."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.scheduling.annealing.insertion import Scratch, scratch_for
from planner.scheduling.annealing.layout import lay_out
from planner.scheduling.annealing.parting import Part, Parting
from planner.scheduling.annealing.state import MONEY, SHORT, UNPLANNED, State, changed_choices, copied, state_of
from planner.scheduling.annealing.walk import Bench, Wishes, bench_for, walk
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Prices
from planner.scheduling.price_search import PriceSearch

LEAST_HEAT, MOST_HEAT, HEAT_A_CHANGE = 0.01, 0.1, 0.0005
"""The heat to begin with, as a part of what a shop costs on average: the more changes a shop, the hotter."""
COOLING = 60.0
"""By how much the heat falls in all."""
WORK_A_POSITION = 2.5e-7
LEGS = 5
"""After each of so many parts of a walk it can be ended: compiled code does not look whether it is to end."""


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
        self._parting = Parting(self._layout, [options.shop.region for options in plan.problem.options])
        self._now = state_of(plan, self._layout)
        self._best = self._now
        self._parts: list[Part] = []
        self._desks: list[tuple[Scratch, Bench]] = []
        self._cost_a_shop = float(plan.cents.mean()) if len(plan.cents) else 0.0
        self._random = np.random.default_rng(seed)

    def begin(
        self,
        prices: Prices,
        wishes: Wishes,
        course: Course,
        changes: int,
        count: int = 1,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> list[Callable[[], float]]:
        """Begin a round: `count` walks that can go on side by side, to be called before `end`.

        Each tries `changes` changes, led by `prices`, with the heat that is due at this point of the `course`, and
        returns what it was worth in units of work. Now and then it asks whether it is to end early.
        """
        heat = self._cost_a_shop * course.heat
        prefix = np.concatenate([[0.0], np.cumsum(prices.slots)])
        legs = np.diff(np.linspace(0, changes, LEGS + 1).astype(int)).tolist()
        self._parts = self._parting.parts(self._now, count, self._random)
        while len(self._desks) < count:
            self._desks.append((scratch_for(self._layout), bench_for(self._layout)))

        def to_walk(part: Part, desk: tuple[Scratch, Bench]) -> Callable[[], float]:
            seeds = self._random.integers(2**31, size=LEGS).tolist()

            def go() -> float:
                before, valued = copied(part.state), 0
                for leg, seed in zip(legs, seeds, strict=True):
                    if not is_stopped():
                        valued += walk(part.layout, part.state, before, wishes, prefix, heat, leg, seed, *desk)
                return WORK_A_POSITION * valued

            return go

        return [to_walk(part, desk) for part, desk in zip(self._parts, self._desks, strict=False)]

    def end(self) -> None:
        """End a round, all of whose walks are over."""
        parts, self._parts = self._parts, []
        now = self._parting.joined(self._now, parts)
        if _levels(now) > _levels(self._now):
            now = self._parting.joined(self._now, parts[:1])
        self._now = now
        if (*_levels(now), now.totals[MONEY]) < (*_levels(self._best), self._best.totals[MONEY] - 0.5):
            self._best = now

    def read(self) -> Incumbent:
        """The best plan that a round has come to so far, as choices."""
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


def _levels(state: State) -> tuple[float, float]:
    return float(state.totals[SHORT]), float(state.totals[UNPLANNED])
