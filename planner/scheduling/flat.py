"""All options of all shops, priced together.

A step of the price search values every position of every shop. Shops of one format with the same calendar are a group
whose blocks have the same positions, so that their values are one array, shape (shops, positions), and whatever they
share is priced once.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from planner.scheduling.block_prices import BlockPrices
from planner.scheduling.options import BlockDays, ShopOptions
from planner.scheduling.pricing import INFINITE, REACHABLE
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import BoolArray, FloatArray, IntArray

MOST_AT_ONCE = 64
"""Shops of a group that are valued together: their arrays still fit into a processor's cache."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What each shop takes at some prices: the sum of their values, and what they do together.

    `usage` has one entry a slot; `finished` one a deadline; `left_out` are points of priority without a date.
    """

    total: float
    usage: FloatArray
    finished: IntArray
    left_out: int


class _Link:
    """Two blocks that follow one another after `least` to `most` working days, on a grid of working days."""

    def __init__(self, before: BlockDays, after: BlockDays, waits: tuple[int, int]) -> None:
        self._least, self._most = waits
        self._before, self._after = before, after
        self._order = np.argsort(before.end, kind="stable")
        ends = before.end[self._order]
        self._first_of_end = np.flatnonzero(np.diff(ends, prepend=-1))
        self._column = ends[self._first_of_end] + self._most
        self._width = max(int(max(before.end.max(initial=0), after.begin.max(initial=0))) + 1, 1) + self._most

    def least_before(self, totals: FloatArray) -> FloatArray:
        """For each position after, the least total of those before that the waits allow; shape (shops, positions)."""
        grid = np.full((len(totals), self._width), INFINITE)
        if len(self._column):
            grid[:, self._column] = np.minimum.reduceat(totals[:, self._order], self._first_of_end, axis=1)
        width, span = self._most - self._least + 1, 1
        while 2 * span <= width:
            grid = np.minimum(grid[:, :-span], grid[:, span:])
            span *= 2
        if span < width:
            grid = np.minimum(grid[:, : grid.shape[1] - (width - span)], grid[:, width - span :])
        result: FloatArray = grid[:, self._after.begin]
        return result

    def best_before(self, totals: FloatArray, positions: IntArray) -> IntArray:
        """The cheapest position before that the waits allow, for a position after of each shop."""
        gap = self._after.begin[positions][:, None] - self._before.end[None, :]
        linked: BoolArray = (gap >= self._least) & (gap <= self._most)
        best: IntArray = np.argmin(np.where(linked, totals, INFINITE), axis=1)
        return best


class _Group:
    """Shops whose blocks have the same days."""

    def __init__(self, numbers: list[int], shops: list[ShopOptions]) -> None:
        first = shops[0]
        self.numbers = np.array(numbers, np.int64)
        self.finish = first.finish
        self._blocks = [BlockPrices([options.blocks[place] for options in shops]) for place in range(len(first.blocks))]
        days = [block.days for block in first.blocks]
        self._links = [_Link(*pair) for pair in zip(days, days[1:], first.waits, strict=False)]
        self._none = np.array([options.unplanned_cents for options in shops], np.float64)
        self.points = np.array([options.shop.priority for options in shops], np.int64)
        self._mandatory = np.array([options.mandatory for options in shops], bool)

    def totals(
        self, prefix: FloatArray, money: float, rewards: list[tuple[int, float]], day: float = 0.0
    ) -> tuple[list[FloatArray], list[FloatArray]]:
        """For each block, what its rows cost, and the least total of options that take each of its positions last.

        `day` is what each day until the finish costs.
        """
        priced = [block.price_rows(prefix) for block in self._blocks]
        values = [block.values(rows, money) for block, rows in zip(self._blocks, priced, strict=True)]
        for deadline, reward in rewards:
            values[-1][:, self.finish <= deadline] -= reward
        if day:
            values[-1] += day * self.finish
        for number, link in enumerate(self._links):
            values[number + 1] += link.least_before(values[number])
        return priced, values

    def take(
        self, prefix: FloatArray, money: float, point: float, rewards: list[tuple[int, float]], steps: FloatArray
    ) -> tuple[float, IntArray, int]:
        """The shops' total, their finishes, and the points left out; what they use is added to `steps`."""
        priced, totals = self.totals(prefix, money, rewards)
        last = np.argmin(totals[-1], axis=1)
        best = totals[-1][np.arange(len(last)), last]
        none = money * self._none + point * self.points
        left_out = ~self._mandatory & (none < best)
        planned = np.flatnonzero(~left_out)
        finishes = self.finish[last[planned]]
        at = last[planned]
        for number in range(len(self._blocks) - 1, -1, -1):
            self._blocks[number].add_usage(steps, planned, at, priced[number], money)
            if number:
                at = self._links[number - 1].best_before(totals[number - 1][planned], at)
        return float(np.where(left_out, none, best).sum()), finishes, int(self.points[left_out].sum())


class FlatOptions:
    """The options of a problem, by group."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        members: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for number, options in enumerate(problem.options):
            members[*(block.days for block in options.blocks), *options.waits].append(number)
        self._groups = [
            _Group(part, [problem.options[number] for number in part])
            for numbers in members.values()
            for part in _parts(numbers)
        ]

    def take(self, prefix: FloatArray, money: float, point: float, rewards: list[tuple[int, float]]) -> Taken:
        """Let each shop take what is cheapest for it.

        `prefix` are prefix sums of the slots' prices, `money` the weight of a cent, `point` what a point of priority
        without a date costs; `rewards` are (deadline day, price).
        """
        steps = np.zeros(len(self._problem.capacity) + 1)
        deadlines = np.array([item.day for item in self._problem.deadlines], np.int64)
        total, left_out = 0.0, 0
        finished = np.zeros(len(deadlines), np.int64)
        for group in self._groups:
            value, finishes, points = group.take(prefix, money, point, rewards, steps)
            total += value
            left_out += points
            finished += (finishes[:, None] <= deadlines[None, :]).sum(axis=0)
        return Taken(total, np.cumsum(steps)[:-1], finished, left_out)

    def regrets(
        self, prefix: FloatArray, money: float, rewards: list[tuple[int, float]], day: float, nearby: int
    ) -> FloatArray:
        """How much dearer the `nearby`-th best finish of each shop is than its best; INFINITE where it has fewer."""
        regrets = np.full(len(self._problem.options), INFINITE)
        for group in self._groups:
            totals = group.totals(prefix, money, rewards, day)[1][-1]
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
            totals = group.totals(prefix, money, rewards, day)[1][-1]
            early = np.where(group.finish <= deadline, totals, INFINITE).min(axis=1, initial=INFINITE)
            dearer[group.numbers] = np.where(early < REACHABLE, early - totals.min(axis=1), INFINITE)
        return dearer


def _parts(numbers: list[int]) -> list[list[int]]:
    return [numbers[begin : begin + MOST_AT_ONCE] for begin in range(0, len(numbers), MOST_AT_ONCE)]
