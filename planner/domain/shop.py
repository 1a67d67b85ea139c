"""A shop: where it is, what it earns, and where it stands in the rollout."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Where a shop stands in the rollout."""

    BACKLOG = "backlog"
    FIXED = "fixed"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DEFERRED = "deferred"
    CANCELLED = "cancelled"


class Kind(StrEnum):
    """Who owns a shop's business."""

    PARTNER = "partner"
    AGENCY = "agency"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A row of shops.csv.

    Money is in EUR, `lat` and `lon` in degrees (both or neither). `region` is the planning region and
    defaults to the state. `extra` keeps the columns the planner does not know, as (column, text).
    """

    id: str
    format: str
    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    partner: str = ""
    kind: Kind | None = None
    state: str = ""
    catholic: bool = False
    region: str = ""
    lat: float | None = None
    lon: float | None = None
    weekly_revenue: float = 0.0
    annual_target: float | None = None
    priority: int = 5
    tags: tuple[str, ...] = ()
    ready_from: date | None = None
    due_by: date | None = None
    after: tuple[str, ...] = ()
    status: Status = Status.BACKLOG
    start: date | None = None
    finish: date | None = None
    crews: tuple[str, ...] = ()
    published_start: date | None = None
    extra: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.region:
            object.__setattr__(self, "region", self.state)

    @property
    def is_standing(self) -> bool:
        """Whether its dates are given: `fixed` or `in_progress`."""
        return self.status in (Status.FIXED, Status.IN_PROGRESS)

    @property
    def is_in_plan(self) -> bool:
        """Whether a plan may hold a remodel of it: backlog, fixed or in progress."""
        return self.status is Status.BACKLOG or self.is_standing

    @property
    def is_dropped(self) -> bool:
        """Whether it is left out of everything: `deferred` or `cancelled`."""
        return self.status in (Status.DEFERRED, Status.CANCELLED)
