"""Days as numbers from today, and the tables that answer "which day then?" for many samples at once."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.review.days import ShopDays

Numbers = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]
DAYS_PAST_THE_END = 731
"""How long after horizon and plan a delayed remodel may still finish; what would take longer never does."""


class Axis:
    """Days numbered from today, which is 0; `never` stands for a day that does not come."""

    def __init__(self, rollout: Rollout, plan: Plan) -> None:
        last = max([rollout.last, *(remodel.finish for remodel in plan.remodels)])
        self.today = rollout.today
        self.never = (last - rollout.today).days + DAYS_PAST_THE_END

    def number(self, day: date) -> int:
        """The number of `day`, negative before today."""
        return (day - self.today).days

    def day(self, number: int) -> date | None:
        """The day of a number; None where that is never."""
        return None if number >= self.never else self.today + timedelta(days=number)

    def mask(self, holds: Callable[[date], bool]) -> Mask:
        """On which days, from today to the last one, something holds."""
        return np.array([holds(self.today + timedelta(days=number)) for number in range(self.never)], dtype=np.bool_)

    def window(self, first: date, last: date) -> Mask:
        """The days from `first` to `last`, both included."""
        numbers = np.arange(self.never)
        return (numbers >= self.number(first)) & (numbers <= self.number(last))


class WorkDays:
    """The days of an axis on which work can be done: `work` in order, then never; `rank` counts those before a day."""

    def __init__(self, mask: Mask) -> None:
        never = len(mask)
        self.mask = mask
        self.work: Numbers = np.append(np.flatnonzero(mask), never)
        # Two more than there are days: never, and the day after it.
        self.rank: Numbers = np.concatenate(([0], np.cumsum(mask), [np.count_nonzero(mask)])).astype(np.intp)

    def nth(self, day: Numbers, count: Numbers | int) -> Numbers:
        """The `count`th (from 1) working day from `day` on."""
        return self.work.take(self.rank.take(day) + (count - 1), mode="clip")

    def count(self, first: int, last: int) -> int:
        """How many working days there are from `first` to `last`, of those that are not before today."""
        return int(self.rank[last + 1] - self.rank[max(first, 0)])


def next_allowed(allowed: Mask) -> Numbers:
    """For each day and never: the first allowed day on or after it."""
    never = len(allowed)
    days = np.append(np.where(allowed, np.arange(never), never), never)
    return np.minimum.accumulate(days[::-1])[::-1].astype(np.intp)


def counted_before(mask: Mask) -> Numbers:
    """How many days before each day are in `mask`; two entries more than there are days."""
    total = np.count_nonzero(mask)
    return np.concatenate(([0], np.cumsum(mask), [total])).astype(np.intp)


class SharedDays:
    """The working days of each calendar and set of further closed days, made once."""

    def __init__(self, axis: Axis) -> None:
        self._axis = axis
        self._masks: dict[int, Mask] = {}
        self._made: dict[tuple[int, bytes], WorkDays] = {}

    def of(self, days: ShopDays, blocked: Mask | None = None) -> WorkDays:
        """The days on which work is done in shops that share `days`, but not on `blocked` ones."""
        if id(days) not in self._masks:
            self._masks[id(days)] = self._axis.mask(days.is_working)
        mask = self._masks[id(days)]
        if blocked is not None and blocked.any():
            mask = mask & ~blocked
        key = (id(days), mask.tobytes() if blocked is not None else b"")
        if key not in self._made:
            self._made[key] = WorkDays(mask)
        return self._made[key]
