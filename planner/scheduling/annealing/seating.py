"""Giving a shop its option in a state and taking it away, compiled."""

import numpy as np

from planner.scheduling.annealing.compiled import inner
from planner.scheduling.annealing.layout import Layout
from planner.scheduling.annealing.state import MONEY, SHORT, UNPLANNED, State
from planner.scheduling.timelines import FloatArray


@inner
def remove(layout: Layout, state: State, shop: int) -> None:
    """Take a shop out of a state; it then counts neither as dated nor as without a date."""
    state.totals[MONEY] -= state.shops[shop].cents
    if state.shops[shop].is_dated:
        _use_slots(layout, state, shop, -1)
        for number in range(len(layout.deadlines)):
            if state.shops[shop].finish <= layout.deadlines[number].day:
                state.done[number] -= 1
    else:
        state.totals[UNPLANNED] -= layout.shops[shop].priority


@inner
def put(layout: Layout, state: State, shop: int, is_dated: bool) -> None:
    """Put a shop that was removed into a state, with the positions and units it has there, or without a date."""
    state.shops[shop].is_dated = is_dated
    if is_dated:
        _use_slots(layout, state, shop, 1)
        position = state.positions[layout.shops[shop + 1].blocks - 1]
        state.shops[shop].finish = layout.finish[layout.shops[shop].ends_at + position]
        state.shops[shop].starts = layout.starts[layout.shops[shop].ends_at + position]
        state.shops[shop].cents = _cents(layout, state, shop)
        for number in range(len(layout.deadlines)):
            if state.shops[shop].finish <= layout.deadlines[number].day:
                state.done[number] += 1
    else:
        state.shops[shop].finish = state.shops[shop].starts = -1
        state.shops[shop].cents = layout.shops[shop].none_cents
        state.totals[UNPLANNED] += layout.shops[shop].priority
    state.totals[MONEY] += state.shops[shop].cents


@inner
def count_short(layout: Layout, state: State) -> None:
    """Bring the total of shops short of milestones up to date."""
    short = 0
    for number in range(len(layout.deadlines)):
        short += max(0, layout.deadlines[number].need - state.done[number])
    state.totals[SHORT] = short


@inner
def _use_slots(layout: Layout, state: State, shop: int, sign: int) -> None:
    for block in range(layout.shops[shop].blocks, layout.shops[shop + 1].blocks):
        position = state.positions[block]
        for place in range(layout.blocks[block].uses, layout.blocks[block + 1].uses):
            _use(layout, state, layout.use_numbers[place], position, sign)
        visits = range(layout.blocks[block].visits, layout.blocks[block + 1].visits)
        for visit in visits:
            for sender in range(layout.visits[visit].senders, layout.visits[visit + 1].senders):
                if state.units[sender]:
                    for place in range(layout.senders[sender].uses, layout.senders[sender + 1].uses):
                        use = layout.sender_use_numbers[place]
                        _use(layout, state, use, position, sign * state.units[sender])


@inner
def _use(layout: Layout, state: State, use: int, position: int, times: int) -> None:
    at = layout.uses[use].at + position
    amount = times * layout.amounts[at]
    for slot in range(layout.first_slot[at], layout.last_slot[at] + 1):
        state.left[slot] -= amount


@inner
def _cents(layout: Layout, state: State, shop: int) -> float:
    """What a dated shop costs: travel is rounded once for the shop."""
    total, travel = 0, 0.0
    for block in range(layout.shops[shop].blocks, layout.shops[shop + 1].blocks):
        position = state.positions[block]
        total += layout.cost[layout.blocks[block].cost_at + position]
        for visit in range(layout.blocks[block].visits, layout.blocks[block + 1].visits):
            weeks = layout.weeks[layout.visits[visit].weeks_at + position]
            for sender in range(layout.visits[visit].senders, layout.visits[visit + 1].senders):
                travel += layout.senders[sender].week_cents * weeks * state.units[sender]
    return float(total + np.floor(travel + 0.5))


@inner
def keeps_room(layout: Layout, state: State, shop: int) -> bool:
    """Whether those that come after a shop still have the room that only it makes (a use of less than nothing)."""
    for block in range(layout.shops[shop].blocks, layout.shops[shop + 1].blocks):
        for place in range(layout.blocks[block].uses, layout.blocks[block + 1].uses):
            use = layout.use_numbers[place]
            if layout.uses[use].amount < 0:
                for slot in range(layout.uses[use].offset, layout.uses[use].offset + layout.uses[use].slots):
                    if state.left[slot] < 0:
                        return False
    return True


@inner
def worth(layout: Layout, state: State, shop: int, prefix: FloatArray) -> float:
    """What a dated shop costs, its slots at the prices whose prefix sums are given included."""
    total = state.shops[shop].cents
    for block in range(layout.shops[shop].blocks, layout.shops[shop + 1].blocks):
        position = state.positions[block]
        for place in range(layout.blocks[block].uses, layout.blocks[block + 1].uses):
            total += _price(layout, layout.use_numbers[place], position, prefix)
        for visit in range(layout.blocks[block].visits, layout.blocks[block + 1].visits):
            for sender in range(layout.visits[visit].senders, layout.visits[visit + 1].senders):
                if state.units[sender]:
                    for place in range(layout.senders[sender].uses, layout.senders[sender + 1].uses):
                        price = _price(layout, layout.sender_use_numbers[place], position, prefix)
                        total += state.units[sender] * price
    return float(total)


@inner
def _price(layout: Layout, use: int, position: int, prefix: FloatArray) -> float:
    at = layout.uses[use].at + position
    first, last = layout.first_slot[at], layout.last_slot[at]
    return float(layout.amounts[at] * (prefix[last + 1] - prefix[first])) if last >= first else 0.0


@inner
def copy_shop(layout: Layout, source: State, target: State, shop: int) -> None:
    """Let a shop have in `target` what it has in `source`, slots apart."""
    target.shops[shop] = source.shops[shop]
    first, stop = layout.shops[shop].blocks, layout.shops[shop + 1].blocks
    for block in range(first, stop):
        target.positions[block] = source.positions[block]
    for sender in range(
        layout.visits[layout.blocks[first].visits].senders, layout.visits[layout.blocks[stop].visits].senders
    ):
        target.units[sender] = source.units[sender]
