"""Each start a shop could take: its days, what it uses, what it costs.

Calendars live here and nowhere later: for every position the day each phase falls on is known, so that the solvers
see numbers only. Where the wait between two phases is a range, the phases before and after it form blocks of their
own, chosen separately and linked by the wait; a wait that a visit or the closed period spans stays inside one
block, with a position for each of its lengths.

Shops of one format with the same calendar share the days of all positions, and what these use of a rule that they
share. What differs is which positions are open to a shop, and what each costs. So memory and the work of pricing grow
with the number of such groups more than with that of shops.
"""

from dataclasses import dataclass, field

import numpy as np

from planner.domain.shop import Shop
from planner.domain.shop_format import ShopFormat, VisitNeed
from planner.domain.standing import RemodelDays, remodel_days
from planner.scheduling.days import DayAxis
from planner.scheduling.timelines import BoolArray, IntArray, Use


@dataclass(frozen=True, slots=True, eq=False)
class BlockDays:
    """The days of a block at each position, which all shops of a format with the same calendar share.

    `first` and `last` are days, shape (phases, positions). `begin` and `end` count working days: the first of the
    block and one past its last.
    """

    phases: range
    first: IntArray
    last: IntArray
    begin: IntArray
    end: IntArray

    def kept(self, mask: BoolArray) -> "BlockDays":
        """The days of the positions where `mask` is true."""
        return BlockDays(self.phases, self.first[:, mask], self.last[:, mask], self.begin[mask], self.end[mask])


@dataclass(frozen=True, slots=True, eq=False)
class ClassDays:
    """What a visit holds of a class of crews: the slots of one unit, and at which positions it may come.

    `allowed` has one entry a position; `units` is the most that the class can send.
    """

    crew_class: int
    units: int
    uses: tuple[Use, ...]
    allowed: BoolArray

    def kept(self, mask: BoolArray) -> "ClassDays":
        """The same at the positions where `mask` is true."""
        return ClassDays(self.crew_class, self.units, tuple(use.kept(mask) for use in self.uses), self.allowed[mask])


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """A class of crews that can make a visit, and what it drives: cents a unit for each ISO week that is touched."""

    days: ClassDays
    week_cents: float

    @property
    def crew_class(self) -> int:
        """The number of the class."""
        return self.days.crew_class

    @property
    def units(self) -> int:
        """The most that the class can send."""
        return self.days.units

    @property
    def uses(self) -> tuple[Use, ...]:
        """The slots one unit holds."""
        return self.days.uses

    @property
    def allowed(self) -> BoolArray:
        """Whether the class may come, for each position."""
        return self.days.allowed


@dataclass(slots=True)
class VisitChoice:
    """A visit of a block: its days and the ISO weeks it touches at each position, and who can make it."""

    number: int
    need: VisitNeed
    first: IntArray
    last: IntArray
    weeks: IntArray
    choices: list[ClassChoice] = field(default_factory=list)

    def travel_cents(self, choice: ClassChoice, position: int) -> float:
        """What a unit of `choice` drives at a position."""
        return choice.week_cents * int(self.weeks[position])

    def compact(self, mask: BoolArray) -> None:
        """Drop the positions where `mask` is false."""
        self.first, self.last, self.weeks = self.first[mask], self.last[mask], self.weeks[mask]
        self.choices = [ClassChoice(choice.days.kept(mask), choice.week_cents) for choice in self.choices]


