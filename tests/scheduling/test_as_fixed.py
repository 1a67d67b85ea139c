"""What fixing a start would do: the days that a fixed remodel has, and no others."""

from planner.domain.standing import days_from
from tests.scheduling.desks import desks, movable


def test_a_move_to_fix_has_the_days_of_a_fixed_remodel() -> None:
    moves = 0
    for desk in desks(range(30), range(2)):
        for shop_id in movable(desk):
            shop = desk.rollout.shop_by_id[shop_id]
            calendar = desk.problem.calendars.of(shop)
            for ordinal in calendar.working_days[::7]:
                day = type(desk.rollout.today).fromordinal(ordinal)
                if not desk.rollout.today <= day <= desk.rollout.last:
                    continue
                move = desk.moved(shop_id, day, as_fixed=True)
                if move.slot is not None:
                    moves += 1
                    assert move.slot.days == days_from(desk.rollout.format_of(shop), calendar, day)
    assert moves > 100


def test_slots_to_fix_are_those_that_a_move_finds_free() -> None:
    slots = 0
    for desk in desks(range(30), range(2)):
        for shop_id in movable(desk):
            for slot in desk.slots(shop_id, n=5, as_fixed=True).slots:
                slots += 1
                move = desk.moved(shop_id, slot.start, as_fixed=True)
                assert move.breaks == ()
                assert move.slot is not None
                assert (move.slot.days, move.slot.effect) == (slot.days, slot.effect)
    assert slots > 100
