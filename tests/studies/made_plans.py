"""Plans made up of the few figures that studies look at."""

from datetime import date
from typing import Any

from planner.domain.plan import Cost, MilestoneResult, Plan, PlannedPhase, PlanStatus, Remodel, RemodelStatus

TODAY = date(2021, 7, 13)


def made_plan(total: int = 0, bound: int | None = None, **fields: Any) -> Plan:
    """A plan that costs `total` cents, all in closure, with levels 1 and 2 proved, unless `fields` say otherwise."""
    figures: dict[str, Any] = {
        "rollout": "Made",
        "scenario": None,
        "today": TODAY,
        "status": PlanStatus.FEASIBLE,
        "shortfall": 0,
        "unplanned_priority": 0,
        "cost": Cost(closure=total),
        "total": total,
        "bound": bound,
        "gap": None,
        "solve": None,
        "proved_shortfall": True,
        "proved_unplanned_priority": True,
    }
    return Plan(**{**figures, **fields})


def milestone(planned: int, target: int = 90, name: str = "Year end") -> MilestoneResult:
    return MilestoneResult(name=name, by=date(2021, 12, 31), target=target, planned=planned)


def remodel(shop: str, first: date, last: date, crews: dict[str, int] | None = None) -> Remodel:
    """A remodel of one phase that costs nothing."""
    return Remodel(
        shop=shop,
        status=RemodelStatus.PLANNED,
        start=first,
        finish=last,
        closed_from=first,
        closed_to=last,
        phases=(PlannedPhase(name="Build", first=first, last=last, crews=crews or {}),),
        cost=Cost(),
    )
