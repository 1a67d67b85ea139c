"""How the time of a run is shared: it goes where the gap closes faster.

Between better prices and better plans, and, for those, between annealing and neighbourhoods. What a problem is like
decides: where remodels fit into crews' days without waste, neighbourhoods soon find all there is; where several trades
have to come together, and shops are many, annealing looks at a hundred times as many changes.
"""

from planner.scheduling.bounding import Bounds
from planner.scheduling.clock import Clock
from planner.scheduling.incumbent import Rank

STEPS_AT_ONCE = 4
PLAN_MEMORY, BOUND_MEMORY = 0.75, 0.95
"""Steps that have become long again raise the bound only after dozens of them: what they gain is remembered longer."""
SELDOM = 4
"""Prices are looked at again after so many turns at the latest: what paid little may pay more now."""
PAYING = 0.1
"""The part of the gap that better prices would have to close in the time left, at the pace of their last turn."""
TRIAL = 0.08
"""The part of the time left after which it is asked again whether neighbourhoods gain enough."""
ENOUGH = 0.5
"""Neighbourhoods that would close this part of the gap in the time left are left alone."""


class PricePacer:
    """Takes price steps between neighbourhoods as long as they raise the bound faster than those improve the plan."""

    def __init__(self, bounds: Bounds, clock: Clock) -> None:
        self._bounds = bounds
        self._clock = clock
        self._bound_rate: float | None = None
        self._plan_rate = 0.0
        self._levels: tuple[int, int] | None = None
        self._turns = 0

    def plan_changed(self, before: Rank, after: Rank, seconds: float) -> None:
        """Note what a neighbourhood gained."""
        levels = after.shortfall, after.unplanned_priority
        if levels != self._levels:
            self._levels, self._bound_rate = levels, None
        gain = max(0, before.value - after.value) if before.shortfall == after.shortfall else 0
        self._plan_rate = _mixed(self._plan_rate, gain, seconds, PLAN_MEMORY)

    def turn(self, rank: Rank) -> None:
        """Take some steps if they are due."""
        self._turns += 1
        if self._bound_rate is not None and self._bound_rate < self._plan_rate and self._turns % SELDOM:
            return
        before, began = self._bounds.value, self._clock.elapsed
        for _ in range(STEPS_AT_ONCE):
            if not self._clock.is_over:
                self._bounds.step(rank)
        after, seconds = self._bounds.value, self._clock.elapsed - began
        if before is not None and after is not None:
            rate, memory = (0.0, 0.0) if self._bound_rate is None else (self._bound_rate, BOUND_MEMORY)
            self._bound_rate = _mixed(rate, after - before, seconds, memory)


class PriceTurns:
    """Says in which rounds of annealing a worker sees to better prices: in all while that pays, then now and then."""

    def __init__(self, bounds: Bounds, clock: Clock) -> None:
        self._bounds = bounds
        self._clock = clock
        self._is_paying = True
        self._waited = 0

    def is_due(self) -> bool:
        """Whether prices have their turn in the round that begins."""
        self._waited += 1
        return self._clock.limits.workers > 1 and (self._is_paying or self._waited >= SELDOM)

    def taken(self, before: int | None, seconds: float, rank: Rank) -> None:
        """A turn of `seconds` is over, before which the bound was `before`; the plan is of `rank`."""
        self._waited = 0
        after = self._bounds.value
        if before is not None and after is not None:
            closed = (after - before) / max(seconds, 1e-3) * self._clock.left
            self._is_paying = closed > PAYING * (rank.value - after)


class AnnealingPacer:
    """Says when another course of annealing is due: when neighbourhoods gain less by now than its last half did."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._marks: list[tuple[float, Rank]] = []
        self._gained: tuple[float, ...] = ()
        self._ends = 0.0

    def begin(self, rank: Rank) -> None:
        """A course begins with a plan of `rank`."""
        self._marks = [(self._clock.elapsed, rank)]

    def annealed(self, rank: Rank) -> None:
        """Note what the course has come to."""
        self._marks.append((self._clock.elapsed, rank))

    def end(self) -> None:
        """The course is over: from now on neighbourhoods are looked at."""
        ended, last = self._marks[-1]
        middle = (self._marks[0][0] + ended) / 2
        since, before = max((mark for mark in self._marks[:-1] if mark[0] <= middle), default=self._marks[0])
        self._gained = _rates(before, last, ended - since)
        self._look(last)

    def is_due(self, rank: Rank, slack: float | None) -> bool:
        """Whether to anneal again, neighbourhoods having come to `rank`, which is `slack` cents above the bound."""
        now, left = self._clock.elapsed, self._clock.left
        if not self._marks or now < self._ends:
            return False
        began, before = self._marks[-1]
        gained = _rates(before, rank, now - began)
        is_enough = slack is not None and gained[:-1] == self._gained[:-1] and gained[-1] * left > ENOUGH * slack
        self._look(rank)
        return gained < self._gained and not is_enough

    def _look(self, rank: Rank) -> None:
        """Begin to watch neighbourhoods, which have a plan of `rank`."""
        now = self._clock.elapsed
        self._marks = [(now, rank)]
        self._ends = now + TRIAL * self._clock.left


def _rates(before: Rank, after: Rank, seconds: float) -> tuple[float, ...]:
    """What was gained a second on each level, the first of which counts most."""
    short, points = before.shortfall - after.shortfall, before.unplanned_priority - after.unplanned_priority
    return tuple(gain / max(seconds, 1e-3) for gain in (short, points, before.value - after.value))


def _mixed(rate: float, gain: float, seconds: float, memory: float) -> float:
    """A rate of gain after another one, over `seconds`, came in."""
    return memory * rate + (1 - memory) * gain / max(seconds, 1e-3)
