"""A small rollout with a plan that passes the check, in memory and as a folder, for what happens to its calendars."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from planner.domain.calendar import Calendars
from planner.domain.costs import remodel_cost
from planner.domain.plan import (
    Cost,
    MilestoneResult,
    Plan,
    PlannedPhase,
    PlanStatus,
    Remodel,
    RemodelStatus,
)
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.domain.standing import days_from, standing_days
from planner.exchange.folder import read_folder
from planner.exchange.plan_json import plan_to_json
from planner.review.check import check

ROLLOUT_TOML = """\
name = "Small"
horizon = { today = 2024-01-15, last = 2024-12-31 }
costs = { uplift = 0.1, margin = 0.5 }
milestone = [{ name = "Spring", by = 2024-03-31, target = 4 }]
blackout = [{ name = "Easter", first = 2024-03-25, last = 2024-04-05 }]

[[format]]
name = "M"
phase = [
  { name = "Survey", days = 1, crews = { surveyor = 1 }, closed = false },
  { name = "Build", days = 8, crews = { builder = 1 }, wait_min = 3, wait_max = 20 },
]
"""
SHOPS_CSV = """\
id,name,city,region,partner,format,weekly_revenue,status,start,finish,published_start,phone
S1,"Markt, Süd",Dresden,East,Elbe Mobil,M,6000,backlog,,,2024-01-22,+49 351 1
S2,Hafen,Hamburg,North,Nord; Co,M,6000,backlog,,,,
S3,Dom,Köln,West,Elbe Mobil,M,6000,fixed,2024-02-26,,,
S4,Old,Bonn,West,,M,6000,done,,2024-01-10,,
"""
CREWS_CSV = "id,name,trade\nV1,Survey all,surveyor\nB1,Builders,builder\n"
STARTS = {"S1": date(2024, 1, 22), "S2": date(2024, 2, 7), "S3": date(2024, 2, 26)}
CREWS = {"surveyor": "V1", "builder": "B1"}


def write_rollout(folder: Path) -> Rollout:
    """Writes the rollout's files, and reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rollout.toml").write_text(ROLLOUT_TOML, encoding="utf-8")
    (folder / "shops.csv").write_text(SHOPS_CSV, encoding="utf-8")
    (folder / "crews.csv").write_text(CREWS_CSV, encoding="utf-8")
    return read_folder(folder)[0]


def plan_from(rollout: Rollout, starts: Mapping[str, date] = STARTS) -> Plan:
    """The plan with just these starts, all waits least; it passes the check."""
    remodels = tuple(_remodel(rollout, shop, start) for shop, start in starts.items())
    cost = sum((item.cost for item in remodels), Cost())
    done = [shop.finish for shop in rollout.shops if shop.status is Status.DONE and shop.finish]
    milestones = tuple(
        MilestoneResult(
            name=item.name,
            by=item.by,
            target=item.target,
            planned=sum(finish <= item.by for finish in (*done, *(remodel.finish for remodel in remodels))),
        )
        for item in rollout.milestones
    )
    plan = Plan(
        rollout=rollout.name,
        scenario=None,
        today=rollout.today,
        status=PlanStatus.FEASIBLE,
        shortfall=sum(max(0, item.target - item.planned) for item in milestones),
        unplanned_priority=0,
        cost=cost,
        total=cost.total,
        bound=None,
        gap=None,
        solve=None,
        milestones=milestones,
        remodels=remodels,
    )
    assert check(rollout, plan) == ()
    return plan


def _remodel(rollout: Rollout, shop_id: str, start: date) -> Remodel:
    shop = rollout.shop_by_id[shop_id]
    shop_format = rollout.format_of(shop)
    calendars = Calendars(rollout)
    days = (
        standing_days(rollout, calendars, shop)
        if shop.is_standing
        else days_from(shop_format, calendars.of(shop), start)
    )
    assert days is not None
    phases = tuple(
        PlannedPhase(name=phase.name, first=first, last=last, crews={CREWS[trade]: 1 for trade in phase.crews})
        for phase, (first, last) in zip(shop_format.phases, days.phases, strict=True)
    )
    return Remodel(
        shop=shop_id,
        status=RemodelStatus(shop.status.value) if shop.is_standing else RemodelStatus.PLANNED,
        start=days.start,
        finish=days.finish,
        closed_from=days.closed_from,
        closed_to=days.closed_to,
        phases=phases,
        cost=remodel_cost(rollout, calendars, shop, days, tuple({CREWS[need.trade]: 1} for need in shop_format.visits)),
    )


def write_folder(folder: Path, starts: Mapping[str, date] = STARTS) -> tuple[Rollout, Plan]:
    """The rollout's folder with the plan where `planner run` puts it."""
    rollout = write_rollout(folder)
    plan = plan_from(rollout, starts)
    write_plan(folder, plan)
    return rollout, plan


def write_plan(folder: Path, plan: Plan) -> None:
    """Puts a plan where `planner run` puts it."""
    (folder / "out").mkdir(exist_ok=True)
    (folder / "out" / "plan.json").write_bytes(plan_to_json(plan))
