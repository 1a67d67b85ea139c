"""What closures cost each partner in the target's window, beside what its target allows (rule 7, partner_target)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from math import fsum

from planner.domain.calendar import Calendars
from planner.domain.costs import days_between, partner_loss_limits, partner_loss_share
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.rules import PartnerTarget
from planner.domain.shop import Shop


@dataclass(frozen=True, slots=True)
class PartnerLoss:
    """EUR that a partner loses by the closures of a plan, and may lose at most."""

    partner: str
    lost: float
    allowed: float

    @property
    def share(self) -> float:
        """The part of what is allowed that is lost; endless where nothing is."""
        return self.lost / self.allowed if self.allowed else float("inf")


def partner_losses(rollout: Rollout, plan: Plan) -> list[PartnerLoss]:
    """Each partner that loses something and has a target, the one nearest to it first."""
    target = rollout.partner_target
    if target is None:
        return []
    calendars = Calendars(rollout)
    losses: dict[str, list[float]] = defaultdict(list)
    for remodel in plan.remodels:
        shop = rollout.shop_by_id.get(remodel.shop)
        if shop is not None and shop.partner and remodel.closed_from and remodel.closed_to:
            losses[shop.partner].append(_loss(rollout, calendars, target, shop, remodel.closed_from, remodel.closed_to))
    allowed = partner_loss_limits(rollout)
    found = [PartnerLoss(name, fsum(sums), allowed[name]) for name, sums in losses.items() if name in allowed]
    return sorted((item for item in found if item.lost > 0), key=lambda item: (-item.share, item.partner))


def _loss(rollout: Rollout, calendars: Calendars, target: PartnerTarget, shop: Shop, first: date, last: date) -> float:
    first, last = max(first, target.first, rollout.today), min(last, target.last)
    if first > last:
        return 0.0
    calendar = calendars.of(shop)
    weights = fsum(calendar.trading_weight(rollout.costs, day) for day in days_between(first, last))
    return shop.weekly_revenue * partner_loss_share(rollout.costs) * weights
