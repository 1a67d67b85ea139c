"""What a form makes of a scenario's text, and which plans are meant by what is marked."""

import tomllib
from datetime import UTC, date, datetime

import pytest

from planner.exchange.scenario_choices import Choice
from planner.store.records import PlanInfo, PlanState
from planner.ui.scenarios.choosing import Kept, plans_to_compare, plans_to_review, scenarios_to_compare
from planner.ui.scenarios.draft import Draft, stepped, then_text

DAY = Choice(("blackout", "Fair", "first"), "blackout", "Fair", "first", date(2021, 8, 2))
COUNT = Choice(("milestone", "Summer", "target"), "milestone", "Summer", "target", 90)
SHARE = Choice(("costs", "footfall"), "costs", "", "footfall", 0.8)


@pytest.mark.parametrize(
    ("choice", "value", "direction", "then"),
    [
        (DAY, None, -1, "-7 days"),
        (DAY, "-7 days", 1, None),
        (DAY, date(2021, 8, 12), 1, "+17 days"),
        (COUNT, None, 1, "+1"),
        (COUNT, 100, 1, "+11"),
        (COUNT, "+10 %", 1, "+1"),
        (SHARE, None, -1, "-5 %"),
        (SHARE, "-5 %", -1, "-10 %"),
    ],
)
def test_steps_go_on_from_what_is_there(choice: Choice, value: object, direction: int, then: str | None) -> None:
    assert stepped(choice, value, direction) == then  # type: ignore[arg-type]  # values of TOML, as they come


def test_what_a_place_becomes_is_told_with_its_change() -> None:
    assert then_text(COUNT, "+10") == "100 (+10)"
    assert then_text(DAY, "-7 days") == "26 Jul 2021 (7 days earlier)"
    assert then_text(SHARE, 1.0) == "1"
    assert then_text(COUNT, "+7 days") == "+7 days"


def test_a_draft_is_its_text() -> None:
    draft = Draft("x", "").with_choice(COUNT, "+10").with_head("name", 'A "quoted" name')
    assert tomllib.loads(draft.toml) == {"set": {"milestone": {"Summer": {"target": "+10"}}}, "name": 'A "quoted" name'}
    assert draft.values == {COUNT.path: "+10"}
    assert draft.with_choice(COUNT, None).with_head("name", "").toml.strip() == ""
    assert not Draft("x", "[set").is_toml
    assert Draft("x", "[set").values == {}


def info(number: int, *scenario: str) -> PlanInfo:
    return PlanInfo(
        number=number,
        state=PlanState.DRAFT,
        made_at=datetime(2021, 7, 13, tzinfo=UTC),
        made_by="ana",
        note="",
        based_on=1,
        changes_since=0,
        status="feasible",
        remodels=1,
        unplanned=0,
        shortfall=0,
        total=1,
        gap=None,
        scenario=scenario,
    )


KEPT = Kept([info(5, "b"), info(4, "a"), info(3, "a"), info(2), info(1)])


def test_what_is_marked_is_compared_with_the_oldest_or_the_base() -> None:
    assert [one.number for one in plans_to_compare(KEPT, ["4", "1"])] == [1, 4]  # type: ignore[union-attr]
    assert isinstance(plans_to_compare(KEPT, ["1"]), str)
    assert isinstance(plans_to_compare(KEPT, ["1", "2", "3", "4", "5"]), str)
    assert [one.number for one in scenarios_to_compare(KEPT, ["a", "b"])] == [2, 4, 5]  # type: ignore[union-attr]
    assert "c" in str(scenarios_to_compare(KEPT, ["c"]))
    assert isinstance(scenarios_to_compare(Kept([info(5, "b")]), ["b"]), str)


def test_a_review_goes_from_the_older_plan_to_the_newer() -> None:
    assert plans_to_review(KEPT, ["2", "1"], None, None) == (1, 2)
    assert plans_to_review(KEPT, [], KEPT.plan("1"), KEPT.plan("2")) == (1, 2)
    assert isinstance(plans_to_review(KEPT, [], KEPT.plan("2"), KEPT.plan("2")), str)
    assert isinstance(plans_to_review(KEPT, ["1"], None, KEPT.plan("2")), str)
