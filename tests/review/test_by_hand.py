"""The plan worked out by hand passes, and still does where a rule does not ask."""

from dataclasses import replace

import pytest

from planner.domain.crew import Absence, Crew
from planner.domain.plan import Cost, PlanStatus
from planner.domain.rollout import Objective
from planner.domain.rules import Blackout, Costs, Grouping, Limit, PartnerTarget, Scope, Shutdown
from planner.domain.shop import Status
from planner.review.check import check
from tests.review.builders import (
    PLAN,
    ROLLOUT,
    backlog,
    building,
    day,
    fixed,
    small_plan,
    small_rollout,
    with_crew,
    with_phase,
    with_remodel,
    with_shop,
)


def test_the_plan_by_hand_passes():
    assert check(ROLLOUT, PLAN) == ()


UNASKED = {
    "no bound": (ROLLOUT, replace(PLAN, bound=None, gap=None)),
    "optimal with a bound": (ROLLOUT, replace(PLAN, status=PlanStatus.OPTIMAL)),
    "last finish under cost": (ROLLOUT, replace(PLAN, last_finish_day=29)),
    "a blackout that is over": (
        replace(ROLLOUT, blackouts=(Blackout(name="Old", first=day("02-01"), last=day("02-28")),)),
        PLAN,
    ),
    "a blackout out of scope": (
        replace(
            ROLLOUT, blackouts=(Blackout(name="None", first=day("03-01"), last=day("04-30"), scope=Scope({"tag": ()})),)
        ),
        PLAN,
    ),
    "a blackout whose second key does not match": (
        replace(
            ROLLOUT,
            blackouts=(
                Blackout(
                    name="Two keys",
                    first=day("03-01"),
                    last=day("04-30"),
                    scope=Scope({"tag": ("pilot",), "state": ("NW",)}),
                ),
            ),
        ),
        PLAN,
    ),
    "a limit outside its window": (
        replace(ROLLOUT, limits=(Limit(name="Spring", max_closed=0, first=day("03-31")),)),
        PLAN,
    ),
    "a limit whose window is over": (
        replace(ROLLOUT, limits=(Limit(name="Winter", max_closed=0, last=day("02-28")),)),
        PLAN,
    ),
    "a city limit for shops without a city": (
        replace(ROLLOUT, limits=(Limit(name="City", per=Grouping.CITY, max_closed=0),)),
        PLAN,
    ),
    "starts of a week that is over": (
        replace(ROLLOUT, limits=(Limit(name="Starts", max_starts_per_week=0, last=day("02-28")),)),
        PLAN,
    ),
    "a permit for phases that began before today": (with_shop(ROLLOUT, "I", ready_from=day("03-03")), PLAN),
    "a predecessor of a remodel begun before today": (with_shop(ROLLOUT, "I", after=("A", "U")), PLAN),
    "a partner without a target": (
        with_shop(ROLLOUT, "A", annual_target=None),
        PLAN,
    ),
    "a deferred shop's target does not make one": (
        with_shop(with_shop(ROLLOUT, "A", annual_target=None), "X", partner="P1", annual_target=1.0),
        PLAN,
    ),
    "a done shop's target counts": (
        with_shop(with_shop(ROLLOUT, "A", annual_target=None), "D", partner="P1", annual_target=12000.0),
        PLAN,
    ),
    "a partner target that is over": (
        replace(ROLLOUT, partner_target=PartnerTarget(first=day("01-01"), last=day("02-28"), share=0, max_loss=0)),
        PLAN,
    ),
    "an absence before today": (
        replace(ROLLOUT, absences=(Absence(crew="B1", first=day("02-01"), last=day("02-28")),)),
        PLAN,
    ),
    "an absence of one unit that is free": (
        replace(ROLLOUT, absences=(Absence(crew="B1", first=day("03-08"), last=day("03-30"), units=1),)),
        PLAN,
    ),
    "a crew first available today, with a visit under way": (with_crew(ROLLOUT, "B1", first=day("03-01")), PLAN),
    "the region of a visit that is over": (ROLLOUT, with_phase(PLAN, "I", 0, crews={"V2": 1})),
    "a published start with no freeze": (ROLLOUT, PLAN),
    "a published start after the freeze": (replace(ROLLOUT, freeze_days=6), PLAN),
    "the other of two equal electricians": (
        with_crew(ROLLOUT, "E2", regions=("BY",)),
        with_phase(PLAN, "F", 2, crews={"B1": 1, "E2": 1}),
    ),
}


@pytest.mark.parametrize("name", UNASKED)
def test_what_a_rule_does_not_ask(name):
    rollout, plan = UNASKED[name]
    assert check(rollout, plan) == ()


def test_units_of_one_visit_may_come_from_two_crews():
    crews = (Crew(id="K1", trade="builder"), Crew(id="K2", trade="builder"))
    rollout = small_rollout(backlog("T", format="P"), crews=crews)
    build = building("T", "03-01", "03-02", {"K1": 1, "K2": 1}, "planned")
    assert check(rollout, small_plan(rollout, build)) == ()
    build = building("T", "03-01", "03-02", {"K1": 2}, "planned")
    assert [item.rule for item in check(rollout, small_plan(rollout, build))] == ["crew"]


