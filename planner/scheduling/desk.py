"""A plan laid out for questions: where a shop could go beside all others, and what a move would do."""

from datetime import date

from planner.scheduling.binding import Explanation, explained
from planner.scheduling.board import Board
from planner.scheduling.moves import Move, moved, moved_closure
from planner.scheduling.slots import Slots, found_slots
from planner.scheduling.windows import ANY_DAY, EVER, Span, Window


class Desk(Board):
    """Built once for a plan of a rollout; each question is then answered at once.

    The plan is to pass the checker. Raises ValueError where it is not one of this rollout.
    """

    def slots(self, shop_id: str, window: Window = ANY_DAY, n: int = 10, *, as_fixed: bool = False) -> Slots:
        """The `n` best slots of a shop in a window, and where there are none, what would free some.

        `as_fixed` leaves only slots that a start to be fixed leads to. Raises CannotMoveError.
        """
        return found_slots(self, shop_id, window, n, as_fixed=as_fixed)

    def window(
        self,
        start: tuple[date | None, date | None] = (None, None),
        closed: tuple[date | None, date | None] = (None, None),
    ) -> Window:
        """The options that begin from the first to the last day of `start`, and are closed within `closed` only."""
        (first, last), (closed_from, closed_to) = self._span(start), self._span(closed)
        return Window(start=(first, last), closed_from=(closed_from, EVER[1]), closed_to=(EVER[0], closed_to))

    def moved(self, shop_id: str, start: date, *, as_fixed: bool = False) -> Move:
        """What it would do to begin a shop on `start` with all others standing. Raises CannotMoveError.

        `as_fixed` asks what it would do to fix that start: the later phases then follow at their least waits.
        """
        return moved(self, shop_id, start, as_fixed=as_fixed)

    def moved_closure(self, shop_id: str, closed_from: date) -> Move:
        """What it would do to close a shop from that day on with all others standing. Raises CannotMoveError.

        A shop whose format closes nothing begins on that day.
        """
        return moved_closure(self, shop_id, closed_from)

    def explained(self, shop_id: str) -> Explanation:
        """Why a shop stands where it does, and what binds it. Raises CannotMoveError."""
        return explained(self, shop_id)

    def _span(self, days: tuple[date | None, date | None]) -> Span:
        first, last = (None if day is None else self.problem.axis.number(day) for day in days)
        return EVER[0] if first is None else first, EVER[1] if last is None else last