@dataclass(slots=True)
class Block:
    """Phases of a shop that move together: the positions they could take, of which those that are `open` may be.

    `cost` is cents at each position, crews' travel apart.
    """

    days: BlockDays
    open: BoolArray
    cost: IntArray
    uses: list[Use] = field(default_factory=list)
    visits: list[VisitChoice] = field(default_factory=list)

    @property
    def phases(self) -> range:
        """The block's phases, by their place in the format."""
        return self.days.phases

    @property
    def first(self) -> IntArray:
        """The first day of each phase, shape (phases, positions)."""
        return self.days.first

    @property
    def last(self) -> IntArray:
        """The last day of each phase, shape (phases, positions)."""
        return self.days.last

    @property
    def begin(self) -> IntArray:
        """The working day the block begins on, counted, at each position."""
        return self.days.begin

    @property
    def end(self) -> IntArray:
        """One past the working day it ends on, counted, at each position."""
        return self.days.end

    @property
    def size(self) -> int:
        """How many positions there are, open or not."""
        return len(self.open)

    @property
    def positions(self) -> int:
        """How many positions are open."""
        return int(np.count_nonzero(self.open))

    def keep(self, mask: BoolArray) -> None:
        """Leave only those positions open where `mask` is true."""
        self.open = self.open & mask

    def compact(self) -> None:
        """Drop the positions that are not open, so that the only one of a given date is position 0."""
        mask = self.open
        if mask.all():
            return
        self.days, self.cost, self.open = self.days.kept(mask), self.cost[mask], mask[mask]
        self.uses = [use.kept(mask) for use in self.uses]
        for visit in self.visits:
            visit.compact(mask)


@dataclass(slots=True)
class ShopOptions:
    """A shop that is to be planned, and all it could do.

    `waits` are the working days between each two blocks, least and most. `unplanned_cents` is what having no date
    costs; a shop that is `mandatory` must have one.
    """

    shop: Shop
    shop_format: ShopFormat
    blocks: list[Block]
    waits: list[tuple[int, int]]
    unplanned_cents: int
    mandatory: bool = False

    @property
    def start(self) -> IntArray:
        """The start day at each position of the first block."""
        start: IntArray = self.blocks[0].first[0]
        return start

    @property
    def finish(self) -> IntArray:
        """The last day at each position of the last block."""
        finish: IntArray = self.blocks[-1].last[-1]
        return finish

    def block_of(self, phase: int) -> Block:
        """The block that holds the phase at position `phase` of the format."""
        return next(block for block in self.blocks if phase in block.phases)

    @property
    def closed(self) -> tuple[Block, IntArray, IntArray] | None:
        """The block that holds the closed period, and from when to when it is closed at each position."""
        span = self.shop_format.closed_phases
        if span is None:
            return None
        block = self.block_of(span[0])
        begin = block.phases.start
        return block, block.first[span[0] - begin], block.last[span[1] - begin]

    def is_impossible(self) -> bool:
        """Whether no position is left in some block."""
        return not all(block.open.any() for block in self.blocks)

    def compact(self) -> None:
        """Drop all positions that are not open."""
        for block in self.blocks:
            block.compact()

    def reopen(self, opened: list[BoolArray]) -> None:
        """Have those positions open again that were `opened` in each block."""
        for block, mask in zip(self.blocks, opened, strict=True):
            block.open = mask

    def prune_unlinked(self) -> None:
        """Close positions that no open position of a neighbouring block can be reached from."""
        for before, after, (least, most) in zip(self.blocks, self.blocks[1:], self.waits, strict=False):
            ends = before.end[before.open]
            after.keep(_reached(after.begin, ends + least, ends + most))
        for before, after, (least, most) in reversed(list(zip(self.blocks, self.blocks[1:], self.waits, strict=False))):
            begins = after.begin[after.open]
            before.keep(_reached(before.end, begins - most, begins - least))


def _reached(values: IntArray, low: IntArray, high: IntArray) -> BoolArray:
    """Whether each value lies in one of the ranges `low` to `high`."""
    if not len(values) or not len(low):
        return np.zeros(len(values), bool)
    size = int(max(values.max(), high.max())) + 2
    floor = int(min(values.min(), low.min()))
    steps = np.zeros(size - floor + 1, np.int64)
    np.add.at(steps, low - floor, 1)
    np.add.at(steps, high + 1 - floor, -1)
    reached: BoolArray = np.cumsum(steps)[values - floor] > 0
    return reached


def days_at(axis: DayAxis, options: ShopOptions, positions: tuple[int, ...]) -> RemodelDays:
    """The days of an option as dates."""
    phases = [
        (axis.day(first), axis.day(last))
        for block, position in zip(options.blocks, positions, strict=True)
        for first, last in zip(block.first[:, position].tolist(), block.last[:, position].tolist(), strict=True)
    ]
    return remodel_days(options.shop_format, tuple(phases))