def test_halves_of_a_cent_go_either_way():
    # 1/6 of 0.03 EUR a week is half a cent a day.
    rollout = small_rollout(fixed("F", "03-01", weekly_revenue=0.03), costs=Costs())
    build = building("F", "03-01", "03-02")
    plan = small_plan(rollout, replace(build, cost=Cost(closure=1)))
    assert check(rollout, replace(plan, cost=Cost(closure=1), total=1, gap=1.0)) == ()


def test_a_catholic_holiday_and_a_shutdown_are_no_working_days_but_the_shutdown_is_a_trading_day():
    # Corpus Christi is 3 June 2021, in Saxony only where the municipality is Catholic; 4 June is shut down.
    shops = (backlog("K", state="SN", catholic=True, weekly_revenue=600.0), backlog("L", state="SN"))
    rollout = replace(
        small_rollout(*shops, costs=Costs()),
        last=day("06-30"),
        shutdowns=(Shutdown(name="Bridge", first=day("06-04"), last=day("06-04")),),
    )
    # K sells on Wednesday, Friday, Saturday and Monday: 400 EUR.
    k = replace(building("K", "06-02", "06-07", status="planned"), cost=Cost(closure=400_00))
    other = building("L", "06-02", "06-03", status="planned")
    plan = replace(small_plan(rollout, k, other), cost=Cost(closure=400_00), total=400_00, gap=1.0)
    assert check(rollout, plan) == ()


def test_in_progress_that_should_be_over_finishes_today_and_one_begun_on_a_holiday_counts_from_the_next_day():
    shops = (
        fixed("I", "02-22", status=Status.IN_PROGRESS),
        fixed("W", "02-28", status=Status.IN_PROGRESS),
    )
    rollout = small_rollout(*shops)
    remodels = (
        building("I", "02-22", "03-01", status="in_progress"),
        building("W", "03-01", "03-02", status="in_progress"),
    )
    assert check(rollout, small_plan(rollout, *remodels)) == ()


def test_earliest_finish_bounds_the_last_day():
    rollout = replace(ROLLOUT, objective=Objective.EARLIEST_FINISH)
    # 30 March is day 29; a bound of 28 leaves 1 / 29.
    plan = replace(PLAN, last_finish_day=29, bound=28, gap=0.034483)
    assert check(rollout, plan) == ()
    assert {item.rule for item in check(rollout, replace(plan, bound=30))} == {"bound"}
    assert {item.rule for item in check(rollout, replace(plan, last_finish_day=None))} == {"levels"}


def test_an_empty_plan_finishes_on_day_zero():
    rollout = replace(small_rollout(), objective=Objective.EARLIEST_FINISH)
    assert check(rollout, replace(small_plan(rollout), last_finish_day=0)) == ()


def test_national_holidays_only_without_a_state_and_none_without_a_country():
    # 6 January is a holiday in Bavaria, 1 January everywhere in Germany.
    shops = (backlog("N", state=""), backlog("B", state="BY"))
    rollout = replace(small_rollout(*shops), last=date_of("2022-01-31"))
    n = building("N", "03-01", "03-02", status="planned")
    n = moved(n, "2022-01-05", "2022-01-06")
    b = moved(building("B", "03-01", "03-02", status="planned"), "2022-01-05", "2022-01-07")
    assert check(rollout, small_plan(rollout, n, b)) == ()
    b = moved(b, "2022-01-05", "2022-01-06")
    assert {item.rule for item in check(rollout, small_plan(rollout, n, b))} == {"calendar", "phase"}
    assert check(replace(rollout, country=""), small_plan(rollout, n, b)) == ()


def date_of(text):
    return type(day("03-01")).fromisoformat(text)


def moved(remodel, first, last):
    first, last = date_of(first), date_of(last)
    phase = replace(remodel.phases[0], first=first, last=last)
    return replace(remodel, start=first, finish=last, closed_from=first, closed_to=last, phases=(phase,))


def test_supply_counts_deliveries_from_today_only():
    supply = replace(
        ROLLOUT.supplies[0], initial=0, deliveries=(replace(ROLLOUT.supplies[0].deliveries[0], first=day("03-01")),)
    )
    assert check(replace(ROLLOUT, supplies=(supply,)), PLAN) == ()
    late = replace(supply, deliveries=(replace(supply.deliveries[0], first=day("02-28"), every_days=None, quantity=9),))
    assert "supply" in {item.rule for item in check(replace(ROLLOUT, supplies=(late,)), PLAN)}


def test_a_frozen_start_is_kept_and_its_later_phases_are_free():
    rollout = replace(with_shop(ROLLOUT, "A", published_start=day("03-01")), freeze_days=1)
    plan = with_remodel(PLAN, "A", cost=replace(PLAN.remodels[0].cost, change=0))
    plan = replace(plan, cost=replace(PLAN.cost, change=0), total=2662_39, bound=None, gap=None)
    assert check(rollout, plan) == ()


def test_a_visit_that_is_over_has_its_crews_if_any_could_have_come():
    plan = with_phase(PLAN, "I", 0, crews={})
    assert [violation.rule for violation in check(ROLLOUT, plan)][:1] == ["visit"]
    nobody = replace(
        ROLLOUT, crews=tuple(replace(c, regions=("far",)) if c.trade == "surveyor" else c for c in ROLLOUT.crews)
    )
    assert not [v for v in check(nobody, plan) if "could have come" in v.text]
