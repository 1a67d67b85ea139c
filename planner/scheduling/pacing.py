"""How the time of a run is shared between better prices and better plans."""

from planner.scheduling.bounding import Bounds
from planner.scheduling.incumbent import Rank

STEPS_A_ROUND = 10
PAYING_SHARE = 0.005
SELDOM = 6


class PricePacer:
    """How many price steps go along with a round: fewer once they say little more, so that plans get the time."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._most = STEPS_A_ROUND
        self._rounds = 0
        self._before: tuple[tuple[int, int], int] | None = None
        self._rank: Rank | None = None
        self._left = 0
        self.steps = 0

    def begin(self, rank: Rank, slack: float | None) -> None:
        """A round begins from a plan of `rank`, `slack` above its bound."""
        now = None if self._bounds.value is None else (self._bounds.levels, self._bounds.value)
        if now is None or self._before is None or now[0] != self._before[0] or slack is None:
            self._most = STEPS_A_ROUND
        elif self.steps:
            pays = now[1] - self._before[1] > PAYING_SHARE * slack
            self._most = min(STEPS_A_ROUND, 2 * self._most) if pays else max(1, self._most // 2)
        self._rank, self._before = rank, now
        self._rounds += 1
        self.steps = self._most if self._most > 1 or self._rounds % SELDOM == 0 else 0
        self._left = self.steps

    def step(self) -> bool:
        """Take a step; whether another one is due."""
        self._left -= 1
        self._bounds.step(self._rank)
        return self._left > 0
