"""Where each shop of a rollout stands once there is a plan."""

from enum import StrEnum

from planner.domain.plan import Remodel
from planner.domain.shop import Shop, Status


class State(StrEnum):
    """The state of a shop's remodel, as the page shows it; in the order in which remodels go through them."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    FIXED = "fixed"
    PLANNED = "planned"
    UNDATED = "undated"
    LEFT_OUT = "left_out"


STATE_OF_STATUS = {
    Status.DONE: State.DONE,
    Status.IN_PROGRESS: State.IN_PROGRESS,
    Status.FIXED: State.FIXED,
    Status.DEFERRED: State.LEFT_OUT,
    Status.CANCELLED: State.LEFT_OUT,
}


def state_of(shop: Shop, remodel: Remodel | None) -> State:
    """The state of `shop`, whose remodel in the plan is `remodel`; a backlog shop without one has no date."""
    if shop.status is Status.BACKLOG:
        return State.UNDATED if remodel is None else State.PLANNED
    return STATE_OF_STATUS[shop.status]
