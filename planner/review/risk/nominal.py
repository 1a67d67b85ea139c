"""How long phases and visits last if all goes as planned, from any day they might begin."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.review.risk.axis import Mask, Numbers, WorkDays, counted_before


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase within a run of phases: the working days it takes, and those that pass before it at least."""

    days: int
    wait: int


def run_ends(work: WorkDays, stretches: Sequence[Stretch]) -> Numbers:
    """The last day of a run of phases for each day it may begin on; never where the days run out.

    The wait of the first is not used.
    """
    place = work.rank[: len(work.mask) + 1]
    for number, stretch in enumerate(stretches):
        place = place + (stretch.wait if number else 0) + stretch.days
    return work.work.take(place - 1, mode="clip")


def keeps_clear(ends: Numbers, avoided: Mask) -> Mask:
    """For each day: whether a run from it to its end in `ends` touches none of the avoided days."""
    before = counted_before(avoided)
    starts = np.arange(len(avoided))
    clear: Mask = before[ends[:-1] + 1] == before[starts]
    return clear
