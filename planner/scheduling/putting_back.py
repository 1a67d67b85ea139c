"""What has moved for nothing is put back: no search through large neighbourhoods sees to each shop."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from planner.domain.rollout import Objective
from planner.scheduling.choice import Choice, slot_uses
from planner.scheduling.guide import Guide
from planner.scheduling.incumbent import Incumbent, Rank
from planner.scheduling.lagrangian import Lagrangian
from planner.scheduling.pricing import INFINITE, REACHABLE, Pricer, Room

MOST_PASSES = 5


def put_back(lagrangian: Lagrangian, plan: Incumbent, is_over: Callable[[], bool] = lambda: False) -> Incumbent:
    """The plan with each moved start put back on its published day where that fits by itself and costs less.

    Under earliest-finish, where it ends the rollout no later. One that is put back can make room for others, so all
    are tried again until none can be. Once `is_over`, the rest stay as they are: the plan is right either way.
    """
    guide = Guide(lagrangian, lagrangian.zero_prices())
    room = plan.room_without([])
    for _ in range(MOST_PASSES):
        before = plan
        for number, start in moved_starts(plan).items():
            if is_over():
                return plan
            plan = _put_back(lagrangian.pricers[number], guide, room, plan, number, start)
        if plan is before:
            break
    return plan


def put_as_before(
    plan: Incumbent, before: Mapping[int, Choice], is_over: Callable[[], bool] = lambda: False
) -> Incumbent:
    """The plan with each shop put back to its days and crews `before`, where they fit by themselves and cost no more.

    So that nobody is called for nothing, though only published starts are promises. Once `is_over`, the rest stay.
    """
    for _ in range(MOST_PASSES):
        last = plan
        for number, choice in before.items():
            if is_over():
                return plan
            if plan.choices[number] not in (None, choice):
                other = plan.with_changes({number: choice})
                if replace(other.rank, tie=0) <= replace(plan.rank, tie=0) and other.is_feasible():
                    plan = other
        if plan is last:
            break
    return plan


def moved_starts(plan: Incumbent) -> dict[int, int]:
    """The shops that start on another day than the published one, with that day, in days after today."""
    axis = plan.problem.axis
    moved = {}
    for number, (options, choice) in enumerate(zip(plan.problem.options, plan.choices, strict=True)):
        published = options.shop.published_start
        if choice is not None and published is not None:
            start = axis.number(published)
            if options.start[choice.positions[0]] != start and (options.start == start).any():
                moved[number] = start
    return moved


def _put_back(pricer: Pricer, guide: Guide, room: Room, plan: Incumbent, number: int, start: int) -> Incumbent:
    """The plan with one shop put back if that is no worse; `room` is what the plan leaves, before and after."""
    now = plan.choices[number]
    uses = slot_uses(pricer.options, now) if now is not None else []
    room.take(uses, sign=-1)
    values = guide.values(pricer, room)
    values[0] = np.where(pricer.options.start == start, values[0], INFINITE)
    least, positions = pricer.best(values)
    if least < REACHABLE:
        choice = guide.choice(pricer, positions, room)
        if _is_no_worse(plan, plan.rank_with({number: choice})):
            other = plan.with_changes({number: choice})
            if other.is_feasible():
                plan, uses = other, slot_uses(pricer.options, choice)
    room.take(uses)
    return plan


def _is_no_worse(plan: Incumbent, rank: Rank) -> bool:
    """Whether a rank is better; under earliest-finish the same will do, since a start that stays is worth something."""
    if plan.problem.rollout.objective is Objective.EARLIEST_FINISH:
        return replace(rank, tie=0) <= replace(plan.rank, tie=0)
    return rank < plan.rank
