"""Shops, and the room they have, divided among walks that go on at the same time, each over a state of its own.

A walk changes only the shops of its part. Room that several parts could use is divided among them as well, so that
what they come to holds together whatever each of them does. Which shops are in a part is drawn anew for each round.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from planner.scheduling.annealing.layout import Layout
from planner.scheduling.annealing.state import SHORT, State, copied
from planner.scheduling.timelines import BoolArray, IntArray

REGIONS_A_PART = 3
"""Where there are fewer regions, shops of a region come into different parts."""


class Part(NamedTuple):
    """The shops of a part, shape (shops,); the layout in which only they can move; what they began with, and have."""

    shops: BoolArray
    layout: Layout
    began: State
    state: State


class Parting:
    """Divides the shops of a layout, whose `regions` are given: what is used by one part alone need not be divided."""

    def __init__(self, layout: Layout, regions: Sequence[str]) -> None:
        self._layout = layout
        self._regions = _numbered(regions)
        self._need = layout.deadlines["need"]
        first_blocks = layout.shops["blocks"]
        first_senders = layout.visits["senders"][layout.blocks["visits"][first_blocks]]
        self._shop_of_block = _owners(first_blocks)
        self._shop_of_sender = _owners(first_senders)
        self._offsets, timelines = np.unique(layout.uses["offset"], return_inverse=True)
        uses = np.concatenate([layout.use_numbers, layout.sender_use_numbers])
        users = [_owners(layout.blocks["uses"][first_blocks]), _owners(layout.senders["uses"][first_senders])]
        self._users, self._used = np.unique(np.stack([np.concatenate(users), timelines[uses]]), axis=1)

    def parts(self, state: State, count: int, random: np.random.Generator) -> list[Part]:
        """Divide the shops of `state` into `count` parts of about the same size, drawn by chance."""
        if count == 1:
            shops = np.ones(len(state.shops), bool)
            return [Part(shops, self._layout, state, copied(state))]
        part_of_shop = self._draw(count, random)
        shared = self._shared_slots(part_of_shop, count, len(state.left))
        turn = int(random.integers(count))
        return [
            self._part(state, part_of_shop == number, shared, count, (number + turn) % count) for number in range(count)
        ]

    def _part(self, state: State, shops: BoolArray, shared: BoolArray, count: int, rank: int) -> Part:
        table = self._layout.shops.copy()
        table["is_movable"][:-1] &= shops
        own = copied(state)
        own.left[shared] = _share(state.left[shared], count, rank)
        own.done[:] = self._need + _share(state.done - self._need, count, rank)
        return Part(shops, self._layout._replace(shops=table), own, copied(own))

    def joined(self, state: State, parts: Sequence[Part]) -> State:
        """What `parts`, made of `state`, have come to together."""
        whole = copied(state)
        for part in parts:
            blocks, senders = part.shops[self._shop_of_block], part.shops[self._shop_of_sender]
            whole.shops[part.shops] = part.state.shops[part.shops]
            whole.positions[blocks] = part.state.positions[blocks]
            whole.units[senders] = part.state.units[senders]
            whole.left[:] += part.state.left - part.began.left
            whole.done[:] += part.state.done - part.began.done
            whole.totals[:] += part.state.totals - part.began.totals
        whole.totals[SHORT] = np.maximum(0, self._need - whole.done).sum()
        return whole

    def _draw(self, count: int, random: np.random.Generator) -> IntArray:
        """The part of each shop."""
        sizes = np.bincount(self._regions)
        if len(sizes) < REGIONS_A_PART * count:
            return random.permutation(len(self._regions)) % count
        parts, load = np.zeros(len(sizes), np.int64), np.zeros(count, np.int64)
        for region in random.permutation(len(sizes)).tolist():
            parts[region] = load.argmin()
            load[parts[region]] += sizes[region]
        return parts[self._regions]

    def _shared_slots(self, part_of_shop: IntArray, count: int, slots: int) -> BoolArray:
        """Which slots belong to timelines that shops of several parts could use."""
        users = np.zeros((count, len(self._offsets)), bool)
        users[part_of_shop[self._users], self._used] = True
        lengths = np.diff(self._offsets, append=slots, prepend=0)
        return np.repeat(np.append(False, users.sum(axis=0) > 1), lengths)


def _numbered(names: Sequence[str]) -> IntArray:
    return np.unique(np.array(names, dtype=object), return_inverse=True)[1].astype(np.int64)


def _owners(firsts: IntArray) -> IntArray:
    """For each row of a table, the row of another one to which it belongs, whose own begin at `firsts`."""
    return np.repeat(np.arange(len(firsts) - 1), np.diff(firsts))


def _share(values: IntArray, count: int, rank: int) -> IntArray:
    """What the one at `rank` of `count` gets of `values`; what is lacking is lacking for all."""
    return np.where(values > 0, values // count + (rank < values % count), values)
