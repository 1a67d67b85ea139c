"""How the time of a run is shared between better prices and better plans: it goes where the gap closes faster."""

from planner.scheduling.bounding import Bounds
from planner.scheduling.clock import Clock
from planner.scheduling.incumbent import Rank

STEPS_AT_ONCE = 4
PLAN_MEMORY, BOUND_MEMORY = 0.75, 0.95
"""Steps that have become long again raise the bound only after dozens of them: what they gain is remembered longer."""
SELDOM = 4
"""Prices are looked at again after so many turns at the latest: what paid little may pay more now."""


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


def _mixed(rate: float, gain: float, seconds: float, memory: float) -> float:
    """A rate of gain after another one, over `seconds`, came in."""
    return memory * rate + (1 - memory) * gain / max(seconds, 1e-3)
