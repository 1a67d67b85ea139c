"""The best each shop could do at given prices, and the bound that follows.

With a price on every slot, shops no longer compete: each takes its cheapest option by itself. The sum of those, less
what the capacities would have earned, bounds every plan from below whatever the prices are (Lagrangian duality:
Geoffrion, Lagrangean relaxation for integer programming, 1974). So a bound needs no trust in the solver that found
the prices: it is recomputed here over all options, none left out.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from planner.scheduling.choice import Choice, SlotUse
from planner.scheduling.options import Block, ShopOptions, VisitChoice
from planner.scheduling.timelines import BoolArray, FloatArray, IntArray, Timelines, Use

INFINITE = 1e18
REACHABLE = INFINITE / 2
"""Totals below this are real ones; prices added to an infinite one do not bring it below."""
TIE_CENTS = 0.01
"""Totals that differ by no more are equal: sums of fractions of cents."""


MOST_PRICERS = 1000
"""Pricers hold what a shop uses at every position, some 200 KB: more are made anew."""


@dataclass(frozen=True, slots=True)
class _PricedVisit:
    """A visit's classes: rows of the block's stack each pays for, cents of travel a unit (infinite: not allowed)."""

    rows: tuple[slice, ...]
    travel: FloatArray
    units: IntArray
    classes: tuple[int, ...]
    number: int
    need: int


@dataclass(frozen=True, slots=True)
class _PricedBlock:
    """A block's uses stacked, shape (uses, positions), so that all are priced in one step.

    `begin` and `stop` are places of the uses' timelines, the numbers of which are in `timelines`; `offset` is where
    those begin, shape (uses, 1).
    """

    timelines: tuple[int, ...]
    offset: IntArray
    begin: IntArray
    stop: IntArray
    amount: IntArray
    own: int
    visits: tuple[_PricedVisit, ...]
    cost: IntArray
    shut: BoolArray


class Pricer:
    """Prices the options of one shop."""

    def __init__(self, options: ShopOptions) -> None:
        self.options = options
        self._blocks = [_stack(block) for block in options.blocks]
        self._by_deadline: dict[int, FloatArray] = {}

    def block_values(
        self, prefix: FloatArray, money: float, rewards: list[tuple[int, float]], room: "Room | None" = None
    ) -> list[FloatArray]:
        """What each position of each block costs at the prices; `rewards` are (deadline day, price) of milestones.

        Where `room` is given, positions that do not fit into it are INFINITE.
        """
        values = []
        for block in self._blocks:
            priced = block.amount * (prefix[block.stop + block.offset] - prefix[block.begin + block.offset])
            value = money * block.cost + priced[: block.own].sum(axis=0)
            value[block.shut if room is None else block.shut | ~room.fits(block)] = INFINITE
            for visit in block.visits:
                units = visit.units[:, None] if room is None else room.units(block, visit)
                value = value + _cheapest_crews(visit, priced, money, units)
            values.append(value)
        for deadline, reward in rewards:
            values[-1] = values[-1] - reward * self._finishes_by(deadline)
        return values

    def _finishes_by(self, deadline: int) -> FloatArray:
        if deadline not in self._by_deadline:
            self._by_deadline[deadline] = (self.options.finish <= deadline).astype(np.float64)
        return self._by_deadline[deadline]

    def best(self, values: list[FloatArray], near: Sequence[int] | None = None) -> tuple[float, tuple[int, ...]]:
        """The least total over linked positions, and those positions; INFINITE where there are none.

        Of equal ones the earliest, or where the positions `near` are given, those with the days nearest to theirs.
        """
        totals = [values[0]]
        for number in range(1, len(values)):
            totals.append(values[number] + self._least_before(number, totals[-1]))
        if not len(totals[-1]):
            return INFINITE, ()
        positions = [self._least(len(values) - 1, totals[-1], near)]
        for number in range(len(values) - 1, 0, -1):
            before, after = self.options.blocks[number - 1], self.options.blocks[number]
            least, most = self.options.waits[number - 1]
            gap = after.begin[positions[0]] - before.end
            linked = np.where((gap >= least) & (gap <= most), totals[number - 1], INFINITE)
            positions.insert(0, self._least(number - 1, linked, near))
        return float(totals[-1].min()), tuple(positions)

    def is_any(self, positions: list[BoolArray]) -> bool:
        """Whether an option takes only such `positions` of each block."""
        reached = positions[0]
        for number in range(1, len(positions)):
            before, after = self.options.blocks[number - 1], self.options.blocks[number]
            least, most = self.options.waits[number - 1]
            ends = np.sort(before.end[reached])
            first = np.searchsorted(ends, after.begin - most, "left")
            reached = positions[number] & (first < np.searchsorted(ends, after.begin - least, "right"))
        return bool(reached.any())

    def _least(self, number: int, totals: FloatArray, near: Sequence[int] | None) -> int:
        if near is None:
            return int(np.argmin(totals))
        tied = np.flatnonzero(totals <= totals.min() + TIE_CENTS)
        block, at = self.options.blocks[number], near[number]
        away = np.abs(block.begin[tied] - block.begin[at]) + np.abs(block.end[tied] - block.end[at])
        return int(tied[np.argmin(away)])

    def through(self, values: list[FloatArray]) -> list[FloatArray]:
        """For each position of each block, the least total of any option that takes it."""
        forward = [values[0]]
        for number in range(1, len(values)):
            forward.append(values[number] + self._least_before(number, forward[-1]))
        behind = np.zeros(len(values[-1]))
        result = [forward[-1]]
        for number in range(len(values) - 1, 0, -1):
            behind = self._least_after(number, values[number] + behind)
            result.insert(0, forward[number - 1] + behind)
        return result

    def best_before(self, block: int, values: list[FloatArray], position: int, allowed: BoolArray) -> int | None:
        """The cheapest allowed position of `block` that `position` of the next can follow; None: there is none."""
        before, after = self.options.blocks[block], self.options.blocks[block + 1]
        least, most = self.options.waits[block]
        gap = after.begin[position] - before.end
        totals = np.where(allowed & (gap >= least) & (gap <= most), values[block], INFINITE)
        best = int(np.argmin(totals))
        return best if totals[best] < REACHABLE else None

    def fitting(self, room: "Room") -> list[IntArray]:
        """The positions of each block that fit into `room`, and that options through all blocks pass."""
        prefix = np.zeros(room.slots + 1)
        totals = self.through(self.block_values(prefix, 0.0, [], room))
        return [np.flatnonzero(block < REACHABLE) for block in totals]

    def free_units(
        self, room: "Room", positions: list[IntArray], visits: Collection[int] | None = None
    ) -> dict[int, IntArray]:
        """For each visit (of those numbered `visits`), the units of each class `room` leaves at `positions`."""
        return {
            visit.number: room.units(block, visit)[:, chosen]
            for block, chosen in zip(self._blocks, positions, strict=True)
            for visit in block.visits
            if visits is None or visit.number in visits
        }

    def _least_before(self, number: int, totals: FloatArray) -> FloatArray:
        before, after = self.options.blocks[number - 1], self.options.blocks[number]
        least, most = self.options.waits[number - 1]
        return _window_least(before.end, totals, after.begin - most, after.begin - least)

    def _least_after(self, number: int, totals: FloatArray) -> FloatArray:
        before, after = self.options.blocks[number - 1], self.options.blocks[number]
        least, most = self.options.waits[number - 1]
        return _window_least(after.begin, totals, before.end + least, before.end + most)

    def crews_at(
        self, prefix: FloatArray, money: float, positions: tuple[int, ...], room: "Room | None" = None
    ) -> Choice:
        """The choice at given positions with the cheapest crews at the prices, of those `room` leaves."""
        count = len(self.options.shop_format.visits)
        crews: list[dict[int, int]] = [{} for _ in range(count)]
        for block, position in zip(self._blocks, positions, strict=True):
            at = slice(position, position + 1)
            begin, stop = block.begin[:, at] + block.offset, block.stop[:, at] + block.offset
            priced = block.amount[:, at] * (prefix[stop] - prefix[begin])
            for visit in block.visits:
                prices = _class_prices(visit, priced, money, at)[:, 0]
                units = visit.units if room is None else room.units(block, visit)[:, position]
                crews[visit.number] = _fill(visit, prices, units)
        return Choice(positions, tuple(crews))


class Pricers:
    """The pricers of all shops, made when asked for; the latest are kept."""

    def __init__(self, shops: list[ShopOptions]) -> None:
        self._shops = shops
        self._kept: dict[int, Pricer] = {}

    def __getitem__(self, number: int) -> Pricer:
        pricer = self._kept.pop(number, None) or Pricer(self._shops[number])
        self._kept[number] = pricer
        if len(self._kept) > MOST_PRICERS:
            self._kept.pop(next(iter(self._kept)))
        return pricer


def _stack(block: Block) -> _PricedBlock:
    uses: list[Use] = list(block.uses)
    visits = tuple(_stack_visit(visit, uses) for visit in block.visits)
    shape = (len(uses), block.size)
    begin, end, amount = (np.zeros(shape, np.int64) for _ in range(3))
    for row, use in enumerate(uses):
        begin[row], end[row], amount[row] = use.begin, use.end, use.amount
    return _PricedBlock(
        tuple(use.timeline.number for use in uses),
        np.array([[use.timeline.offset] for use in uses], np.int64).reshape(-1, 1),
        begin,
        np.maximum(end + 1, begin),
        amount,
        len(block.uses),
        visits,
        block.cost,
        ~block.open,
    )


def _stack_visit(visit: VisitChoice, uses: list[Use]) -> _PricedVisit:
    rows = []
    for choice in visit.choices:
        rows.append(slice(len(uses), len(uses) + len(choice.uses)))
        uses += choice.uses
    travel = np.full((len(visit.choices), len(visit.first)), INFINITE)
    for number, choice in enumerate(visit.choices):
        travel[number, choice.allowed] = choice.week_cents * visit.weeks[choice.allowed]
    units = np.array([choice.units for choice in visit.choices], np.int64)
    classes = tuple(choice.crew_class for choice in visit.choices)
    return _PricedVisit(tuple(rows), travel, units, classes, visit.number, visit.need.units)


def _class_prices(visit: _PricedVisit, priced: FloatArray, money: float, at: slice) -> FloatArray:
    """What a unit of each class costs at each position, shape (classes, positions)."""
    travel = visit.travel[:, at]
    prices = np.where(travel < INFINITE, money * travel, INFINITE)
    for number, rows in enumerate(visit.rows):
        prices[number] += priced[rows].sum(axis=0)
    return prices


def _cheapest_crews(visit: _PricedVisit, priced: FloatArray, money: float, units: IntArray) -> FloatArray:
    """The least a visit pays for its units at each position: cheapest classes first, each as far as it goes."""
    prices = _class_prices(visit, priced, money, slice(None))
    if visit.need == 1:
        cheapest: FloatArray = np.where(units > 0, prices, INFINITE).min(axis=0)
        return cheapest
    order = np.argsort(prices, axis=0, kind="stable")
    left = np.full(prices.shape[1], visit.need, np.int64)
    total = np.zeros(prices.shape[1])
    units = np.broadcast_to(units, prices.shape)
    for rank in order:
        sent = np.minimum(left, np.take_along_axis(units, rank[None], axis=0)[0])
        total += np.where(sent > 0, sent * np.take_along_axis(prices, rank[None], axis=0)[0], 0.0)
        left -= sent
    return np.where(left > 0, INFINITE, total)


def _fill(visit: _PricedVisit, prices: FloatArray, units: IntArray) -> dict[int, int]:
    left, crews = visit.need, {}
    for number in np.argsort(prices, kind="stable"):
        sent = min(left, int(units[number]))
        if sent:
            crews[visit.classes[number]] = sent
            left -= sent
    return crews


class Room:
    """The capacity left in each slot, asked whether positions fit: for all of a shop's in a few steps.

    What is left of `capacity` beside `usage` is worked out timeline by timeline, where it is asked for. Neither array
    is changed by what is taken.
    """

    def __init__(self, timelines: Timelines, capacity: IntArray, usage: IntArray | None = None) -> None:
        self._timelines = timelines
        self._capacity = capacity
        self._usage = usage
        self._left: dict[int, IntArray] = {}
        self._full: dict[int, dict[int, IntArray]] = {}

    @property
    def slots(self) -> int:
        """How many slots there are."""
        return len(self._capacity)

    def left_on(self, number: int) -> IntArray:
        """What is left on the slots of timeline `number`."""
        if number not in self._left:
            timeline = self._timelines.items[number]
            left = self._capacity[timeline.offset : timeline.end]
            if self._usage is not None:
                left = left - self._usage[timeline.offset : timeline.end]
            self._left[number] = left.copy()
        return self._left[number]

    def at(self, slots: IntArray) -> IntArray:
        """What is left in each of `slots`."""
        left = np.zeros(len(slots), np.int64)
        numbers = self._timelines.numbers_of(slots)
        for number in np.unique(numbers).tolist():
            here = numbers == number
            left[here] = self.left_on(number)[slots[here] - self._timelines.items[number].offset]
        return left

    def _too_full(self, number: int, amount: int) -> IntArray:
        """Prefix counts of the slots of timeline `number` with less than `amount` left."""
        full = self._full.setdefault(number, {})
        if amount not in full:
            left = self.left_on(number)
            counts = np.zeros(len(left) + 1, np.int64)
            np.cumsum(left < amount, out=counts[1:])
            full[amount] = counts
        return full[amount]

    def take(self, uses: list[SlotUse], sign: int = 1) -> None:
        """Take what `uses` use; `sign` -1 gives it back."""
        for begin, end, amount in uses:
            number = self._timelines.number_of(begin)
            offset = self._timelines.items[number].offset
            self.left_on(number)[begin - offset : end + 1 - offset] -= sign * amount
            self._full.pop(number, None)

    def is_kept(self) -> bool:
        """Whether no slot that was looked at is used for more than it has."""
        return all(bool((left >= 0).all()) for left in self._left.values())

    def fits(self, block: _PricedBlock) -> BoolArray:
        """Whether each position's own uses (crews apart) fit."""
        fitting = ~block.shut
        for row in range(block.own):
            amount, begin = block.amount[row], block.begin[row]
            if not len(amount) or amount[0] < 0:
                continue
            if (amount == amount[0]).all():
                full = self._too_full(block.timelines[row], int(amount[0]))
                fitting &= full[block.stop[row]] == full[begin]
            else:
                fitting &= self.left_on(block.timelines[row])[begin] >= amount
        return fitting

    def units(self, block: _PricedBlock, visit: _PricedVisit) -> IntArray:
        """How many units of each class are free for a visit at each position, shape (classes, positions)."""
        free = np.zeros(visit.travel.shape, np.int64)
        for number, rows in enumerate(visit.rows):
            for amount in range(1, min(visit.need, int(visit.units[number])) + 1):
                fitting = visit.travel[number] < INFINITE
                for row in range(rows.start, rows.stop):
                    full = self._too_full(block.timelines[row], amount)
                    fitting &= full[block.stop[row]] == full[block.begin[row]]
                free[number] += fitting
        return free


def _window_least(keys: IntArray, totals: FloatArray, low: IntArray, high: IntArray) -> FloatArray:
    """For each window `low` to `high`, the least of `totals` among the entries whose key lies in it.

    Sparse table over the keys: two overlapping ranges of a power of two cover any window.
    """
    if not len(keys):
        return np.full(len(low), INFINITE)
    floor = int(keys.min())
    size = int(keys.max()) - floor + 1
    least = np.full(size, INFINITE)
    np.minimum.at(least, keys - floor, totals)
    begin = np.clip(low - floor, 0, size)
    end = np.clip(high - floor + 1, 0, size)
    width = end - begin
    result = np.full(len(low), INFINITE)
    table, span = least, 1
    for _ in range(size.bit_length()):
        at = (width >= span) & (width < 2 * span)
        result[at] = np.minimum(table[begin[at]], table[end[at] - span])
        table = np.minimum(table[: max(0, len(table) - span)], table[span:]) if len(table) > span else table[:0]
        span *= 2
    return result
