"""What binds a shop, when lifted for real, lets it go where it was said to go, for what it was said to cost."""

from dataclasses import replace
from functools import reduce

from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.review.check import check
from planner.scheduling.binding import Bind, Explanation
from planner.scheduling.desk import Desk
from planner.scheduling.moves import first_free
from planner.scheduling.slots import Effect
from planner.scheduling.things import Thing
from tests.scheduling.desks import desks, movable
from tests.scheduling.lifting import without


def explanations() -> list[tuple[Desk, Explanation]]:
    return [(desk, desk.explained(shop)) for desk in desks() for shop in movable(desk)[:4]]


def best_of(desk: Desk, rollout: Rollout, shop: str) -> tuple[int, Effect] | None:
    """What the best slot of a shop costs beside the same plan in another rollout, and what it changes."""
    slots = Desk(rollout, desk.plan).slots(shop, n=1).slots
    return (slots[0].cost.total, slots[0].effect) if slots else None


def lifted_all(desk: Desk, shop: str, things: tuple[Thing, ...]) -> Rollout:
    return reduce(lambda rollout, thing: without(rollout, shop, thing), things, desk.rollout)


def is_told_apart(desk: Desk, bind: Bind) -> bool:
    """Whether the things of a bind are the only ones of their name."""
    names = [item.name for item in desk.rollout.milestones]
    return all(thing.rule != "milestone" or names.count(thing.subject) == 1 for thing in bind.things)


def test_what_binds_changes_the_outcome_when_lifted() -> None:
    kinds: set[str] = set()
    for desk, item in explanations():
        now = best_of(desk, desk.rollout, item.shop)
        for bind in item.binds:
            if not is_told_apart(desk, bind):
                continue
            then = best_of(desk, lifted_all(desk, item.shop, bind.things), item.shop)
            assert now is not None
            assert then is not None
            assert then != now, (desk.rollout.name, item.shop, bind.things)
            if desk.plan.last_finish_day is None:
                assert then[0] == bind.slot.cost.total, (item.shop, bind.things)
            if bind.things[0].rule == "milestone":
                assert then[0] < now[0] or desk.plan.last_finish_day is not None
            else:
                assert then[1].shortfall == bind.slot.effect.shortfall
                assert then[1].last_finish_days == bind.slot.effect.last_finish_days
            kinds |= {thing.rule for thing in bind.things}
    assert {"crew", "blackout", "limit", "milestone"} <= kinds, kinds


def test_nothing_binds_where_lifting_everything_changes_nothing() -> None:
    unbound = 0
    for desk, item in explanations():
        if item.remodel is None or item.binds or desk.plan.last_finish_day is not None:
            continue
        seat = desk.seat(item.shop)
        now, then = seat.best(), best_of(desk, lifted_all(desk, item.shop, tuple(seat.places.things)), item.shop)
        assert now is not None
        assert then is not None
        assert seat.cents_of(now.choice) == then[0]
        unbound += 1
    assert unbound > 20


def test_a_better_place_is_one() -> None:
    for desk, item in explanations():
        if item.better is None:
            continue
        rollout, plan = desk.plan_with(item.shop, item.better.option.choice)
        assert check(rollout, plan) == ()
        before, after = desk.plan, plan
        assert (after.shortfall, after.unplanned_priority, after.last_finish_day or after.total) < (
            before.shortfall,
            before.unplanned_priority,
            before.last_finish_day or before.total,
        )


def test_whom_a_move_displaces_can_go_where_it_says_for_what_it_says() -> None:
    displaced = 0
    for desk, item in explanations():
        for neighbour in (item.earlier, item.later, item.earlier_start, item.later_start):
            if neighbour is None or neighbour.displacement is None or neighbour.move.slot is None:
                continue
            other = neighbour.displacement
            plan = desk.changed(desk.incumbent, {other.shop: None})
            option = first_free(desk.seat_beside(plan, item.shop, other.shop), neighbour.move.windows)
            assert option is not None
            place = other.slot.option.choice if other.slot else None
            plan = desk.changed(plan, {item.shop: option.choice, other.shop: place})
            if item.status is Status.FIXED or place is None:
                continue
            rollout, changed = desk.plan_of(plan)
            assert check(rollout, changed) == ()
            assert (changed.total or 0) - (desk.plan.total or 0) == other.cents
            assert (changed.shortfall or 0) - (desk.plan.shortfall or 0) == other.shortfall
            displaced += 1
    assert displaced > 5


def test_a_shop_without_a_date_is_told_what_would_give_it_one() -> None:
    told = 0
    for desk in desks():
        for shop in movable(desk):
            if shop in desk.remodels:
                continue
            for way in desk.explained(shop).ways:
                assert best_of(desk, lifted_all(desk, shop, way.things), shop) is not None
                assert best_of(desk, desk.rollout, shop) is None
                told += 1
    assert told > 10


def test_lifted_rollouts_keep_what_was_not_lifted() -> None:
    """The judge of the other tests judges: a rollout without a rule differs in that rule only."""
    desk = desks(range(8), ())[0]
    shop = movable(desk)[0]
    assert (
        replace(without(desk.rollout, shop, Thing("neighbours")), neighbours_km=desk.rollout.neighbours_km)
        == desk.rollout
    )
