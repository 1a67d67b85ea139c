"""What a desk says of slots and moves is what happens: each is done, and judged by the checker."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.review.check import check
from planner.review.crews import CREW_RULES
from planner.scheduling.board import CannotMoveError
from planner.scheduling.desk import Desk
from planner.scheduling.slots import Slot
from tests.scheduling.desks import days_between, desk_of, desks, movable, put

PER_DESK = 6


def rules_broken(rollout: Rollout, plan: Plan) -> set[str]:
    """The rules that a plan breaks, those of given dates among them; crews' ones under one name, figures left out."""
    violations = check(rollout, plan)
    found = {violation.rule for violation in violations}
    found |= {name for item in violations for name in re.findall(r"no conflict '(\w+)'", item.text)}
    return {"crew" if rule in CREW_RULES else rule for rule in found} & RULES


RULES = {"crew", "blackout", "limit", "neighbours", "supply", "ready_from", "after", "partner_target", "freeze"}


def slots_of(desk: Desk) -> list[tuple[str, Slot]]:
    return [(shop, slot) for shop in movable(desk)[:PER_DESK] for slot in desk.slots(shop, n=4).slots]


def test_every_slot_can_be_taken_for_what_it_says() -> None:
    taken = 0
    for desk in desks():
        for shop, slot in slots_of(desk):
            rollout, plan = desk.plan_with(shop, slot.option.choice)
            assert check(rollout, plan) == (), (desk.rollout.name, shop, slot.start)
            remodel = next(item for item in plan.remodels if item.shop == shop)
            assert (remodel.start, remodel.finish, remodel.cost) == (slot.start, slot.finish, slot.cost)
            named = {crew for visit in slot.visits for crew in visit.crews}
            assert {crew for phase in remodel.phases for crew in phase.crews} == named
            assert (plan.total or 0) - (desk.plan.total or 0) == slot.effect.cents
            assert (plan.shortfall or 0) - (desk.plan.shortfall or 0) == slot.effect.shortfall
            if plan.last_finish_day is not None and desk.plan.last_finish_day is not None:
                assert plan.last_finish_day - desk.plan.last_finish_day == slot.effect.last_finish_days
            pairs = zip(desk.plan.milestones, plan.milestones, strict=True)
            changed = [(old.name, old.planned, new.planned) for old, new in pairs if old.planned != new.planned]
            assert list(slot.effect.milestones) == changed
            taken += 1
    assert taken > 300


def test_a_remodel_may_stay_where_it_is() -> None:
    for desk in desks():
        for shop, remodel in desk.remodels.items():
            if desk.is_movable(shop):
                assert desk.moved(shop, remodel.start).breaks == ()


def test_a_move_breaks_the_rules_that_the_checker_finds() -> None:
    moves = broken = 0
    for desk in desks():
        for shop in movable(desk)[:3]:
            for day in days_between(desk.rollout.today, desk.rollout.last)[::4]:
                move = desk.moved(shop, day)
                if move.slot is None:
                    assert move.refusal
                    continue
                moves += 1
                if move.breaks:
                    broken += 1
                    assert rules_broken(*put(desk, shop, move.slot)) == {item.thing.rule for item in move.breaks}
                    assert all(item.first <= item.last for item in move.breaks)
                assert move.slot.start == day
    assert moves > 300
    assert broken > 100


def test_a_day_that_is_not_offered_breaks_a_rule() -> None:
    for desk in desks(range(60), ()):
        for shop in movable(desk):
            for day in days_between(desk.rollout.today, desk.rollout.last):
                offered = desk.slots(shop, desk.window(start=(day, day))).slots
                move = desk.moved(shop, day)
                assert bool(offered) == (move.slot is not None and not move.breaks)


