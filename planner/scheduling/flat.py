"""All options of all shops, priced together.

A step of the price search values every position of every shop. Shops of one format are valued in groups: their values
are one array, shape (shops, positions), and whatever they share is priced once. Those with the same calendar come
together, since they share most.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.scheduling.block_prices import BlockPrices, padded
from planner.scheduling.options import BlockDays, ShopOptions
from planner.scheduling.pricing import INFINITE, REACHABLE
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import BoolArray, FloatArray, IntArray

NEVER = 10**6
"""A day past every horizon."""


def never() -> bool:
    """For what is not to be given up."""
    return False


MOST_AT_ONCE = 64
"""Shops of a group that are valued together: their arrays still fit into a processor's cache."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What each shop takes at some prices: the sum of their values, and what they do together.

    `usage` has one entry a slot; `finished` one a deadline; `left_out` are points of priority without a date. `begun`
    is the day on which each shop's last block begins, or NEVER; `values` is what each shop pays, shape (shops,).
    """

    total: float
    usage: FloatArray
    finished: IntArray
    left_out: int
    begun: IntArray
    values: FloatArray


@dataclass(frozen=True, slots=True)
class _PriceSums:
    """Prefix sums of the slots' prices, and which timelines have any price."""

    prefix: FloatArray
    priced: BoolArray


class _Link:
    """Two blocks of each shop that follow one another after `least` to `most` working days, on a grid of those.

    Shops with the same days share rows of the tables; `calendar` says which row is a shop's.
    """

    def __init__(self, before: BlockPrices, after: BlockPrices, waits: tuple[int, int]) -> None:
        self._least, self._most = waits
        self.calendar = _joint(before, after)
        pairs = [(before.days[first], after.days[second]) for first, second in _pairs(before, after)]
        size = before.cost.shape[1]
        self._ends = padded([days.end for days, _ in pairs], NEVER)
        self._begins = padded([days.begin for _, days in pairs], 0)
        self._order = np.argsort(self._ends, axis=1, kind="stable")
        ranked = np.take_along_axis(self._ends, self._order, axis=1)
        self._is_first = np.diff(ranked, prepend=-1, axis=1) != 0
        self._column = np.where(ranked < NEVER, ranked + self._most, 0)
        latest = max(int(self._column.max(initial=0)), int(self._begins.max(initial=0)) + self._most)
        self._width = latest + 1
        self._size = size

    def least_before(self, totals: FloatArray) -> FloatArray:
        """For each position after, the least total of those before that the waits allow; shape (shops, positions)."""
        shops = len(totals)
        ranked = np.take_along_axis(totals, self._order[self.calendar], axis=1)
        first = np.flatnonzero(self._is_first[self.calendar])
        row, place = np.divmod(first, self._size)
        least = np.minimum.reduceat(ranked.ravel(), first)
        grid = np.full((shops, self._width), INFINITE)
        column = self._column[self.calendar[row], place]
        grid[row, column] = least
        width, span = self._most - self._least + 1, 1
        while 2 * span <= width:
            grid = np.minimum(grid[:, :-span], grid[:, span:])
            span *= 2
        if span < width:
            grid = np.minimum(grid[:, : grid.shape[1] - (width - span)], grid[:, width - span :])
        result: FloatArray = np.take_along_axis(grid, self._begins[self.calendar], axis=1)
        return result

    def best_before(self, totals: FloatArray, shops: IntArray, positions: IntArray) -> IntArray:
        """The cheapest position before that the waits allow, for a position after of each of `shops`."""
        calendar = self.calendar[shops]
        gap = self._begins[calendar, positions][:, None] - self._ends[calendar]
        linked: BoolArray = (gap >= self._least) & (gap <= self._most)
        best: IntArray = np.argmin(np.where(linked, totals[shops], INFINITE), axis=1)
        return best


def _pairs(before: BlockPrices, after: BlockPrices) -> list[tuple[int, int]]:
    """The pairs of days that blocks of one shop have, by their numbers; each once."""
    return list(dict.fromkeys(zip(before.calendar.tolist(), after.calendar.tolist(), strict=True)))


def _joint(before: BlockPrices, after: BlockPrices) -> IntArray:
    """The number of each shop's pair of days."""
    number = {pair: place for place, pair in enumerate(_pairs(before, after))}
    pairs = zip(before.calendar.tolist(), after.calendar.tolist(), strict=True)
    return np.array([number[pair] for pair in pairs], np.int64)


