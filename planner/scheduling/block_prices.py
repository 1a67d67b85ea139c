"""What the positions of a block cost at given prices, for all shops whose blocks have the same days at once.

Such shops mostly pay for the same things: a class of crews costs what it costs whoever sends for it. So each distinct
use is priced once, as a row over all positions, and a shop's values are sums of a few rows.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

import numpy as np

from planner.scheduling.options import Block, ClassDays, VisitChoice
from planner.scheduling.pricing import INFINITE
from planner.scheduling.timelines import BoolArray, FloatArray, IntArray, Use


class _Rows:
    """Distinct rows of prices, each the sum of some uses; numbered as they are asked for. Row 0 costs nothing."""

    def __init__(self) -> None:
        self._number: dict[object, int] = {}
        self.parts: list[tuple[Use, ...]] = [()]
        self.allowed: list[BoolArray | None] = [None]

    def of(self, what: Use | ClassDays) -> int:
        """The row of a use, or of a unit of a class."""
        if what not in self._number:
            self._number[what] = len(self.parts)
            if isinstance(what, ClassDays):
                self.parts.append(what.uses)
                self.allowed.append(None if what.allowed.all() else what.allowed)
            else:
                self.parts.append((what,))
                self.allowed.append(None)
        return self._number[what]


@dataclass(frozen=True, slots=True)
class _Visits:
    """A visit of all shops of a group: `rows` and cents a week of the classes, shape (shops, classes), 0 padded.

    `most` are the units a class can send; 0 where there is no class. `mixed` are the shops whose units may come from
    several classes at once.
    """

    number: int
    need: int
    weeks: IntArray
    rows: IntArray
    week_cents: FloatArray
    most: IntArray
    mixed: IntArray


class BlockPrices:
    """One block of each shop of a group; `blocks` have the same days."""

    def __init__(self, blocks: list[Block]) -> None:
        rows = _Rows()
        self.days = blocks[0].days
        self.cost = np.stack([block.cost for block in blocks]).astype(np.float64)
        shut = ~np.stack([block.open for block in blocks])
        self._shut = shut if shut.any() else None
        own = [[rows.of(use) for use in block.uses] for block in blocks]
        self._own = _padded(own)
        shops: dict[int, list[tuple[int, VisitChoice]]] = defaultdict(list)
        for shop, block in enumerate(blocks):
            for visit in block.visits:
                shops[visit.number].append((shop, visit))
        self._visits = [(np.array([shop for shop, _ in who]), _visits(who, rows)) for who in shops.values()]
        self._index(rows)

    def _index(self, rows: _Rows) -> None:
        """Lay the uses of all rows end to end, with the arrays that many of them share kept once."""
        uses = list(chain.from_iterable(rows.parts))
        counts = np.array([len(parts) for parts in rows.parts])
        self._first_use = np.concatenate([[0], np.cumsum(counts)])
        self._filled = np.flatnonzero(counts)
        self._offset = np.array([use.timeline.offset for use in uses], np.int64)
        shapes: dict[tuple[int, int, int], int] = {}
        self._shape = np.array(
            [shapes.setdefault((id(use.begin), id(use.end), id(use.amount)), len(shapes)) for use in uses], np.int64
        )
        size = len(self.days.begin)
        self._begin, self._stop = (np.zeros((len(shapes), size), np.int64) for _ in range(2))
        self._amount = np.zeros((len(shapes), size))
        for use, shape in zip(uses, self._shape.tolist(), strict=True):
            self._begin[shape], self._stop[shape] = use.begin, np.maximum(use.end + 1, use.begin)
            self._amount[shape] = use.amount
        self._barred = [(row, ~allowed) for row, allowed in enumerate(rows.allowed) if allowed is not None]

    def price_rows(self, prefix: FloatArray) -> FloatArray:
        """What each row costs at each position, shape (rows, positions), given prefix sums of the slots' prices."""
        priced = np.zeros((len(self._first_use) - 1, len(self.days.begin)))
        if len(self._filled):
            offset = self._offset[:, None]
            uses = prefix[self._stop[self._shape] + offset]
            uses -= prefix[self._begin[self._shape] + offset]
            uses *= self._amount[self._shape]
            priced[self._filled] = np.add.reduceat(uses, self._first_use[self._filled], axis=0)
        for row, barred in self._barred:
            priced[row, barred] = INFINITE
        return priced

    def values(self, priced: FloatArray, money: float) -> FloatArray:
        """What each position costs each shop, shape (shops, positions); INFINITE where it is not open."""
        values = money * self.cost
        for column in self._own.T:
            values += priced[column]
        for shops, visit in self._visits:
            cheapest = np.full((len(shops), values.shape[1]), INFINITE)
            for place in range(visit.rows.shape[1]):
                np.minimum(cheapest, self._class_price(visit, place, slice(None), priced, money), out=cheapest)
            cheapest *= visit.need
            for shop in visit.mixed.tolist():
                cheapest[shop] = self._mix(visit, shop, priced, money)[0]
            values[shops] += cheapest
        if self._shut is not None:
            values[self._shut] = INFINITE
        return values

    def _class_price(self, visit: _Visits, place: int, shops: slice, priced: FloatArray, money: float) -> FloatArray:
        """What a unit of the class at `place` costs each of `shops` at each position."""
        price = priced[visit.rows[shops, place]]
        if money:
            price = price + (money * visit.week_cents[shops, place, None]) * visit.weeks
        price[visit.most[shops, place] == 0] = INFINITE
        return price

    def _mix(self, visit: _Visits, shop: int, priced: FloatArray, money: float) -> tuple[FloatArray, IntArray]:
        """The least that all units cost at each position, and how many of each class: cheapest first."""
        one = slice(shop, shop + 1)
        places = range(visit.rows.shape[1])
        prices = np.concatenate([self._class_price(visit, place, one, priced, money) for place in places])
        order = np.argsort(prices, axis=0, kind="stable")
        sent = np.zeros(prices.shape, np.int64)
        left = np.full(prices.shape[1], visit.need, np.int64)
        column = np.arange(prices.shape[1])
        for rank in order:
            units = np.minimum(left, visit.most[shop, rank])
            sent[rank, column] = units
            left -= units
        total: FloatArray = np.where(sent > 0, sent * prices, 0.0).sum(axis=0)
        return total, sent

    def add_usage(
        self, steps: FloatArray, shops: IntArray, positions: IntArray, priced: FloatArray, money: float
    ) -> None:
        """Add what `shops` use at `positions` to the differences `steps` of the usage along the slots."""
        rows = [self._own[shops].T.ravel()]
        where = [np.tile(positions, self._own.shape[1])]
        times = [np.ones(len(rows[0]), np.int64)]
        position_of = np.full(len(self.cost), -1)
        position_of[shops] = positions
        for members, visit in self._visits:
            at = position_of[members]
            for place, units in enumerate(self._sent(visit, at, priced, money)):
                here = np.flatnonzero((units > 0) & (at >= 0))
                rows.append(visit.rows[here, place])
                where.append(at[here])
                times.append(units[here])
        self._add_rows(steps, np.concatenate(rows), np.concatenate(where), np.concatenate(times))

    def _sent(self, visit: _Visits, at: IntArray, priced: FloatArray, money: float) -> IntArray:
        """The units of each class that each shop takes at its position `at`, shape (classes, shops)."""
        shops, places = visit.rows.shape
        prices = priced[visit.rows, at[:, None]] + money * visit.week_cents * visit.weeks[at][:, None]
        prices[visit.most == 0] = INFINITE
        sent = np.zeros((places, shops), np.int64)
        sent[np.argmin(prices, axis=1), np.arange(shops)] = visit.need
        for shop in visit.mixed.tolist():
            sent[:, shop] = self._mix(visit, shop, priced, money)[1][:, at[shop]]
        return sent

    def _add_rows(self, steps: FloatArray, rows: IntArray, where: IntArray, times: IntArray) -> None:
        counts = self._first_use[rows + 1] - self._first_use[rows]
        begins = np.repeat(self._first_use[rows] - (np.cumsum(counts) - counts), counts)
        use = begins + np.arange(int(counts.sum()))
        shape, offset, where = self._shape[use], self._offset[use], np.repeat(where, counts)
        amount = self._amount[shape, where] * np.repeat(times, counts)
        np.add.at(steps, self._begin[shape, where] + offset, amount)
        np.add.at(steps, self._stop[shape, where] + offset, -amount)


def _padded(lists: list[list[int]]) -> IntArray:
    """Lists of different lengths as an array, shape (lists, longest), filled up with 0."""
    result = np.zeros((len(lists), max((len(items) for items in lists), default=0)), np.int64)
    for number, items in enumerate(lists):
        result[number, : len(items)] = items
    return result


def _visits(who: list[tuple[int, VisitChoice]], rows: _Rows) -> _Visits:
    visits = [visit for _, visit in who]
    need = visits[0].need.units
    most = _padded([[choice.units for choice in visit.choices] for visit in visits])
    week_cents = np.zeros(most.shape)
    for row, visit in zip(week_cents, visits, strict=True):
        row[: len(visit.choices)] = [choice.week_cents for choice in visit.choices]
    mixed = need > 1 and most.shape[1] > 1
    return _Visits(
        visits[0].number,
        need,
        visits[0].weeks,
        _padded([[rows.of(choice.days) for choice in visit.choices] for visit in visits]),
        week_cents,
        most,
        np.flatnonzero((most > 0).sum(axis=1) > 1) if mixed else np.zeros(0, np.int64),
    )
