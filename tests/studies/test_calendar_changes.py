"""What follows from a date that somebody moved in a calendar."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.domain.calendar import Calendars
from planner.domain.plan import Cost, Plan, Remodel
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.exchange.ical_moves import first_days
from planner.exchange.ical_plan import plan_events
from planner.exchange.ical_selection import ALL_KINDS
from planner.studies.calendar_changes import Proposal, Wish, consequences, propose
from tests.calendar_folder import STARTS, plan_from, write_rollout


@pytest.fixture
def rollout(tmp_path: Path) -> Rollout:
    return write_rollout(tmp_path)


@pytest.fixture
def plan(rollout: Rollout) -> Plan:
    return plan_from(rollout)


def wish(rollout: Rollout, plan: Plan, shop: str, **moved: date) -> Wish:
    """Events of a shop, by kind, on other days."""
    events = [event for event in plan_events(rollout, plan, ALL_KINDS) if event.shop == shop]
    return Wish(shop, {event.uid: moved[event.kind] for event in events if event.kind in moved})


def proposed(rollout: Rollout, plan: Plan, shop: str, **moved: date) -> Proposal | str:
    calendars = Calendars(rollout)

    def days(remodel: Remodel):
        return first_days(rollout, calendars, remodel)

    return propose(rollout, plan, wish(rollout, plan, shop, **moved), days)


def moved_to(rollout: Rollout, plan: Plan, shop: str, **moved: date) -> Remodel:
    proposal = proposed(rollout, plan, shop, **moved)
    assert isinstance(proposal, Proposal)
    return proposal.then


def test_a_closure_on_a_free_day_moves_the_remodel_and_breaks_nothing(rollout: Rollout, plan: Plan) -> None:
    proposal = proposed(rollout, plan, "S2", closure=date(2024, 6, 10))
    assert isinstance(proposal, Proposal)
    assert proposal.fits
    assert proposal.then.closed_from == date(2024, 6, 10)
    assert proposal.then.start == date(2024, 6, 4)
    entailed = consequences(rollout, plan, [proposal.then])
    assert {violation.rule for violation in entailed.broken} == set()
    # From 23 February to 19 June are 96 trading days, on each of which 50 EUR of uplift are missed.
    assert entailed.cost == Cost(waiting=96 * 50_00)
    expected = plan_from(rollout, {**STARTS, "S2": date(2024, 6, 4)})
    assert entailed.cost.total == (expected.total or 0) - (plan.total or 0)
    assert entailed.shortfall == (expected.shortfall or 0) - (plan.shortfall or 0) == 1


def test_a_crew_that_would_be_in_two_places_is_named(rollout: Rollout, plan: Plan) -> None:
    then = moved_to(rollout, plan, "S2", survey=date(2024, 1, 24))
    rules = {violation.rule: violation.text for violation in consequences(rollout, plan, [then]).broken}
    assert "crew" in rules
    assert "B1" in rules["crew"]


def test_a_blackout_is_named(rollout: Rollout, plan: Plan) -> None:
    then = moved_to(rollout, plan, "S2", closure=date(2024, 3, 20))
    assert "blackout" in {violation.rule for violation in consequences(rollout, plan, [then]).broken}


def test_a_day_on_which_nobody_works_gives_the_nearest_that_can_be(rollout: Rollout, plan: Plan) -> None:
    proposal = proposed(rollout, plan, "S2", closure=date(2024, 6, 9))
    assert isinstance(proposal, Proposal)
    assert not proposal.fits
    assert proposal.then.closed_from in (date(2024, 6, 7), date(2024, 6, 10))


def test_a_fixed_shop_can_be_proposed_elsewhere(rollout: Rollout, plan: Plan) -> None:
    then = moved_to(rollout, plan, "S3", survey=date(2024, 5, 6))
    assert {violation.rule for violation in consequences(rollout, plan, [then]).broken} == set()


def test_two_that_fit_alone_may_clash_together(rollout: Rollout, plan: Plan) -> None:
    one = moved_to(rollout, plan, "S2", survey=date(2024, 5, 6))
    other = moved_to(rollout, plan, "S3", survey=date(2024, 5, 8))
    assert consequences(rollout, plan, [one]).broken == ()
    assert consequences(rollout, plan, [other]).broken == ()
    assert {violation.rule for violation in consequences(rollout, plan, [one, other]).broken} == {"crew"}


def test_a_published_start_that_moves_costs_and_may_be_frozen(rollout: Rollout, plan: Plan) -> None:
    costly = replace(rollout, freeze_days=14, costs=replace(rollout.costs, change=300.0))
    then = moved_to(costly, plan, "S1", survey=date(2024, 6, 3))
    entailed = consequences(costly, plan, [then])
    assert entailed.cost.change == 30_000
    assert "freeze" in {violation.rule for violation in entailed.broken}


def test_what_has_begun_is_not_moved(rollout: Rollout, plan: Plan) -> None:
    begun = tuple(
        replace(shop, status=Status.IN_PROGRESS, start=date(2024, 1, 15)) if shop.id == "S3" else shop
        for shop in rollout.shops
    )
    answer = proposed(replace(rollout, shops=begun), plan, "S3", closure=date(2024, 6, 10))
    assert isinstance(answer, str)
    assert "has begun" in answer


def test_days_past_the_horizon_or_before_today_give_the_nearest(rollout: Rollout, plan: Plan) -> None:
    for day in (date(2023, 1, 2), date(2026, 1, 5)):
        then = moved_to(rollout, plan, "S2", closure=day)
        assert rollout.today <= then.start
        assert then.finish <= rollout.last


def test_the_rollout_and_the_plan_stay_as_they_are(rollout: Rollout, plan: Plan) -> None:
    before = (replace(rollout), replace(plan))
    then = moved_to(rollout, plan, "S2", closure=date(2024, 6, 10))
    consequences(rollout, plan, [then])
    assert (rollout, plan) == before
