"""Every rule that couples shops, as capacity over time.

A timeline is a row of slots (days, weeks or a single one) with a capacity each; a remodel uses an amount on a
range of slots, so that one representation serves crews, absences, limits, neighbours, supply, partner targets and
`after`. All timelines lie end to end in flat arrays: a slot's number is its timeline's offset plus its place, and
with prefix sums over the flat array the price of any range is one subtraction.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

LOSS_SCALE = 10_000
"""Units a EUR of a partner's loss: hundredths of a cent, so that sums in whole numbers stay true to a cent."""


class Rule(StrEnum):
    """The rules of the rollout format that a timeline can stand for, by the names its conflicts use."""

    CREW = "crew"
    ABSENCE = "absence"
    LIMIT = "limit"
    NEIGHBOURS = "neighbours"
    SUPPLY = "supply"
    AFTER = "after"
    PARTNER_TARGET = "partner_target"


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """One rule for one group: `slots` slots from `offset`. `subject` says whom or what it is about, in words.

    `number` is its place among all timelines.

    `first_days` maps a slot to the day (after today) it begins on; `days_a_slot` is 7 for weeks.
    """

    number: int
    rule: Rule
    subject: str
    offset: int
    slots: int
    first_days: IntArray
    days_a_slot: int = 1

    @property
    def end(self) -> int:
        """One past the timeline's last slot."""
        return self.offset + self.slots


@dataclass(slots=True)
class Timelines:
    """All timelines end to end, with the capacity of each slot.

    `binding` marks the slots that can bind: a use that covers any other slot covers a binding one of its timeline
    with no more capacity, so a model needs no constraint for the rest.
    """

    items: list[Timeline] = field(default_factory=list)
    _capacity: list[IntArray] = field(default_factory=list)
    _binding: list[BoolArray] = field(default_factory=list)
    _offsets: list[int] = field(default_factory=list)
    _offset_array: IntArray | None = None
    size: int = 0

    def add(
        self,
        rule: Rule,
        subject: str,
        capacity: IntArray,
        first_days: IntArray,
        *,
        binding: BoolArray | None = None,
        days_a_slot: int = 1,
    ) -> Timeline:
        """Append a timeline with `capacity` in each slot."""
        timeline = Timeline(len(self.items), rule, subject, self.size, len(capacity), first_days, days_a_slot)
        self.items.append(timeline)
        self._offsets.append(self.size)
        self._capacity.append(capacity.astype(np.int64))
        self._binding.append(np.ones(len(capacity), bool) if binding is None else binding)
        self.size += len(capacity)
        return timeline

    def capacity(self) -> IntArray:
        """The capacity of every slot, shape (size,)."""
        return np.concatenate([np.zeros(0, np.int64), *self._capacity])

    def number_of(self, slot: int) -> int:
        """The place in `items` of the timeline that `slot` belongs to."""
        return bisect_right(self._offsets, slot) - 1

    def numbers_of(self, slots: IntArray) -> IntArray:
        """The places in `items` of the timelines that `slots` belong to."""
        if self._offset_array is None or len(self._offset_array) != len(self._offsets):
            self._offset_array = np.array(self._offsets, np.int64)
        return np.searchsorted(self._offset_array, slots, side="right") - 1

    def binding(self) -> BoolArray:
        """Whether each slot can bind, shape (size,)."""
        return np.concatenate([np.zeros(0, bool), *self._binding])


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """What each position of a block uses of one timeline: `amount` on its places `begin` to `end`, both included.

    Places are counted from the timeline's first slot; a position with `end < begin` uses nothing. Shops whose blocks
    have the same days share uses, so that what one costs is worked out once.
    """

    timeline: Timeline
    begin: IntArray
    end: IntArray
    amount: IntArray

    def kept(self, mask: BoolArray) -> "Use":
        """The uses of the positions where `mask` is true."""
        return Use(self.timeline, self.begin[mask], self.end[mask], self.amount[mask])

    def at(self, position: int) -> tuple[int, int, int]:
        """The slots (first and last) and the amount of one position."""
        offset = self.timeline.offset
        return offset + int(self.begin[position]), offset + int(self.end[position]), int(self.amount[position])


def use_of(timeline: Timeline, begin: IntArray, end: IntArray, amount: IntArray) -> Use:
    """A use; ranges that are empty are moved to the timeline's beginning, so that no place is out of bounds."""
    empty = end < begin
    return Use(timeline, np.where(empty, 0, begin), np.where(empty, -1, end), amount)
