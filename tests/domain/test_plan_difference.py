"""What differs between two plans."""

from dataclasses import replace
from datetime import date

from planner.domain.plan import Cost, MilestoneResult, Plan, RemodelStatus, Unplanned
from planner.domain.plan_difference import DifferenceKind, difference
from tests.cli.tiny import PLAN, remodel

JULY = [date(2021, 7, day) for day in range(1, 32)]


def plan_of(*remodels, **figures) -> Plan:
    return replace(PLAN, remodels=remodels, **figures)


def test_a_plan_does_not_differ_from_itself() -> None:
    found = difference(PLAN, PLAN)
    assert found.is_empty
    assert (found.shops, found.unchanged) == ((), 1)


def test_a_shop_that_starts_on_another_day_has_moved() -> None:
    old, new = remodel("S1", JULY[13], JULY[15], {"B1": 1}), remodel("S1", JULY[18], JULY[20], {"B2": 1})
    (moved,) = difference(plan_of(old), plan_of(new)).shops
    assert (moved.kind, moved.days, moved.other_crews) == (DifferenceKind.MOVED, 5, True)
    assert (moved.start_before, moved.start_after) == (JULY[13], JULY[18])
    assert (moved.finish_before, moved.finish_after) == (JULY[15], JULY[20])


def test_a_shop_with_later_last_days_other_crews_or_another_status_differs_by_that_alone() -> None:
    old = remodel("S1", JULY[13], JULY[15], {"B1": 1})
    cases = {
        DifferenceKind.RESCHEDULED: remodel("S1", JULY[13], JULY[18], {"B1": 1}),
        DifferenceKind.CREWS: remodel("S1", JULY[13], JULY[15], {"B2": 1}),
        DifferenceKind.STATUS: replace(old, status=RemodelStatus.IN_PROGRESS),
    }
    for kind, new in cases.items():
        (item,) = difference(plan_of(old), plan_of(new)).shops
        assert item.kind is kind


def test_another_cost_of_the_same_remodel_is_no_difference_of_the_shop_but_of_the_plan() -> None:
    old = remodel("S1", JULY[13], JULY[15])
    new = replace(old, cost=Cost(waiting=100))
    found = difference(plan_of(old), plan_of(new, cost=Cost(waiting=100), total=100))
    assert found.shops == ()
    assert not found.is_empty
    assert found.total == (0, 100)


def test_shops_are_new_or_dropped_out_with_the_reason_the_plan_gives() -> None:
    old, new = remodel("S1", JULY[13], JULY[15]), remodel("S2", JULY[13], JULY[15])
    after = plan_of(new, unplanned=(Unplanned(shop="S1", reason="no builder"),))
    came, went = difference(plan_of(old), after).shops
    assert (came.shop, came.kind) == ("S2", DifferenceKind.NEW)
    assert (went.shop, went.kind, went.reason) == ("S1", DifferenceKind.DROPPED, "no builder")


def test_shops_come_by_their_new_start_and_those_without_one_last() -> None:
    before = plan_of(*(remodel(name, JULY[0], JULY[2]) for name in ("S1", "S2", "S3")))
    after = plan_of(remodel("S2", JULY[9], JULY[11]), remodel("S3", JULY[5], JULY[7]))
    assert [item.shop for item in difference(before, after).shops] == ["S3", "S2", "S1"]


def test_milestones_are_matched_by_name_each_once() -> None:
    def milestone(name: str, planned: int) -> MilestoneResult:
        return MilestoneResult(name=name, by=JULY[30], target=2, planned=planned)

    before = plan_of(milestones=(milestone("A", 1), milestone("B", 1), milestone("A", 2)))
    after = plan_of(milestones=(milestone("A", 2), milestone("A", 2), milestone("C", 0)))
    counts = [
        tuple(None if item is None else (item.name, item.planned) for item in pair)
        for pair in difference(before, after).milestones
    ]
    assert counts == [
        (("A", 1), ("A", 2)),
        (("A", 2), ("A", 2)),
        (None, ("C", 0)),
        (("B", 1), None),
    ]
