"""What a contender is asked, what it found, and when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

from planner.domain.plan import Plan
from planner.domain.rollout import Objective, Rollout


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a contender may spend; its figures are wanted after each of `marks` seconds, the last of which is the limit.

    `workers` is the number of threads.
    """

    marks: tuple[float, ...]
    workers: int = 2
    seed: int = 1

    @property
    def limit(self) -> float:
        """Seconds until the end."""
        return max(self.marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How good a plan is: milestones missed, shops without a date, then cents (or days after today)."""

    shortfall: int
    undated: int
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """The best plan after `seconds`."""

    seconds: float
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a contender ends with; `bound` is proved for plans with the milestones and undated shops of `plan`."""

    plan: Plan | None
    sightings: tuple[Sighting, ...]
    bound: int | None


class Contender(Protocol):
    """Plans a rollout within the task's limit, counting from the call on."""

    def __call__(self, rollout: Rollout, task: Task) -> Found: ...


def figures_of(rollout: Rollout, plan: Plan) -> Figures:
    """The figures of a plan that has been made."""
    is_money = rollout.objective is Objective.COST
    value = plan.total if is_money else plan.last_finish_day
    return Figures(shortfall=plan.shortfall or 0, undated=len(plan.unplanned), value=value or 0)


class Watch:
    """Notes when starts were found, and makes plans only of those that a mark asks for."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._began = perf_counter()
        self._noted: list[tuple[float, dict[str, int]]] = []

    @property
    def left(self) -> float:
        """Seconds left, a tenth at least."""
        return max(0.1, self._task.limit - (perf_counter() - self._began))

    def note(self, starts: dict[str, int]) -> None:
        """A better solution."""
        self._noted.append((perf_counter() - self._began, starts))

    def found(self, rollout: Rollout, plan_of: Callable[[dict[str, int]], Plan], bound: int | None) -> Found:
        """The first solution, and the latest one at each mark and at the end."""
        wanted = {0, len(self._noted) - 1}
        wanted |= {sum(seconds <= mark for seconds, _ in self._noted) - 1 for mark in self._task.marks}
        plans = {number: plan_of(self._noted[number][1]) for number in sorted(wanted) if 0 <= number < len(self._noted)}
        sightings = tuple(
            Sighting(seconds=self._noted[number][0], figures=figures_of(rollout, plan))
            for number, plan in plans.items()
        )
        last = plans[len(self._noted) - 1] if self._noted else None
        return Found(plan=last, sightings=sightings, bound=bound)


def figures_at(sightings: Sequence[Sighting], seconds: float) -> Figures | None:
    """The figures of the best plan known after `seconds`; None where there was none."""
    seen = [sighting.figures for sighting in sightings if sighting.seconds <= seconds]
    return seen[-1] if seen else None
