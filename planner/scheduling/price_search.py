"""A search for prices that prove a good bound.

Projected subgradient ascent in which every price has a step of its own: the running mean of its subgradient over the
root of the running mean of its square, times a rate that falls from step to step (Adam: Kingma and Ba, 2015) and is
raised again from the best prices once steps have become short (warm restarts: Loshchilov and Hutter, 2017). Prices
of crew-days, kits, partners and milestones differ by orders of magnitude; one step length for all of them (Polyak's)
stalls on the rarest. A step costs one pass over all options and needs no solver, so it gives usable prices in the first
second, for any number of shops, and can be taken up again at any time.

Measured on 200 shops to plan, each against the bound of the linear program: Adam 0.1 % below after 200 steps (4 s);
Polyak's steps with deflection 0.3 % below after 300; GLOP with generated columns and rows still 0.2 % below after
70 s, its linear programs being 3,000 rows of little but degenerate vertices.
"""

from collections.abc import Callable

import numpy as np

from planner.scheduling.flat import Taken, never
from planner.scheduling.lagrangian import Caps, Lagrangian, Prices, Valuation, Weights
from planner.scheduling.timelines import FloatArray, IntArray

MEAN_DECAY = 0.93
SQUARE_DECAY = 0.95
RATE_DECAY = 0.981
OLDEST, YOUNG_AGAIN = 170, 40
"""The steps after which the rate has fallen to a twenty-fifth, and those after which it is a half."""
AGE_FOR_OTHER_LEVELS = 90
"""The steps after whose rate the search goes on when the levels change, since that moves all prices a little."""
BEGUN_MEMORY = 0.985
LEVEL_RATE = 20.0
"""Prices of deadlines and levels count whole shops, those of slots a day of one: their steps are this much longer."""


class PriceSearch:
    """Climbs towards the best bound on an objective, a step at a time.

    `rate` is the length of a first step, in units of the objective. `begun` is the day on which each shop's last block
    began in the latest steps, on average, shape (shops,), None before the first: shops pile up wherever prices are low
    for a moment, but over many steps each goes where the linear program would have it (the volume algorithm: Barahona
    and Anbil, 2000).
    """

    def __init__(self, lagrangian: Lagrangian, weights: Weights, start: Prices, rate: float) -> None:
        self.lagrangian = lagrangian
        self.weights = weights
        self.caps = Caps()
        self.best = start
        self.steps = 0
        self._age = 0
        self._best_raw: Valuation | None = None
        self._deadlines = len(start.deadlines)
        self._at = np.concatenate([start.slots * lagrangian.scale, start.deadlines, [start.priority, start.short]])
        self._rate = rate
        self._rates = np.ones(len(self._at))
        self._rates[len(start.slots) :] = LEVEL_RATE
        self._mean = np.zeros(len(self._at))
        self._square = np.zeros(len(self._at))
        self.begun: FloatArray | None = None

    @property
    def bound(self) -> float:
        """The best bound so far, under the caps; minus infinity before the first step."""
        return -np.inf if self._best_raw is None else self._best_raw.bound_under(self.caps, self.best)

    @property
    def taken(self) -> Taken | None:
        """What the shops take at the best prices; None before the first step."""
        return None if self._best_raw is None else self._best_raw.taken

    def set_caps(self, caps: Caps) -> None:
        """Go on for other settled levels."""
        if caps != self.caps:
            self._age = min(self._age, AGE_FOR_OTHER_LEVELS)
        self.caps = caps

    def step(self, is_given_up: Callable[[], bool] = never) -> None:
        """Value the present prices, and move on from them, unless it is given up before they are valued."""
        if self._age >= OLDEST:
            self._restart()
        prices = self._prices()
        valuation = self.lagrangian.value(prices, self.weights, is_given_up)
        if valuation is None:
            return
        if valuation.bound_under(self.caps, prices) > self.bound:
            self.best, self._best_raw = prices, valuation
        self._note_begun(valuation.taken.begun)
        self._move(self._gradient(valuation, prices))
        self.steps += 1
        self._age += 1

    def _note_begun(self, begun: IntArray) -> None:
        days = np.minimum(begun, self.lagrangian.problem.axis.count).astype(np.float64)
        self.begun = days if self.begun is None else BEGUN_MEMORY * self.begun + (1 - BEGUN_MEMORY) * days

    def _restart(self) -> None:
        """Go on from the best prices, with longer steps again."""
        best = self.best
        self._at = np.concatenate([best.slots * self.lagrangian.scale, best.deadlines, [best.priority, best.short]])
        self._mean[:] = 0.0
        self._age = YOUNG_AGAIN

    def _prices(self) -> Prices:
        slots = len(self._at) - self._deadlines - 2
        return Prices(
            self._at[:slots] / self.lagrangian.scale,
            self._at[slots : slots + self._deadlines].copy(),
            float(self._at[-2]),
            float(self._at[-1]),
        )

    def _gradient(self, valuation: Valuation, prices: Prices) -> FloatArray:
        """By how much each constraint is broken by what the shops take; 0 for prices that cannot go that way."""
        problem, taken = self.lagrangian.problem, valuation.taken
        over = (taken.usage - problem.capacity) / self.lagrangian.scale
        over[~problem.binding] = 0.0
        needs = np.array([item.need for item in problem.deadlines], np.float64)
        at_most = prices.deadlines >= self.weights.short + prices.short
        short = float(np.maximum(needs, 0.0)[at_most].sum())
        level = np.array([taken.left_out - self.caps.priority, short - self.caps.short], np.float64)
        if not self.weights.money:
            level[0] = 0.0
        if self.weights.short:
            level[1] = 0.0
        gradient = np.concatenate([over, needs - taken.finished, level])
        gradient[(gradient < 0) & (self._at <= 0)] = 0.0
        return gradient

    def _move(self, gradient: FloatArray) -> None:
        self._mean = MEAN_DECAY * self._mean + (1 - MEAN_DECAY) * gradient
        self._square = SQUARE_DECAY * self._square + (1 - SQUARE_DECAY) * gradient * gradient
        rate = self._rate * RATE_DECAY**self._age
        step = rate * self._rates * self._mean / (np.sqrt(self._square) + 1e-12)
        self._at = np.maximum(self._at + step, 0.0)
        deadlines = self._at[-2 - self._deadlines : -2]
        np.minimum(deadlines, self.weights.short + self._at[-1], out=deadlines)
