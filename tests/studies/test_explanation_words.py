"""Where a shop goes that makes room for another is told by what is different there."""

from dataclasses import replace
from datetime import timedelta

from planner.domain.plan import Remodel
from planner.scheduling.desk import Desk
from planner.scheduling.displacing import Displacement
from planner.studies.explanation_words import displaced_text

from .week_rollout import planned, week_rollout

DAY = timedelta(days=1)


def test_where_a_shop_goes_is_told_by_what_is_different() -> None:
    rollout = week_rollout()
    plan = planned(rollout)
    desk, there = Desk(rollout, plan), plan.remodels[0]
    slot = next(slot for slot in desk.slots(there.shop).slots if slot.is_present)
    crew = next(iter(there.phases[0].crews))

    def told(present: Remodel) -> str:
        return displaced_text(rollout, Displacement(there.shop, present, slot, 12_300, 0, 0))

    assert told(there) == f" {there.shop} would make room, on the same days with {crew}: +123.00 EUR for both."
    assert ", finished on 16 Jul 2021 instead of 17 Jul 2021: " in told(replace(there, finish=there.finish + DAY))
    assert ", begun on 12 Jul 2021 instead of 11 Jul 2021: " in told(replace(there, start=there.start - DAY))
    moved = replace(there, closed_from=there.start - DAY)
    assert ", closed 12 to 16 Jul 2021 instead of 11 to 16 Jul 2021: " in told(moved)
