"""All options of all shops as flat arrays, priced together.

A step of the price search values every position of every shop. Shop by shop that is hundreds of small array operations;
here it is a few large ones: positions lie end to end, and what they use lies beside them as (begin, stop, amount)
entries sorted by position, so that prices are one gather and sums one bincount.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from planner.scheduling.options import Block, ShopOptions, VisitChoice
from planner.scheduling.pricing import INFINITE
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import FloatArray, IntArray, Use


class _Entries:
    """Uses of owners (positions, or classes at positions), sorted by owner; empty ones are left out."""

    def __init__(self, parts: list[tuple[IntArray, Use]], owners: int) -> None:
        owner = np.concatenate([np.zeros(0, np.int64), *(part for part, _ in parts)])
        begin = np.concatenate([np.zeros(0, np.int64), *(use.begin for _, use in parts)])
        stop = np.concatenate([np.zeros(0, np.int64), *(use.end + 1 for _, use in parts)])
        amount = np.concatenate([np.zeros(0, np.int64), *(use.amount for _, use in parts)])
        keep = (begin < stop) & (amount != 0)
        order = np.flatnonzero(keep)[np.argsort(owner[keep], kind="stable")]
        self._owner, self._begin, self._stop = owner[order], begin[order], stop[order]
        self._amount = amount[order].astype(np.float64)
        self._first = np.searchsorted(self._owner, np.arange(owners + 1))
        self._owners = owners

    def price(self, prefix: FloatArray) -> FloatArray:
        """What each owner pays, given prefix sums of the slots' prices."""
        priced = self._amount * (prefix[self._stop] - prefix[self._begin])
        sums: FloatArray = np.bincount(self._owner, priced, self._owners).astype(np.float64, copy=False)
        return sums

    def add_to(self, steps: FloatArray, owners: IntArray, times: IntArray) -> None:
        """Add what `owners` use, `times` each, to the differences `steps` of the usage along the slots."""
        first, counts = self._first[owners], self._first[owners + 1] - self._first[owners]
        total = int(counts.sum())
        begins = np.repeat(first - (np.cumsum(counts) - counts), counts)
        entry = begins + np.arange(total)
        amount = self._amount[entry] * np.repeat(times, counts)
        np.add.at(steps, self._begin[entry], amount)
        np.add.at(steps, self._stop[entry], -amount)


@dataclass(frozen=True, slots=True)
class _Mixed:
    """A visit whose units may come from several classes at once."""

    rows: IntArray
    positions: IntArray
    units: IntArray
    need: int


@dataclass(slots=True)
class _Link:
    """Blocks that follow others with the same waits: members' positions before and after, on a grid of working days."""

    least: int
    most: int
    before: IntArray
    before_cell: IntArray
    after: IntArray
    after_cell: IntArray
    shape: tuple[int, int]

    def least_before(self, totals: FloatArray) -> FloatArray:
        """For each position after, the least total of those before that the waits allow."""
        grid = np.full(self.shape[0] * self.shape[1], INFINITE)
        np.minimum.at(grid, self.before_cell, totals[self.before])
        table = grid.reshape(self.shape)
        width, span = self.most - self.least + 1, 1
        while 2 * span <= width:
            table = np.minimum(table[:, :-span], table[:, span:])
            span *= 2
        if span < width:
            table = np.minimum(table[:, : table.shape[1] - (width - span)], table[:, width - span :])
        row, column = np.divmod(self.after_cell, self.shape[1])
        result: FloatArray = table[row, column]
        return result


@dataclass(frozen=True, slots=True)
class Taken:
    """What each shop takes at some prices: the sum of their values, and what they do together.

    `usage` has one entry a slot; `finished` one a deadline; `left_out` are points of priority without a date.
    """

    total: float
    usage: FloatArray
    finished: IntArray
    left_out: int


