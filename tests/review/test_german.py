"""The checker's sentences in German: the same violations, none of their words left in English."""

import pytest

from planner.domain.plan import Plan
from planner.review.check import check
from planner.wording.language import Language
from planner.wording.translation import speaking
from tests.review.builders import ROLLOUT
from tests.review.test_broken import BROKEN_PLANS
from tests.wording.german import left_in_english


@pytest.mark.parametrize("plan", [plan for plan, _ in BROKEN_PLANS.values()], ids=BROKEN_PLANS)
def test_violations_are_told_in_german(plan: Plan) -> None:
    english = check(ROLLOUT, plan)
    with speaking(Language.GERMAN):
        german = check(ROLLOUT, plan)
    assert english
    told = [(item.rule, item.shops, item.first, item.last) for item in german]
    assert told == [(item.rule, item.shops, item.first, item.last) for item in english]
    for here, there in zip(german, english, strict=True):
        assert here.text != there.text
        assert left_in_english(here.text) == []
