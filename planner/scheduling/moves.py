"""What it would do to remodel a shop on other days: the money, the milestones, the rules it breaks and who is there."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from planner.domain.standing import RemodelDays
from planner.scheduling.board import Board
from planner.scheduling.options import VisitChoice, days_at
from planner.scheduling.places import uses_of_thing
from planner.scheduling.seats import Option, Seat
from planner.scheduling.slots import Slot, slot_of
from planner.scheduling.things import Thing
from planner.scheduling.timelines import Rule, Timeline
from planner.scheduling.windows import ANY_DAY, Window
from planner.wording.amounts import day_text, weekday_text
from planner.wording.translation import gettext


@dataclass(frozen=True, slots=True)
class Break:
    """A rule that a move breaks: from when to when, and the shops that are in the way then.

    `is_nearer` is for crews of which enough are free, but none of the nearest.
    """

    thing: Thing
    first: date
    last: date
    shops: tuple[str, ...] = ()
    is_nearer: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """What beginning `shop` on `day` does, or closing it from then on: `windows` say which, the one liked best first.

    Free of breaks, it can be done as `slot` says; else `slot` is what it would do if the breaks gave way. `slot` is
    None, and `refusal` a sentence, where the shop's remodel has no such days.
    """

    shop: str
    day: date
    windows: tuple[Window, ...]
    slot: Slot | None
    breaks: tuple[Break, ...] = ()
    refusal: str = ""


def moved(board: Board, shop_id: str, start: date, *, as_fixed: bool = False) -> Move:
    """What it does to begin a shop on `start`: closed as it is now if that can be, else in the way that is best.

    Fixed there, its later phases follow at their least waits.
    """
    seat, number = board.seat(shop_id, as_fixed=as_fixed), board.problem.axis.number(start)
    window = Window(start=(number, number))
    as_now = _closed_as_now(board, seat, window)
    return _moved(board, seat, start, (as_now, window) if as_now else (window,), _no_start)


def moved_closure(board: Board, shop_id: str, closed_from: date) -> Move:
    """What it does to close a shop from a day on (of a format that closes nothing, to begin it), in the best way."""
    seat = board.seat(shop_id)
    if seat.options.closed is None:
        return moved(board, shop_id, closed_from)
    window = ANY_DAY.answering(seat.options, board.problem.axis.number(closed_from))
    return _moved(board, seat, closed_from, (window,), _no_closure)


def first_free(seat: Seat, windows: Sequence[Window]) -> Option | None:
    """The best option of the first of `windows` that has a free one."""
    found = (seat.best(window=window) for window in windows)
    return next((option for option in found if option is not None), None)


def _moved(
    board: Board, seat: Seat, day: date, windows: tuple[Window, ...], why_not: Callable[[Board, Seat, date], str]
) -> Move:
    shop, option = seat.options.shop.id, first_free(seat, windows) or seat.least_broken(windows[-1])
    if option is None:
        return Move(shop, day, windows, None, refusal=why_not(board, seat, day))
    return Move(shop, day, windows, slot_of(board, seat, option), breaks_of(board, seat, option))


def _closed_as_now(board: Board, seat: Seat, window: Window) -> Window | None:
    remodel, axis = board.remodels.get(seat.options.shop.id), board.problem.axis
    if remodel is None or remodel.closed_from is None or remodel.closed_to is None:
        return None
    first, last = axis.number(remodel.closed_from), axis.number(remodel.closed_to)
    return replace(window, closed_from=(first, first), closed_to=(last, last))


def _no_start(board: Board, seat: Seat, start: date) -> str:
    """Why no remodel can begin on a day."""
    days = _days_outside(board, seat, start)
    text = gettext("A remodel begun on {day} would not end before the horizon does, on {last}.")
    return days or text.format(day=day_text(start), last=day_text(board.rollout.last))


def _no_closure(board: Board, seat: Seat, day: date) -> str:
    """Why no remodel can close its shop from a day on."""
    able = seat.able_days()
    if len(able) and board.rollout.today <= day < (first := board.problem.axis.day(able[0])):
        text = gettext("A remodel begun today or later closes the shop on {day} at the earliest.")
        return text.format(day=day_text(first))
    days = _days_outside(board, seat, day)
    text = gettext("A shop closed from {day} on would not be finished before the horizon ends on {last}.")
    return days or text.format(day=day_text(day), last=day_text(board.rollout.last))


def _days_outside(board: Board, seat: Seat, day: date) -> str:
    if day < board.rollout.today:
        text = gettext("{day} is before today, {today}.")
        return text.format(day=day_text(day), today=day_text(board.rollout.today))
    if day > board.rollout.last:
        text = gettext("{day} is past the horizon, which ends on {last}.")
        return text.format(day=day_text(day), last=day_text(board.rollout.last))
    if not board.problem.calendars.of(seat.options.shop).is_working(day):
        text = gettext("{weekday} {day} is no working day of the shop.")
        return text.format(weekday=weekday_text(day), day=day_text(day))
    return ""


def breaks_of(board: Board, seat: Seat, option: Option) -> tuple[Break, ...]:
    """The rules that an option breaks, each with its days and the shops in the way."""
    return tuple(break_of(board, seat, option, thing) for thing in seat.places.in_the_way(option.choice.positions))


def break_of(board: Board, seat: Seat, option: Option, thing: Thing) -> Break:
    """How a thing stands in the way of an option: on which days, and which shops are there."""
    days = days_at(board.problem.axis, seat.options, option.choice.positions)
    shop = board.rollout.shop_by_id[seat.options.shop.id]
    match thing.rule:
        case "freeze":
            return Break(thing, days.start, days.start)
        case "ready_from" if days.closed_from and shop.ready_from:
            return Break(
                thing, days.closed_from, board.problem.axis.day(board.problem.axis.number(shop.ready_from) - 1)
            )
        case "blackout" if days.closed_from and days.closed_to:
            spans = [
                (max(days.closed_from, item.first), min(days.closed_to, item.last))
                for item in board.rollout.blackouts
                if item.name == thing.subject and item.scope.matches(shop)
            ]
            first, last = next((span for span in spans if span[0] <= span[1]), (days.start, days.finish))
            return Break(thing, first, last)
        case "after":
            return Break(thing, days.start, days.finish, (thing.subject,))
        case _:
            return _shared(board, seat, option, days, thing)


def _shared(board: Board, seat: Seat, option: Option, days: RemodelDays, thing: Thing) -> Break:
    """A break of what shops share: the days on which too little is left, and who has it then."""
    full: set[int] = set()
    shops: dict[str, None] = {}
    for timeline, slots in _crowded(seat, option, thing):
        for slot in slots:
            place = slot - timeline.offset
            full.update(range(int(timeline.first_days[place]), int(timeline.first_days[place]) + timeline.days_a_slot))
        for hold in board.holders.of(timeline.number, slots[0], slots[-1]):
            if hold.shop != seat.options.shop.id and any(hold.begin <= slot <= hold.end for slot in slots):
                shops[hold.shop] = None
    axis = board.problem.axis
    is_nearer = thing not in seat.places.in_the_way(option.choice.positions)
    if not full:
        return Break(thing, *_visit_days(seat, days, thing), is_nearer=is_nearer)
    return Break(thing, axis.day(min(full)), axis.day(max(full)), tuple(sorted(shops)), is_nearer)


def _visit_days(seat: Seat, days: RemodelDays, thing: Thing) -> tuple[date, date]:
    """The days on which a shop needs a trade; those of its whole remodel for other things."""
    needs = [need for need in seat.options.shop_format.visits if thing == Thing(Rule.CREW.value, need.trade)]
    if not needs:
        return days.start, days.finish
    return days.phases[needs[0].first][0], days.phases[needs[-1].last][1]


def _crowded(seat: Seat, option: Option, thing: Thing) -> Iterator[tuple[Timeline, list[int]]]:
    """The slots on which too little is left, timeline by timeline."""
    if thing.rule == Rule.CREW.value:
        for place, block in enumerate(seat.options.blocks):
            for visit in block.visits:
                if visit.need.trade == thing.subject:
                    yield from _crews_gone(seat, visit, option, option.choice.positions[place])
        return
    for place, use in uses_of_thing(seat.options, thing):
        begin, end, amount = use.at(option.choice.positions[place])
        left = seat.places.room.left_on(use.timeline.number)
        slots = [slot for slot in range(begin, end + 1) if left[slot - use.timeline.offset] < amount]
        if slots and amount:
            yield use.timeline, slots


def _crews_gone(seat: Seat, visit: VisitChoice, option: Option, position: int) -> Iterator[tuple[Timeline, list[int]]]:
    """The slots on which crews have no unit left: all that may come, or where enough of them are free, the chosen."""
    everywhere = [np.arange(block.size) for block in seat.options.blocks]
    free = seat.places.pricer.free_units(seat.places.room, everywhere)[visit.number][:, position]
    chosen = option.choice.crews[visit.number]
    for choice in visit.choices:
        if free.sum() >= visit.need.units and choice.crew_class not in chosen:
            continue
        for use in choice.uses:
            begin, end, amount = use.at(position)
            left = seat.places.room.left_on(use.timeline.number)
            slots = [slot for slot in range(begin, end + 1) if left[slot - use.timeline.offset] < amount]
            if slots:
                yield use.timeline, slots
