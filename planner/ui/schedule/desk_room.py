"""The desk that answers what moving a remodel would do: laid out when it is first asked, for one plan."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.wording.translation import gettext

if TYPE_CHECKING:  # it comes with the solver, which takes a second to load
    from planner.scheduling.desk import Desk

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no answer, as a sentence; empty where nobody waits for it any more."""

    why: str


class DeskRoom:
    """The desk of a plan as it stands. Its questions are for threads: the first one takes a second or more."""

    def __init__(self, rollout: Rollout, plan: Plan) -> None:
        self._rollout = rollout
        self._plan = plan
        self._lock = Lock()
        self._desk: Desk | None = None

    def ask(
        self, question: "Callable[[Desk], Answer]", is_wanted: Callable[[], bool] = lambda: True
    ) -> Answer | Refused:
        """The answer to a question, one at a time; none where it `is_wanted` no more once its turn comes."""
        from planner.scheduling.board import CannotMoveError  # noqa: PLC0415 - see above

        with self._lock:
            if not is_wanted():
                return Refused("")
            try:
                return question(self._laid_out())
            except CannotMoveError as error:
                return Refused(str(error))
            except ValueError:
                return Refused(gettext("The rollout is no longer the one this plan was made for; press p to plan."))

    def _laid_out(self) -> "Desk":
        from planner.scheduling.desk import Desk  # noqa: PLC0415 - see above

        if self._desk is None:
            self._desk = Desk(self._rollout, self._plan)
        return self._desk
