"""Why dates moved, what needs attention and what a move in a calendar comes to, in German, with nothing in English."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from planner.domain.crew import Absence
from planner.domain.plan import Plan
from planner.domain.plan_difference import difference
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.studies.attention import attention
from planner.studies.calendar_changes import Wish, propose
from planner.studies.newcomers import with_newcomers
from planner.studies.why_moved import why_moved
from planner.studies.why_words import why_text
from planner.wording.language import Language
from planner.wording.translation import speaking
from tests.wording.german import left_in_english

from .test_real_life import NEWS, begun, plan, told
from .week_rollout import MONDAY, planned, published, week_rollout, with_shop

__all__ = ["plan", "told"]


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    with speaking(Language.GERMAN):
        yield


def whys(rollout: Rollout, before: Plan, after: Plan) -> list[str]:
    found = difference(before, after)
    reasons = why_moved(rollout, before, after, found)
    return [why_text(item, reasons[item.shop]) for item in found.shops]


def assert_german(texts: list[str]) -> None:
    assert texts
    assert [text for text in texts if left_in_english(text)] == []


@pytest.mark.parametrize("news", NEWS)
def test_why_dates_moved(plan: Plan, told: Rollout, news) -> None:
    rollout = news(told)
    assert_german(whys(rollout, plan, planned(rollout, start=plan)))


def test_where_the_crews_are_that_an_old_date_would_need(plan: Plan) -> None:
    """All shops were on the first day, which one crew is away on, and the other at work."""
    first = next(remodel for remodel in plan.remodels if remodel.start == MONDAY)
    others = [remodel for remodel in plan.remodels if remodel.start > MONDAY]
    before = replace(plan, remodels=tuple(replace(first, shop=remodel.shop) for remodel in others))
    absence = Absence(crew="B2", first=MONDAY, last=MONDAY + timedelta(days=4))
    rollout = replace(week_rollout(), absences=(absence,))
    texts = whys(rollout, before, planned(rollout))
    assert_german(texts)
    assert any("bei der Arbeit in" in text and "abwesend: B2" in text for text in texts)


def test_what_needs_attention(plan: Plan, told: Rollout) -> None:
    shop = next(remodel.shop for remodel in plan.remodels if remodel.start > MONDAY)
    rollout = with_shop(told, shop, ready_from=MONDAY + timedelta(days=100), due_by=MONDAY)
    fixed = with_shop(rollout, shop, status=Status.FIXED, start=MONDAY)
    assert_german([item.text for item in attention(fixed, plan, changes_since=2)])


def test_shops_that_came_after_the_plan(plan: Plan) -> None:
    rollout = week_rollout()
    grown = replace(rollout, shops=(*rollout.shops, replace(rollout.shops[0], id="S9")))
    assert [item.reason for item in with_newcomers(grown, plan)[0].unplanned] == ["sie kam erst nach dem Plan dazu"]


def test_a_wish_that_cannot_be_met(plan: Plan) -> None:
    rollout = published(week_rollout(), plan)
    first = plan.remodels[0]
    running = with_shop(rollout, first.shop, status=Status.IN_PROGRESS, start=MONDAY)
    for asked, beginning in ((running, "hat schon begonnen"), (rollout, "kann den gewünschten Tagen")):
        answer = propose(asked, plan, Wish(first.shop, {"a": first.start}), lambda now: {"a": now.start})
        assert isinstance(answer, str)
        assert beginning in answer
        assert left_in_english(answer) == []
    assert begun(running) == first.shop
