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
FEW = 16
"""Of no more positions than this, each is looked at by itself instead of all slots at once."""


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
    """Arrays that are used again and again, so that none is made for an insertion.

    Rows of `fitting` and entries of `counts` belong to blocks: the positions that fit, and how many these are.
    """

    totals: FloatArray
    before: IntArray
    fitting: IntArray
    counts: IntArray
    values: FloatArray
    free: IntArray
    prices: FloatArray
    sent: IntArray
    cents: FloatArray
    full: IntArray
    least: FloatArray
    least_at: IntArray
    one: IntArray


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
        fitting=np.zeros((blocks, positions), np.int64),
        counts=np.zeros(blocks, np.int64),
        values=np.zeros(positions),
        free=np.zeros((classes, positions), np.int64),
        prices=np.zeros((classes, positions)),
        sent=np.zeros(classes, np.int64),
        cents=np.zeros(positions),
        full=np.zeros(slots, np.int64),
        least=np.zeros(days),
        least_at=np.zeros(days, np.int64),
        one=np.zeros(1, np.int64),
    )


@inner
def cheapest(
    layout: Layout, shop: int, left: IntArray, guide: Guide, scratch: Scratch, positions: IntArray, units: IntArray
) -> float:
    """Write the shop's best option into `positions` and `units`; what it is worth, or `NO_OPTION` if none fits."""
    first, stop = layout.shops[shop].blocks, layout.shops[shop + 1].blocks
    for block in range(first, stop):
        row = block - first
        fitting = scratch.fitting[row]
        count = _value_block(layout, block, left, guide, fitting, scratch)
        if block == stop - 1:
            _favour_finish(layout, shop, fitting, count, guide, scratch.values)
        scratch.counts[row] = count
        if row:
            _link(layout, block, row, scratch)
        else:
            for place in range(count):
                scratch.totals[0, fitting[place]] = scratch.values[fitting[place]]
        if scratch.counts[row] == 0:
            return NO_OPTION
    last = stop - 1 - first
    best, position = NO_OPTION, -1
    for place in range(scratch.counts[last]):
        if scratch.totals[last, scratch.fitting[last, place]] < best:
            position = scratch.fitting[last, place]
            best = scratch.totals[last, position]
    for block in range(stop - 1, first - 1, -1):
        positions[block] = position
        position = scratch.before[block - first, position]
    for block in range(first, stop):
        _send_crews(layout, block, positions[block], left, guide, scratch, units)
    return best


@inner
def _value_block(layout: Layout, block: int, left: IntArray, guide: Guide, fitting: IntArray, scratch: Scratch) -> int:
    """Write the positions of a block that fit into `fitting`, what they cost into `scratch.values`; how many.

    What fits one use or visit is all that is asked about the next: in a plan that is nearly full it is little.
    """
    count, at = 0, layout.blocks[block].cost_at
    for position in range(layout.blocks[block].size):
        if layout.is_open[at + position]:
            fitting[count] = position
            scratch.values[position] = layout.cost[at + position]
            count += 1
    for place in range(layout.blocks[block].uses, layout.blocks[block + 1].uses):
        use = layout.use_numbers[place]
        count = _keep_fitting(layout, use, layout.uses[use].amount, left, fitting, count, scratch.full)
    for visit in range(layout.blocks[block].visits, layout.blocks[block + 1].visits):
        if layout.visits[visit].need == 1:
            count = _add_visit_of_one(layout, visit, left, guide, fitting, count, scratch)
        else:
            count = _add_visit(layout, visit, left, guide, fitting, count, scratch)
    if guide.weight > 0.0:
        for place in range(layout.blocks[block].uses, layout.blocks[block + 1].uses):
            _add_prices(layout, layout.use_numbers[place], fitting, count, guide, scratch.values)
    return count


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
def _keep_fitting(
    layout: Layout, use: int, amount: int, left: IntArray, fitting: IntArray, count: int, full: IntArray
) -> int:
    """Drop the positions from `fitting` at which a use of `amount` does not fit; how many stay."""
    if amount <= 0 and amount != VARYING:
        return count
    at, offset = layout.uses[use].at, layout.uses[use].offset
    kept = 0
    if amount != VARYING and count > FEW:
        _count_full(left, offset, layout.uses[use].slots, amount, full)
        # A range that is empty begins where it ends. Nothing is asked before it is written: wrong guesses cost time.
        for place in range(count):
            position = fitting[place]
            fitting[kept] = position
            after, first = layout.last_slot[at + position] + 1 - offset, layout.first_slot[at + position] - offset
            kept += full[after] == full[first]
        return kept
    for place in range(count):
        position = fitting[place]
        first, last = layout.first_slot[at + position], layout.last_slot[at + position]
        needed = layout.amounts[at + position] if amount == VARYING else amount
        if last < first or _least_left(left, first, last) >= needed:
            fitting[kept] = position
            kept += 1
    return kept


