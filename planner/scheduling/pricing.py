"""The best each shop could do at given prices, and the bound that follows.

With a price on every slot, shops no longer compete: each takes its cheapest option by itself. The sum of those, less
what the capacities would have earned, bounds every plan from below whatever the prices are (Lagrangian duality:
Geoffrion, Lagrangean relaxation for integer programming, 1974). So a bound needs no trust in the solver that found
the prices: it is recomputed here over all options, none left out.
"""

from dataclasses import dataclass

import numpy as np

from planner.scheduling.choice import Choice, SlotUse, add_uses
from planner.scheduling.options import Block, ShopOptions, VisitChoice
from planner.scheduling.timelines import BoolArray, FloatArray, IntArray, Use

INFINITE = 1e18
REACHABLE = INFINITE / 2
"""Totals below this are real ones; prices added to an infinite one do not bring it below."""


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
    """A block's uses stacked, shape (uses, positions), so that all are priced in one step."""

    begin: IntArray
    stop: IntArray
    amount: IntArray
    own: slice
    visits: tuple[_PricedVisit, ...]
    cost: IntArray


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
            priced = block.amount * (prefix[block.stop] - prefix[block.begin])
            value = money * block.cost + priced[block.own].sum(axis=0)
            if room is not None:
                value = np.where(room.fits(block), value, INFINITE)
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

    def best(self, values: list[FloatArray]) -> tuple[float, tuple[int, ...]]:
        """The least total over linked positions, and those positions; INFINITE where there are none."""
        totals = [values[0]]
        for number in range(1, len(values)):
            totals.append(values[number] + self._least_before(number, totals[-1]))
        if not len(totals[-1]):
            return INFINITE, ()
        positions = [int(np.argmin(totals[-1]))]
        for number in range(len(values) - 1, 0, -1):
            before, after = self.options.blocks[number - 1], self.options.blocks[number]
            least, most = self.options.waits[number - 1]
            gap = after.begin[positions[0]] - before.end
            linked = np.where((gap >= least) & (gap <= most), totals[number - 1], INFINITE)
            positions.insert(0, int(np.argmin(linked)))
        return float(totals[-1].min()), tuple(positions)

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
        prefix = np.zeros(len(room.left) + 1)
        totals = self.through(self.block_values(prefix, 0.0, [], room))
        return [np.flatnonzero(block < REACHABLE) for block in totals]

    def free_units(self, room: "Room", positions: list[IntArray]) -> dict[int, IntArray]:
        """For each visit, how many units of each class `room` leaves at `positions` of its block."""
        return {
            visit.number: room.units(block, visit)[:, chosen]
            for block, chosen in zip(self._blocks, positions, strict=True)
            for visit in block.visits
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
            priced = block.amount[:, at] * (prefix[block.stop[:, at]] - prefix[block.begin[:, at]])
            for visit in block.visits:
                prices = _class_prices(visit, priced, money, at)[:, 0]
                units = visit.units if room is None else room.units(block, visit)[:, position]
                crews[visit.number] = _fill(visit, prices, units)
        return Choice(positions, tuple(crews))


def _stack(block: Block) -> _PricedBlock:
    uses: list[Use] = list(block.uses)
    visits = [_stack_visit(visit, uses) for visit in block.visits]
    shape = (0, block.positions)
    begin = np.stack([use.begin for use in uses]) if uses else np.zeros(shape, np.int64)
    end = np.stack([use.end for use in uses]) if uses else np.zeros(shape, np.int64)
    amount = np.stack([use.amount for use in uses]) if uses else np.zeros(shape, np.int64)
    own = slice(0, len(block.uses))
    return _PricedBlock(begin, np.maximum(end + 1, begin), amount, own, tuple(visits), block.cost)


def _stack_visit(visit: VisitChoice, uses: list[Use]) -> _PricedVisit:
    rows = []
    for choice in visit.choices:
        rows.append(slice(len(uses), len(uses) + len(choice.uses)))
        uses += choice.uses
    empty = np.zeros((0, len(visit.first)))
    travel = [np.where(choice.allowed, choice.travel, INFINITE) for choice in visit.choices]
    units = np.array([choice.units for choice in visit.choices], np.int64)
    classes = tuple(choice.crew_class for choice in visit.choices)
    stacked = np.stack(travel) if travel else empty
    return _PricedVisit(tuple(rows), stacked, units, classes, visit.number, visit.need.units)


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
    """The capacity left in each slot, asked whether positions fit: for all of them in a few steps."""

    def __init__(self, left: IntArray) -> None:
        self.left = left
        self._full: dict[int, IntArray] = {}

    def _too_full(self, amount: int) -> IntArray:
        """Prefix counts of slots with less than `amount` left."""
        if amount not in self._full:
            self._full[amount] = np.concatenate([[0], np.cumsum(self.left < amount)])
        return self._full[amount]

    def take(self, uses: list[SlotUse]) -> None:
        """Take what `uses` use."""
        add_uses(self.left, uses, sign=-1)
        self._full.clear()

    def fits(self, block: _PricedBlock) -> BoolArray:
        """Whether each position's own uses (crews apart) fit."""
        fitting = np.ones(len(block.cost), bool)
        for begin, stop, amount in zip(
            block.begin[block.own], block.stop[block.own], block.amount[block.own], strict=True
        ):
            if not len(amount) or amount[0] < 0:
                continue
            if (amount == amount[0]).all():
                full = self._too_full(int(amount[0]))
                fitting &= full[stop] == full[begin]
            else:
                fitting &= self.left[begin] >= amount
        return fitting

    def units(self, block: _PricedBlock, visit: _PricedVisit) -> IntArray:
        """How many units of each class are free for a visit at each position, shape (classes, positions)."""
        free = np.zeros(visit.travel.shape, np.int64)
        for number, rows in enumerate(visit.rows):
            for amount in range(1, min(visit.need, int(visit.units[number])) + 1):
                full = self._too_full(amount)
                free[number] += (full[block.stop[rows]] == full[block.begin[rows]]).all(axis=0)
        free[visit.travel >= INFINITE] = 0
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
