"""The cheapest option of a shop in the room that all others leave, compiled.

A microsecond or two for each use of the shop, where valuing arrays in Python takes a millisecond in all: that is what
makes thousands of changes a second possible.
"""

from typing import NamedTuple

import numpy as np

from planner.scheduling.annealing.compiled import inner
from planner.scheduling.annealing.layout import VARYING, Layout
from planner.scheduling.timelines import FloatArray, IntArray

NO_OPTION = 1e18
_OPEN = NO_OPTION / 2
"""Values below this are real ones."""


class Guide(NamedTuple):
    """What leads the choice of an option besides its money.

    `prefix` are prefix sums of the slots' prices, which count `weight` times; up to `noise` cents are added to each
    finish at random. Options that finish after day `due`, if that is not negative, come after all others.
    """

    prefix: FloatArray
    weight: float
    noise: float
    due: int


class Scratch(NamedTuple):
    """Arrays that are used again and again, so that none is made for an insertion."""

    totals: FloatArray
    before: IntArray
    values: FloatArray
    free: IntArray
    prices: FloatArray
    sent: IntArray
    full: IntArray
    least: FloatArray
    least_at: IntArray


def scratch_for(layout: Layout) -> Scratch:
    """Scratch arrays as large as any shop of the layout needs."""
    blocks = int(np.diff(layout.shops["blocks"]).max(initial=1))
    positions = int(layout.blocks["size"].max(initial=1))
    classes = int(np.diff(layout.visits["senders"]).max(initial=1))
    slots = int(layout.uses["slots"].max(initial=1)) + 1
    days = int(layout.end.max(initial=0)) + 1
    return Scratch(
        totals=np.zeros((blocks, positions)),
        before=np.zeros((blocks, positions), np.int64),
        values=np.zeros(positions),
        free=np.zeros((classes, positions), np.int64),
        prices=np.zeros((classes, positions)),
        sent=np.zeros(classes, np.int64),
        full=np.zeros(slots, np.int64),
        least=np.zeros(days),
        least_at=np.zeros(days, np.int64),
    )


@inner
def cheapest(
    layout: Layout, shop: int, left: IntArray, guide: Guide, scratch: Scratch, positions: IntArray, units: IntArray
) -> float:
    """Write the shop's best option into `positions` and `units`; what it is worth, or `NO_OPTION` if none fits."""
    first, stop = layout.shops[shop].blocks, layout.shops[shop + 1].blocks
    for block in range(first, stop):
        _value_block(layout, block, left, guide, scratch)
        if block == stop - 1:
            _favour_finish(layout, shop, layout.blocks[block].size, guide, scratch.values)
        if block == first:
            scratch.totals[0, : layout.blocks[block].size] = scratch.values[: layout.blocks[block].size]
        else:
            _link(layout, block, block - first, scratch)
    last = stop - 1 - first
    best, position = NO_OPTION, -1
    for place in range(layout.blocks[stop - 1].size):
        if scratch.totals[last, place] < best:
            best, position = scratch.totals[last, place], place
    if best >= _OPEN:
        return NO_OPTION
    for block in range(stop - 1, first - 1, -1):
        positions[block] = position
        position = scratch.before[block - first, position]
    for block in range(first, stop):
        _send_crews(layout, block, positions[block], left, guide, scratch, units)
    return best


@inner
def _value_block(layout: Layout, block: int, left: IntArray, guide: Guide, scratch: Scratch) -> None:
    """What each position of a block costs, into `scratch.values`."""
    size, at = layout.blocks[block].size, layout.blocks[block].cost_at
    values = scratch.values
    for position in range(size):
        values[position] = layout.cost[at + position] if layout.is_open[at + position] else NO_OPTION
    for place in range(layout.blocks[block].uses, layout.blocks[block + 1].uses):
        use = layout.use_numbers[place]
        _close_where_full(layout, use, size, left, scratch)
        if guide.weight > 0.0:
            _add_prices(layout, use, size, guide, values)
    for visit in range(layout.blocks[block].visits, layout.blocks[block + 1].visits):
        _add_visit(layout, visit, size, left, guide, scratch)


