"""Many schedules at once: each takes the same step, its next task at its earliest, as a few operations on arrays.

Serial schedule generation as `generation` has it, for stiff bodies only and some fifty times faster. A row of each
array is a schedule; the room left on each line is kept for each, and looked at a stretch of ranks at a time.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.lib.stride_tricks import as_strided

from planner.scheduling.finish.bodies import MOST_AMOUNT, Body
from planner.scheduling.timelines import BoolArray, IntArray

LEAST_STRETCH = 64
"""Ranks looked at in one go, or twice what the longest body reaches over."""

Load = tuple[tuple[int, int], dict[int, int]]
SmallArray = np.ndarray[tuple[int, ...], np.dtype[np.int16]]


class _Window:
    """For each body one of its loads: how long it is, and for each line it holds, where to look and how much."""

    def __init__(self, loads: Sequence[Load | None], lead: int, line_width: int, spare: int) -> None:
        most = max([1, *(len(load[1]) for load in loads if load)])
        self.size: SmallArray = np.zeros(len(loads), np.int16)
        self.where = np.full((most, len(loads)), spare * line_width, np.int64)
        self.amount: SmallArray = np.zeros((most, len(loads), 1), np.int16)
        for number, load in enumerate(loads):
            if load is not None:
                (offset, size), held = load
                self.size[number] = size
                for place, (line, amount) in enumerate(held.items()):
                    self.where[place, number] = line * line_width + lead + offset
                    self.amount[place, number] = amount


class Placer:
    """Places bodies on `room` [lines, ranks], each after those it comes `after`; `finishes` of tasks that stand."""

    def __init__(
        self, bodies: Mapping[int, Body], room: IntArray, after: Sequence[Sequence[int]], finishes: Mapping[int, int]
    ) -> None:
        count = len(after)
        lines, self._ranks = room.shape
        loads = [list(bodies[number].loads.items()) if number in bodies else [] for number in range(count)]
        spans = [span for items in loads for span, _ in items]
        lead = max([0, *(-offset for offset, _ in spans)])
        self._reach = lead + max([1, *(offset + size for offset, size in spans)])
        self._stretch = max(LEAST_STRETCH, 2 * self._reach)
        self._width = self._ranks + self._reach + self._stretch
        self._room: SmallArray = np.zeros((lines + 1, self._width), np.int16)
        self._room[:lines, lead : lead + self._ranks] = room
        self._room[lines] = MOST_AMOUNT
        most = max([1, *(len(items) for items in loads)])
        self._windows = [
            _Window([items[place] if place < len(items) else None for items in loads], lead, self._width, lines)
            for place in range(most)
        ]
        self._length = np.array([bodies[number].length if number in bodies else 0 for number in range(count)])
        self._after = np.full((count, max([1, *map(len, after)])), count)
        for number, before in enumerate(after):
            self._after[number, : len(before)] = before
        self._finishes = finishes
        self._set_profiles(loads, lead)
        self._set_closed(bodies)

    def _set_profiles(self, loads: Sequence[list[Load]], lead: int) -> None:
        """What each body takes of each line it holds, rank for rank."""
        count, spare = len(loads), len(self._room) - 1
        profiles: list[dict[int, SmallArray]] = [{} for _ in range(count)]
        for profile, items in zip(profiles, loads, strict=True):
            for (offset, size), held in items:
                for line, amount in held.items():
                    taken = profile.setdefault(line, np.zeros(self._reach, np.int16))
                    taken[lead + offset : lead + offset + size] += amount
        most = max([1, *map(len, profiles)])
        self._taken: SmallArray = np.zeros((count, most, self._reach), np.int16)
        self._taken_from = np.full((count, most), spare * self._width, np.int64)
        for number, profile in enumerate(profiles):
            for place, (line, taken) in enumerate(profile.items()):
                self._taken[number, place] = taken
                self._taken_from[number, place] = line * self._width

    def _set_closed(self, bodies: Mapping[int, Body]) -> None:
        """Where each body may start; nothing is looked up where all may start anywhere."""
        is_open = np.zeros((len(self._length), self._ranks + self._stretch), bool)
        for number, body in bodies.items():
            starts = body.starts[(body.starts >= 0) & (body.starts < self._ranks)]
            is_open[number, starts] = True
        anywhere = all(is_open[number, : self._ranks - body.length + 1].all() for number, body in bodies.items())
        self._open: BoolArray | None = None if anywhere else is_open

    @property
    def all_open(self) -> bool:
        """Whether all bodies may start anywhere."""
        return self._open is None

    def place(self, orders: IntArray, not_before: IntArray, is_over: Callable[[], bool]) -> tuple[IntArray, BoolArray]:
        """The start ranks [schedules, tasks], and which schedules are whole: all placed before time is over.

        `orders` has the open tasks in the order to place them, each after those it comes after, `not_before` the first
        rank to use: [schedules, open tasks] and [schedules].
        """
        count, rows = len(orders), np.arange(len(orders))
        room = np.repeat(self._room[None], count, axis=0).reshape(-1)
        base = rows * self._room.size
        taken = as_strided(room, (room.size - self._reach + 1, self._reach), room.strides * 2)
        starts = np.zeros((count, len(self._length)), np.int64)
        finishes = np.full((count, len(self._length) + 1), -1)
        for number, finish in self._finishes.items():
            finishes[:, number] = finish
        is_whole = np.ones(count, bool)
        for tasks in orders.T:
            if is_over():
                return starts, np.zeros(count, bool)
            earliest = np.maximum(finishes[rows[:, None], self._after[tasks]].max(axis=1) + 1, not_before)
            found = self._first_fits(room, base, tasks, earliest)
            is_whole &= found >= 0
            found = np.maximum(found, 0)
            starts[rows, tasks] = found
            finishes[rows, tasks] = found + self._length[tasks] - 1
            taken[(base + found)[:, None] + self._taken_from[tasks]] -= self._taken[tasks]
        return starts, is_whole

    def _first_fits(self, room: SmallArray, base: IntArray, tasks: IntArray, earliest: IntArray) -> IntArray:
        """For each schedule, the first rank from `earliest` on that its task fits on; -1: none."""
        stretch = self._stretch
        looks = as_strided(room, (room.size - stretch + 1, stretch), room.strides * 2, writeable=False)
        found = np.full(len(tasks), -1)
        latest = self._ranks - self._length[tasks]
        left = np.flatnonzero(earliest <= latest)
        sought = earliest[left]
        step = stretch - self._reach + 1
        while len(left):
            fits = self._fits(looks, base[left] + sought, tasks[left], sought)
            place = fits.argmax(axis=1)
            is_found = fits[np.arange(len(left)), place]
            found[left] = np.where(is_found, sought + place, -1)
            left, sought = left[~is_found], sought[~is_found] + step
            is_left = sought <= latest[left]
            left, sought = left[is_left], sought[is_left]
        found[found > latest] = -1
        return found

    def _fits(self, looks: SmallArray, where: IntArray, tasks: IntArray, sought: IntArray) -> BoolArray:
        """Whether each task fits on each rank of a stretch, as far as the stretch shows."""
        ranks = np.arange(self._stretch, dtype=np.int16)
        fits: BoolArray | None = None
        for window in self._windows:
            is_free = looks[where + window.where[0][tasks]] >= window.amount[0][tasks]
            for line in range(1, len(window.where)):
                is_free &= looks[where + window.where[line][tasks]] >= window.amount[line][tasks]
            ends = np.where(is_free, np.int16(self._stretch), ranks)
            ends = np.minimum.accumulate(ends[:, ::-1], axis=1)[:, ::-1]
            long_enough = ends - window.size[tasks][:, None] >= ranks
            fits = long_enough if fits is None else fits & long_enough
        if fits is None:
            raise ValueError("a placer has at least one window")
        if self._open is not None:
            width = self._open.shape[1]
            opened = self._open.reshape(-1)
            fits &= opened[(tasks * width + sought)[:, None] + ranks]
        return fits
