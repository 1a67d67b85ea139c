"""A problem as a few flat tables, which compiled code can walk through.

Everything that varies in number (blocks of a shop, uses of a block, visits, who can be sent) lies end to end. A row
says where its own part of another table begins; it ends where that of the next row begins, so such tables have one
row more than they describe.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planner.scheduling.options import Block, ShopOptions, VisitChoice
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import BoolArray, IntArray, Use

Table = npt.NDArray[np.void]
SlotArray = npt.NDArray[np.int32]

SHOP = ("blocks", "classes", "ends_at", "is_movable", "is_mandatory", "none_cents", "priority")
BLOCK = ("uses", "visits", "size", "cost_at", "days_at", "least_wait", "most_wait")
VISIT = ("senders", "need", "weeks_at")
SENDER = ("uses", "crew_class", "units", "allowed_at", "week_cents")
USE = ("at", "amount", "offset", "slots")
CLASS = ("shops",)
DEADLINE = ("day", "need")
FRACTIONS = ("week_cents",)
"""The columns that are not whole numbers."""


class Layout(NamedTuple):
    """What shops could do. Names in columns are of tables, or of arrays if they end in `_at`.

    A block's position has a `cost`, `is_open` or not, and has a `begin` and an `end` (working days, counted); one of
    the last block has the day on which it ends in `finish` and that on which it starts in `starts`. A use has a first
    and a last slot and an amount at each position; one that uses nothing ends before it begins. A sender is a class of
    crews for one visit, with the `weeks` that the visit touches and whether the class is `allowed` at each position.
    """

    shops: Table
    blocks: Table
    visits: Table
    senders: Table
    uses: Table
    classes: Table
    deadlines: Table
    cost: IntArray
    is_open: BoolArray
    begin: IntArray
    end: IntArray
    finish: IntArray
    starts: IntArray
    weeks: IntArray
    allowed: BoolArray
    first_slot: SlotArray
    last_slot: SlotArray
    amounts: IntArray
    use_numbers: IntArray
    sender_use_numbers: IntArray
    classes_of_shops: IntArray
    shops_of_classes: IntArray


VARYING = -(10**9)
"""The amount of a use whose amount differs from position to position."""


@dataclass(slots=True)
class _Shared:
    """Arrays end to end, each once however many share it."""

    parts: list[IntArray | BoolArray] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    size: int = 0

    def place(self, owner: object, values: IntArray | BoolArray) -> int:
        """Where the values of `owner` begin."""
        if id(owner) not in self.places:
            self.places[id(owner)] = self.size
            self.parts.append(values)
            self.size += len(values)
        return self.places[id(owner)]


class _Uses:
    """All uses, each once."""

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}
        self.items: list[Use] = []

    def number(self, use: Use) -> int:
        if id(use) not in self.numbers:
            self.numbers[id(use)] = len(self.items)
            self.items.append(use)
        return self.numbers[id(use)]


class _Maker:
    """Collects the parts of a layout, shop after shop."""

    def __init__(self) -> None:
        self.uses = _Uses()
        self.cost, self.is_open, self.begin, self.end = _Shared(), _Shared(), _Shared(), _Shared()
        self.weeks, self.allowed, self.finish, self.starts = _Shared(), _Shared(), _Shared(), _Shared()
        self.shops: list[Sequence[int]] = []
        self.blocks: list[Sequence[int]] = []
        self.visits: list[Sequence[int]] = []
        self.senders: list[Sequence[float]] = []
        self.use_numbers: list[int] = []
        self.sender_use_numbers: list[int] = []
        self.classes_of_shops: list[int] = []

    def add_shop(self, options: ShopOptions) -> None:
        last = options.blocks[-1]
        ends_at = self.finish.place(last.days, options.finish)
        self.starts.place(last.days, last.first[0])
        is_movable = any(block.positions > 1 for block in options.blocks)
        figures = (ends_at, is_movable, options.mandatory, options.unplanned_cents, options.shop.priority)
        self.shops.append((len(self.blocks), len(self.classes_of_shops), *figures))
        self.classes_of_shops += classes_of(options)
        for block, wait in zip(options.blocks, [(0, 0), *options.waits], strict=True):
            self._add_block(block, wait)

    def _add_block(self, block: Block, wait: tuple[int, int]) -> None:
        cost_at, days_at = self.cost.place(block, block.cost), self.begin.place(block.days, block.begin)
        self.is_open.place(block, block.open)
        self.end.place(block.days, block.end)
        self.blocks.append((len(self.use_numbers), len(self.visits), block.size, cost_at, days_at, *wait))
        self.use_numbers += [self.uses.number(use) for use in block.uses]
        for visit in block.visits:
            self._add_visit(visit)

    def _add_visit(self, visit: VisitChoice) -> None:
        self.visits.append((len(self.senders), visit.need.units, self.weeks.place(visit.weeks, visit.weeks)))
        for choice in visit.choices:
            allowed_at = self.allowed.place(choice.days, choice.allowed)
            figures = (choice.crew_class, choice.units, allowed_at, choice.week_cents)
            self.senders.append((len(self.sender_use_numbers), *figures))
            self.sender_use_numbers += [self.uses.number(use) for use in choice.uses]

    def end_tables(self) -> None:
        """Add the rows that say where the last parts end."""
        self.shops.append((len(self.blocks), len(self.classes_of_shops), 0, 0, 0, 0, 0))
        self.blocks.append((len(self.use_numbers), len(self.visits), 0, 0, 0, 0, 0))
        self.visits.append((len(self.senders), 0, 0))
        self.senders.append((len(self.sender_use_numbers), 0, 0, 0, 0.0))


def lay_out(problem: Problem) -> Layout:
    """The tables of a problem."""
    made = _Maker()
    for options in problem.options:
        made.add_shop(options)
    made.end_tables()
    uses = made.uses.items
    use_at = _places(len(use.begin) for use in uses)
    members = _members(problem)
    return Layout(
        shops=_table(SHOP, zip(*made.shops, strict=True)),
        blocks=_table(BLOCK, zip(*made.blocks, strict=True)),
        visits=_table(VISIT, zip(*made.visits, strict=True)),
        senders=_table(SENDER, zip(*made.senders, strict=True)),
        uses=_table(
            USE,
            (
                use_at[:-1],
                [_one_amount(use) for use in uses],
                [use.timeline.offset for use in uses],
                [use.timeline.slots for use in uses],
            ),
        ),
        classes=_table(CLASS, (_places(len(shops) for shops in members),)),
        deadlines=_table(
            DEADLINE, ([item.day for item in problem.deadlines], [item.need for item in problem.deadlines])
        ),
        cost=_joined(made.cost.parts),
        is_open=_joined(made.is_open.parts).astype(bool),
        begin=_joined(made.begin.parts),
        end=_joined(made.end.parts),
        finish=_joined(made.finish.parts),
        starts=_joined(made.starts.parts),
        weeks=_joined(made.weeks.parts),
        allowed=_joined(made.allowed.parts).astype(bool),
        first_slot=_slots([use.timeline.offset + np.where(use.end < use.begin, 0, use.begin) for use in uses]),
        last_slot=_slots([use.timeline.offset + np.where(use.end < use.begin, -1, use.end) for use in uses]),
        amounts=_joined([use.amount for use in uses]),
        use_numbers=_whole(made.use_numbers),
        sender_use_numbers=_whole(made.sender_use_numbers),
        classes_of_shops=_whole(made.classes_of_shops),
        shops_of_classes=_whole(number for shops in members for number in shops),
    )


def classes_of(options: ShopOptions) -> list[int]:
    """The classes of crews that can come to a shop."""
    visits = [visit for block in options.blocks for visit in block.visits]
    return sorted({choice.crew_class for visit in visits for choice in visit.choices})


def _members(problem: Problem) -> list[list[int]]:
    """The shops that each class can come to."""
    members: list[list[int]] = [[] for _ in problem.classes]
    for number, options in enumerate(problem.options):
        for crew_class in classes_of(options):
            members[crew_class].append(number)
    return members


def _table(names: Sequence[str], columns: Iterable[Iterable[float]]) -> Table:
    """A table with the columns `names`."""
    filled = [np.array(column) for column in columns]
    kinds = [(name, np.float64 if name in FRACTIONS else np.int64) for name in names]
    table = np.zeros(len(filled[0]), np.dtype(kinds))
    for name, column in zip(names, filled, strict=True):
        table[name] = column
    return table


def _one_amount(use: Use) -> int:
    """The amount that a use has at all positions, or `VARYING`."""
    if not len(use.amount):
        return 0
    first = int(use.amount[0])
    return first if bool((use.amount == first).all()) else VARYING


def _whole(values: Iterable[int]) -> IntArray:
    return np.fromiter(values, np.int64)


def _places(lengths: Iterable[int]) -> IntArray:
    """Where parts of the given lengths begin if they lie end to end, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(_whole(lengths))]).astype(np.int64)


def _slots(parts: Sequence[IntArray]) -> SlotArray:
    """Numbers of slots, in half the room of other numbers: there are millions of them."""
    return np.concatenate([np.zeros(0, np.int32), *(part.astype(np.int32) for part in parts)])


def _joined(parts: Sequence[IntArray | BoolArray]) -> IntArray:
    return np.concatenate([np.zeros(0, np.int64), *parts])
