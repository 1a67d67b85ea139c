"""A rollout of one shop, as a folder and in memory, and the one plan the tests make of it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from planner.domain.crew import Crew
from planner.domain.plan import (
    Conflict,
    Cost,
    MilestoneResult,
    Plan,
    PlannedPhase,
    PlanStatus,
    Remodel,
    RemodelStatus,
    SolveInfo,
)
from planner.domain.rollout import Rollout
from planner.domain.rules import Milestone
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat

TODAY = date(2021, 7, 13)

ROLLOUT_TOML = """\
name = "Tiny"
[horizon]
today = 2021-07-13
last = 2021-12-31
[calendar]
country = ""
[[milestone]]
name = "Summer"
by = 2021-08-31
target = 1
[[format]]
name = "M"
[[format.phase]]
name = "Build"
days = 3
crews = { builder = 1 }
"""

ROLLOUT = Rollout(
    name="Tiny",
    today=TODAY,
    last=date(2021, 12, 31),
    country="",
    milestones=(Milestone(name="Summer", by=date(2021, 8, 31), target=1),),
    formats=(ShopFormat(name="M", phases=(Phase(name="Build", days=3, crews={"builder": 1}),)),),
    shops=(Shop(id="S1", format="M", region="North"),),
    crews=(Crew(id="B1", trade="builder"),),
)


def remodel(shop: str, first: date, last: date, crews: dict[str, int] | None = None) -> Remodel:
    """A planned remodel of one phase that costs nothing."""
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


PLAN = Plan(
    rollout="Tiny",
    scenario=None,
    today=TODAY,
    status=PlanStatus.OPTIMAL,
    shortfall=0,
    unplanned_priority=0,
    cost=Cost(),
    total=0,
    bound=0,
    gap=0.0,
    solve=SolveInfo(seconds=0.5, workers=1, seed=1),
    proved_shortfall=True,
    proved_unplanned_priority=True,
    milestones=(MilestoneResult(name="Summer", by=date(2021, 8, 31), target=1, planned=1),),
    remodels=(remodel("S1", date(2021, 7, 14), date(2021, 7, 16), {"B1": 1}),),
)

BAD_PLAN = replace(PLAN, remodels=(remodel("S1", date(2021, 7, 17), date(2021, 7, 19), {"B1": 1}),))
"""Begins on a Saturday."""

CONFLICT = Conflict(
    rule="crew",
    first=date(2021, 7, 19),
    last=date(2021, 7, 20),
    shops=("S1",),
    text="B1 is needed twice by S1",
    crew="B1",
)

NO_PLAN_POSSIBLE = Plan.without_figures("Tiny", TODAY, PlanStatus.INFEASIBLE, conflicts=(CONFLICT,))


def write_rollout(folder: Path, shop_format: str = "M") -> Path:
    """Writes the rollout into `folder`; another `shop_format` than M makes it wrong input."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rollout.toml").write_text(ROLLOUT_TOML, encoding="utf-8")
    (folder / "shops.csv").write_text(f"id,format,region\nS1,{shop_format},North\n", encoding="utf-8")
    (folder / "crews.csv").write_text("id,trade\nB1,builder\n", encoding="utf-8")
    return folder
