"""Shops that were entered after a plan was made: they count as shops without a date."""

from dataclasses import replace

from planner.domain.calendar import Calendars
from planner.domain.costs import unplanned_cost
from planner.domain.plan import Plan, PlanStatus, Unplanned
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.wording.translation import gettext


def with_newcomers(rollout: Rollout, plan: Plan) -> tuple[Plan, tuple[str, ...]]:
    """The plan with all backlog shops it does not know among those without a date, and who they are.

    What was proved of the plan is no longer proved where there are any. An infeasible plan stays as it is.
    """
    known = {remodel.shop for remodel in plan.remodels} | {item.shop for item in plan.unplanned}
    new = [shop for shop in rollout.shops if shop.status is Status.BACKLOG and shop.id not in known]
    if not new or plan.cost is None or plan.unplanned_priority is None:
        return plan, ()
    calendars = Calendars(rollout)
    reason = gettext("it was entered after the plan was made")
    cost = sum((unplanned_cost(rollout, calendars, shop) for shop in new), plan.cost)
    changed = replace(
        plan,
        status=PlanStatus.FEASIBLE,
        unplanned_priority=plan.unplanned_priority + sum(shop.priority for shop in new),
        cost=cost,
        total=cost.total,
        bound=None,
        gap=None,
        proved_unplanned_priority=False,
        unplanned=(*plan.unplanned, *(Unplanned(shop=shop.id, reason=reason) for shop in new)),
    )
    return changed, tuple(shop.id for shop in new)