@inner
def _count_full(left: IntArray, offset: int, slots: int, amount: int, full: IntArray) -> None:
    """Prefix counts of the slots that have less than `amount` left."""
    count = 0
    full[0] = 0
    for place in range(slots):
        if left[offset + place] < amount:
            count += 1
        full[place + 1] = count


@inner
def _close_where_full(layout: Layout, use: int, size: int, left: IntArray, scratch: Scratch) -> None:
    """Give `NO_OPTION` to the positions at which a use does not fit."""
    amount, at, offset = layout.uses[use].amount, layout.uses[use].at, layout.uses[use].offset
    if amount == VARYING:
        for position in range(at, at + size):
            first = layout.first_slot[position]
            if layout.last_slot[position] >= first and left[first] < layout.amounts[position]:
                scratch.values[position - at] = NO_OPTION
    elif amount > 0:
        _count_full(left, offset, layout.uses[use].slots, amount, scratch.full)
        for position in range(size):
            first, last = layout.first_slot[at + position] - offset, layout.last_slot[at + position] - offset
            if last >= first and scratch.full[last + 1] != scratch.full[first]:
                scratch.values[position] = NO_OPTION


@inner
def _add_prices(layout: Layout, use: int, size: int, guide: Guide, values: FloatArray) -> None:
    at = layout.uses[use].at
    for position in range(size):
        first, last = layout.first_slot[at + position], layout.last_slot[at + position]
        if last >= first and values[position] < _OPEN:
            paid = guide.prefix[last + 1] - guide.prefix[first]
            values[position] += guide.weight * layout.amounts[at + position] * paid


@inner
def _add_visit(layout: Layout, visit: int, size: int, left: IntArray, guide: Guide, scratch: Scratch) -> None:
    """Add what a visit's cheapest crews cost at each position; `NO_OPTION` where there are too few."""
    need, count = layout.visits[visit].need, _weigh_senders(layout, visit, 0, size, left, guide, scratch)
    for position in range(size):
        if scratch.values[position] < _OPEN:
            scratch.values[position] += _send(need, count, position, scratch)


@inner
def _weigh_senders(
    layout: Layout, visit: int, low: int, high: int, left: IntArray, guide: Guide, scratch: Scratch
) -> int:
    """What a unit of each sender costs, and how many are free, at positions `low` to `high` - 1; how many senders."""
    first, stop = layout.visits[visit].senders, layout.visits[visit + 1].senders
    for sender in range(first, stop):
        _count_units(layout, visit, sender, low, high, left, scratch)
        _price_units(layout, visit, sender, low, high, guide, scratch.prices[sender - first])
    return int(stop - first)


@inner
def _count_units(
    layout: Layout, visit: int, sender: int, low: int, high: int, left: IntArray, scratch: Scratch
) -> None:
    """How many units of a sender are free, up to the need of the visit."""
    allowed, most = layout.senders[sender].allowed_at, min(layout.visits[visit].need, layout.senders[sender].units)
    free = scratch.free[sender - layout.visits[visit].senders]
    for position in range(low, high):
        free[position] = most if layout.allowed[allowed + position] else 0
    for place in range(layout.senders[sender].uses, layout.senders[sender + 1].uses):
        use = layout.sender_use_numbers[place]
        at, offset = layout.uses[use].at, layout.uses[use].offset
        for amount in range(most, 0, -1):
            _count_full(left, offset, layout.uses[use].slots, amount, scratch.full)
            for position in range(low, high):
                first, last = layout.first_slot[at + position] - offset, layout.last_slot[at + position] - offset
                if last >= first and scratch.full[last + 1] != scratch.full[first]:
                    free[position] = min(free[position], amount - 1)


