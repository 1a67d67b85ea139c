"""What needs attention: each matter on a rollout made to have it, and none on one that has not."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from planner.domain.plan import Plan, Unplanned
from planner.domain.rollout import Rollout
from planner.domain.rules import Blackout, PartnerTarget
from planner.domain.shop import Status
from planner.review.check import check
from planner.studies.attention import MOST, SOON, Attention, Concern, Pressing, attention
from planner.studies.known_part import known_part
from planner.studies.partner_losses import partner_losses
from tests.studies.week_rollout import MONDAY, planned, week_rollout, with_shop

DAY = timedelta(days=1)


@cache
def made() -> tuple[Rollout, Plan]:
    rollout = week_rollout()
    return rollout, planned(rollout)


def matters(rollout: Rollout, plan: Plan | None, concern: Concern, changes: int = 0) -> list[Attention]:
    return [item for item in attention(rollout, plan, changes_since=changes) if item.concern is concern]


def test_a_good_plan_needs_none() -> None:
    assert attention(*made()) == []


def test_no_plan_and_no_shops() -> None:
    rollout, _ = made()
    assert [item.concern for item in attention(rollout, None)] == [Concern.NO_PLAN]
    assert [item.concern for item in attention(replace(rollout, shops=()), None)] == [Concern.EMPTY]


def test_fixed_dates_that_clash_are_found_with_a_plan_of_before_and_without_one() -> None:
    rollout, plan = made()
    remodel = plan.remodels[0]
    changed = with_shop(rollout, remodel.shop, status=Status.FIXED, start=remodel.start)
    changed = replace(changed, blackouts=(Blackout(name="Fair", first=remodel.start, last=remodel.start),))
    for before in (plan, None):
        (clash,) = matters(changed, before, Concern.CLASH, changes=1)
        assert clash.shops == (remodel.shop,)
        assert clash.pressing is Pressing.NOW
    # A plan that is of the rollout as it is says itself what clashes.
    assert matters(changed, plan, Concern.CLASH) == []


def test_a_plan_that_no_longer_holds() -> None:
    rollout, plan = made()
    remodel = plan.remodels[0]
    changed = replace(rollout, blackouts=(Blackout(name="Fair", first=remodel.start, last=remodel.start),))
    broken = matters(changed, plan, Concern.BROKEN, changes=1)
    closed = [(item.shop,) for item in plan.remodels if item.closed_from == remodel.start]
    assert sorted(item.shops for item in broken) == sorted(closed)
    assert matters(changed, plan, Concern.OUTDATED, changes=1)


def test_a_change_of_figures_alone_breaks_nothing() -> None:
    rollout, plan = made()
    changed = with_shop(rollout, "S1", weekly_revenue=1.0)
    assert check(changed, plan)
    assert [item.concern for item in attention(changed, plan, changes_since=1)] == [Concern.OUTDATED]


def test_milestones_and_shops_without_a_date() -> None:
    rollout, plan = made()
    (result,) = plan.milestones
    first, second = plan.remodels[:2]
    less = replace(
        plan,
        milestones=(replace(result, planned=result.target - 2),),
        remodels=plan.remodels[2:],
        unplanned=(Unplanned(shop=first.shop, reason="no crew"), Unplanned(shop=second.shop, reason="no crew")),
    )
    (unplanned,) = matters(rollout, less, Concern.UNPLANNED)
    assert set(unplanned.shops) == {first.shop, second.shop}
    assert "no crew" in unplanned.text
    (short,) = matters(rollout, less, Concern.SHORT)
    assert "2 short" in short.text
    added = replace(rollout, shops=(*rollout.shops, replace(rollout.shops[0], id="S99")))
    (new,) = matters(added, plan, Concern.UNPLANNED)
    assert new.shops == ("S99",)


def test_permits() -> None:
    rollout, plan = made()
    closed = {remodel.shop: remodel.closed_from for remodel in plan.remodels if remodel.closed_from}
    soon = [shop for shop, day in closed.items() if MONDAY < day <= MONDAY + SOON]
    far = [shop for shop, day in closed.items() if day > MONDAY + SOON]
    assert soon
    assert matters(rollout, plan, Concern.PERMIT) == [], "a rollout that notes no permits misses none"
    before, coming, *missing = soon
    changed = with_shop(rollout, before, ready_from=closed[before] + DAY)
    changed = with_shop(changed, coming, ready_from=closed[coming])
    for shop in far:
        changed = with_shop(changed, shop, ready_from=MONDAY)
    found = [set(item.shops) for item in matters(changed, plan, Concern.PERMIT)]
    assert found == [shops for shops in ({before}, {coming}, set(missing)) if shops]


def test_late_shops_the_latest_first() -> None:
    rollout, plan = made()
    one, two = plan.remodels[:2]
    changed = with_shop(rollout, one.shop, due_by=one.finish - DAY)
    changed = with_shop(changed, two.shop, due_by=two.finish - 3 * DAY)
    (late,) = matters(changed, plan, Concern.LATE)
    assert late.shops == (two.shop, one.shop)
    assert "3 days" in late.text


@pytest.mark.parametrize(("max_loss", "is_near"), [(1.01, True), (1.2, False)])
def test_a_partner_near_its_target(max_loss: float, is_near: bool) -> None:
    """The whole loss is made 1: so much more may be lost than is."""
    rollout, plan = made()
    target = PartnerTarget(first=MONDAY, last=date(2021, 12, 31), share=1.0, max_loss=1.0)
    rollout = replace(with_shop(rollout, "S3", annual_target=1.0), partner_target=target)
    (loss,) = partner_losses(rollout, plan)
    assert loss.partner == "P1"
    rollout = replace(rollout, partner_target=replace(target, max_loss=max_loss * loss.lost))
    near = matters(rollout, plan, Concern.PARTNER)
    assert bool(near) is is_near
    if near:
        assert (near[0].partner, set(near[0].shops)) == ("P1", {"S3", "S4"})


def test_a_partners_loss_is_the_one_the_checker_finds() -> None:
    rollout, plan = made()
    target = PartnerTarget(first=MONDAY + DAY, last=MONDAY + 20 * DAY, share=0.5, max_loss=0.001)
    rollout = replace(rollout, partner_target=target)
    for shop in rollout.shops:
        rollout = with_shop(rollout, shop.id, annual_target=1000.0)
    found = [violation for violation in check(rollout, plan) if violation.rule == "partner_target"]
    losses = partner_losses(rollout, plan)
    assert len(found) == len(losses) == 2
    for loss in losses:
        assert any(f"partner {loss.partner} loses {loss.lost:.2f} EUR" in item.text for item in found)
        assert any(f"allows {loss.allowed:.2f} EUR" in item.text for item in found)


def test_starts_that_partners_were_told_otherwise() -> None:
    rollout, plan = made()
    one, two = plan.remodels[:2]
    changed = with_shop(rollout, one.shop, published_start=one.start)
    changed = with_shop(changed, two.shop, published_start=two.start + 7 * DAY)
    (untold,) = matters(changed, plan, Concern.UNTOLD)
    assert untold.shops == (two.shop,)


def test_long_lists_are_counted() -> None:
    rollout, plan = made()
    many = tuple(Unplanned(shop=f"S{number}", reason=f"reason {number}") for number in range(MOST + 5))
    shops = tuple(replace(rollout.shops[0], id=item.shop) for item in many)
    found = matters(replace(rollout, shops=shops), replace(plan, remodels=(), unplanned=many), Concern.UNPLANNED)
    assert len(found) == MOST + 1
    assert "5" in found[-1].text


def test_what_is_gone_from_the_rollout_is_left_out_of_the_plan() -> None:
    rollout, plan = made()
    one, two, three = plan.remodels[:3]
    changed = replace(rollout, shops=tuple(shop for shop in rollout.shops if shop.id != one.shop))
    changed = with_shop(changed, two.shop, status=Status.DEFERRED)
    kept = {remodel.shop for remodel in known_part(changed, plan).remodels}
    assert kept == {remodel.shop for remodel in plan.remodels} - {one.shop, two.shop}
    without_crew = replace(rollout, crews=tuple(crew for crew in rollout.crews if crew.id not in three.phases[0].crews))
    assert three.shop not in {remodel.shop for remodel in known_part(without_crew, plan).remodels}
    assert attention(changed, plan, changes_since=2)
