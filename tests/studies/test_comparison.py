"""Loads by hand, moved dates, and plans side by side."""

from datetime import date
from typing import Any

from planner.domain.crew import Absence, Crew
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.rules import Shutdown
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat
from planner.studies.comparison import Answer, Move, compare, moves
from planner.studies.load import load_peaks

from .made_plans import TODAY, made_plan, remodel

MONDAY = date(2021, 7, 19)


def rollout(**changes: Any) -> Rollout:
    fields: dict[str, Any] = {
        "name": "Made",
        "today": TODAY,
        "last": date(2021, 12, 31),
        "country": "",
        "formats": (ShopFormat(name="M", phases=(Phase(name="Build", days=5, crews={"builder": 1}),)),),
        "shops": tuple(Shop(id=f"S{number}", format="M") for number in (1, 2, 3)),
        "crews": (Crew(id="B1", trade="builder", units=2), Crew(id="V1", trade="surveyor")),
    }
    return Rollout(**{**fields, **changes})


def plan_of(*remodels: Any) -> Plan:
    return made_plan(remodels=remodels)


def test_the_busiest_week_counts_working_days_held_and_available() -> None:
    plan = plan_of(
        remodel("S1", MONDAY, date(2021, 7, 23), {"B1": 1}),
        remodel("S2", date(2021, 7, 22), date(2021, 7, 28), {"B1": 1}),
    )
    (peak,) = load_peaks(rollout(), plan)
    assert (peak.trade, peak.week, peak.held, peak.available) == ("builder", MONDAY, 7, 10)


def test_absences_shutdowns_and_days_before_a_crew_begins_are_not_available() -> None:
    made = rollout(
        crews=(Crew(id="B1", trade="builder", units=2, first=date(2021, 7, 20)),),
        absences=(Absence(crew="B1", first=date(2021, 7, 21), last=date(2021, 7, 21), units=1),),
        shutdowns=(Shutdown(name="x", first=date(2021, 7, 23), last=date(2021, 7, 23)),),
    )
    plan = plan_of(remodel("S1", date(2021, 7, 20), date(2021, 7, 26), {"B1": 1}))
    (peak,) = load_peaks(made, plan)
    assert (peak.week, peak.held, peak.available) == (MONDAY, 3, 5)


def test_days_before_today_do_not_count() -> None:
    plan = plan_of(remodel("S1", date(2021, 7, 12), date(2021, 7, 16), {"B1": 2}))
    (peak,) = load_peaks(rollout(), plan)
    assert (peak.week, peak.held, peak.available) == (date(2021, 7, 12), 8, 8)


def test_a_plan_without_remodels_has_no_load() -> None:
    assert load_peaks(rollout(), plan_of()) == ()


def test_moves_are_shifts_gains_and_losses() -> None:
    later = date(2021, 7, 26)
    before = plan_of(remodel("S1", MONDAY, later), remodel("S2", MONDAY, later), remodel("S4", MONDAY, later))
    after = plan_of(remodel("S1", later, later), remodel("S3", MONDAY, later), remodel("S4", MONDAY, later))
    assert moves(before, after) == (Move("S1", MONDAY, later), Move("S2", MONDAY, None), Move("S3", None, MONDAY))
    assert [move.days for move in moves(before, after)] == [7, None, None]


def test_each_answer_stands_against_the_first() -> None:
    base = Answer("base", rollout(), plan_of(remodel("S1", MONDAY, date(2021, 7, 23), {"B1": 1})))
    other = Answer("other", rollout(), plan_of(remodel("S2", MONDAY, date(2021, 7, 30), {"B1": 1})))
    first, second = compare([base, other])
    assert (first.differences, first.moves) == (None, ())
    assert second.differences is not None
    assert [move.shop for move in second.moves] == ["S1", "S2"]
    assert (second.first_start, second.last_finish) == (MONDAY, date(2021, 7, 30))


def test_the_first_start_is_one_to_come() -> None:
    begun, to_come = remodel("S1", date(2021, 6, 14), MONDAY), remodel("S2", MONDAY, MONDAY)
    (only,) = compare([Answer("base", rollout(), plan_of(begun, to_come))])
    assert only.first_start == MONDAY
