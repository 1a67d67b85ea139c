"""A plan: what plan.json holds (`remodel-plan/1`). Money is in whole cents, so that sums are exact."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self


class PlanStatus(StrEnum):
    """`optimal` is proved to the gap asked for; `infeasible` means that fixed dates conflict."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"


class RemodelStatus(StrEnum):
    """Why a remodel stands where it does."""

    PLANNED = "planned"
    FIXED = "fixed"
    IN_PROGRESS = "in_progress"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Money by kind, in cents."""

    closure: int = 0
    waiting: int = 0
    lateness: int = 0
    travel: int = 0
    change: int = 0

    @property
    def total(self) -> int:
        """The sum of all kinds, in cents."""
        return self.closure + self.waiting + self.lateness + self.travel + self.change

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            closure=self.closure + other.closure,
            waiting=self.waiting + other.waiting,
            lateness=self.lateness + other.lateness,
            travel=self.travel + other.travel,
            change=self.change + other.change,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPhase:
    """A phase in a plan, both days included; `crews` maps a crew's id to the units it sends."""

    name: str
    first: date
    last: date
    crews: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remodel:
    """A shop's remodel in a plan. `closed_from` and `closed_to` are None where nothing closes."""

    shop: str
    status: RemodelStatus
    start: date
    finish: date
    closed_from: date | None
    closed_to: date | None
    phases: tuple[PlannedPhase, ...]
    cost: Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplanned:
    """A backlog shop left without a date, and why."""

    shop: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Remodels with given dates that break `rule` by themselves from `first` to `last`."""

    rule: str
    first: date
    last: date
    shops: tuple[str, ...]
    text: str
    crew: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneResult:
    """How many shops a plan finishes by a milestone's date, those already done included."""

    name: str
    by: date
    target: int
    planned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TracePoint:
    """How good the best plan was after some seconds of a run.

    `value` and `bound` are cents, or days after today under earliest-finish; `bound` is None where none was proved.
    """

    seconds: float
    shortfall: int
    unplanned_priority: int
    value: int
    bound: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveInfo:
    """How a plan was made. Under a deterministic limit `seconds` are units of work, not of time."""

    seconds: float
    workers: int
    seed: int
    trace: tuple[TracePoint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What `planner run` yields.

    The figures are None for an infeasible plan. `cost` sums the remodels' costs and what the unplanned shops cost
    in waiting; `total` (cents) is stated beside it, as in the file. `bound` (cents, or days after today under
    earliest-finish) and `gap` (a fraction) are None where no bound was proved.
    """

    rollout: str
    scenario: tuple[str, ...] | None
    today: date
    status: PlanStatus
    shortfall: int | None
    unplanned_priority: int | None
    cost: Cost | None
    total: int | None
    bound: int | None
    gap: float | None
    solve: SolveInfo | None
    proved_shortfall: bool = False
    proved_unplanned_priority: bool = False
    last_finish_day: int | None = None
    milestones: tuple[MilestoneResult, ...] = ()
    remodels: tuple[Remodel, ...] = ()
    unplanned: tuple[Unplanned, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @classmethod
    def without_figures(
        cls,
        rollout: str,
        today: date,
        status: PlanStatus,
        *,
        solve: SolveInfo | None = None,
        remodels: tuple[Remodel, ...] = (),
        conflicts: tuple[Conflict, ...] = (),
    ) -> Self:
        """A plan of which nothing was reckoned."""
        return cls(
            rollout=rollout,
            scenario=None,
            today=today,
            status=status,
            shortfall=None,
            unplanned_priority=None,
            cost=None,
            total=None,
            bound=None,
            gap=None,
            solve=solve,
            remodels=remodels,
            conflicts=conflicts,
        )
