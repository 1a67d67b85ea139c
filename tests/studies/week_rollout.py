"""A small rollout in a week of its life, and plans of it with one shop put elsewhere."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

from planner.domain.calendar import Calendars
from planner.domain.costs import remodel_cost
from planner.domain.crew import Crew
from planner.domain.plan import Cost, Plan, PlannedPhase, PlanStatus, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.rules import Costs, Milestone
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat
from planner.domain.standing import remodel_days
from planner.review.check import check
from planner.scheduling.limits import Limits
from planner.scheduling.solve import solve

MONDAY = date(2021, 7, 12)
CHANGE_EUR = 300.0


def week_rollout() -> Rollout:
    """Eight shops of a week's work each for two builders, dearer ones first; every week of waiting costs uplift."""
    return Rollout(
        name="Week",
        today=MONDAY,
        last=date(2021, 10, 29),
        country="",
        formats=(
            ShopFormat(
                name="M",
                phases=(Phase(name="Build", days=5, crews={"builder": 1}),),
            ),
        ),
        shops=tuple(
            Shop(
                id=f"S{number}",
                format="M",
                lat=48.0,
                lon=11.0,
                partner="P1" if number in (3, 4) else "P2",
                weekly_revenue=12_000.0 - 1_000 * number,
            )
            for number in range(1, 9)
        ),
        crews=(
            Crew(id="B1", trade="builder", lat=48.1, lon=11.0),
            Crew(id="B2", trade="builder", lat=48.2, lon=11.0),
        ),
        milestones=(Milestone(name="August", by=date(2021, 8, 6), target=6),),
        costs=Costs(uplift=0.1, recapture=0.5, km=0.5, change=CHANGE_EUR),
    )


def planned(rollout: Rollout, start: Plan | None = None) -> Plan:
    """The best plan of a small rollout, which passes the check."""
    plan = solve(rollout, Limits(seconds=3, workers=1, deterministic=True), start=start)
    assert check(rollout, plan) == ()
    return plan


def published(rollout: Rollout, plan: Plan) -> Rollout:
    """The rollout with the starts of `plan` told to the partners."""
    starts = {remodel.shop: remodel.start for remodel in plan.remodels}
    return replace(rollout, shops=tuple(replace(shop, published_start=starts.get(shop.id)) for shop in rollout.shops))


def with_shop(rollout: Rollout, shop: str, **values: object) -> Rollout:
    """The rollout with some columns of a shop's row changed."""
    changed = tuple(replace(item, **values) if item.id == shop else item for item in rollout.shops)
    return replace(rollout, shops=changed)


def put_elsewhere(rollout: Rollout, plan: Plan, old: Remodel) -> Iterator[Plan]:
    """`plan` with a shop on the days of `old`, by any crews that could come alone to each visit, figures anew.

    The crews of `old` come first. Whether such a plan breaks rules is for the checker to say.
    """
    others = [item for item in plan.remodels if item.shop != old.shop]
    shop = rollout.shop_by_id[old.shop]
    needs = rollout.format_of(shop).visits
    spans = tuple((phase.first, phase.last) for phase in old.phases)
    days = remodel_days(rollout.format_of(shop), spans)
    able = [[{crew.id: need.units} for crew in rollout.crews if crew.trade == need.trade] for need in needs]
    known = rollout.crew_by_id
    first = tuple(
        {
            crew: units
            for crew, units in old.phases[need.first].crews.items()
            if crew in known and known[crew].trade == need.trade
        }
        for need in needs
    )
    for sent in (first, *product(*able)):
        phases = []
        for number, phase in enumerate(old.phases):
            crews: dict[str, int] = {}
            for need, units in zip(needs, sent, strict=True):
                if need.first <= number <= need.last:
                    crews.update(units)
            phases.append(PlannedPhase(name=phase.name, first=phase.first, last=phase.last, crews=crews))
        remodel = Remodel(
            shop=shop.id,
            status=RemodelStatus.PLANNED,
            start=days.start,
            finish=days.finish,
            closed_from=days.closed_from,
            closed_to=days.closed_to,
            phases=tuple(phases),
            cost=remodel_cost(rollout, Calendars(rollout), shop, days, sent),
        )
        yield _summed(rollout, plan, (*others, remodel))


def _summed(rollout: Rollout, plan: Plan, remodels: tuple[Remodel, ...]) -> Plan:
    """The plan with other remodels and the figures they add up to, nothing proved of them."""
    assert plan.cost is not None
    undated = plan.cost.waiting - sum(item.cost.waiting for item in plan.remodels)
    cost = sum((item.cost for item in remodels), Cost(waiting=undated))
    done = {shop.id: shop.finish for shop in rollout.shops if shop.status.value == "done"}
    milestones = tuple(
        replace(
            item,
            planned=sum(remodel.finish <= item.by for remodel in remodels)
            + sum(finish is not None and finish <= item.by for finish in done.values()),
        )
        for item in plan.milestones
    )
    dated = {item.shop for item in remodels}
    return replace(
        plan,
        status=PlanStatus.FEASIBLE,
        bound=None,
        gap=None,
        proved_shortfall=False,
        proved_unplanned_priority=False,
        remodels=remodels,
        unplanned=tuple(item for item in plan.unplanned if item.shop not in dated),
        unplanned_priority=sum(
            rollout.shop_by_id[item.shop].priority for item in plan.unplanned if item.shop not in dated
        ),
        milestones=milestones,
        shortfall=sum(max(0, item.target - item.planned) for item in milestones),
        cost=cost,
        total=cost.total,
        last_finish_day=None
        if plan.last_finish_day is None
        else max((item.finish - rollout.today).days for item in remodels),
    )
