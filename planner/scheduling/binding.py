"""Why a shop stands where it does: what binds it, and what a week earlier or later would do."""

from dataclasses import dataclass
from datetime import date

from planner.domain.plan import Remodel
from planner.domain.shop import Status
from planner.domain.shop_format import ShopFormat
from planner.scheduling.board import Board
from planner.scheduling.displacing import Displacement, displacement
from planner.scheduling.fewest import smallest_sets
from planner.scheduling.moves import Break, Move, break_of, moved, moved_closure
from planner.scheduling.seats import Option, Seat
from planner.scheduling.slots import Slot, Way, best_slots, reopens, slot_of, ways_to_free
from planner.scheduling.things import Thing
from planner.scheduling.timelines import IntArray
from planner.scheduling.windows import ANY_DAY

WEEK = 7
ROUNDING = 0.6
"""Cents that rounding a shop's travel may make; what saves no more than this is no saving."""


@dataclass(frozen=True, slots=True)
class Bind:
    """What keeps a shop from a better place: given way together, the shop would take `slot`.

    `breaks` say where in that place the things stand in the way now: days and shops. A milestone has none.
    """

    things: tuple[Thing, ...]
    slot: Slot
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Days a week earlier or later: what they do, and whom they would displace where one shop has taken them."""

    move: Move
    displacement: Displacement | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a shop stands where it does in a plan, all others standing.

    `reopens` is the first trading day after its closure. `better` is a free place that is better than its present one,
    if the plan leaves one; `binds` is empty where no place would be better even with every rule lifted. `ways` are for
    a shop without a date that has no free place.

    `earlier` and `later` move the first closed day by a week, or as near to that as a remodel can; of a format that
    closes nothing, the start. Where the start can move by itself, `earlier_start` and `later_start` do that.
    """

    shop: str
    status: Status
    remodel: Remodel | None
    reopens: date | None
    better: Slot | None
    binds: tuple[Bind, ...]
    ways: tuple[Way, ...]
    earlier: Neighbour | None
    later: Neighbour | None
    earlier_start: Neighbour | None
    later_start: Neighbour | None


def explained(board: Board, shop_id: str) -> Explanation:
    """Why a shop stands where it does."""
    seat = board.seat(shop_id)
    remodel, status = board.remodels.get(shop_id), board.rollout.shop_by_id[shop_id].status
    best = seat.best()
    ways = []
    if best is None:
        ways = [Way(things, best_slots(board, seat, things, ANY_DAY, 1)) for things in ways_to_free(seat, ANY_DAY)]
    earlier, later = (_neighbour(board, seat, remodel, shift) for shift in (-WEEK, WEEK))
    is_loose = status is not Status.FIXED and _starts_by_itself(seat.options.shop_format)
    earlier_start, later_start = (
        _start_neighbour(board, seat, remodel, shift) if is_loose else None for shift in (-WEEK, WEEK)
    )
    return Explanation(
        shop=shop_id,
        status=status,
        remodel=remodel,
        reopens=None if remodel is None else reopens(board, shop_id, remodel.closed_to),
        better=_better(board, seat, best),
        binds=() if best is None else _binds(board, seat, best),
        ways=tuple(ways),
        earlier=earlier,
        later=later,
        earlier_start=earlier_start,
        later_start=later_start,
    )


def _starts_by_itself(shop_format: ShopFormat) -> bool:
    """Whether the start can move while the closure stays: a wait between the two is a range."""
    span = shop_format.closed_phases
    return span is not None and any(phase.wait_max > phase.wait_min for phase in shop_format.phases[1 : span[0] + 1])


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
    """The fewest things that keep a shop from a better place together, though none does alone; none where none do."""
    found = smallest_sets(
        seat.places.things, lambda things: seat.least_weight(things) < best.weight - ROUNDING, most=1, least=2
    )
    return found[0] if found else ()


def _bind(board: Board, seat: Seat, things: tuple[Thing, ...], option: Option) -> Bind:
    breaks = tuple(break_of(board, seat, option, thing) for thing in things)
    return Bind(things, slot_of(board, seat, option), breaks)


def _neighbour(board: Board, seat: Seat, remodel: Remodel | None, shift: int) -> Neighbour | None:
    """What the first closed day from a week off does; None where there is none up to the present one or the horizon."""
    if remodel is None:
        return None
    present = board.problem.axis.number(remodel.closed_from or remodel.start)
    day = _day_off(seat.able_days(), present, shift)
    return (
        None if day is None else _with_displaced(board, moved_closure(board, remodel.shop, board.problem.axis.day(day)))
    )


def _start_neighbour(board: Board, seat: Seat, remodel: Remodel | None, shift: int) -> Neighbour | None:
    """What the first start from a week off does."""
    if remodel is None:
        return None
    day = _day_off(seat.able_starts(), board.problem.axis.number(remodel.start), shift)
    return None if day is None else _with_displaced(board, moved(board, remodel.shop, board.problem.axis.day(day)))


def _day_off(able: IntArray, present: int, shift: int) -> int | None:
    """The first day there is from `shift` days off the present one, on the same side of it."""
    days = able[(able >= present + shift) & (able < present if shift < 0 else able > present)]
    return int(days[0]) if len(days) else None


def _with_displaced(board: Board, move: Move) -> Neighbour:
    return Neighbour(move, displacement(board, move) if move.breaks else None)