@inner
def _least_left(left: IntArray, first: int, last: int) -> int:
    """What the fullest of some slots has left."""
    least = left[first]
    for slot in range(first + 1, last + 1):
        least = min(least, left[slot])
    return int(least)


@inner
def _add_prices(layout: Layout, use: int, fitting: IntArray, count: int, guide: Guide, values: FloatArray) -> None:
    at = layout.uses[use].at
    for place in range(count):
        position = fitting[place]
        first, last = layout.first_slot[at + position], layout.last_slot[at + position]
        if last >= first:
            paid = guide.prefix[last + 1] - guide.prefix[first]
            values[position] += guide.weight * layout.amounts[at + position] * paid


@inner
def _add_visit_of_one(
    layout: Layout, visit: int, left: IntArray, guide: Guide, fitting: IntArray, count: int, scratch: Scratch
) -> int:
    """Add what the cheapest unit for a visit costs; positions where none is free are dropped. How many stay."""
    least, own, cents = scratch.prices[0], scratch.free[0], scratch.cents
    for place in range(count):
        least[fitting[place]] = NO_OPTION
    for sender in range(layout.visits[visit].senders, layout.visits[visit + 1].senders):
        free, allowed = 0, layout.senders[sender].allowed_at
        for place in range(count):
            own[free] = fitting[place]
            free += layout.allowed[allowed + fitting[place]]
        for place in range(layout.senders[sender].uses, layout.senders[sender + 1].uses):
            free = _keep_fitting(layout, layout.sender_use_numbers[place], 1, left, own, free, scratch.full)
        _price_sender(layout, visit, sender, guide, own, free, cents)
        for place in range(free):
            least[own[place]] = min(least[own[place]], cents[own[place]])
    kept = 0
    for place in range(count):
        position = fitting[place]
        fitting[kept] = position
        scratch.values[position] += least[position]
        kept += least[position] < NO_OPTION
    return kept


@inner
def _add_visit(
    layout: Layout, visit: int, left: IntArray, guide: Guide, fitting: IntArray, count: int, scratch: Scratch
) -> int:
    """Add what a visit's cheapest crews cost; positions where too few are free are dropped. How many stay."""
    need, senders = layout.visits[visit].need, _count_senders(layout, visit, left, fitting, count, scratch)
    kept = 0
    for place in range(count):
        free = 0
        for row in range(senders):
            free += scratch.free[row, fitting[place]]
        if free >= need:
            fitting[kept] = fitting[place]
            kept += 1
    _price_senders(layout, visit, guide, fitting, kept, scratch)
    for place in range(kept):
        scratch.values[fitting[place]] += _send(need, senders, fitting[place], scratch)
    return kept


@inner
def _count_senders(layout: Layout, visit: int, left: IntArray, fitting: IntArray, count: int, scratch: Scratch) -> int:
    """How many units of each sender are free at each position, up to the need of the visit; how many senders."""
    first, stop = layout.visits[visit].senders, layout.visits[visit + 1].senders
    for sender in range(first, stop):
        allowed, most = layout.senders[sender].allowed_at, min(layout.visits[visit].need, layout.senders[sender].units)
        free = scratch.free[sender - first]
        for place in range(count):
            free[fitting[place]] = most if layout.allowed[allowed + fitting[place]] else 0
        for place in range(layout.senders[sender].uses, layout.senders[sender + 1].uses):
            _count_units(layout, layout.sender_use_numbers[place], most, left, fitting, count, free, scratch.full)
    return int(stop - first)


@inner
def _count_units(
    layout: Layout, use: int, most: int, left: IntArray, fitting: IntArray, count: int, free: IntArray, full: IntArray
) -> None:
    """Lower the units that are free to what a use of theirs leaves."""
    at, offset = layout.uses[use].at, layout.uses[use].offset
    if count <= FEW:
        for place in range(count):
            position = fitting[place]
            first, last = layout.first_slot[at + position], layout.last_slot[at + position]
            if last >= first and free[position] > 0:
                free[position] = min(free[position], max(0, _least_left(left, first, last)))
        return
    for amount in range(most, 0, -1):
        _count_full(left, offset, layout.uses[use].slots, amount, full)
        for place in range(count):
            position = fitting[place]
            first, last = layout.first_slot[at + position] - offset, layout.last_slot[at + position] - offset
            if last >= first and full[last + 1] != full[first]:
                free[position] = min(free[position], amount - 1)


