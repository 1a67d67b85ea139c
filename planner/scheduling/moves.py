"""What it would do to begin a shop on another day: the money, the milestones, the rules it breaks and who is there."""

from collections.abc import Iterator
from dataclasses import dataclass
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
    """What beginning `shop` on `start` does. Free of breaks, it can be done as `slot` says.

    `slot` is None, and `refusal` a sentence, where the shop's remodel has no days that begin then.
    """

    shop: str
    start: date
    slot: Slot | None
    breaks: tuple[Break, ...] = ()
    refusal: str = ""


def moved(board: Board, shop_id: str, start: date) -> Move:
    """What it does to begin a shop on `start`, in the way that breaks least."""
    seat, axis = board.seat(shop_id), board.problem.axis
    number = axis.number(start)
    option = seat.best(start=number) or seat.least_broken(number)
    if option is None:
        return Move(shop_id, start, None, refusal=_refusal(board, seat, start))
    return Move(shop_id, start, slot_of(board, seat, option), breaks_of(board, seat, option))


def _refusal(board: Board, seat: Seat, start: date) -> str:
    if start < board.rollout.today:
        return f"{start} is before today, {board.rollout.today}."
    if start > board.rollout.last:
        return f"{start} is past the horizon, which ends on {board.rollout.last}."
    if not board.problem.calendars.of(seat.options.shop).is_working(start):
        return f"{start}, a {start:%A}, is no working day of the shop."
    return f"A remodel begun on {start} would not end before the horizon does, on {board.rollout.last}."


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