@inner
def _price_units(
    layout: Layout, visit: int, sender: int, low: int, high: int, guide: Guide, prices: FloatArray
) -> None:
    """What a unit of a sender is worth: its travel, and its slots at their prices."""
    week_cents, weeks = layout.senders[sender].week_cents, layout.visits[visit].weeks_at
    for position in range(low, high):
        prices[position] = week_cents * layout.weeks[weeks + position]
    if guide.weight > 0.0:
        for place in range(layout.senders[sender].uses, layout.senders[sender + 1].uses):
            at = layout.uses[layout.sender_use_numbers[place]].at
            for position in range(low, high):
                first, last = layout.first_slot[at + position], layout.last_slot[at + position]
                if last >= first:
                    paid = guide.prefix[last + 1] - guide.prefix[first]
                    prices[position] += guide.weight * layout.amounts[at + position] * paid


@inner
def _send(need: int, count: int, position: int, scratch: Scratch) -> float:
    """What a visit's units cost at a position, the cheapest of `count` senders first; `NO_OPTION` if too few are free.

    Who sends how many is in `scratch.sent`.
    """
    total = 0.0
    scratch.sent[:count] = 0
    while need > 0:
        best, least = -1, NO_OPTION
        for row in range(count):
            if scratch.sent[row] == 0 and scratch.free[row, position] > 0 and scratch.prices[row, position] < least:
                best, least = row, scratch.prices[row, position]
        if best < 0:
            return NO_OPTION
        scratch.sent[best] = min(need, scratch.free[best, position])
        total += scratch.sent[best] * least
        need -= scratch.sent[best]
    return total


@inner
def _favour_finish(layout: Layout, shop: int, size: int, guide: Guide, values: FloatArray) -> None:
    """Put options that finish after the day that is due behind all others, and shake up what is near."""
    at = layout.shops[shop].ends_at
    for position in range(size):
        if values[position] < _OPEN:
            if guide.due >= 0 and layout.finish[at + position] > guide.due:
                values[position] += NO_OPTION / 8
            if guide.noise > 0.0:
                values[position] += guide.noise * np.random.random()


@inner
def _link(layout: Layout, block: int, row: int, scratch: Scratch) -> None:
    """Add the least total of the block before that the waits allow to the block's values, into a row of totals."""
    days = layout.blocks[block - 1].days_at
    count = 0
    for position in range(layout.blocks[block - 1].size):
        count = max(count, layout.end[days + position] + 1)
    scratch.least[:count] = NO_OPTION
    for position in range(layout.blocks[block - 1].size):
        day = layout.end[days + position]
        if scratch.totals[row - 1, position] < scratch.least[day]:
            scratch.least[day] = scratch.totals[row - 1, position]
            scratch.least_at[day] = position
    days = layout.blocks[block].days_at
    for position in range(layout.blocks[block].size):
        scratch.totals[row, position] = NO_OPTION
        if scratch.values[position] < _OPEN:
            begin = layout.begin[days + position]
            low = max(0, begin - layout.blocks[block].most_wait)
            high = min(count - 1, begin - layout.blocks[block].least_wait)
            best, at = NO_OPTION, -1
            for day in range(low, high + 1):
                if scratch.least[day] < best:
                    best, at = scratch.least[day], scratch.least_at[day]
            if at >= 0:
                scratch.totals[row, position] = best + scratch.values[position]
                scratch.before[row, position] = at


@inner
def _send_crews(
    layout: Layout, block: int, position: int, left: IntArray, guide: Guide, scratch: Scratch, units: IntArray
) -> None:
    """Write into `units` whom each visit of a block is sent at a position, of those that are free."""
    for visit in range(layout.blocks[block].visits, layout.blocks[block + 1].visits):
        count = _weigh_senders(layout, visit, position, position + 1, left, guide, scratch)
        _send(layout.visits[visit].need, count, position, scratch)
        first = layout.visits[visit].senders
        units[first : first + count] = scratch.sent[:count]
