"""Why a shop stands where it does: what binds it, and what a week earlier or later would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from planner.domain.plan import Remodel
from planner.domain.shop import Status
from planner.scheduling.board import Board
from planner.scheduling.moves import Break, Move, break_of, moved
from planner.scheduling.places import NOTHING
from planner.scheduling.seats import Option, Seat
from planner.scheduling.slots import MOST_TOGETHER, Slot, Way, best_slots, slot_of, ways_to_free
from planner.scheduling.things import Thing

WEEK = timedelta(days=7)
ROUNDING = 0.6
"""Cents that rounding a shop's travel may make; what saves no more than this is no saving."""
MOST_DISPLACED = 24


@dataclass(frozen=True, slots=True)
class Bind:
    """What keeps a shop from a better place: given way together, the shop would take `slot`.

    `breaks` say where in that place the things stand in the way now: days and shops. A milestone has none.
    """

    things: tuple[Thing, ...]
    slot: Slot
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class Displacement:
    """One other shop that would make room: `slot` is where it would go then (None: nowhere).

    `cents`, `shortfall` and `unplanned_priority` are what both moves together change of the plan.
    """

    shop: str
    present: date
    slot: Slot | None
    cents: int
    shortfall: int
    unplanned_priority: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A start a week earlier or later: what it does, and whom it would displace where it is taken by one shop."""

    move: Move
    displacement: Displacement | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a shop stands where it does in a plan, all others standing.

    `better` is a free place that is better than its present one, if the plan leaves one; `binds` is empty where no
    place would be better even with every rule lifted. `ways` are for a shop without a date that has no free place.
    """

    shop: str
    status: Status
    remodel: Remodel | None
    better: Slot | None
    binds: tuple[Bind, ...]
    ways: tuple[Way, ...]
    earlier: Neighbour | None
    later: Neighbour | None


def explained(board: Board, shop_id: str) -> Explanation:
    """Why a shop stands where it does."""
    seat = board.seat(shop_id)
    remodel = board.remodels.get(shop_id)
    best = seat.best()
    window = (0, board.problem.axis.count)
    ways = []
    if best is None:
        ways = [Way(things, best_slots(board, seat, things, window, 1)) for things in ways_to_free(seat, window)]
    return Explanation(
        shop=shop_id,
        status=board.rollout.shop_by_id[shop_id].status,
        remodel=remodel,
        better=_better(board, seat, best),
        binds=() if best is None else _binds(board, seat, best),
        ways=tuple(ways),
        earlier=None if remodel is None else _neighbour(board, shop_id, remodel.start, -WEEK),
        later=None if remodel is None else _neighbour(board, shop_id, remodel.start, WEEK),
    )


def _better(board: Board, seat: Seat, best: Option | None) -> Slot | None:
    if best is None:
        return None
    slot = slot_of(board, seat, best)
    effect = slot.effect
    value = effect.cents if seat.is_money else effect.last_finish_days
    is_better = (effect.shortfall, not effect.is_dated and -1, value) < (0, 0, 0)
    return slot if is_better and not slot.is_present else None


def _binds(board: Board, seat: Seat, best: Option) -> tuple[Bind, ...]:
    """All single things that keep the shop from a better place than `best`; else the fewest that do together."""
    binds = [_bind(board, seat, (thing,), option) for thing, option in _lifting_one(seat, best)]
    finish = seat.finish_of(best.choice)
    for deadline in seat.needed_by:
        option = seat.best(without=[deadline])
        is_met = finish is not None and finish <= deadline.day
        if is_met and option is not None and option.weight < best.weight - ROUNDING:
            binds.append(Bind((Thing("milestone", deadline.name),), slot_of(board, seat, option), ()))
    if not binds:
        together = _fewest(seat, best)
        option = seat.best(together) if together else None
        if option is not None:
            binds.append(_bind(board, seat, together, option))
    return tuple(sorted(binds, key=lambda bind: (bind.slot.effect.shortfall, bind.slot.option.weight)))


def _lifting_one(seat: Seat, best: Option) -> list[tuple[Thing, Option]]:
    found = []
    for thing in seat.places.things:
        option = seat.best([thing])
        if option is not None and option.weight < best.weight - ROUNDING:
            found.append((thing, option))
    return found


def _fewest(seat: Seat, best: Option) -> tuple[Thing, ...]:
    """The fewest things that together keep a shop from a better place; none where nothing does."""

    def helps(things: Sequence[Thing]) -> bool:
        option = seat.best(things)
        return option is not None and option.weight < best.weight - ROUNDING

    things = tuple(seat.places.things)
    if not helps(things):
        return ()
    for size in range(2, MOST_TOGETHER + 1):
        for chosen in combinations(things, size):
            if helps(chosen):
                return chosen
    kept = list(things)
    for thing in things:
        rest = [other for other in kept if other != thing]
        if helps(rest):
            kept = rest
    return tuple(kept)


def _bind(board: Board, seat: Seat, things: tuple[Thing, ...], option: Option) -> Bind:
    breaks = tuple(break_of(board, seat, option, thing) for thing in things)
    return Bind(things, slot_of(board, seat, option), breaks)


def _neighbour(board: Board, shop_id: str, start: date, shift: timedelta) -> Neighbour | None:
    """What the first start from a week off does; None where there is none up to the present one or the horizon."""
    seat = board.seat(shop_id)
    wanted = board.problem.axis.number(start + shift)
    starts = seat.options.start
    able = starts[(starts >= wanted) & (starts != board.problem.axis.number(start))]
    if shift < timedelta():
        able = able[able < board.problem.axis.number(start)]
    if wanted < 0 or not len(able):
        return None
    move = moved(board, shop_id, board.problem.axis.day(int(able.min())))
    return Neighbour(move, _displacement(board, shop_id, move) if move.breaks else None)


def _displacement(board: Board, shop_id: str, move: Move) -> Displacement | None:
    """The one other shop that could make room for a move at the least cost; None where no single one could."""
    taken = dict.fromkeys(shop for item in move.breaks for shop in item.shops)
    found = []
    for other in list(taken)[:MOST_DISPLACED]:
        if board.rollout.shop_by_id[other].status is Status.BACKLOG and board.is_movable(other):
            displacement = _displacing(board, shop_id, other, board.problem.axis.number(move.start))
            if displacement is not None:
                found.append(displacement)
    return min(found, key=lambda item: (item.shortfall, item.unplanned_priority, item.cents), default=None)


def _displacing(board: Board, shop_id: str, other: str, start: int) -> Displacement | None:
    without = board.changed(board.incumbent, {other: None})
    option = board.seat_in(without, shop_id).best(NOTHING, start)
    if option is None:
        return None
    with_shop = board.changed(without, {shop_id: option.choice})
    seat = board.seat_in(with_shop, other)
    place = seat.best()
    both = board.changed(with_shop, {other: place.choice}) if place else with_shop
    before, after = board.incumbent.rank, both.rank
    return Displacement(
        shop=other,
        present=board.remodels[other].start,
        slot=slot_of(board, seat, place) if place else None,
        cents=int(both.cents.sum() - board.incumbent.cents.sum()),
        shortfall=after.shortfall - before.shortfall,
        unplanned_priority=after.unplanned_priority - before.unplanned_priority,
    )
