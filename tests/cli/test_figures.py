from dataclasses import replace
from datetime import date

from planner.cli.figures import CrewLoad, finishes_by_region, shops_by_reason, tightest_crews
from planner.domain.crew import Absence, Crew
from planner.domain.plan import Unplanned
from planner.domain.rules import Shutdown
from planner.domain.shop import Shop

from .tiny import PLAN, ROLLOUT, remodel

SHOPS = tuple(Shop(id=name, format="M", region=region) for name, region in [("S1", "North"), ("S2", "South")])


def test_finishes_are_counted_by_region_and_month_of_the_last_day() -> None:
    rollout = replace(ROLLOUT, shops=(*SHOPS, Shop(id="S3", format="M", region="North")))
    remodels = (
        remodel("S1", date(2021, 7, 30), date(2021, 8, 3)),
        remodel("S2", date(2021, 7, 14), date(2021, 7, 16)),
        remodel("S3", date(2021, 8, 4), date(2021, 8, 6)),
    )
    finishes = finishes_by_region(rollout, replace(PLAN, remodels=remodels))
    assert finishes == {"North": {date(2021, 8, 1): 2}, "South": {date(2021, 7, 1): 1}}


def test_reasons_are_grouped_with_the_most_frequent_first() -> None:
    unplanned = (
        Unplanned(shop="S1", reason="too late"),
        Unplanned(shop="S2", reason="no crew"),
        Unplanned(shop="S3", reason="no crew"),
    )
    groups = shops_by_reason(replace(PLAN, unplanned=unplanned))
    assert list(groups.items()) == [("no crew", ["S2", "S3"]), ("too late", ["S1"])]


def test_a_crew_is_as_tight_as_the_workdays_it_is_held_for() -> None:
    # Tuesday 13 July to Friday 16 July: four workdays, of which Wednesday to Friday are held.
    assert tightest_crews(ROLLOUT, PLAN, 5) == [CrewLoad("B1", "builder", held=3, available=4)]


def test_weekends_shutdowns_absences_and_dates_are_no_available_days() -> None:
    rollout = replace(
        ROLLOUT,
        crews=(Crew(id="B1", trade="builder", units=2, first=date(2021, 7, 14)),),
        absences=(Absence(crew="B1", first=date(2021, 7, 15), last=date(2021, 7, 15), units=1),),
        shutdowns=(Shutdown(name="Fair", first=date(2021, 7, 16), last=date(2021, 7, 16)),),
    )
    plan = replace(PLAN, remodels=(remodel("S1", date(2021, 7, 15), date(2021, 7, 20), {"B1": 1}),))
    # Available: 2 on Wednesday, 1 on Thursday, 2 on Monday and on Tuesday; held: Thursday, Monday, Tuesday.
    assert tightest_crews(rollout, plan, 5) == [CrewLoad("B1", "builder", held=3, available=7)]


def test_the_tightest_crews_come_first_and_idle_ones_never() -> None:
    crews = tuple(Crew(id=name, trade="builder", units=units) for name, units in [("A", 4), ("B", 1), ("C", 1)])
    rollout = replace(ROLLOUT, shops=SHOPS, crews=crews)
    remodels = (
        remodel("S1", date(2021, 7, 14), date(2021, 7, 16), {"A": 1}),
        remodel("S2", date(2021, 7, 14), date(2021, 7, 16), {"B": 1}),
    )
    plan = replace(PLAN, remodels=remodels)
    assert [load.crew for load in tightest_crews(rollout, plan, 5)] == ["B", "A"]
    assert [load.crew for load in tightest_crews(rollout, plan, 1)] == ["B"]


def test_an_empty_plan_has_no_tight_crews() -> None:
    assert tightest_crews(ROLLOUT, replace(PLAN, remodels=()), 5) == []
