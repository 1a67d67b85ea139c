"""What the positions of a block cost at given prices, for many shops of one format at once.

Shops mostly pay for the same things: a class of crews costs what it costs whoever sends for it. So each distinct use is
priced once, as a row over all positions, and a shop's values are sums of a few rows. Shops whose calendars differ have
days of their own, and rows of their own; positions that a calendar has fewer of are filled up and never open.
"""

from itertools import chain

import numpy as np

from planner.scheduling.options import Block, BlockDays, ClassDays
from planner.scheduling.pricing import INFINITE
from planner.scheduling.timelines import BoolArray, FloatArray, IntArray, Use


def padded(arrays: list[IntArray], fill: int) -> IntArray:
    """Arrays as the rows of a table, `fill` behind those that are shorter."""
    table = np.full((len(arrays), max(map(len, arrays))), fill, np.int64)
    for row, array in zip(table, arrays, strict=True):
        row[: len(array)] = array
    return table


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
    """One block of each shop of a group; `blocks` have the same phases and the same visits.

    Arrays about visits have the shape (visits, shops, classes); where a shop has fewer classes, they are filled up with
    row 0 and 0 units.
    """

    def __init__(self, blocks: list[Block]) -> None:
        rows = _Rows()
        self.days = list(dict.fromkeys(block.days for block in blocks))
        number: dict[BlockDays, int] = {days: place for place, days in enumerate(self.days)}
        self.calendar = np.array([number[block.days] for block in blocks], np.int64)
        self._size = max(block.size for block in blocks)
        self.cost = padded([block.cost for block in blocks], 0).astype(np.float64)
        shut = padded([block.open.astype(np.int64) for block in blocks], 0) == 0
        self._shut = shut if shut.any() else None
        self._own = padded([np.array([rows.of(use) for use in block.uses], np.int64) for block in blocks], 0)
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
        examples = [blocks[int(np.argmax(self.calendar == place))] for place in range(len(self.days))]
        self._weeks = np.zeros((len(visits), len(self.days), self._size))
        for place in range(len(visits)):
            self._weeks[place] = padded([block.visits[place].weeks for block in examples], 0)
        self._is_none = self._most == 0
        several = (self._most > 0).sum(axis=2) > 1
        self._mixed: BoolArray = several & (self._need > 1)[:, None]

    def _index(self, rows: _Rows) -> None:
        """Lay the uses of all rows end to end, with the arrays that many of them share kept once."""
        uses = list(chain.from_iterable(rows.parts))
        counts = np.array([len(parts) for parts in rows.parts])
        self._first_use = np.concatenate([[0], np.cumsum(counts)])
        self._row_of = np.repeat(np.arange(len(counts)), counts)
        self._offset = np.array([use.timeline.offset for use in uses], np.int64)
        self._timeline = np.array([use.timeline.number for use in uses], np.int64)
        shapes: dict[tuple[int, int, int], int] = {}
        self._shape = np.array(
            [shapes.setdefault((id(use.begin), id(use.end), id(use.amount)), len(shapes)) for use in uses], np.int64
        )
        self._begin, self._stop = (np.zeros((len(shapes), self._size), np.int32) for _ in range(2))
        self._amount = np.zeros((len(shapes), self._size))
        for use, shape in zip(uses, self._shape.tolist(), strict=True):
            size = len(use.begin)
            self._begin[shape, :size], self._stop[shape, :size] = use.begin, np.maximum(use.end + 1, use.begin)
            self._amount[shape, :size] = use.amount
        self._barred = [
            (row, np.flatnonzero(~allowed)) for row, allowed in enumerate(rows.allowed) if allowed is not None
        ]

    def price_rows(self, prefix: FloatArray, priced: BoolArray) -> FloatArray:
        """What each row costs at each position, shape (rows, positions), given prefix sums of the slots' prices.

        `priced` says which timelines have any price.
        """
        table = np.zeros((len(self._first_use) - 1, self._size))
        active = np.flatnonzero(priced[self._timeline])
        if len(active):
            offset, shape = self._offset[active][:, None], self._shape[active]
            uses = prefix[self._stop[shape] + offset]
            uses -= prefix[self._begin[shape] + offset]
            uses *= self._amount[shape]
            rows = self._row_of[active]
            begins = np.flatnonzero(np.diff(rows, prepend=-1))
            table[rows[begins]] = np.add.reduceat(uses, begins, axis=0)
        for row, barred in self._barred:
            table[row, barred] = INFINITE
        return table

    def values(self, priced: FloatArray, money: float) -> FloatArray:
        """What each position costs each shop, shape (shops, positions); INFINITE where it is not open."""
        values = money * self.cost
        costly: BoolArray = np.any(priced != 0, axis=1)
        for column in self._own.T:
            some = np.flatnonzero(costly[column])
            if len(some):
                values[some] += priced[column[some]]
        for visit, need in enumerate(self._need.tolist()):
            units = priced[self._rows[visit]]
            if money:
                units += (money * self._week_cents[visit])[..., None] * self._weeks[visit][self.calendar][:, None, :]
            units[self._is_none[visit]] = INFINITE
            cheapest = units.min(axis=1)
            if need > 1:
                cheapest *= need
                mixed = np.flatnonzero(self._mixed[visit])
                if len(mixed):
                    cheapest[mixed] = self._mix(visit, mixed, units[mixed])[0]
            values += cheapest
        if self._shut is not None:
            values[self._shut] = INFINITE
        return values

    def _mix(self, visit: int, shops: IntArray, prices: FloatArray) -> tuple[FloatArray, IntArray]:
        """The least that all units cost each shop at each position, and how many of each class: cheapest first.

        `prices` of a unit have the shape (shops, classes, positions).
        """
        order = np.argsort(prices, axis=1, kind="stable")
        most = np.take_along_axis(np.broadcast_to(self._most[visit, shops][..., None], prices.shape), order, axis=1)
        before = np.cumsum(most, axis=1) - most
        ranked = np.clip(self._need[visit] - before, 0, most)
        sent = np.zeros(prices.shape, np.int64)
        np.put_along_axis(sent, order, ranked, axis=1)
        total: FloatArray = np.where(sent > 0, sent * prices, 0.0).sum(axis=1)
        return total, sent

    def add_usage(
        self, steps: FloatArray, shops: IntArray, positions: IntArray, priced: FloatArray, money: float
    ) -> None:
        """Add what `shops` use at `positions` to the differences `steps` of the usage along the slots."""
        own = self._own[shops]
        rows, where = [own.ravel()], [np.repeat(positions, own.shape[1])]
        times = [np.ones(own.size, np.int64)]
        for visit, need in enumerate(self._need.tolist()):
            options = self._rows[visit, shops]
            units = priced[options, positions[:, None]]
            weeks = self._weeks[visit, self.calendar[shops], positions]
            units = units + money * self._week_cents[visit, shops] * weeks[:, None]
            units[self._is_none[visit, shops]] = INFINITE
            sent = np.zeros(units.shape, np.int64)
            sent[np.arange(len(shops)), units.argmin(axis=1)] = need
            mixed = np.flatnonzero(self._mixed[visit, shops])
            if len(mixed):
                sent[mixed] = self._mix(visit, shops[mixed], units[mixed][..., None])[1][..., 0]
            chosen = np.nonzero(sent)
            rows.append(options[chosen])
            where.append(positions[chosen[0]])
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
