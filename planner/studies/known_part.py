"""What of a plan is still about the rollout, where that was changed after the plan was made."""

from dataclasses import replace

from planner.domain.plan import Plan, Remodel
from planner.domain.rollout import Rollout


def known_part(rollout: Rollout, plan: Plan) -> Plan:
    """`plan` with those remodels only whose shop still takes part, has as many phases, and whose crews are there.

    Its figures stay those of the whole plan.
    """
    kept = tuple(remodel for remodel in plan.remodels if _is_known(rollout, remodel))
    return plan if len(kept) == len(plan.remodels) else replace(plan, remodels=kept)


def _is_known(rollout: Rollout, remodel: Remodel) -> bool:
    shop = rollout.shop_by_id.get(remodel.shop)
    if shop is None or not shop.is_in_plan or len(rollout.format_of(shop).phases) != len(remodel.phases):
        return False
    return all(crew in rollout.crew_by_id for phase in remodel.phases for crew in phase.crews)
