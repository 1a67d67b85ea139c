"""Prices on capacity, and the bound they prove.

With every coupling priced, the relaxation falls apart into one small choice a shop. Its best bound equals that of the
linear program over all options (Geoffrion, 1974), but it is reached without building that program.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.scheduling.flat import FlatOptions, Taken, never
from planner.scheduling.pricing import Pricers
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import FloatArray, Use

ROUNDING_CENTS = 0.55
"""A shop's travel is rounded to cents once: half a cent, and what models lose in counting it in hundredths."""
FLOAT_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Weights:
    """What an objective counts: a cent, a point of priority without a date, a shop short of a milestone."""

    money: float = 0.0
    priority: float = 0.0
    short: float = 0.0


@dataclass(frozen=True, slots=True)
class Caps:
    """The levels that are settled: points of priority without a date and shops short, at most."""

    priority: int = 0
    short: int = 0


@dataclass(frozen=True, slots=True)
class Prices:
    """A price for each slot of capacity, shape (slots,), each deadline, and each capped level; never negative."""

    slots: FloatArray
    deadlines: FloatArray
    priority: float = 0.0
    short: float = 0.0


@dataclass(frozen=True, slots=True)
class Valuation:
    """What prices prove, and what all shops would do at them.

    `bound` is in units of the weights, before rounding is allowed for, if nothing may be short or left out; what the
    caps allow comes off it.
    """

    bound: float
    taken: Taken

    def bound_under(self, caps: Caps, prices: Prices) -> float:
        """The bound on the objective of plans whose levels are within `caps`."""
        return self.bound - caps.priority * prices.priority - caps.short * prices.short


class Lagrangian:
    """The relaxation of a problem that prices its capacities and deadlines."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.pricers = Pricers(problem.options)
        self.flat = FlatOptions(problem)
        self.scale = _slot_scale(problem)

    def zero_prices(self, priority: float = 0.0, short: float = 0.0) -> Prices:
        """No price on any capacity or deadline."""
        slots, deadlines = len(self.problem.capacity), len(self.problem.deadlines)
        return Prices(np.zeros(slots), np.zeros(deadlines), priority, short)

    def rewards(self, prices: Prices) -> list[tuple[int, float]]:
        """What finishing by each deadline earns at the prices."""
        deadlines = self.problem.deadlines
        return [(item.day, float(price)) for item, price in zip(deadlines, prices.deadlines, strict=True) if price]

    def value(self, prices: Prices, weights: Weights, is_given_up: Callable[[], bool] = never) -> Valuation | None:
        """What each shop would do at `prices`, and the bound on the weighted objective that follows.

        With many shops that takes a while; None if it is given up on the way.
        """
        prefix = np.concatenate([[0.0], np.cumsum(prices.slots)])
        point = weights.priority + prices.priority
        taken = self.flat.take(prefix, weights.money, point, self.rewards(prices), is_given_up)
        if taken is None:
            return None
        earned = float(prices.slots @ self.problem.capacity.astype(np.float64))
        needed = sum(price * item.need for price, item in zip(prices.deadlines, self.problem.deadlines, strict=True))
        return Valuation(taken.total - earned + float(needed), taken)

    def money_bound(self, bound: float) -> int:
        """A bound in whole cents from one in weighted money: crews' travel is rounded once for each shop."""
        noise = FLOAT_NOISE * max(1.0, abs(bound))
        return int(np.ceil(bound - ROUNDING_CENTS * self._rounded_shops - noise - 1e-6))

    @cached_property
    def _rounded_shops(self) -> int:
        return sum(
            any(choice.week_cents for block in options.blocks for visit in block.visits for choice in visit.choices)
            for options in self.problem.options
        )


def _slot_scale(problem: Problem) -> FloatArray:
    """The size of a typical use of each slot's timeline, so that a step means the same on all of them."""
    largest = np.ones(len(problem.timelines.items))
    seen: set[Use] = set()
    for options in problem.options:
        for block in options.blocks:
            for use in block.uses:
                if use not in seen and len(use.amount):
                    seen.add(use)
                    number = use.timeline.number
                    largest[number] = max(largest[number], float(np.abs(use.amount).max()))
    slots = [timeline.slots for timeline in problem.timelines.items]
    scale: FloatArray = np.repeat(largest, slots)
    return scale
