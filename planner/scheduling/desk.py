"""A plan laid out for questions: where a shop could go beside all others, and what a move would do."""

from datetime import date

from planner.scheduling.binding import Explanation, explained
from planner.scheduling.board import Board
from planner.scheduling.moves import Move, moved
from planner.scheduling.slots import Slots, found_slots


class Desk(Board):
    """Built once for a plan of a rollout; each question is then answered at once.

    The plan is to pass the checker. Raises ValueError where it is not one of this rollout.
    """

    def slots(self, shop_id: str, first: date | None = None, last: date | None = None, n: int = 10) -> Slots:
        """The `n` best start days of a shop from `first` to `last`, and where there are none, what would free some.

        Raises CannotMoveError.
        """
        axis = self.problem.axis
        window = (0 if first is None else axis.number(first), axis.count if last is None else axis.number(last))
        return found_slots(self, shop_id, window, n)

    def moved(self, shop_id: str, start: date) -> Move:
        """What it would do to begin a shop on `start` with all others standing. Raises CannotMoveError."""
        return moved(self, shop_id, start)

    def explained(self, shop_id: str) -> Explanation:
        """Why a shop stands where it does, and what binds it. Raises CannotMoveError."""
        return explained(self, shop_id)
