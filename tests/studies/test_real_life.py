"""A week of real life: each kind of news is a change to the inputs and a replan from the plan there is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.crew import Absence
from planner.domain.plan import Plan
from planner.domain.plan_difference import DifferenceKind, difference
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.review.check import check
from planner.studies.why_moved import Cause, why_moved

from .week_rollout import CHANGE_EUR, MONDAY, planned, published, put_elsewhere, week_rollout, with_shop

TOMORROW = MONDAY + timedelta(days=1)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return planned(week_rollout())


@pytest.fixture(scope="module")
def told(plan: Plan) -> Rollout:
    """The rollout after the plan was published and its first two remodels have begun."""
    rollout = published(week_rollout(), plan)
    for remodel in plan.remodels:
        if remodel.start == MONDAY:
            crews = tuple(remodel.phases[0].crews)
            rollout = with_shop(rollout, remodel.shop, status=Status.IN_PROGRESS, start=MONDAY, crews=crews)
    return rollout


def begun(rollout: Rollout) -> str:
    return next(shop.id for shop in rollout.shops if shop.status is Status.IN_PROGRESS)


def later_finish(rollout: Rollout) -> Rollout:
    return with_shop(rollout, begun(rollout), finish=MONDAY + timedelta(days=17))


def done_early(rollout: Rollout) -> Rollout:
    shop = begun(rollout)
    done = with_shop(rollout, shop, status=Status.DONE, start=None, crews=(), finish=MONDAY + timedelta(days=1))
    return replace(done, today=MONDAY + timedelta(days=2))


def crew_away(rollout: Rollout) -> Rollout:
    return replace(rollout, absences=(Absence(crew="B2", first=TOMORROW, last=TOMORROW + timedelta(days=20)),))


def permit_late(rollout: Rollout) -> Rollout:
    shop = next(shop for shop in rollout.shops if shop.status is Status.BACKLOG and shop.published_start)
    assert shop.published_start is not None
    return with_shop(rollout, shop.id, ready_from=shop.published_start + timedelta(days=22))


def partner_gives_up(rollout: Rollout) -> Rollout:
    for shop in rollout.shops:
        if shop.partner == "P1" and shop.status is Status.BACKLOG:
            rollout = with_shop(rollout, shop.id, status=Status.DEFERRED)
    return rollout


NEWS = (later_finish, done_early, crew_away, permit_late, partner_gives_up)


@pytest.mark.parametrize("news", NEWS)
def test_news_changes_the_plan_and_no_published_date_moves_for_less_than_it_saves(
    plan: Plan, told: Rollout, news: Callable[[Rollout], Rollout]
) -> None:
    rollout = news(told)
    after = planned(rollout, start=plan)
    found = difference(plan, after)
    assert not found.is_empty
    old = {remodel.shop: remodel for remodel in plan.remodels}
    for item in found.of_kind(DifferenceKind.MOVED):
        assert after.total is not None
        back = [other for other in put_elsewhere(rollout, after, old[item.shop]) if not check(rollout, other)]
        assert all((other.shortfall, other.total) >= (after.shortfall, after.total) for other in back)


@pytest.mark.parametrize("news", NEWS)
def test_every_reason_is_true(plan: Plan, told: Rollout, news: Callable[[Rollout], Rollout]) -> None:
    rollout = news(told)
    after = planned(rollout, start=plan)
    found = difference(plan, after)
    whys = why_moved(rollout, plan, after, found)
    assert set(whys) == {item.shop for item in found.shops}
    for item in found.shops:
        why = whys[item.shop]
        if item.before is None or rollout.shop_by_id[item.shop].status is not Status.BACKLOG:
            assert item.kind is DifferenceKind.CREWS or why.cause in (Cause.GIVEN, Cause.GONE)
            continue
        others = list(put_elsewhere(rollout, after, item.before))
        if item.kind is DifferenceKind.CREWS:
            del others[1:]
        broken = [{violation.rule for violation in check(rollout, other)} for other in others]
        if why.cause in (Cause.RULE, Cause.TAKEN):
            assert all(broken)
            assert set(why.rules) & set.union(*broken)
        else:
            assert why.saved is not None
            assert after.total is not None
            costs = [other.total for other, rules in zip(others, broken, strict=True) if not rules]
            assert after.total + why.saved.total in costs


def test_what_follows_a_remodel_that_takes_longer_waits_for_its_crew(plan: Plan, told: Rollout) -> None:
    rollout = later_finish(told)
    after = planned(rollout, start=plan)
    why = why_moved(rollout, plan, after, difference(plan, after))
    late = begun(rollout)
    assert why[late].cause is Cause.GIVEN
    rules = [why[item.shop].rules for item in difference(plan, after).of_kind(DifferenceKind.MOVED)]
    assert ("crew",) in rules


def test_a_late_permit_is_named_and_without_it_the_old_date_stands(plan: Plan, told: Rollout) -> None:
    rollout = permit_late(told)
    after = planned(rollout, start=plan)
    whys = why_moved(rollout, plan, after, difference(plan, after))
    late = next(shop.id for shop in rollout.shops if shop.ready_from)
    assert (whys[late].cause, whys[late].rules) == (Cause.RULE, ("ready_from",))
    assert difference(plan, planned(told, start=after)).of_kind(DifferenceKind.MOVED) == ()


def test_a_crew_that_drops_out_is_named_where_it_was_to_come(plan: Plan, told: Rollout) -> None:
    rollout = crew_away(told)
    after = planned(rollout, start=plan)
    found = difference(plan, after)
    whys = why_moved(rollout, plan, after, found)
    rules = {rule for item in found.of_kind(DifferenceKind.MOVED) for rule in whys[item.shop].rules}
    assert rules & {"crew", "absence"}


def test_a_partner_who_gives_up_drops_out(plan: Plan, told: Rollout) -> None:
    rollout = partner_gives_up(told)
    after = planned(rollout, start=plan)
    found = difference(plan, after)
    whys = why_moved(rollout, plan, after, found)
    gone = {item.shop for item in found.of_kind(DifferenceKind.DROPPED)}
    assert gone == {shop.id for shop in rollout.shops if shop.status is Status.DEFERRED} != set()
    assert {whys[shop].cause for shop in gone} == {Cause.GONE}
    for item in found.of_kind(DifferenceKind.MOVED):
        saved = whys[item.shop].saved
        assert saved is not None
        assert saved.change == -CHANGE_EUR * 100


def test_nothing_moves_where_nothing_has_changed(plan: Plan, told: Rollout) -> None:
    found = difference(plan, planned(told, start=plan))
    assert {item.kind for item in found.shops} <= {DifferenceKind.STATUS}


def test_a_shop_done_early_frees_its_crew_only_for_what_pays(plan: Plan, told: Rollout) -> None:
    rollout = done_early(told)
    after = planned(rollout, start=plan)
    found = difference(plan, after)
    whys = why_moved(rollout, plan, after, found)
    assert whys[begun(told)].texts == (f"it is done since {date(2021, 7, 13)}",)