@inner
def _price_senders(layout: Layout, visit: int, guide: Guide, fitting: IntArray, count: int, scratch: Scratch) -> None:
    """What a unit of each sender is worth."""
    first = layout.visits[visit].senders
    for sender in range(first, layout.visits[visit + 1].senders):
        _price_sender(layout, visit, sender, guide, fitting, count, scratch.prices[sender - first])


@inner
def _price_sender(
    layout: Layout, visit: int, sender: int, guide: Guide, fitting: IntArray, count: int, prices: FloatArray
) -> None:
    """What a unit of a sender is worth at each position: its travel, and its slots at their prices."""
    weeks, week_cents = layout.visits[visit].weeks_at, layout.senders[sender].week_cents
    for place in range(count):
        prices[fitting[place]] = week_cents * layout.weeks[weeks + fitting[place]]
    if guide.weight > 0.0:
        for place in range(layout.senders[sender].uses, layout.senders[sender + 1].uses):
            _add_prices(layout, layout.sender_use_numbers[place], fitting, count, guide, prices)


@inner
def _send(need: int, count: int, position: int, scratch: Scratch) -> float:
    """What a visit's units cost at a position at which enough are free, the cheapest of `count` senders first.

    Who sends how many is in `scratch.sent`.
    """
    total = 0.0
    scratch.sent[:count] = 0
    while need > 0:
        best, least = -1, NO_OPTION
        for row in range(count):
            if scratch.sent[row] == 0 and scratch.free[row, position] > 0 and scratch.prices[row, position] < least:
                best, least = row, scratch.prices[row, position]
        scratch.sent[best] = min(need, scratch.free[best, position])
        total += scratch.sent[best] * least
        need -= scratch.sent[best]
    return total


@inner
def _favour_finish(layout: Layout, shop: int, fitting: IntArray, count: int, guide: Guide, values: FloatArray) -> None:
    """Put options that finish after the day that is due behind all others, and shake up what is near."""
    at = layout.shops[shop].ends_at
    for place in range(count):
        position = fitting[place]
        if guide.due >= 0 and layout.finish[at + position] > guide.due:
            values[position] += NO_OPTION / 8
        if guide.noise > 0.0:
            values[position] += guide.noise * np.random.random()


@inner
def _link(layout: Layout, block: int, row: int, scratch: Scratch) -> None:
    """Add the least total of the block before that the waits allow to the block's values, into a row of totals.

    Positions that none of the block before can be followed by are dropped.
    """
    days, fitting = layout.blocks[block - 1].days_at, scratch.fitting[row - 1]
    soonest, latest = len(scratch.least), -1
    for place in range(scratch.counts[row - 1]):
        day = layout.end[days + fitting[place]]
        soonest, latest = min(soonest, day), max(latest, day)
    for day in range(soonest, latest + 1):
        scratch.least[day] = NO_OPTION
    for place in range(scratch.counts[row - 1]):
        position = fitting[place]
        day = layout.end[days + position]
        if scratch.totals[row - 1, position] < scratch.least[day]:
            scratch.least[day] = scratch.totals[row - 1, position]
            scratch.least_at[day] = position
    days, fitting = layout.blocks[block].days_at, scratch.fitting[row]
    kept = 0
    for place in range(scratch.counts[row]):
        position = fitting[place]
        begin = layout.begin[days + position]
        low = max(soonest, begin - layout.blocks[block].most_wait)
        high = min(latest, begin - layout.blocks[block].least_wait)
        best, at = NO_OPTION, -1
        for day in range(low, high + 1):
            if scratch.least[day] < best:
                best, at = scratch.least[day], scratch.least_at[day]
        if at >= 0:
            scratch.totals[row, position] = best + scratch.values[position]
            scratch.before[row, position] = at
            fitting[kept] = position
            kept += 1
    scratch.counts[row] = kept


@inner
def _send_crews(
    layout: Layout, block: int, position: int, left: IntArray, guide: Guide, scratch: Scratch, units: IntArray
) -> None:
    """Write into `units` whom each visit of a block is sent at a position, of those that are free."""
    scratch.one[0] = position
    for visit in range(layout.blocks[block].visits, layout.blocks[block + 1].visits):
        count = _count_senders(layout, visit, left, scratch.one, 1, scratch)
        _price_senders(layout, visit, guide, scratch.one, 1, scratch)
        _send(layout.visits[visit].need, count, position, scratch)
        first = layout.visits[visit].senders
        units[first : first + count] = scratch.sent[:count]
