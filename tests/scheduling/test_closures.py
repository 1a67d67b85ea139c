"""Slots, moves and explanations answer about the closure, and truly: all ways to remodel a shop are gone through."""

from dataclasses import replace
from datetime import date, timedelta
from functools import reduce

import pytest

from planner.domain.plan import RemodelStatus
from planner.domain.shop import Status
from planner.review.check import check
from planner.review.days import Days
from planner.review.entries import Context
from planner.scheduling.desk import Desk
from planner.scheduling.limits import Limits
from planner.scheduling.slots import Slot
from planner.scheduling.solve import solve
from tests.scheduling.brute_options import Option, OptionMaker, TooLargeError
from tests.scheduling.desks import days_between, desks, movable, put
from tests.scheduling.lifting import without
from tests.scheduling.surveyed import FIRST_CLOSURE, surveyed_desk
from tests.scheduling.test_desk import rules_broken

WEEK = timedelta(days=7)


def day_of(slot: Slot) -> date:
    return slot.days.closed_from or slot.start


def every_slot(desk: Desk, shop: str) -> dict[date, Slot]:
    slots = desk.slots(shop, n=1000).slots
    found = {day_of(slot): slot for slot in slots}
    assert len(found) == len(slots)
    return found


def rank(desk: Desk, shop: str, finish: date, cents: int) -> tuple[int, int, int]:
    """How good it is to finish a shop on a day for that money: shops short, last finish where that counts, cents."""
    seat = desk.seat(shop)
    day = desk.problem.axis.number(finish)
    return seat.shortfall_at(day), 0 if seat.is_money else seat.last_finish_at(day), cents


def breaks_a_rule(desk: Desk, option: Option) -> bool:
    """Whether an option cannot stand beside all other shops of the plan."""
    remodel = option.remodel
    others = [item for item in desk.plan.remodels if item.shop != remodel.shop]
    undated = tuple(item for item in desk.plan.unplanned if item.shop != remodel.shop)
    return bool(rules_broken(desk.rollout, replace(desk.plan, remodels=(*others, remodel), unplanned=undated)))


def test_no_better_way_to_close_a_shop_from_a_day_is_missed() -> None:
    """Each way to remodel a shop that is better than what is offered for its first closed day breaks a rule."""
    better = 0
    for desk in desks(range(70), ()):
        maker = OptionMaker(Context(desk.rollout, Days(desk.rollout)))
        for shop in movable(desk)[:2]:
            if desk.rollout.shop_by_id[shop].status is not Status.BACKLOG:
                continue
            offered = every_slot(desk, shop)
            try:
                options = maker.of(desk.rollout.shop_by_id[shop]).options
            except TooLargeError:
                continue
            for option in options:
                slot = offered.get(option.remodel.closed_from or option.remodel.start)
                now = slot and rank(desk, shop, slot.finish, slot.cost.total)
                if now is None or rank(desk, shop, option.remodel.finish, option.cost.total) < now:
                    assert breaks_a_rule(desk, option), (shop, option.remodel)
                    better += 1
    assert better > 300


def test_a_shop_opens_again_on_the_first_trading_day() -> None:
    opened = 0
    for desk in [*desks(range(30), ()), surveyed_desk()]:
        days = Days(desk.rollout)
        for shop in movable(desk)[:3]:
            trading = days.of(desk.rollout.shop_by_id[shop])
            for slot in every_slot(desk, shop).values():
                assert (slot.reopens is None) == (slot.days.closed_to is None)
                if slot.reopens and slot.days.closed_to:
                    between = days_between(slot.days.closed_to + timedelta(days=1), slot.reopens)
                    assert [trading.is_trading(day) for day in between] == [False] * (len(between) - 1) + [True]
                    opened += 1
    assert opened > 50


def test_a_closure_is_free_where_a_slot_begins_with_it() -> None:
    """And where it is not, it breaks what the checker finds, and would cost what it says once that gave way."""
    free = broken = 0
    for desk in desks(range(60), range(2)):
        for shop in movable(desk)[:2]:
            offered = every_slot(desk, shop)
            for day in days_between(desk.rollout.today, desk.rollout.last)[::3]:
                move = desk.moved_closure(shop, day)
                if move.slot is None:
                    assert move.refusal
                    assert day not in offered
                    continue
                assert day_of(move.slot) == day
                assert (day in offered) == (not move.breaks)
                if not move.breaks:
                    if desk.seat(shop).options.closed is not None:
                        assert move.slot.effect == offered[day].effect
                    free += 1
                    continue
                broken += 1
                assert rules_broken(*put(desk, shop, move.slot)) == {item.thing.rule for item in move.breaks}
    assert free > 100
    assert broken > 100


def test_what_stands_in_the_way_of_a_closure_gives_way_for_what_it_says() -> None:
    lifted = 0
    for desk in [*desks(range(40), ()), surveyed_desk()]:
        for shop in movable(desk)[:2]:
            for day in days_between(desk.rollout.today, desk.rollout.last)[::5]:
                move = desk.moved_closure(shop, day)
                if move.slot is None or not move.breaks or desk.plan.last_finish_day is not None:
                    continue
                things = [item.thing for item in move.breaks]
                rollout = reduce(lambda rollout, thing: without(rollout, shop, thing), things, desk.rollout)
                again = Desk(rollout, desk.plan).moved_closure(shop, day)
                assert again.breaks == ()
                assert again.slot is not None
                assert again.slot.cost.total == move.slot.cost.total, (shop, day, things)
                lifted += 1
    assert lifted > 40


