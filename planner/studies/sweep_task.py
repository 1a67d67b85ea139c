"""What a worker of a sweep does: one point, planned and checked."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.scenario import Scenario
from planner.scheduling.limits import Limits, NoPlanError
from planner.studies.grid import Grid, Point
from planner.studies.planning import FailedCheckError, plan_checked
from planner.wording.language import Language
from planner.wording.translation import gettext, speaking, spoken

RolloutAt = Callable[[Point], tuple[Rollout, tuple[str, ...]]]
"""Makes the rollout of a point, and names the scenarios in it; travels to the workers, so it can be pickled."""


@dataclass(frozen=True, slots=True)
class PointRollouts:
    """The rollouts of a grid's points, by whoever makes that of a scenario."""

    grid: Grid
    rollout_of: Callable[[Scenario], tuple[Rollout, tuple[str, ...]]]

    def __call__(self, point: Point) -> tuple[Rollout, tuple[str, ...]]:
        """The rollout of a point, and the names of the scenarios in it."""
        return self.rollout_of(self.grid.scenario_at(point))


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for all points of a sweep. Wherever it is done, reasons are told in its `language`."""

    rollout_at: RolloutAt
    limits: Limits
    language: Language = field(default_factory=spoken)


@dataclass(frozen=True, slots=True)
class Task:
    """A point to plan; `start` is the plan of the point `start_point` nearby, to begin from."""

    point: Point
    start: Plan | None = None
    start_point: Point | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a point: a checked plan, or the reason why there is none. `seconds` is what it took.

    `failed_check` says that the reason is a mistake in the planner: its plan breaks rules.
    """

    point: Point
    plan: Plan | None
    reason: str = ""
    seconds: float = 0.0
    start_point: Point | None = None
    failed_check: bool = False


def run_task(job: Job, task: Task, stop: threading.Event | None = None) -> Outcome:
    """Plan a point. What goes wrong with it is its outcome, so that the other points go on."""
    began = time.monotonic()
    with speaking(job.language):
        plan, reason, failed_check = _plan(job, task, stop)
    seconds = round(time.monotonic() - began, 2)
    return Outcome(task.point, plan, reason, seconds, task.start_point, failed_check)


def _plan(job: Job, task: Task, stop: threading.Event | None) -> tuple[Plan | None, str, bool]:
    """The plan of a point, or the reason why there is none and whether that is a mistake in the planner."""
    try:
        rollout, scenarios = job.rollout_at(task.point)
        return plan_checked(rollout, job.limits, scenarios=scenarios, start=task.start, stop=stop), "", False
    except NoPlanError as error:
        return None, gettext("no plan within the time limit ({reason})").format(reason=error), False
    except FailedCheckError as error:
        text = gettext("the plan failed its own check ({reason}): a mistake in the planner, please report it")
        return None, text.format(reason=error), True
    except Exception as error:
        return None, f"{type(error).__name__}: {error}", False