class FlatOptions:
    """The options of a problem in flat arrays."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        shops = problem.options
        self._ranges = _position_ranges(shops)
        self._count = self._ranges[-1][-1].stop if shops else 0
        self._cost = np.concatenate([np.zeros(0, np.int64), *(block.cost for item in shops for block in item.blocks)])
        self._own = _Entries(self._own_parts(), self._count)
        self._build_visits()
        self._links = self._build_links()
        lasts = [ranges[-1] for ranges in self._ranges]
        self._last = np.concatenate([np.zeros(0, np.int64), *(np.arange(item.start, item.stop) for item in lasts)])
        self._last_begin = np.cumsum([0, *(len(item) for item in lasts)])[:-1]
        self._finish = np.concatenate([np.zeros(0, np.int64), *(options.finish for options in shops)])
        self._none = np.array([options.unplanned_cents for options in shops], np.float64)
        self._points = np.array([options.shop.priority for options in shops], np.int64)
        self._mandatory = np.array([options.mandatory for options in shops], bool)

    def _blocks(self) -> list[tuple[range, Block]]:
        return [
            (positions, block)
            for options, ranges in zip(self._problem.options, self._ranges, strict=True)
            for positions, block in zip(ranges, options.blocks, strict=True)
        ]

    def _own_parts(self) -> list[tuple[IntArray, Use]]:
        return [(np.arange(at.start, at.stop), use) for at, block in self._blocks() for use in block.uses]

    def _build_visits(self) -> None:
        """Number the rows of all visits: the classes that can make one at one position lie side by side."""
        parts: list[tuple[IntArray, Use]] = []
        travel: list[FloatArray] = [np.zeros(0)]
        ends: list[IntArray] = [np.zeros(0, np.int64)]
        begins, positions, needs = ([np.zeros(0, np.int64)] for _ in range(3))
        self._mixed: list[_Mixed] = []
        count = 0
        for at, block in self._blocks():
            where = np.arange(at.start, at.stop)
            for visit in block.visits:
                rows = count + np.arange(len(where) * len(visit.choices)).reshape(len(where), -1)
                count += rows.size
                ends.append(np.repeat(rows[:, -1] + 1, rows.shape[1]))
                travel.append(_travel(visit).ravel())
                for column, choice in enumerate(visit.choices):
                    parts += [(rows[:, column], use) for use in choice.uses]
                units = np.array([choice.units for choice in visit.choices])
                if visit.need.units > 1 and len(units) > 1:
                    self._mixed.append(_Mixed(rows, where, units, visit.need.units))
                else:
                    begins.append(rows[:, 0])
                    positions.append(where)
                    needs.append(np.full(len(where), visit.need.units))
        self._crews = _Entries(parts, count)
        self._ends = np.concatenate(ends)
        self._travel = np.concatenate(travel)
        self._visit_begin, self._visit_at = np.concatenate(begins), np.concatenate(positions)
        self._visit_need = np.concatenate(needs)
        order = np.argsort(self._visit_at, kind="stable")
        self._visits_of = (order, np.searchsorted(self._visit_at[order], np.arange(self._count + 1)))
        mixed_rows = np.zeros(count, bool)
        for mixed in self._mixed:
            mixed_rows[mixed.rows.ravel()] = True
        self._single_rows = np.flatnonzero(~mixed_rows)
        self._single_begin = np.searchsorted(self._single_rows, self._visit_begin)

    def _build_links(self) -> list[list[_Link]]:
        """For the second block, the third and so on: the links of all shops that have one, by their waits."""
        result: list[list[_Link]] = []
        most_blocks = max((len(ranges) for ranges in self._ranges), default=1)
        for number in range(1, most_blocks):
            groups: dict[tuple[int, int], list[int]] = defaultdict(list)
            for shop, options in enumerate(self._problem.options):
                if len(options.blocks) > number:
                    groups[options.waits[number - 1]].append(shop)
            result.append([self._link(number, waits, members) for waits, members in groups.items()])
        return result

    def _link(self, number: int, waits: tuple[int, int], members: list[int]) -> _Link:
        least, most = waits
        befores = [self._problem.options[shop].blocks[number - 1] for shop in members]
        afters = [self._problem.options[shop].blocks[number] for shop in members]
        ends = [block.end for block in befores]
        begins = [block.begin for block in afters]
        width = max(int(np.concatenate([*ends, *begins]).max(initial=0)) + most + 1, 1)
        rows = np.arange(len(members)) * (width + most)
        return _Link(
            least,
            most,
            np.concatenate([np.arange(*_bounds(self._ranges[shop][number - 1])) for shop in members]),
            np.concatenate([row + end + most for row, end in zip(rows, ends, strict=True)]),
            np.concatenate([np.arange(*_bounds(self._ranges[shop][number])) for shop in members]),
            np.concatenate([row + begin for row, begin in zip(rows, begins, strict=True)]),
            (len(members), width + most),
        )

    def take(self, prefix: FloatArray, money: float, point: float, rewards: list[tuple[int, float]]) -> Taken:
        """Let each shop take what is cheapest for it.

        `prefix` are prefix sums of the slots' prices, `money` the weight of a cent, `point` what a point of priority
        without a date costs; `rewards` are (deadline day, price).
        """
        rows = self._rows(prefix, money)
        values = money * self._cost + self._own.price(prefix)
        if len(self._visit_begin):
            least = np.minimum.reduceat(rows[self._single_rows], self._single_begin) * self._visit_need
            values = values + np.bincount(self._visit_at, least, self._count)
        for mixed in self._mixed:
            values[mixed.positions] += _cheapest_mix(mixed, rows[mixed.rows])[0]
        for day, reward in rewards:
            values[self._last[self._finish <= day]] -= reward
        totals = values.copy()
        for links in self._links:
            for link in links:
                totals[link.after] = values[link.after] + link.least_before(totals)
        return self._taken(totals, rows, money, point)

    def _rows(self, prefix: FloatArray, money: float) -> FloatArray:
        travel = np.where(self._travel < INFINITE, money * self._travel, INFINITE)
        return travel + self._crews.price(prefix)

    def _taken(self, totals: FloatArray, rows: FloatArray, money: float, point: float) -> Taken:
        deadlines = np.array([item.day for item in self._problem.deadlines], np.int64)
        if not self._ranges:
            return Taken(0.0, np.zeros(len(self._problem.capacity)), np.zeros(len(deadlines), np.int64), 0)
        best = np.minimum.reduceat(totals[self._last], self._last_begin)
        none = money * self._none + point * self._points
        left_out = ~self._mandatory & (none < best)
        chosen: list[int] = []
        finishes: list[int] = []
        for shop in np.flatnonzero(~left_out).tolist():
            last = self._ranges[shop][-1]
            place = int(np.argmin(totals[last.start : last.stop]))
            finishes.append(int(self._problem.options[shop].finish[place]))
            chosen += self._trace(shop, place, totals)
        finished = (np.array(finishes, np.int64)[:, None] <= deadlines[None, :]).sum(axis=0)
        total = float(np.where(left_out, none, best).sum())
        return Taken(total, self._usage(np.array(chosen, np.int64), rows), finished, int(self._points[left_out].sum()))

    def _trace(self, shop: int, place: int, totals: FloatArray) -> list[int]:
        """The positions of all blocks of the best option that ends at `place` of the last."""
        options, ranges = self._problem.options[shop], self._ranges[shop]
        found = [ranges[-1].start + place]
        for number in range(len(ranges) - 1, 0, -1):
            least, most = options.waits[number - 1]
            gap = options.blocks[number].begin[place] - options.blocks[number - 1].end
            before = totals[ranges[number - 1].start : ranges[number - 1].stop]
            place = int(np.argmin(np.where((gap >= least) & (gap <= most), before, INFINITE)))
            found.append(ranges[number - 1].start + place)
        return found

    def _usage(self, chosen: IntArray, rows: FloatArray) -> FloatArray:
        steps = np.zeros(len(self._problem.capacity) + 1)
        self._own.add_to(steps, chosen, np.ones(len(chosen), np.int64))
        order, first = self._visits_of
        taken, units = [], []
        for visit in np.concatenate([order[first[at] : first[at + 1]] for at in chosen] or [order[:0]]).tolist():
            begin = int(self._visit_begin[visit])
            taken.append(begin + int(np.argmin(rows[begin : self._ends[begin]])))
            units.append(int(self._visit_need[visit]))
        here = np.zeros(self._count, bool)
        here[chosen] = True
        for mixed in self._mixed:
            for place in np.flatnonzero(here[mixed.positions]):
                sent = _cheapest_mix(mixed, rows[mixed.rows[place : place + 1]])[1][0]
                taken += mixed.rows[place].tolist()
                units += sent.tolist()
        self._crews.add_to(steps, np.array(taken, np.int64), np.array(units, np.int64))
        usage: FloatArray = np.cumsum(steps)[:-1]
        return usage


def _position_ranges(shops: list[ShopOptions]) -> list[list[range]]:
    """The flat numbers of the positions of each block of each shop."""
    result, count = [], 0
    for options in shops:
        ranges = []
        for block in options.blocks:
            ranges.append(range(count, count + block.positions))
            count += block.positions
        result.append(ranges)
    return result


def _bounds(numbers: range) -> tuple[int, int]:
    return numbers.start, numbers.stop


def _travel(visit: VisitChoice) -> FloatArray:
    """Cents of travel of a unit, shape (positions, classes); INFINITE where a class is not allowed."""
    return np.stack([np.where(choice.allowed, choice.travel, INFINITE) for choice in visit.choices], axis=1)


def _cheapest_mix(mixed: _Mixed, prices: FloatArray) -> tuple[FloatArray, IntArray]:
    """The least that all units cost at each position, and how many of each class: cheapest first, as far as it goes."""
    order = np.argsort(prices, axis=1, kind="stable")
    sent = np.zeros(prices.shape, np.int64)
    left = np.full(len(prices), mixed.need, np.int64)
    place = np.arange(len(prices))
    for rank in order.T:
        units = np.minimum(left, mixed.units[rank])
        sent[place, rank] = units
        left -= units
    total: FloatArray = np.where(sent > 0, sent * prices, 0.0).sum(axis=1)
    return total, sent
