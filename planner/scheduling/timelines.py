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


@dataclass(frozen=True, slots=True)
class Timeline:
    """One rule for one group: `slots` slots from `offset`. `subject` says whom or what it is about, in words.

    `first_days` maps a slot to the day (after today) it begins on; `days_a_slot` is 7 for weeks.
    """

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
        timeline = Timeline(rule, subject, self.size, len(capacity), first_days, days_a_slot)
        self.items.append(timeline)
        self._capacity.append(capacity.astype(np.int64))
        self._binding.append(np.ones(len(capacity), bool) if binding is None else binding)
        self.size += len(capacity)
        return timeline

    def capacity(self) -> IntArray:
        """The capacity of every slot, shape (size,)."""
        return np.concatenate([np.zeros(0, np.int64), *self._capacity])

    def number_of(self, slot: int) -> int:
        """The place in `items` of the timeline that `slot` belongs to."""
        return bisect_right(self.items, slot, key=lambda timeline: timeline.offset) - 1

    def binding(self) -> BoolArray:
        """Whether each slot can bind, shape (size,)."""
        return np.concatenate([np.zeros(0, bool), *self._binding])


@dataclass(frozen=True, slots=True)
class Use:
    """What each position of a block uses of one timeline: `amount` on the slots `begin` to `end`, both included.

    `begin` and `end` have one entry a position; a position with `end < begin` uses nothing.
    """

    begin: IntArray
    end: IntArray
    amount: IntArray

    def kept(self, mask: BoolArray) -> "Use":
        """The uses of the positions where `mask` is true."""
        return Use(self.begin[mask], self.end[mask], self.amount[mask])

    def at(self, position: int) -> tuple[int, int, int]:
        """The slots and the amount of one position."""
        return int(self.begin[position]), int(self.end[position]), int(self.amount[position])
