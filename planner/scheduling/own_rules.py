"""The rules that ask one shop at a time, each by itself: which positions of a shop's blocks it closes.

The filters close positions for all of them together; here each keeps its name, so that one can be lifted alone.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.scheduling.filters import frozen_start
from planner.scheduling.options import ShopOptions
from planner.scheduling.problem import Problem
from planner.scheduling.things import Thing
from planner.scheduling.timelines import BoolArray, IntArray

Obstacle = tuple[Thing, int, BoolArray]
"""A thing, the place of a block, and the positions of that block which the thing closes."""


def own_obstacles(
    rollout: Rollout, problem: Problem, shop: Shop, options: ShopOptions, starts: Mapping[str, int]
) -> Iterator[Obstacle]:
    """What closes positions of `shop`, as `rollout` has it, by the rules that ask it alone.

    `options` are its positions in `problem`, which says whose dates are given; `starts` are the days on which shops
    start in the plan, by id.
    """
    axis = problem.axis
    frozen = frozen_start(rollout, shop)
    if frozen is not None:
        yield Thing("freeze"), 0, options.start != frozen
    if options.closed is not None:
        block, closed_from, closed_to = options.closed
        place = next(place for place, item in enumerate(options.blocks) if item is block)
        if shop.ready_from is not None:
            yield Thing("ready_from"), place, closed_from < axis.number(shop.ready_from)
        for blackout in rollout.blackouts:
            if blackout.scope.matches(shop):
                first, last = axis.number(blackout.first), axis.number(blackout.last)
                yield Thing("blackout", blackout.name), place, (closed_from <= last) & (closed_to >= first)
    yield from _order(problem, options, starts)


def _order(problem: Problem, options: ShopOptions, starts: Mapping[str, int]) -> Iterator[Obstacle]:
    """A shop begins after the finish of its predecessors whose dates are given, and ends before others begin."""
    shop = options.shop
    for name in shop.after:
        finish = _given_finish(problem, problem.rollout.shop_by_id[name])
        if finish is not None:
            yield Thing("after", name), 0, options.start <= finish
    for other in problem.rollout.shops:
        if shop.id in other.after and starts.get(other.id, -1) >= 0:
            late: IntArray = options.finish
            yield Thing("after", other.id), len(options.blocks) - 1, late >= starts[other.id]


def _given_finish(problem: Problem, before: Shop) -> int | None:
    if before.status is Status.DONE and before.finish is not None:
        return problem.axis.number(before.finish)
    days = problem.standing.get(before.id)
    return None if days is None else problem.axis.number(days.finish)


def least_waits_only(options: ShopOptions) -> list[BoolArray]:
    """For each block, the positions at which every phase follows at its least wait: how a fixed remodel runs."""
    shapes: list[BoolArray] = []
    for block in options.blocks:
        inner = [options.shop_format.phases[number] for number in block.phases]
        length = sum(phase.days for phase in inner) + sum(phase.wait_min for phase in inner[1:])
        shapes.append(np.asarray(block.end - block.begin == length))
    return shapes
