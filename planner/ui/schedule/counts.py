"""How many shops are closed on each day."""

from collections.abc import Iterable
from itertools import accumulate

from planner.ui.schedule.bars import Bar
from planner.ui.schedule.timescale import Timescale


class Closures:
    """The shops closed on each day from `first` to `last`, as ordinals."""

    def __init__(self, bars: Iterable[Bar], first: int, last: int) -> None:
        steps = [0] * (last - first + 2)
        for bar in bars:
            if bar.closed and bar.closed[1] >= first and bar.closed[0] <= last:
                steps[max(0, bar.closed[0] - first)] += 1
                steps[min(last, bar.closed[1]) + 1 - first] -= 1
        self._first = first
        self._counts = list(accumulate(steps))
        self.most = max(self._counts)

    def on(self, first: int, last: int) -> int:
        """The most that are closed on any day from `first` to `last`."""
        return max(self._counts[max(0, first - self._first) : last - self._first + 1], default=0)


def lines_for(timescale: Timescale, most: int) -> int:
    """How many lines the greatest figure takes."""
    return -(-len(str(most)) // timescale.columns)