def test_slots_come_best_first_and_only_from_the_window() -> None:
    for desk in desks():
        for shop in movable(desk)[:3]:
            every = desk.slots(shop, n=1000).slots
            money = [(slot.effect.shortfall, slot.effect.cents) for slot in every]
            if desk.plan.last_finish_day is None:
                assert all(one <= (other[0], other[1] + 1) for one, other in pairwise(money))
            first = desk.rollout.today + timedelta(days=5)
            last = desk.rollout.today + timedelta(days=9)
            here = desk.slots(shop, desk.window(start=(first, last)), n=1000).slots
            assert all(first <= slot.start <= last for slot in here)
            assert {key(slot) for slot in every if first <= slot.start <= last} <= {key(slot) for slot in here}
            closed = desk.slots(shop, desk.window(closed=(first, None)), n=1000).slots
            assert {key(slot) for slot in closed} == {key(slot) for slot in every if is_after(slot, first)}


def key(slot: Slot) -> date:
    return slot.days.closed_from or slot.start


def is_after(slot: Slot, first: date) -> bool:
    return slot.days.closed_from is None or slot.days.closed_from >= first


def test_what_would_free_a_shop_is_the_least_that_does() -> None:
    """Each way names things that have to go together; without any one of them there is no free day."""
    ways = 0
    for desk in desks():
        for shop in movable(desk):
            found = desk.slots(shop)
            seat = desk.seat(shop)
            assert bool(found.slots) == (seat.best() is not None)
            for way in found.ways:
                ways += 1
                assert way.slots
                for thing in way.things:
                    rest = [other for other in way.things if other != thing]
                    assert seat.best(rest) is None
    assert ways > 50


@pytest.mark.parametrize("status", [Status.DONE, Status.IN_PROGRESS, Status.DEFERRED, Status.CANCELLED])
def test_a_shop_that_cannot_move_says_why(status: Status) -> None:
    for desk in desks():
        for shop in desk.rollout.shops:
            if shop.status is status:
                with pytest.raises(CannotMoveError, match=f"{shop.id} is "):
                    desk.slots(shop.id)
                return
    pytest.fail(f"no shop is {status}")


def test_an_unknown_shop_is_named() -> None:
    desk = desk_of(7)
    assert desk is not None
    with pytest.raises(CannotMoveError, match="no shop nobody"):
        desk.slots("nobody")


def test_a_plan_of_another_rollout_is_refused() -> None:
    desk = desk_of(7)
    assert desk is not None
    remodel = next(item for item in desk.plan.remodels if desk.is_movable(item.shop))
    phases = tuple(replace(phase, first=phase.first + timedelta(days=1)) for phase in remodel.phases)
    others = tuple(item for item in desk.plan.remodels if item.shop != remodel.shop)
    with pytest.raises(ValueError, match=f"{remodel.shop} on days"):
        Desk(desk.rollout, replace(desk.plan, remodels=(*others, replace(remodel, phases=phases))))


def test_a_day_off_is_refused_in_words() -> None:
    desk = desk_of(7)
    assert desk is not None
    shop = movable(desk)[0]
    assert "before today" in desk.moved(shop, desk.rollout.today - timedelta(days=1)).refusal
    assert "horizon" in desk.moved(shop, desk.rollout.last + timedelta(days=1)).refusal
    assert isinstance(desk.rollout.today, date)


def test_places_beside_a_moved_shop_are_those_worked_out_anew() -> None:
    compared = 0
    for desk in desks(range(50), range(3)):
        dated = [shop for shop in movable(desk) if shop in desk.remodels][:6]
        for shop in dated:
            for other in dated:
                if shop == other:
                    continue
                slots = desk.slots(other, n=2).slots
                for choice in (None, *(slot.option.choice for slot in slots)):
                    plan = desk.changed(desk.incumbent, {other: choice})
                    beside = desk.seat_beside(plan, shop, other).places
                    anew = desk._seat_in(plan, desk._number(shop)).places
                    assert beside.things == anew.things
                    for thing in (None, *anew.things):
                        lifted = [thing] if thing else []
                        pairs = zip(beside.values(lifted), anew.values(lifted), strict=True)
                        assert all(np.allclose(*pair, rtol=0, atol=1e-6) for pair in pairs)
                    compared += 1
    assert compared > 200
