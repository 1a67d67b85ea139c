"""Which crews can make each visit, and what of them it holds (rules 5 and 6)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from planner.domain.costs import travel_rate
from planner.domain.geography import distance_km
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.domain.shop_format import VisitNeed
from planner.scheduling.couplings import binding_days, constant
from planner.scheduling.crew_classes import CrewClass
from planner.scheduling.days import DayAxis
from planner.scheduling.filters import keep_one
from planner.scheduling.options import Block, BlockDays, ClassChoice, ClassDays, ShopOptions, VisitChoice
from planner.scheduling.timelines import BoolArray, IntArray, Rule, Timeline, Timelines, Use, use_of


@dataclass(slots=True)
class ClassTimelines:
    """The timelines of a class: held units on every day, and on days with absences what shops that work hold.

    `away_days` are days with absences that are working days of every shop; `partly` maps other ones, on which only
    some shops work, to their slot in the timeline `away_partly`. `all_gone` says on which days no unit is left.
    """

    held: Timeline
    all_gone: BoolArray
    away: Timeline | None = None
    away_days: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
    away_partly: Timeline | None = None
    partly: dict[int, int] = field(default_factory=dict)


def attach_crews(
    rollout: Rollout,
    axis: DayAxis,
    shops: Sequence[ShopOptions],
    classes: Sequence[CrewClass],
    timelines: Timelines,
) -> list[tuple[ShopOptions, VisitChoice]]:
    """Add the timelines of all classes, and to each block the visits it takes with the classes that can make them.

    Returned are the visits that frozen shops cannot have, whatever their waits.
    """
    hopeless: list[tuple[ShopOptions, VisitChoice]] = []
    held = [_class_timelines(rollout, axis, crew_class, timelines) for crew_class in classes]
    serving = _serving(classes)
    shared = _SharedDays(axis, classes, held)
    for options in shops:
        for number, need in enumerate(options.shop_format.visits):
            block = options.block_of(need.first)
            visit = shared.visit(block, number, need)
            for index in serving(need.trade, options.shop.region):
                crew_class = classes[index]
                if may_send(options.shop, crew_class, rollout):
                    rate = travel_rate(rollout, distance_km(crew_class.example, options.shop))
                    days = shared.of_class(options.shop, block, visit, index)
                    visit.choices.append(ClassChoice(days, 100.0 * rate))
            units = sum(choice.units for choice in visit.choices)
            is_over = options.shop.is_standing and visit.last[0] < 0
            if units >= need.units or not is_over:
                block.visits.append(visit)
        if not options.shop.is_standing:
            hopeless += [(options, visit) for visit in _keep_crewed(options)]
    return hopeless


def _serving(classes: Sequence[CrewClass]) -> Callable[[str, str], list[int]]:
    """For a trade and a region, the numbers of the classes that serve it, wherever the shop lies."""

    @cache
    def serving(trade: str, region: str) -> list[int]:
        return [
            number
            for number, crew_class in enumerate(classes)
            if crew_class.example.trade == trade
            and (not crew_class.example.regions or region in crew_class.example.regions)
        ]

    return serving


def may_send(shop: Shop, crew_class: CrewClass, rollout: Rollout) -> bool:
    """Whether crews of the class may come to `shop`: within reach, and the shop names no others of the trade."""
    if shop.is_standing and shop.crews:
        named = [rollout.crew_by_id[crew] for crew in shop.crews]
        of_trade = {crew.id for crew in named if crew.trade == crew_class.example.trade}
        if of_trade and crew_class.example.id not in of_trade:
            return False
    return crew_class.serves(shop)


def absent_units(rollout: Rollout, axis: DayAxis, crew_class: CrewClass) -> IntArray:
    """How many units of a class are away on each day."""
    away = np.zeros(axis.count, np.int64)
    for absence in rollout.absences:
        if absence.crew == crew_class.example.id:
            first, last = axis.number(absence.first), axis.number(absence.last)
            units = crew_class.units if absence.units is None else absence.units
            away[max(first, 0) : max(last + 1, 0)] += units
    return np.minimum(away, crew_class.units)


def _class_timelines(rollout: Rollout, axis: DayAxis, crew_class: CrewClass, timelines: Timelines) -> ClassTimelines:
    name = " or ".join(crew.id for crew in crew_class.crews)
    days = np.arange(axis.count)
    away = absent_units(rollout, axis, crew_class)
    capacity = constant(crew_class.units, days)
    result = ClassTimelines(
        timelines.add(Rule.CREW, name, capacity, days, binding=binding_days(axis)), away == crew_class.units
    )
    calendars = [calendar.is_working for calendar in axis.calendars_in_use]
    working = np.stack(calendars or [np.ones(axis.count, bool)])
    everywhere = np.flatnonzero((away > 0) & working.all(axis=0))
    somewhere = np.flatnonzero((away > 0) & working.any(axis=0) & ~working.all(axis=0))
    left = crew_class.units - away
    if len(everywhere):
        result.away_days = everywhere
        result.away = timelines.add(Rule.ABSENCE, name, left[everywhere], everywhere)
    if len(somewhere):
        result.away_partly = timelines.add(Rule.ABSENCE, name, left[somewhere], somewhere)
        result.partly = {int(day): slot for slot, day in enumerate(somewhere)}
    return result


class _SharedDays:
    """What visits hold of classes, worked out once for all shops whose blocks have the same days."""

    def __init__(self, axis: DayAxis, classes: Sequence[CrewClass], held: Sequence[ClassTimelines]) -> None:
        self._axis = axis
        self._classes = classes
        self._held = held
        self._visits: dict[tuple[BlockDays, int], tuple[IntArray, IntArray, IntArray]] = {}
        self._of_class: dict[tuple[BlockDays, int, int], ClassDays] = {}

    def visit(self, block: Block, number: int, need: VisitNeed) -> VisitChoice:
        """A visit of `block`, with no one to make it yet."""
        key = (block.days, number)
        if key not in self._visits:
            begin = block.phases.start
            first, last = block.first[need.first - begin], block.last[need.last - begin]
            from_week = np.maximum(self._axis.week_of_days(first), 0)
            weeks = np.maximum(0, self._axis.week_of_days(last) - from_week + 1)
            self._visits[key] = first, last, weeks
        return VisitChoice(number, need, *self._visits[key])

    def of_class(self, shop: Shop, block: Block, visit: VisitChoice, index: int) -> ClassDays:
        """What `visit` holds of class `index`; `shop` says on which days it works."""
        key = (block.days, visit.number, index)
        if key not in self._of_class:
            self._of_class[key] = self._build(shop, visit, index)
        return self._of_class[key]

    def _build(self, shop: Shop, visit: VisitChoice, index: int) -> ClassDays:
        axis, crew_class, held = self._axis, self._classes[index], self._held[index]
        first, last = np.maximum(visit.first, 0), np.maximum(visit.last, -1)
        allowed = np.ones(len(first), bool)
        gone = np.concatenate([[0], np.cumsum(held.all_gone & axis.days_of(shop).is_working)])
        allowed &= gone[np.maximum(last + 1, first)] == gone[first]
        example = crew_class.example
        if example.first is not None:
            allowed &= (first >= axis.number(example.first)) | (last < 0)
        if example.last is not None:
            allowed &= (last <= axis.number(example.last)) | (last < 0)
        return ClassDays(index, crew_class.units, tuple(_uses(axis, shop, first, last, held)), allowed)


def _uses(axis: DayAxis, shop: Shop, first: IntArray, last: IntArray, held: ClassTimelines) -> list[Use]:
    """The slots a unit holds: every calendar day, and the days with absences on which the shop works."""
    one = constant(1, first)
    uses = [use_of(held.held, first, last, one)]
    if held.away is not None:
        from_slot = np.searchsorted(held.away_days, first, side="left")
        to_slot = np.searchsorted(held.away_days, last, side="right") - 1
        uses.append(use_of(held.away, from_slot, to_slot, one))
    if held.away_partly is not None:
        works = axis.days_of(shop).is_working
        for day, slot in held.partly.items():
            if works[day]:
                covered: BoolArray = (first <= day) & (last >= day)
                at = constant(slot, first)
                uses.append(use_of(held.away_partly, at, np.where(covered, at, at - 1), one))
    return uses


def _keep_crewed(options: ShopOptions) -> list[VisitChoice]:
    """Drop positions that cannot be crewed; the visits that a shop which must have a date cannot have at all.

    Such a shop keeps its positions without them: it stands on its day, and that is a conflict.
    """
    hopeless: list[VisitChoice] = []
    if options.mandatory:
        for block in options.blocks:
            hopeless += [visit for visit in block.visits if not _enough(block, visit)[block.open].any()]
            block.visits = [visit for visit in block.visits if _enough(block, visit)[block.open].any()]
    before = [block.open for block in options.blocks]
    for block in options.blocks:
        for visit in block.visits:
            block.keep(_enough(block, visit))
    options.prune_unlinked()
    if options.mandatory and options.is_impossible():
        options.reopen(before)
        keep_one(options)
    if options.mandatory:
        options.compact()
    return hopeless


def _enough(block: Block, visit: VisitChoice) -> BoolArray:
    """Whether the classes that may come can send enough units at each position."""
    units = sum((choice.allowed * choice.units for choice in visit.choices), np.zeros(block.size))
    enough: BoolArray = units >= visit.need.units
    return enough
