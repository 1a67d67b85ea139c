"""Whom a move would displace: the one other shop that could make room for it, and where that would go."""

from dataclasses import dataclass
from itertools import islice

from planner.domain.plan import Remodel
from planner.domain.shop import Status
from planner.scheduling.board import Board
from planner.scheduling.moves import Move, first_free
from planner.scheduling.seats import Option, Seat
from planner.scheduling.slots import Slot, slot_of
from planner.scheduling.things import Thing

MOST_DISPLACED = 8


@dataclass(frozen=True, slots=True)
class Displacement:
    """One other shop that would make room: `slot` is where it would go from its `present` days then (None: nowhere).

    `cents`, `shortfall` and `unplanned_priority` are what both moves together change of the plan.
    """

    shop: str
    present: Remodel
    slot: Slot | None
    cents: int
    shortfall: int
    unplanned_priority: int


def displacement(board: Board, move: Move) -> Displacement | None:
    """The one other shop that makes room for a move at the least cost, of a few that could; None: no single one."""
    able = _Able(board, move)
    taken = dict.fromkeys(shop for item in move.breaks for shop in item.shops)
    backlog = (shop for shop in taken if board.rollout.shop_by_id[shop].status is Status.BACKLOG)
    others = islice((shop for shop in backlog if able.may_free(shop)), MOST_DISPLACED)
    tried = [_both(board, move, other) for other in others]
    best = min((item for item in tried if item is not None), key=lambda item: item.change, default=None)
    if best is None:
        return None
    shortfall, unplanned_priority, cents = best.change
    return Displacement(
        shop=best.other,
        present=board.remodels[best.other],
        slot=slot_of(board, best.seat, best.place) if best.place else None,
        cents=cents,
        shortfall=shortfall,
        unplanned_priority=unplanned_priority,
    )


class _Able:
    """Rules out those shops without which a move would still not be free, whatever they leave."""

    def __init__(self, board: Board, move: Move) -> None:
        self._board = board
        self._move = move
        self._known: dict[frozenset[Thing], bool] = {}

    def may_free(self, other: str) -> bool:
        """Whether the move would be free if all that `other` has a part in gave way."""
        if not self._board.is_movable(other):
            return False
        things = self._board.touched(self._board.incumbent, self._move.shop, other)
        if things not in self._known:
            seat = self._board.seat(self._move.shop)
            self._known[things] = any(seat.is_free(things, window) for window in self._move.windows)
        return self._known[things]


@dataclass(frozen=True, slots=True)
class _Both:
    """Both moves: where `other` goes once the shop has moved (None: nowhere), and what they change together."""

    other: str
    seat: Seat
    place: Option | None
    change: tuple[int, int, int]


def _both(board: Board, move: Move, other: str) -> _Both | None:
    """What it changes if `move` is made and `other` makes room for it; None where that is not enough room."""
    without = board.changed(board.incumbent, {other: None})
    option = first_free(board.seat_beside(without, move.shop, other), move.windows)
    if option is None:
        return None
    with_shop = board.changed(without, {move.shop: option.choice})
    seat = board.seat_beside(with_shop, other, move.shop)
    place = seat.best()
    choice = place.choice if place else None
    before, after = board.incumbent.rank, with_shop.rank_with({seat.number: choice})
    cents = int(with_shop.cents.sum() - board.incumbent.cents.sum()) - seat.cents_of(None) + seat.cents_of(choice)
    change = (after.shortfall - before.shortfall, after.unplanned_priority - before.unplanned_priority, cents)
    return _Both(other, seat, place, change)
