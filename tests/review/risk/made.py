"""Small rollouts and plans made by hand: every day is a workday, so that days can be counted on fingers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from planner.domain.crew import Crew
from planner.domain.plan import Cost, Plan, PlannedPhase, PlanStatus, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.rules import Risk
from planner.domain.shop import Shop, Status
from planner.domain.shop_format import Phase, ShopFormat
from planner.review.risk.build import build_model
from planner.review.risk.draws import Draws
from planner.review.risk.play import Played, Variant, play

TODAY = date(2021, 3, 1)  # a Monday
EVERY_DAY = frozenset(range(7))


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def one_phase(days: int, **more: Any) -> ShopFormat:
    return ShopFormat(name="M", phases=(Phase(name="Build", days=days, crews={"builder": 1}, **more),))


def made_rollout(shops: Sequence[Shop], shop_format: ShopFormat, **more: Any) -> Rollout:
    values: dict[str, Any] = {
        "last": day(400),
        "country": "",
        "workdays": EVERY_DAY,
        "crews": (Crew(id="K", trade="builder"),),
        "risk": Risk(),
    }
    return Rollout(name="Made", today=TODAY, formats=(shop_format,), shops=tuple(shops), **(values | more))


def shop(name: str, **more: Any) -> Shop:
    return Shop(id=name, format="M", **more)


def made_plan(rollout: Rollout, phases: Mapping[str, Sequence[tuple[int, int, Mapping[str, int]]]]) -> Plan:
    """A plan with these phases (first and last day, crews), in this order; costs and levels are left out."""
    remodels = []
    for name, spans in phases.items():
        it = rollout.shop_by_id[name]
        shop_format = rollout.format_of(it)
        planned = tuple(
            PlannedPhase(name=phase.name, first=day(first), last=day(last), crews=dict(crews))
            for phase, (first, last, crews) in zip(shop_format.phases, spans, strict=True)
        )
        closed = [span for phase, span in zip(shop_format.phases, planned, strict=True) if phase.closed]
        status = {Status.FIXED: RemodelStatus.FIXED, Status.IN_PROGRESS: RemodelStatus.IN_PROGRESS}
        remodels.append(
            Remodel(
                shop=name,
                status=status.get(it.status, RemodelStatus.PLANNED),
                start=planned[0].first,
                finish=planned[-1].last,
                closed_from=closed[0].first if closed else None,
                closed_to=closed[-1].last if closed else None,
                phases=planned,
                cost=Cost(),
            )
        )
    return Plan(
        rollout=rollout.name,
        scenario=None,
        today=TODAY,
        status=PlanStatus.FEASIBLE,
        shortfall=0,
        unplanned_priority=0,
        cost=Cost(),
        total=0,
        bound=None,
        gap=None,
        solve=None,
        remodels=tuple(remodels),
    )


def in_turn(names: Sequence[str], days: int, crew: str = "K") -> dict[str, list[tuple[int, int, dict[str, int]]]]:
    """One phase each, one after another without a gap, all by one crew."""
    return {name: [(place * days, place * days + days - 1, {crew: 1})] for place, name in enumerate(names)}


def played_with(rollout: Rollout, plan: Plan, lengths: Mapping[str, int] | None = None, **more: Any) -> Played:
    """One sample in which the first phases of some shops take these lengths, and all else goes as planned.

    `slipped` names shops whose permits are late, `delays` are the days of slips and of late deliveries, `late` says
    that every delivery is, `early` how much before its date a phase may begin, `variant` how it is played.
    """
    model = build_model(rollout, plan, more.get("early", 0))
    days = np.array(model.item_days, dtype=np.intp)[:, None]
    number = 0
    for it in rollout.shops:
        if it.is_in_plan:
            days[number] = (lengths or {}).get(it.id, days[number, 0])
            number += len(rollout.format_of(it).phases)
    slipped = np.array([[item.shop in more.get("slipped", ())] for item in model.remodels], dtype=np.bool_)
    late = tuple(np.full((len(stock.days), 1), more.get("late", False)) for stock in model.stocks)
    draws = Draws(np.maximum(days, 1), np.zeros_like(days), slipped.reshape(len(model.remodels), 1), late)
    return play(model, draws, 1, more.get("delays", (0, 0)), more.get("variant", Variant()))


def spans(rollout: Rollout, plan: Plan, lengths: Mapping[str, int] | None = None, **more: Any) -> dict[str, tuple]:
    """Start and finish of each shop in such a sample, as day numbers; None is never."""
    result = played_with(rollout, plan, lengths, **more)
    never = build_model(rollout, plan).axis.never
    return {
        remodel.shop: tuple(
            None if days[place, 0] >= never else int(days[place, 0]) for days in (result.starts, result.finishes)
        )
        for place, remodel in enumerate(plan.remodels)
    }


def with_risk(rollout: Rollout, **values: Any) -> Rollout:
    return replace(rollout, risk=Risk(**values))
