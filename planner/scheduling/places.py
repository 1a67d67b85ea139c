"""Where one shop could go beside all others: what each position costs, and what stands in its way, by name."""

from collections.abc import Collection, Iterable, Sequence
from copy import copy
from functools import cached_property

import numpy as np

from planner.scheduling.options import Block, ShopOptions, VisitChoice
from planner.scheduling.own_rules import Obstacle
from planner.scheduling.pricing import INFINITE, Pricer, Room
from planner.scheduling.things import Thing
from planner.scheduling.timelines import BoolArray, FloatArray, IntArray, Rule, Timeline, Use

NOTHING: frozenset[Thing] = frozenset()
BROKEN_CENTS = 1e12
"""What a broken rule counts where some must be: more than any remodel costs, so that as few as can be are."""


class Places:
    """The positions of a shop's blocks: `obstacles` maps each thing to the positions it closes, block by block.

    Crews stand in the way where fewer units of a trade are free than a visit needs. To lift them means that one more
    crew like each of those that may come is free at any time.
    """

    def __init__(
        self, pricer: Pricer, room: Room, own: Iterable[Obstacle], shapes: Sequence[BoolArray] | None = None
    ) -> None:
        self.options = pricer.options
        self.pricer = pricer
        self.room = room
        self.obstacles: dict[Thing, list[BoolArray]] = {}
        self._base: list[FloatArray] = [block.cost.astype(np.float64) for block in self.options.blocks]
        for place, shape in enumerate(shapes or ()):
            self._base[place][~shape] = INFINITE
        self._travel: list[list[tuple[Thing, FloatArray, FloatArray]]] = [[] for _ in self.options.blocks]
        self._uses = [
            (thing_of(self.options, use.timeline), place, use)
            for place, block in enumerate(self.options.blocks)
            for use in block.uses
            if (use.amount > 0).any()
        ]
        self._fill(own, None)

    def beside(self, room: Room, own: Iterable[Obstacle], changed: Collection[Thing]) -> "Places":
        """The same in a room, and with rules of its `own`, that differ from these in no more than `changed`."""
        places = copy(self)
        places._change(room, own, changed)  # noqa: SLF001 - its own kind
        return places

    def touched(self, timelines: Collection[int], shop: str) -> frozenset[Thing]:
        """The things that depend on those timelines (by number), or on the order of this shop and another."""
        return frozenset(
            thing
            for thing, numbers in self._timelines.items()
            if not numbers.isdisjoint(timelines) or thing == Thing(Rule.AFTER.value, shop)
        )

    def _change(self, room: Room, own: Iterable[Obstacle], changed: Collection[Thing]) -> None:
        self.room = room
        self.obstacles = {thing: masks for thing, masks in self.obstacles.items() if thing not in changed}
        self._travel = [[item for item in travel if item[0] not in changed] for travel in self._travel]
        self._fill(own, changed)

    @cached_property
    def _timelines(self) -> dict[Thing, frozenset[int]]:
        return {
            thing: frozenset(use.timeline.number for _, use in uses_of_thing(self.options, thing))
            for thing in self.obstacles
        }

    @property
    def things(self) -> list[Thing]:
        """All that closes a position of the shop."""
        return sorted(thing for thing, masks in self.obstacles.items() if any(mask.any() for mask in masks))

    def values(self, lifted: Collection[Thing] = NOTHING) -> list[FloatArray]:
        """The cents of each position of each block, INFINITE where anything but `lifted` stands in the way."""
        values = self._cents(lifted)
        for thing, masks in self.obstacles.items():
            if thing not in lifted:
                for value, mask in zip(values, masks, strict=True):
                    value[mask] = INFINITE
        return values

    def open_positions(self, lifted: Collection[Thing]) -> list[BoolArray]:
        """The positions of each block that nothing but `lifted` stands in the way of."""
        positions = [base < INFINITE for base in self._base]
        for thing, masks in self.obstacles.items():
            if thing not in lifted:
                for place, mask in enumerate(masks):
                    positions[place] &= ~mask
        return positions

    def values_breaking(self) -> list[FloatArray]:
        """The cents of each position, and BROKEN_CENTS for each thing that stands in its way."""
        values = self._cents(NOTHING)
        for masks in self.obstacles.values():
            for value, mask in zip(values, masks, strict=True):
                value[mask] += BROKEN_CENTS
        return values

    def values_on_any_day(self) -> list[FloatArray]:
        """INFINITE for each position that the shop's calendar and format do not have, whatever gives way; else 0."""
        return [np.where(base < INFINITE, 0.0, INFINITE) for base in self._base]

    def in_the_way(self, positions: Sequence[int]) -> list[Thing]:
        """What stands in the way of an option."""
        return [
            thing
            for thing in self.things
            if any(mask[position] for mask, position in zip(self.obstacles[thing], positions, strict=True))
        ]

    def _cents(self, lifted: Collection[Thing]) -> list[FloatArray]:
        values = []
        for base, travel in zip(self._base, self._travel, strict=True):
            value = base.copy()
            for thing, now, free in travel:
                value += free if thing in lifted else now
            values.append(value)
        return values

    def _close(self, thing: Thing, place: int, closed: BoolArray) -> None:
        if thing not in self.obstacles:
            self.obstacles[thing] = [np.zeros(block.size, bool) for block in self.options.blocks]
        self.obstacles[thing][place] |= closed

    def _fill(self, own: Iterable[Obstacle], only: Collection[Thing] | None) -> None:
        """Notes what stands in the way: all there is, or those things `only`."""
        for thing, place, closed in own:
            if only is None or thing in only:
                self._close(thing, place, closed)
        for thing, place, use in self._uses:
            if only is None or thing in only:
                self._close(thing, place, ~_fits(self.room, use))
        self._add_visits(only)

    def _add_visits(self, only: Collection[Thing] | None) -> None:
        asked = [
            (place, visit, Thing(Rule.CREW.value, visit.need.trade))
            for place, block in enumerate(self.options.blocks)
            for visit in block.visits
        ]
        asked = [item for item in asked if only is None or item[2] in only]
        everywhere: list[IntArray] = [np.arange(block.size) for block in self.options.blocks]
        free_units = self.pricer.free_units(self.room, everywhere, {visit.number for _, visit, _ in asked})
        for place, visit, thing in asked:
            cents: FloatArray = (
                np.array([choice.week_cents for choice in visit.choices])[:, None] * visit.weeks[None, :]
            )
            now = _cheapest(cents, free_units[visit.number], visit.need.units)
            free: FloatArray = visit.need.units * cents.min(axis=0)
            self._close(thing, place, now >= INFINITE)
            self._travel[place].append((thing, np.where(now < INFINITE, now, free), free))


