"""How far a plan goes towards its milestones, and how many shops are finished by each day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.plan import MilestoneResult, Plan
from planner.domain.rollout import Rollout
from planner.domain.shop import Status

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneFigures:
    """Shops that count for a milestone: `done` before the plan, `planned` by it."""

    name: str
    by: date
    target: int
    done: int
    planned: int

    @property
    def total(self) -> int:
        """All shops finished by the milestone's day."""
        return self.done + self.planned

    @property
    def short(self) -> int:
        """How many shops are missing to the target."""
        return max(0, self.target - self.total)


@dataclass(frozen=True, slots=True)
class Week:
    """The shops `done` before the plan and those finished at all, by the end of a week (`day`, a Sunday).

    `done` is None for weeks after the planning date's.
    """

    day: date
    done: int | None
    finished: int


def milestone_figures(rollout: Rollout, plan: Plan | None) -> list[MilestoneFigures]:
    """The figures of each milestone of a plan; without a plan, nothing is planned."""
    results = rollout.milestones if plan is None else plan.milestones
    done = done_days(rollout)
    figures = []
    for result in results:
        before = sum(count for day, count in done.items() if day <= result.by)
        planned = result.planned - before if isinstance(result, MilestoneResult) else 0
        figures.append(
            MilestoneFigures(name=result.name, by=result.by, target=result.target, done=before, planned=planned)
        )
    return figures


def burn_up(rollout: Rollout, plan: Plan | None) -> list[Week]:
    """How many shops are finished by the end of each week, from the first done to the last planned or to be reached."""
    done, planned = done_days(rollout), Counter[date]() if plan is None else planned_days(plan)
    days = [rollout.today, *done, *planned, *(milestone.by for milestone in rollout.milestones)]
    week = sunday_of(min(days))
    weeks = []
    while week <= sunday_of(max(days)):
        was_done = sum(count for day, count in done.items() if day <= week)
        will_be = sum(count for day, count in planned.items() if day <= week)
        weeks.append(Week(week, was_done if week <= sunday_of(rollout.today) else None, was_done + will_be))
        week += timedelta(days=DAYS_A_WEEK)
    return weeks


def sunday_of(day: date) -> date:
    """The last day of the ISO week."""
    return day + timedelta(days=DAYS_A_WEEK - day.isoweekday())


def done_days(rollout: Rollout) -> Counter[date]:
    """How many of the shops done before the plan were finished on each day."""
    return Counter(shop.finish for shop in rollout.shops if shop.status is Status.DONE and shop.finish is not None)


def planned_days(plan: Plan) -> Counter[date]:
    """How many remodels of a plan finish on each day."""
    return Counter(remodel.finish for remodel in plan.remodels)


def grown(counts: Mapping[date, int], total: int = 0) -> list[tuple[date, int]]:
    """Each day on which the sum of `counts` grows, with the sum by then, which begins at `total`."""
    points = []
    for day, count in sorted(counts.items()):
        total += count
        points.append((day, total))
    return points
