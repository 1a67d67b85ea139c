"""How far a plan goes towards its milestones, and how many shops are finished by each day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.shop import Status


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


def milestone_figures(rollout: Rollout, plan: Plan) -> list[MilestoneFigures]:
    """The figures of each milestone of a plan."""
    done = done_days(rollout)
    figures = []
    for result in plan.milestones:
        before = sum(count for day, count in done.items() if day <= result.by)
        figures.append(
            MilestoneFigures(
                name=result.name, by=result.by, target=result.target, done=before, planned=result.planned - before
            )
        )
    return figures


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
