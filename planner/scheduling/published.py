"""The published starts of a rollout as a beginning: remodels on them, their later phases as they fit best."""

import numpy as np

from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.scheduling.choice import Choice, slot_uses
from planner.scheduling.guide import Guide
from planner.scheduling.lagrangian import Lagrangian
from planner.scheduling.pricing import INFINITE, REACHABLE, Room

LEAST_SHARE = 0.8


def is_published(rollout: Rollout) -> bool:
    """Whether so many backlog shops have been told a start that the plan is to stay near what they were told."""
    starts = [shop.published_start for shop in rollout.shops if shop.status is Status.BACKLOG]
    told = sum(start is not None and start >= rollout.today for start in starts)
    return told > 0 and told >= LEAST_SHARE * len(starts)


def published_choices(lagrangian: Lagrangian, given: dict[int, Choice]) -> dict[int, Choice]:
    """`given`, and for each other shop its cheapest option on its published start that those before it leave."""
    problem = lagrangian.problem
    guide = Guide(lagrangian, lagrangian.zero_prices())
    room = Room(problem.timelines, problem.capacity)
    kept = dict(given)
    for number, choice in given.items():
        room.take(slot_uses(problem.options[number], choice))
    for number, start in published_starts(lagrangian).items():
        if number not in kept:
            pricer = lagrangian.pricers[number]
            values = guide.values(pricer, room)
            values[0] = np.where(pricer.options.start == start, values[0], INFINITE)
            least, positions = pricer.best(values)
            if least < REACHABLE:
                kept[number] = guide.choice(pricer, positions, room)
                room.take(slot_uses(pricer.options, kept[number]))
    return kept


def published_starts(lagrangian: Lagrangian) -> dict[int, int]:
    """The day after today of each published start, the earliest first."""
    problem = lagrangian.problem
    days = [
        (problem.axis.number(options.shop.published_start), number)
        for number, options in enumerate(problem.options)
        if options.shop.published_start is not None
    ]
    return {number: day for day, number in sorted(days) if day >= 0}
