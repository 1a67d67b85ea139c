"""Load by trade and week, counted by hand."""

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.crew import Absence, Crew
from planner.domain.plan import Cost, Plan, PlannedPhase, PlanStatus, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.rules import Shutdown
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat
from planner.exchange.report.load import TradeLoad, bottlenecks, trade_loads, weeks_of

WEDNESDAY = date(2026, 3, 4)
"""The week has three workdays left on it; the two after it have five each."""

ROLLOUT = Rollout(
    name="Load",
    today=WEDNESDAY,
    last=date(2026, 12, 31),
    country="",
    formats=(
        ShopFormat(
            name="M",
            phases=(
                Phase(name="Build", days=2, crews={"builder": 1}),
                Phase(name="Finish", days=1, crews={"builder": 1}, wait_min=1, wait_max=9),
            ),
        ),
    ),
    shops=(Shop(id="A", format="M"),),
    crews=(Crew(id="B1", trade="builder", units=2), Crew(id="P1", trade="painter")),
)


def plan_of(first: date, last: date, crews: dict[str, int]) -> Plan:
    """One remodel, its crews held from `first` to `last`."""
    remodel = Remodel(
        shop="A",
        status=RemodelStatus.PLANNED,
        start=first,
        finish=last,
        closed_from=first,
        closed_to=last,
        phases=(
            PlannedPhase(name="Build", first=first, last=first, crews=crews),
            PlannedPhase(name="Finish", first=last, last=last, crews=crews),
        ),
        cost=Cost(),
    )
    return Plan(
        rollout="Load",
        scenario=None,
        today=WEDNESDAY,
        status=PlanStatus.FEASIBLE,
        shortfall=0,
        unplanned_priority=0,
        cost=Cost(),
        total=0,
        bound=None,
        gap=None,
        solve=None,
        remodels=(remodel,),
    )


PLAN = plan_of(date(2026, 3, 5), date(2026, 3, 17), {"B1": 1})
"""From Thursday to the Tuesday after next, waiting days included."""


def test_weeks_run_from_todays_to_the_last_finish() -> None:
    assert weeks_of(PLAN) == [date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)]
    assert weeks_of(replace(PLAN, remodels=())) == []


def test_a_visit_holds_its_crew_on_each_workday_through_its_waits() -> None:
    assert trade_loads(ROLLOUT, PLAN) == [TradeLoad("builder", None, [2, 5, 2], [6, 10, 10])]


def test_days_before_today_do_not_count() -> None:
    early = plan_of(date(2026, 2, 23), date(2026, 3, 4), {"B1": 1})
    assert trade_loads(ROLLOUT, early) == [TradeLoad("builder", None, [1], [6])]


def test_absences_shutdowns_and_dates_of_crews_take_days_away() -> None:
    rollout = replace(
        ROLLOUT,
        crews=(Crew(id="B1", trade="builder", units=2, last=date(2026, 3, 17)),),
        absences=(
            Absence(crew="B1", first=date(2026, 3, 4), last=date(2026, 3, 4)),
            Absence(crew="B1", first=date(2026, 3, 9), last=date(2026, 3, 10), units=1),
        ),
        shutdowns=(Shutdown(name="Fair", first=date(2026, 3, 13), last=date(2026, 3, 15)),),
    )
    assert trade_loads(rollout, PLAN) == [TradeLoad("builder", None, [2, 4, 2], [4, 6, 4])]


def test_crews_are_told_apart_by_the_regions_they_serve() -> None:
    crews = (
        Crew(id="B1", trade="builder", regions=("South",)),
        Crew(id="B2", trade="builder", regions=("South", "North")),
        Crew(id="B3", trade="builder", regions=("North", "South")),
    )
    loads = trade_loads(replace(ROLLOUT, crews=crews), PLAN)
    assert [(load.area, list(load.held), list(load.available)) for load in loads] == [
        (None, [2, 5, 2], [9, 15, 15]),
        (("North", "South"), [0, 0, 0], [6, 10, 10]),
        (("South",), [2, 5, 2], [3, 5, 5]),
    ]


def test_a_bottleneck_is_where_weeks_are_full() -> None:
    trade = TradeLoad("builder", None, [5, 9, 5, 5, 5, 5], [5, 10, 10, 5, 5, 0])
    room = TradeLoad("painter", None, [0, 1], [0, 5])
    [found] = bottlenecks([room, trade])
    assert found.load is trade
    assert (found.full_weeks, found.run) == (5, (3, 5))
    assert trade.share == pytest.approx(34 / 35)


def test_a_trade_is_no_bottleneck_beside_its_areas() -> None:
    whole = TradeLoad("builder", None, [10], [10])
    areas = [TradeLoad("builder", (region,), [5], [5]) for region in ("North", "South")]
    assert [item.load for item in bottlenecks([whole, *areas])] == areas


def test_without_remodels_there_is_no_load() -> None:
    assert trade_loads(ROLLOUT, replace(PLAN, remodels=())) == []
