"""What the positions of a block cost at given prices, for all shops whose blocks have the same days at once.

Such shops mostly pay for the same things: a class of crews costs what it costs whoever sends for it. So each distinct
use is priced once, as a row over all positions, and a shop's values are sums of a few rows.
"""

from itertools import chain

import numpy as np

from planner.scheduling.options import Block, ClassDays
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


class BlockPrices:
    """One block of each shop of a group; `blocks` have the same days and the same visits.

    Arrays about visits have the shape (visits, shops, classes); where a shop has fewer classes, they are filled up with
    row 0 and 0 units.
    """

    def __init__(self, blocks: list[Block]) -> None:
        rows = _Rows()
        self.days = blocks[0].days
        self.cost = np.stack([block.cost for block in blocks]).astype(np.float64)
        shut = ~np.stack([block.open for block in blocks])
        self._shut = shut if shut.any() else None
        own = [[rows.of(use) for use in block.uses] for block in blocks]
        self._own = np.zeros((len(blocks), max(map(len, own), default=0)), np.int64)
        for row, numbers in zip(self._own, own, strict=True):
            row[: len(numbers)] = numbers
        self._set_visits(blocks, rows)
        self._index(rows)

    def _set_visits(self, blocks: list[Block], rows: _Rows) -> None:
        visits = blocks[0].visits
        most = max((len(visit.choices) for block in blocks for visit in block.visits), default=0)
        shape = (len(visits), len(blocks), most)
        self._rows, self._most = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        self._week_cents = np.zeros(shape)
        for shop, block in enumerate(blocks):
            for place, visit in enumerate(block.visits):
                for number, choice in enumerate(visit.choices):
                    self._rows[place, shop, number] = rows.of(choice.days)
                    self._most[place, shop, number] = choice.units
                    self._week_cents[place, shop, number] = choice.week_cents
        self._need = np.array([visit.need.units for visit in visits], np.int64)
        self._weeks = np.array([visit.weeks for visit in visits], np.int64).reshape(len(visits), len(self.days.begin))
        self._is_none = self._most == 0
        several = (self._most > 0).sum(axis=2) > 1
        self._mixed = np.argwhere(several & (self._need > 1)[:, None]).tolist()

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
        if self._rows.size:
            units = priced[self._rows]
            if money:
                units += (money * self._week_cents)[..., None] * self._weeks[:, None, None, :]
            units[self._is_none] = INFINITE
            cheapest = units.min(axis=2) * self._need[:, None, None]
            for visit, shop in self._mixed:
                cheapest[visit, shop] = self._mix(visit, shop, units[visit, shop])[0]
            values += cheapest.sum(axis=0)
        if self._shut is not None:
            values[self._shut] = INFINITE
        return values

    def _mix(self, visit: int, shop: int, prices: FloatArray) -> tuple[FloatArray, IntArray]:
        """The least that all units cost at each position, and how many of each class: cheapest first.

        `prices` of a unit have the shape (classes, positions).
        """
        order = np.argsort(prices, axis=0, kind="stable")
        sent = np.zeros(prices.shape, np.int64)
        left = np.full(prices.shape[1], self._need[visit], np.int64)
        column = np.arange(prices.shape[1])
        for rank in order:
            units = np.minimum(left, self._most[visit, shop, rank])
            sent[rank, column] = units
            left -= units
        total: FloatArray = np.where(sent > 0, sent * prices, 0.0).sum(axis=0)
        return total, sent

    def add_usage(
        self, steps: FloatArray, shops: IntArray, positions: IntArray, priced: FloatArray, money: float
    ) -> None:
        """Add what `shops` use at `positions` to the differences `steps` of the usage along the slots."""
        own = self._own[shops]
        rows, where = [own.ravel()], [np.repeat(positions, own.shape[1])]
        times = [np.ones(own.size, np.int64)]
        if self._rows.size:
            options = self._rows[:, shops]
            units = priced[options, positions[None, :, None]]
            units = units + money * self._week_cents[:, shops] * self._weeks[:, positions][..., None]
            units[self._is_none[:, shops]] = INFINITE
            sent = np.zeros(units.shape, np.int64)
            np.put_along_axis(sent, units.argmin(axis=2)[..., None], self._need[:, None, None], axis=2)
            place_of = {shop: place for place, shop in enumerate(shops.tolist())}
            for visit, shop in self._mixed:
                if shop in place_of:
                    place = place_of[shop]
                    sent[visit, place] = self._mix(visit, shop, units[visit, place][:, None])[1][:, 0]
            chosen = np.nonzero(sent)
            rows.append(options[chosen])
            where.append(positions[chosen[1]])
            times.append(sent[chosen])
        self._add_rows(steps, np.concatenate(rows), np.concatenate(where), np.concatenate(times))

    def _add_rows(self, steps: FloatArray, rows: IntArray, where: IntArray, times: IntArray) -> None:
        counts = self._first_use[rows + 1] - self._first_use[rows]
        begins = np.repeat(self._first_use[rows] - (np.cumsum(counts) - counts), counts)
        use = begins + np.arange(int(counts.sum()))
        shape, offset, where = self._shape[use], self._offset[use], np.repeat(where, counts)
        amount = self._amount[shape, where] * np.repeat(times, counts)
        np.add.at(steps, self._begin[shape, where] + offset, amount)
        np.add.at(steps, self._stop[shape, where] + offset, -amount)
