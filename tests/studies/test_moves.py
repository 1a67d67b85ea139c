"""What moved, the most important first, and which shops may stay where they were."""

from dataclasses import replace
from datetime import date, timedelta

from planner.domain.plan import Plan, PlannedPhase
from planner.domain.plan_difference import ShopDifference, difference
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.domain.shop_format import Phase, ShopFormat
from planner.studies.comparison import Answer, compare
from planner.studies.load import load_peaks
from planner.studies.moves import by_weight, start_to_stay, why_not_stay
from planner.studies.why_moved import Cause, Why
from planner.studies.why_words import why_text
from tests.cli.tiny import PLAN, ROLLOUT, remodel

DAY = timedelta(days=1)
DAYS = {
    "told": (date(2021, 8, 2), date(2021, 8, 3)),
    "far": (date(2021, 8, 2), date(2021, 9, 6)),
    "near": (date(2021, 8, 2), date(2021, 8, 9)),
    "lost": (date(2021, 8, 2), None),
    "won": (None, date(2021, 8, 2)),
    "given": (date(2021, 8, 2), date(2021, 8, 9)),
    "past": (date(2021, 7, 1), date(2021, 8, 9)),
}


def shop(name: str) -> Shop:
    if name == "given":
        return Shop(id=name, format="M", status=Status.FIXED, start=date(2021, 8, 9))
    return Shop(id=name, format="M", published_start=date(2021, 8, 2) if name == "told" else None)


ROLLOUT_NOW: Rollout = replace(ROLLOUT, shops=tuple(shop(name) for name in DAYS))


def plan(side: int) -> Plan:
    starts = {name: days[side] for name, days in DAYS.items()}
    remodels = tuple(remodel(name, day, day, {"B1": 1}) for name, day in starts.items() if day)
    return replace(PLAN, remodels=remodels)


FOUND = difference(plan(0), plan(1))
ITEMS = {item.shop: item for item in FOUND.shops}


def test_broken_promises_come_first_then_lost_dates_then_the_furthest() -> None:
    names = [item.shop for item in by_weight(ROLLOUT_NOW, FOUND)]
    assert names == ["told", "lost", "past", "far", "given", "near", "won"]


def test_only_backlog_shops_that_moved_from_a_possible_day_may_stay() -> None:
    refused = {name for name, item in ITEMS.items() if why_not_stay(ROLLOUT_NOW, item, None)}
    assert refused == {"won", "given", "past"}
    rule = Why(cause=Cause.RULE, rules=("ready_from",), texts=("the permit comes later",))
    assert "the permit comes later" in why_not_stay(ROLLOUT_NOW, ITEMS["near"], rule)
    taken = Why(cause=Cause.TAKEN, rules=("crew",))
    assert not why_not_stay(ROLLOUT_NOW, ITEMS["near"], taken)
    assert why_not_stay(replace(ROLLOUT_NOW, shops=()), ITEMS["near"], None)


def test_to_stay_is_to_close_on_the_same_days() -> None:
    """What is fixed waits no longer than it must: a shop that waited three weeks for its builders begins later."""
    survey = Phase(name="Survey", days=1, crews={}, closed=False)
    build = Phase(name="Build", days=3, crews={"builder": 1}, wait_min=1, wait_max=30)
    rollout = replace(ROLLOUT_NOW, formats=(ShopFormat(name="M", phases=(survey, build)),))
    monday, closed, last = date(2021, 8, 2), date(2021, 8, 25), date(2021, 8, 27)
    waited = replace(
        remodel("near", monday, last),
        phases=(
            PlannedPhase(name="Survey", first=monday, last=monday, crews={}),
            PlannedPhase(name="Build", first=closed, last=last, crews={"B1": 1}),
        ),
        closed_from=closed,
        closed_to=last,
    )
    earlier = replace(waited, closed_from=closed - 7 * DAY, closed_to=last - 7 * DAY)
    item = ShopDifference(shop="near", before=waited, after=earlier)
    assert start_to_stay(rollout, item) == date(2021, 8, 23)
    assert not why_not_stay(rollout, item, None)
    same = replace(item, after=waited)
    assert "same day" in why_not_stay(rollout, same, None)
    assert start_to_stay(rollout, ITEMS["won"]) is None


def test_reasons_are_sentences() -> None:
    item = ITEMS["near"]
    assert why_text(item, None) == ""
    assert why_text(item, Why(cause=Cause.RULE, texts=("the permit comes later",))) == "The permit comes later."


def test_a_plan_of_shops_and_crews_that_are_gone_still_compares() -> None:
    without = replace(ROLLOUT_NOW, crews=())
    assert load_peaks(without, plan(0)) == ()
    assert load_peaks(ROLLOUT_NOW, plan(0))
    base, other = compare([Answer("a", without, plan(0)), Answer("b", ROLLOUT_NOW, plan(1))])
    assert (base.peaks, len(other.moves)) == ((), len(DAYS))