def test_earlier_and_later_are_about_the_closure() -> None:
    for desk in [*desks(range(60), range(2)), surveyed_desk()]:
        for shop in movable(desk)[:3]:
            item = desk.explained(shop)
            if item.remodel is None:
                continue
            present = item.remodel.closed_from or item.remodel.start
            if item.earlier:
                assert present - WEEK <= item.earlier.move.day < present
            if item.later:
                assert present < item.later.move.day
            for neighbour in (item.earlier, item.later):
                assert (
                    neighbour is None
                    or neighbour.move.slot is None
                    or day_of(neighbour.move.slot) == (neighbour.move.day)
                )


@pytest.mark.parametrize("shop", ["S2", "S4"])
def test_starts_that_lead_to_the_same_closure_are_one_answer(shop: str) -> None:
    desk = surveyed_desk()
    offered = every_slot(desk, shop)
    assert min(offered) >= FIRST_CLOSURE
    starts = {
        move.slot.start
        for day in days_between(desk.rollout.today, desk.rollout.last)
        if (move := desk.moved(shop, day)).slot and not move.breaks
    }
    assert len(starts) > 10
    remodel = desk.remodels[shop]
    present = next(slot for slot in offered.values() if slot.is_present)
    assert (present.start, present.days.closed_from) == (remodel.start, remodel.closed_from)
    for slot in offered.values():
        nearest = [day for day in starts if can_lead_to(desk, shop, day, slot)]
        assert abs(slot.start - remodel.start) == min(abs(day - remodel.start) for day in nearest)


def can_lead_to(desk: Desk, shop: str, start: date, slot: Slot) -> bool:
    closed = (slot.days.closed_from, slot.days.closed_to)
    found = desk.slots(shop, desk.window(start=(start, start), closed=closed)).slots
    return any(item.effect.cents == slot.effect.cents for item in found)


def test_the_survey_moves_alone_where_the_waits_allow() -> None:
    """Also in a plan in which the shop could be closed sooner for less: that is another question."""
    desk = surveyed_desk()
    late = list(every_slot(desk, "S4").values())[5]
    worse = Desk(*desk.plan_with("S4", late.option.choice))
    assert worse.slots("S4", n=1).slots[0].effect.cents < 0
    kept = 0
    for day in days_between(desk.rollout.today, late.start + WEEK):
        now = worse.window(start=(day, day), closed=(late.days.closed_from, late.days.closed_to))
        if worse.slots("S4", now).slots:
            move = worse.moved("S4", day)
            assert move.breaks == ()
            assert move.slot is not None
            assert (move.slot.days.closed_from, move.slot.effect.cents) == (late.days.closed_from, 0)
            kept += 1
    assert kept > 5


def test_planning_anew_with_the_closure_given_finds_nothing_cheaper() -> None:
    """What a closure is said to cost, it costs: all other shops fixed, the start it needs given, planned anew."""
    desk = surveyed_desk()
    shop = "S4"
    for slot in list(every_slot(desk, shop).values())[:6]:
        assert solved_beside(desk, shop, slot) == (desk.plan.total or 0) + slot.effect.cents


def solved_beside(desk: Desk, shop: str, slot: Slot) -> int | None:
    """What a plan costs that the search makes with one shop closed in a slot's days only, all others as they are."""
    rollout, plan = put(desk, shop, slot)
    days = {item.shop: item for item in plan.remodels}
    shops = []
    for item in rollout.shops:
        remodel = days[item.id]
        first, last = remodel.phases[1].first, remodel.phases[1].last
        shops.append(replace(item, ready_from=first, due_by=last, published_start=remodel.start))
    costs = replace(rollout.costs, late_day=10_000.0)
    found = solve(
        replace(rollout, shops=tuple(shops), costs=costs),
        Limits(seconds=2.0, workers=1, deterministic=True, gap=0.0),
    )
    assert {item.shop: item.closed_from for item in found.remodels} == {
        name: item.closed_from for name, item in days.items()
    }
    assert check(replace(rollout, shops=tuple(shops), costs=costs), found) == ()
    assert all(item.status is RemodelStatus.PLANNED for item in found.remodels)
    return found.total


def test_fixed_starts_lead_to_the_closures_that_follow_at_the_least_waits() -> None:
    desk = surveyed_desk()
    working = [day for day in days_between(desk.rollout.today, desk.rollout.last) if day.weekday() < 5]
    for shop in movable(desk):
        slots = desk.slots(shop, n=1000, as_fixed=True).slots
        assert len(slots) > 10
        for slot in slots:
            assert working.index(day_of(slot)) - working.index(slot.start) == 6
            move = desk.moved(shop, slot.start, as_fixed=True)
            assert move.slot == slot
            assert move.breaks == ()
