"""A plan with what the rollout has otherwise since it was made: starts fixed or given free, shops come or gone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from planner.domain.calendar import Calendars
from planner.domain.costs import remodel_cost
from planner.domain.plan import Plan, PlannedPhase, Remodel, RemodelStatus, Unplanned
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.domain.standing import RemodelDays, standing_days
from planner.wording.translation import gettext, later

NOT_PLANNED_YET = later("it came after the plan was made")


@dataclass(frozen=True, slots=True)
class StandingPlan:
    """A plan as the rollout now has it; `stale` are the shops that a new plan may put otherwise.

    The plan's remodels and undated shops are those of the rollout; its figures are those that it was made with, and
    it may break rules.
    """

    plan: Plan
    stale: frozenset[str]


def as_it_stands(rollout: Rollout, calendars: Calendars, plan: Plan) -> StandingPlan:
    """The plan with each shop whose date the rollout gives on that date, by the crews that the plan gave it."""
    planned = {remodel.shop: remodel for remodel in plan.remodels}
    reasons = {item.shop: item.reason for item in plan.unplanned}
    remodels: list[Remodel] = []
    undated: list[Unplanned] = []
    stale: set[str] = set()
    for shop in rollout.shops:
        if not shop.is_in_plan:
            continue
        before = planned.get(shop.id)
        now = _given(rollout, calendars, shop, before) if shop.is_standing else _free(before)
        if now is None:
            undated.append(Unplanned(shop=shop.id, reason=reasons.get(shop.id, gettext(NOT_PLANNED_YET))))
        else:
            remodels.append(now)
        if _is_stale(shop, before, now, reasons):
            stale.add(shop.id)
    remodels.sort(key=lambda remodel: (remodel.start, remodel.shop))
    return StandingPlan(replace(plan, remodels=tuple(remodels), unplanned=tuple(undated)), frozenset(stale))


def _is_stale(shop: Shop, before: Remodel | None, now: Remodel | None, reasons: Mapping[str, str]) -> bool:
    if before is None or now is None:
        return before is not now or shop.id not in reasons
    was_given = before.status is not RemodelStatus.PLANNED
    return before.phases != now.phases or (was_given and shop.status is Status.BACKLOG)


def _free(before: Remodel | None) -> Remodel | None:
    return None if before is None else replace(before, status=RemodelStatus.PLANNED)


def _given(rollout: Rollout, calendars: Calendars, shop: Shop, before: Remodel | None) -> Remodel | None:
    """A remodel on the days that the rollout gives it."""
    days = standing_days(rollout, calendars, shop)
    status = RemodelStatus(shop.status.value)
    if days is None:
        return None if before is None else replace(before, status=status)
    if before is not None and tuple((phase.first, phase.last) for phase in before.phases) == days.phases:
        return replace(before, status=status)
    return _remodel(rollout, calendars, shop, days, before)


def _remodel(rollout: Rollout, calendars: Calendars, shop: Shop, days: RemodelDays, before: Remodel | None) -> Remodel:
    shop_format = rollout.format_of(shop)
    names = [phase.name for phase in shop_format.phases]
    crews: list[Mapping[str, int]] = [{} for _ in names]
    if before is not None and [phase.name for phase in before.phases] == names:
        crews = [
            {crew: units for crew, units in phase.crews.items() if crew in rollout.crew_by_id}
            for phase in before.phases
        ]
    sent = tuple(
        {crew: units for crew, units in crews[need.first].items() if rollout.crew_by_id[crew].trade == need.trade}
        for need in shop_format.visits
    )
    return Remodel(
        shop=shop.id,
        status=RemodelStatus(shop.status.value),
        start=days.start,
        finish=days.finish,
        closed_from=days.closed_from,
        closed_to=days.closed_to,
        phases=tuple(
            PlannedPhase(name=name, first=first, last=last, crews=here)
            for name, (first, last), here in zip(names, days.phases, crews, strict=True)
        ),
        cost=remodel_cost(rollout, calendars, shop, days, sent),
    )
