"""What happens on which day, and what there is to know of it."""

from dataclasses import replace
from datetime import date, timedelta

from planner.domain.rules import Blackout, Scope, Shutdown
from planner.domain.shop import Status
from planner.studies.agenda import Event, Happening, make_agenda
from planner.studies.almanac import Almanac, Part
from planner.studies.almanac_words import day_parts
from tests.studies.made_plans import made_plan, remodel
from tests.studies.week_rollout import MONDAY, planned, week_rollout, with_shop

DAY = timedelta(days=1)
FRIDAY = MONDAY + 4 * DAY


def test_events_of_a_plan_by_day() -> None:
    plan = made_plan(remodels=(remodel("S1", MONDAY, FRIDAY), remodel("S2", MONDAY + DAY, FRIDAY + 7 * DAY)))
    agenda = make_agenda(week_rollout(), plan)
    assert agenda.on(MONDAY) == (Event(MONDAY, Happening.START, "S1"), Event(MONDAY, Happening.CLOSING, "S1"))
    assert agenda.on(FRIDAY) == ()
    # Saturday is a trading day.
    assert agenda.on(FRIDAY + DAY) == (Event(FRIDAY + DAY, Happening.REOPENING, "S1"),)
    coming = agenda.coming(MONDAY + DAY, frozenset({Happening.START, Happening.REOPENING}), 2)
    assert [(event.kind, event.shop) for event in coming] == [(Happening.START, "S2"), (Happening.REOPENING, "S1")]


def test_closed_shops_counted_are_the_shops_listed() -> None:
    rollout = week_rollout()
    agenda = make_agenda(rollout, planned(rollout))
    assert agenda.closed
    day = MONDAY - DAY
    while day < date(2021, 10, 1):
        assert agenda.closed.get(day, 0) == len(agenda.closed_on(day)), day
        day += DAY


def test_without_a_plan_given_dates_are_all_there_is() -> None:
    rollout = with_shop(week_rollout(), "S3", status=Status.FIXED, start=MONDAY)
    agenda = make_agenda(rollout, None)
    assert [(span.shop, span.start, span.finish) for span in agenda.spans] == [("S3", MONDAY, FRIDAY)]


def test_a_part_of_the_shops_has_its_own_days() -> None:
    rollout = replace(
        week_rollout(),
        country="DE",
        blackouts=(Blackout(name="Fair", first=MONDAY, last=FRIDAY, scope=Scope({"state": ("BY",)})),),
        shutdowns=(Shutdown(name="Break", first=FRIDAY, last=FRIDAY),),
    )
    rollout = replace(
        rollout,
        shops=tuple(replace(shop, state="BY" if shop.id == "S1" else "BE", region="") for shop in rollout.shops),
    )
    rollout = replace(rollout, shops=tuple(replace(shop, region=shop.state) for shop in rollout.shops))
    plan = made_plan(remodels=(remodel("S1", MONDAY, FRIDAY), remodel("S2", MONDAY, FRIDAY)))
    everybody, bavaria = Almanac(rollout, plan), Almanac(rollout, plan, Part(state="BY"))
    berlin = Almanac(rollout, plan, Part(region="BE"))
    assert (everybody.notes(MONDAY).closed, bavaria.notes(MONDAY).closed) == (2, 1)
    assert everybody.notes(MONDAY).blackouts == bavaria.notes(MONDAY).blackouts == ("Fair",)
    assert berlin.notes(MONDAY).blackouts == ()
    assert everybody.notes(FRIDAY).shutdowns == ("Break",)
    assumption = date(2021, 11, 1)
    assert [item.is_everywhere for item in everybody.notes(assumption).public] == [False]
    assert [item.is_everywhere for item in bavaria.notes(assumption).public] == [True]
    assert berlin.notes(assumption).public == ()
    assert any("BY" in part for part in day_parts(everybody.notes(assumption)))
    assert [shop.id for shop in bavaria.closed_on(MONDAY)] == ["S1"]
    # A year beyond the rollout's is looked up when it is asked for.
    assert everybody.notes(date(2024, 12, 25)).public