class _Group:
    """Shops of one format, whose blocks have the same phases and visits."""

    def __init__(self, numbers: list[int], shops: list[ShopOptions]) -> None:
        first = shops[0]
        self.numbers = np.array(numbers, np.int64)
        self._blocks = [BlockPrices([options.blocks[place] for options in shops]) for place in range(len(first.blocks))]
        self._links = [_Link(*pair) for pair in zip(self._blocks, self._blocks[1:], first.waits, strict=False)]
        last = self._blocks[-1]
        self._finishes = padded([days.last[-1] for days in last.days], NEVER)
        self._begins = padded([days.first[0] for days in last.days], NEVER)
        self._none = np.array([options.unplanned_cents for options in shops], np.float64)
        self.points = np.array([options.shop.priority for options in shops], np.int64)
        self._mandatory = np.array([options.mandatory for options in shops], bool)

    @property
    def finish(self) -> IntArray:
        """The last day of each shop at each position of its last block, shape (shops, positions)."""
        return self._finishes[self._blocks[-1].calendar]

    def totals(
        self, prices: _PriceSums, money: float, rewards: list[tuple[int, float]], day: float = 0.0
    ) -> tuple[list[FloatArray], list[FloatArray]]:
        """For each block, what its rows cost, and the least total of options that take each of its positions last.

        `day` is what each day until the finish costs.
        """
        priced = [block.price_rows(prices.prefix, prices.priced) for block in self._blocks]
        values = [block.values(rows, money) for block, rows in zip(self._blocks, priced, strict=True)]
        for deadline, reward in rewards:
            values[-1] -= (reward * (self._finishes <= deadline))[self._blocks[-1].calendar]
        if day:
            values[-1] += day * self.finish
        for number, link in enumerate(self._links):
            values[number + 1] += link.least_before(values[number])
        return priced, values

    def take(
        self, prices: _PriceSums, money: float, point: float, rewards: list[tuple[int, float]], steps: FloatArray
    ) -> tuple[FloatArray, IntArray, int, IntArray]:
        """What each shop pays, the finishes, the points left out, when each begins; their uses are added to `steps`."""
        priced, totals = self.totals(prices, money, rewards)
        last = np.argmin(totals[-1], axis=1)
        best = totals[-1][np.arange(len(last)), last]
        none = money * self._none + point * self.points
        left_out = ~self._mandatory & (none < best)
        planned = np.flatnonzero(~left_out)
        finishes = self._finishes[self._blocks[-1].calendar[planned], last[planned]]
        begun = np.full(len(last), NEVER)
        begun[planned] = self._begins[self._blocks[-1].calendar[planned], last[planned]]
        at = last[planned]
        for number in range(len(self._blocks) - 1, -1, -1):
            self._blocks[number].add_usage(steps, planned, at, priced[number], money)
            if number:
                at = self._links[number - 1].best_before(totals[number - 1], planned, at)
        return np.where(left_out, none, best), finishes, int(self.points[left_out].sum()), begun


class FlatOptions:
    """The options of a problem, by group."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        members: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for number, options in enumerate(problem.options):
            members[_kind(options)].append(number)
        self._groups = [
            _Group(part, [problem.options[number] for number in part])
            for numbers in members.values()
            for part in _parts(_by_calendar(problem, numbers))
        ]

    def take(
        self,
        prefix: FloatArray,
        money: float,
        point: float,
        rewards: list[tuple[int, float]],
        is_given_up: Callable[[], bool] = never,
    ) -> Taken | None:
        """Let each shop take what is cheapest for it; None if it is given up on the way.

        `prefix` are prefix sums of the slots' prices, `money` the weight of a cent, `point` what a point of priority
        without a date costs; `rewards` are (deadline day, price).
        """
        steps = np.zeros(len(self._problem.capacity) + 1)
        deadlines = np.array([item.day for item in self._problem.deadlines], np.int64)
        left_out = 0
        values = np.zeros(len(self._problem.options))
        finished = np.zeros(len(deadlines), np.int64)
        begun = np.full(len(self._problem.options), NEVER)
        prices = self._sums(prefix)
        for group in self._groups:
            if is_given_up():
                return None
            values[group.numbers], finishes, points, begun[group.numbers] = group.take(
                prices, money, point, rewards, steps
            )
            left_out += points
            finished += (finishes[:, None] <= deadlines[None, :]).sum(axis=0)
        return Taken(float(values.sum()), np.cumsum(steps)[:-1], finished, left_out, begun, values)

    def _sums(self, prefix: FloatArray) -> _PriceSums:
        items = self._problem.timelines.items
        ends = np.array([item.end for item in items], np.int64)
        begins = np.array([item.offset for item in items], np.int64)
        return _PriceSums(prefix, prefix[ends] > prefix[begins])

    def regrets(
        self, prefix: FloatArray, money: float, rewards: list[tuple[int, float]], day: float, nearby: int
    ) -> FloatArray:
        """How much dearer the `nearby`-th best finish of each shop is than its best; INFINITE where it has fewer."""
        regrets = np.full(len(self._problem.options), INFINITE)
        for group in self._groups:
            totals = group.totals(self._sums(prefix), money, rewards, day)[1][-1]
            if totals.shape[1] > nearby:
                ranked = np.partition(totals, nearby, axis=1)
                regrets[group.numbers] = np.minimum(ranked[:, nearby] - ranked[:, :nearby].min(axis=1), INFINITE)
        return regrets

    def in_time(
        self, prefix: FloatArray, money: float, rewards: list[tuple[int, float]], day: float, deadline: int
    ) -> FloatArray:
        """How much dearer finishing by `deadline` is for each shop than its best; INFINITE where it cannot."""
        dearer = np.full(len(self._problem.options), INFINITE)
        for group in self._groups:
            totals = group.totals(self._sums(prefix), money, rewards, day)[1][-1]
            early = np.where(group.finish <= deadline, totals, INFINITE).min(axis=1, initial=INFINITE)
            dearer[group.numbers] = np.where(early < REACHABLE, early - totals.min(axis=1), INFINITE)
        return dearer


def _kind(options: ShopOptions) -> tuple[object, ...]:
    """What shops have in common that are valued together."""
    blocks = [(block.phases, tuple((visit.number, visit.need) for visit in block.visits)) for block in options.blocks]
    return (options.mandatory, *((phases.start, phases.stop, visits) for phases, visits in blocks), *options.waits)


def _by_calendar(problem: Problem, numbers: list[int]) -> list[int]:
    """The shops in an order in which those with the same calendar follow one another."""
    first: dict[BlockDays, int] = {}
    return sorted(numbers, key=lambda number: first.setdefault(problem.options[number].blocks[-1].days, number))


def _parts(numbers: list[int]) -> list[list[int]]:
    return [numbers[begin : begin + MOST_AT_ONCE] for begin in range(0, len(numbers), MOST_AT_ONCE)]