def thing_of(options: ShopOptions, timeline: Timeline) -> Thing:
    """What a timeline that a shop uses is called."""
    match timeline.rule:
        case Rule.AFTER:
            before = [name for name in options.shop.after if timeline.subject == f"{options.shop.id} after {name}"]
            return Thing(Rule.AFTER.value, before[0])
        case Rule.NEIGHBOURS:
            return Thing(Rule.NEIGHBOURS.value)
        case _:
            return Thing(timeline.rule.value, timeline.subject)


def uses_of_thing(options: ShopOptions, thing: Thing) -> list[tuple[int, Use]]:
    """The uses of a shop that a thing is about, each with the place of its block."""
    found = []
    for place, block in enumerate(options.blocks):
        found += [(place, use) for use in block.uses if _is_about(options, use, thing)]
        found += [(place, use) for visit in _visits(block, thing) for choice in visit.choices for use in choice.uses]
    return found


def _is_about(options: ShopOptions, use: Use, thing: Thing) -> bool:
    return bool((use.amount > 0).any()) and thing_of(options, use.timeline) == thing


def _visits(block: Block, thing: Thing) -> list[VisitChoice]:
    return [visit for visit in block.visits if thing == Thing(Rule.CREW.value, visit.need.trade)]


def _fits(room: Room, use: Use) -> BoolArray:
    """Whether what each position uses of a timeline is left on it."""
    left = room.left_on(use.timeline.number)
    if (use.amount == use.amount[0]).all():
        full = np.concatenate([[0], np.cumsum(left < use.amount[0])])
        fitting: BoolArray = full[np.maximum(use.end + 1, use.begin)] == full[use.begin]
        return fitting
    return np.asarray((use.end < use.begin) | (use.amount == 0) | (left[use.begin] >= use.amount))


def _cheapest(cents: FloatArray, free: IntArray, need: int) -> FloatArray:
    """The least that `need` units cost at each position, of the `free` ones; both of shape (classes, positions)."""
    if need == 1:
        cheapest: FloatArray = np.where(free > 0, cents, INFINITE).min(axis=0)
        return cheapest
    order = np.argsort(cents, axis=0, kind="stable")
    price = np.take_along_axis(cents, order, axis=0)
    taken = np.minimum(np.cumsum(np.take_along_axis(free, order, axis=0), axis=0), need)
    sent = np.diff(taken, axis=0, prepend=0)
    return np.where(taken[-1] < need, INFINITE, (sent * price).sum(axis=0))
