"""The best answers to when a shop could be remodelled, with everything else standing.

An answer is the day from which the shop is closed, with the best start for it: where waits between phases are ranges,
many starts lead to the same closure. Of a format that closes nothing, it is the start.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.costs import remodel_cost, unplanned_cost
from planner.domain.plan import Cost
from planner.domain.standing import RemodelDays
from planner.scheduling.board import Board
from planner.scheduling.crew_classes import ClassVisit, share_out
from planner.scheduling.fewest import smallest_sets
from planner.scheduling.holders import class_visits
from planner.scheduling.options import days_at
from planner.scheduling.places import NOTHING
from planner.scheduling.seats import Option, Seat
from planner.scheduling.things import Thing
from planner.scheduling.windows import Window

WAYS_SLOTS = 3
MOST_WAYS = 6
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SlotVisit:
    """A visit in a slot: its trade, its days, and the units of each crew."""

    trade: str
    first: date
    last: date
    crews: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an option changes against the plan: money in cents, shops short of the milestones, the last finish in days.

    `milestones` are those it changes: name, shops finished by then before, and after. `is_dated` says whether the shop
    has a date in the plan.
    """

    cents: int
    shortfall: int
    last_finish_days: int
    milestones: tuple[tuple[str, int, int], ...]
    is_dated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Days a shop could have, its crews and money, and what it changes against the plan.

    `reopens` is the first trading day after the closure; None where nothing closes.
    """

    days: RemodelDays
    reopens: date | None
    visits: tuple[SlotVisit, ...]
    cost: Cost
    effect: Effect
    is_present: bool
    option: Option

    @property
    def start(self) -> date:
        """The first day."""
        return self.days.start

    @property
    def finish(self) -> date:
        """The last day."""
        return self.days.finish


@dataclass(frozen=True, slots=True)
class Way:
    """What would have to give way, all of it together, and the best slots there would be then."""

    things: tuple[Thing, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Slots:
    """The best free slots of a shop in a window, a first closed day each, best first; `ways` where there are none.

    `present` is what the shop costs in the plan, with or without a date; `closes` says whether its format closes it.
    """

    shop: str
    slots: tuple[Slot, ...]
    ways: tuple[Way, ...]
    present: Cost
    closes: bool


def found_slots(board: Board, shop_id: str, window: Window, most: int, *, as_fixed: bool = False) -> Slots:
    """The best slots of a shop within `window`; `as_fixed` those that it could be fixed at."""
    seat = board.seat(shop_id, as_fixed=as_fixed)
    slots = best_slots(board, seat, NOTHING, window, most)
    ways = () if slots else _ways(board, seat, window)
    return Slots(shop_id, slots, ways, present_cost(board, shop_id), seat.options.closed is not None)


def best_slots(board: Board, seat: Seat, lifted: Collection[Thing], window: Window, most: int) -> tuple[Slot, ...]:
    """The best slots there are once `lifted` has given way."""
    days = seat.answers(lifted, window)[:most].tolist()
    options = [seat.best(lifted, window.answering(seat.options, day)) for day in days]
    return tuple(slot_of(board, seat, option) for option in options if option is not None)


def ways_to_free(seat: Seat, window: Window) -> list[tuple[Thing, ...]]:
    """The smallest sets of things that, given way together, free an option of `window`; all of the same size."""
    return smallest_sets(seat.places.things, lambda things: seat.is_free(things, window), MOST_WAYS)


def _ways(board: Board, seat: Seat, window: Window) -> tuple[Way, ...]:
    return tuple(
        Way(things, best_slots(board, seat, things, window, WAYS_SLOTS)) for things in ways_to_free(seat, window)
    )


def present_cost(board: Board, shop_id: str) -> Cost:
    """What a shop costs in the plan."""
    remodel = board.remodels.get(shop_id)
    if remodel is not None:
        return remodel.cost
    return unplanned_cost(board.rollout, board.problem.calendars, board.rollout.shop_by_id[shop_id])


def slot_of(board: Board, seat: Seat, option: Option) -> Slot:
    """An option with its days as dates, its crews by name, and its money."""
    options, problem = seat.options, board.problem
    shop = board.rollout.shop_by_id[options.shop.id]
    days = days_at(problem.axis, options, option.choice.positions)
    needs = options.shop_format.visits
    sent = tuple(_crews_of(board, seat, option, number) for number in range(len(needs)))
    cost = remodel_cost(board.rollout, problem.calendars, shop, days, sent)
    visits = tuple(
        SlotVisit(need.trade, days.phases[need.first][0], days.phases[need.last][1], crews)
        for need, crews in zip(needs, sent, strict=True)
    )
    remodel = board.remodels.get(shop.id)
    return Slot(
        days=days,
        reopens=reopens(board, shop.id, days.closed_to),
        visits=visits,
        cost=cost,
        effect=_effect(board, seat, option, cost.total - present_cost(board, shop.id).total),
        is_present=remodel is not None and tuple((item.first, item.last) for item in remodel.phases) == days.phases,
        option=option,
    )


def reopens(board: Board, shop_id: str, closed_to: date | None) -> date | None:
    """The first trading day of a shop after its last closed day."""
    if closed_to is None:
        return None
    calendar, day = board.problem.calendars.of(board.rollout.shop_by_id[shop_id]), closed_to + ONE_DAY
    while not calendar.is_trading(day):
        day += ONE_DAY
    return day


def _effect(board: Board, seat: Seat, option: Option, cents: int) -> Effect:
    before, after = seat.finish_of(seat.present), seat.finish_of(option.choice)
    return Effect(
        cents=cents,
        shortfall=seat.shortfall_at(after) - seat.shortfall_at(before),
        last_finish_days=seat.last_finish_at(after) - seat.last_finish_at(before),
        milestones=tuple(seat.milestones_at(board.milestones, after)),
        is_dated=before is not None,
    )


def _crews_of(board: Board, seat: Seat, option: Option, number: int) -> Mapping[str, int]:
    """The crews of a visit: those that are free, or where too few are, one of those that would have to be."""
    remodel = board.remodels.get(seat.options.shop.id)
    sent: dict[str, int] = {}
    for crew_class, visit in class_visits(seat.options, option.choice, remodel):
        if visit.key[1] == number:
            sent.update(_shared_out(board, crew_class, visit))
    return sent


def _shared_out(board: Board, crew_class: int, visit: ClassVisit) -> Mapping[str, int]:
    item = board.problem.classes[crew_class]
    if len(item.crews) > 1:
        others = [other for other in board.holders.visits[crew_class] if other.key[0] != visit.key[0]]
        try:
            return share_out(item, [*others, visit])[visit.key]
        except ValueError:
            pass
    return {item.example.id: visit.units}
