"""What the plan that is shown says of each shop, found by its id."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.domain.plan import Plan, Remodel


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """The remodels of a plan by shop, and the shops it leaves without a date with the reason; both may be empty."""

    remodels: Mapping[str, Remodel] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


def plan_figures(plan: Plan | None) -> PlanFigures:
    """The figures of a plan; of none where there is no plan. Takes a while where there are many shops."""
    if plan is None:
        return PlanFigures()
    return PlanFigures(
        {remodel.shop: remodel for remodel in plan.remodels}, {shop.shop: shop.reason for shop in plan.unplanned}
    )


def crews_of(remodel: Remodel) -> tuple[str, ...]:
    """The crews that a remodel is served by, in the order they are first needed."""
    return tuple(dict.fromkeys(crew for phase in remodel.phases for crew in phase.crews))
