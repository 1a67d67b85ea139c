"""Units held in turn, in many samples at once.

For each sample a pool keeps, in ascending order, the days from which its units are free again. A job takes those
that are free first; so its jobs are done in the plan's order, each by whichever unit is free. This is the recursion
of Kiefer and Wolfowitz (1955) for a queue with several servers. Free days only grow with the lengths of jobs, so
more units, or shorter jobs, never make anything later.
"""

from collections.abc import Sequence

import numpy as np

from planner.review.risk.axis import Numbers


class PoolState:
    """The units of a pool in a block of samples.

    Units whose job has begun but whose end is not known yet are free never; `open` counts them.
    """

    def __init__(self, rows: int, size: int, never: int) -> None:
        self._rows: list[Numbers] = [np.zeros(size, dtype=np.intp) for _ in range(rows)]
        self._never = np.full(size, never, dtype=np.intp)
        self._open = 0

    def free_from(self, units: int) -> Numbers | None:
        """The first day on which so many units are free, or None where the pool never has as many to spare.

        More than there are, or than may ever be known to be free again, is asked only where given dates conflict.
        """
        known = len(self._rows) - self._open
        if known == 0:
            return None
        return self._rows[min(units, known) - 1]

    def take(self, units: int) -> list[Numbers]:
        """Holds the units that are free first, until they are given back; returns since when each was free."""
        taken = []
        for _ in range(min(units, len(self._rows) - self._open)):
            taken.append(self._rows[0])
            self._rows = [*self._rows[1:], self._never]
            self._open += 1
        return taken

    def give_back(self, free_from: Sequence[Numbers]) -> None:
        """Says from which days units that were taken are free again, one after another."""
        for day in free_from:
            free = day
            if self._open:
                self._rows.pop()
                self._open -= 1
            elif self._rows:
                # More is held than there is, as only given dates that conflict can.
                free = np.maximum(self._rows.pop(0), day)
            self._insert(free)

    def absent(self, units: int, back: int) -> None:
        """Lets the units that are free first be away until the day before `back`."""
        known = len(self._rows) - self._open
        count = min(units, known)
        gone = [np.maximum(row, back) for row in self._rows[:count]]
        self._rows = self._rows[count:]
        for row in gone:
            self._insert(row)

    def _insert(self, value: Numbers) -> None:
        place = 0
        for place in range(len(self._rows) - self._open):
            row = self._rows[place]
            self._rows[place] = np.minimum(row, value)
            value = np.maximum(row, value)
        self._rows.insert(len(self._rows) - self._open, value)
