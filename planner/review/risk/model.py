"""A plan as it is played: jobs in the plan's order, and what each waits for.

A job is a phase that is not over today. In the plan's order everything a job can wait for comes before it, so one
walk along the jobs plays the plan, whatever the lengths turn out to be.
"""

from dataclasses import dataclass, field

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.review.risk.axis import Axis, Numbers, WorkDays


@dataclass(frozen=True, slots=True)
class Pool:
    """Units that jobs hold in turn: a crew's, or the places that a limit on closed shops leaves a group.

    A limit asks only of the days `first` to `last`; a crew always.
    """

    name: str
    units: int
    is_crew: bool
    first: int = 0
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """Units of a pool, by its position, that a job takes or gives back."""

    pool: int
    units: int


@dataclass(frozen=True, slots=True)
class WeeklyLimit:
    """At most `most` starts in an ISO week, of those from `first` to `last`; `begun` were in this week before today."""

    most: int
    first: int
    last: int
    begun: int


@dataclass(frozen=True, slots=True)
class Stock:
    """What arrives of a supply: the day and the quantity of each delivery (the first is the stock of today)."""

    name: str
    days: Numbers
    quantities: Numbers


@dataclass(frozen=True, slots=True)
class Draw:
    """A job's need of a stock: it can begin once `total` units have come, those kept for earlier jobs included."""

    stock: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """`units` of a crew that are away until the day before `back`, in their place among its jobs."""

    pool: int
    units: int
    first: int
    back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What a job waits for because it closes its shop; `ends` has the last closed day for each day of closing."""

    asks: bool
    holds: tuple[Hold, ...]
    neighbours: tuple[int, ...]
    ends: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A phase to be played. Days are numbers on the axis, shops and items positions in the model.

    `days` are the working days planned from today on, `starts` maps a day to the first on or after it on which the
    job may begin as far as calendars, absences and blackouts go; `waited` maps the last day of the phase before to
    the first day this one may begin. `permit` is the day its permit comes, if it waits for one.
    """

    shop: int
    item: int
    first: int
    last: int
    days: int
    earliest: int
    is_under_way: bool
    is_stretched: bool
    opens: bool
    ends: bool
    reopens: bool
    work: WorkDays
    starts: Numbers
    waited: Numbers | None = None
    permit: int | None = None
    after: tuple[int, ...] = ()
    draws: tuple[Draw, ...] = ()
    takes: tuple[Hold, ...] = ()
    returns: tuple[Hold, ...] = ()
    closing: Closing | None = None
    weekly: tuple[int, ...] = ()
    waits_for_week: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Remodelled:
    """A remodel of the plan, and what its samples are held against."""

    shop: str
    is_fixed: bool
    start: int
    finish: int
    permit: bool
    blackouts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """All that is played: the rollout and its plan, and the plan's jobs and absences in their order.

    `item_days` has the planned days of each item: a phase of any shop a plan may hold, in the rollout's order.
    """

    rollout: Rollout
    plan: Plan
    axis: Axis
    remodels: tuple[Remodelled, ...]
    steps: tuple[Job | Away, ...]
    pools: tuple[Pool, ...]
    weekly: tuple[WeeklyLimit, ...]
    stocks: tuple[Stock, ...]
    item_days: tuple[int, ...]
    weeks: Numbers
    mondays: Numbers
    pool_of_crew: dict[str, int] = field(default_factory=dict)
