"""How early the last remodel can finish at best: a bound for the earliest-finish objective.

The larger of two: the longest chain of shops that come after one another, each at its earliest; and for each trade the
day by which its crews have had the days that all visits need together (the energy argument of cumulative scheduling).
"""

from collections import defaultdict

import numpy as np

from planner.scheduling.options import ShopOptions
from planner.scheduling.pricing import INFINITE, REACHABLE, Pricer
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import IntArray, Rule


def finish_bound(problem: Problem, *, all_planned: bool) -> int:
    """The earliest possible last finish, in days after today, of plans that date all shops, or only mandatory ones."""
    settled = [int(options.finish[choice.positions[-1]]) for options, choice in problem.settled]
    members = [options for options in problem.options if all_planned or options.mandatory]
    return max([0, *settled, *_chains(members).values(), *_energies(problem, members)])


def _chains(members: list[ShopOptions]) -> dict[str, int]:
    """The earliest finish of each shop after those it comes after."""
    by_id = {options.shop.id: options for options in members}
    earliest: dict[str, int] = {}

    def ready(options: ShopOptions) -> bool:
        return all(name in earliest or name not in by_id for name in options.shop.after)

    waiting = list(members)
    while waiting:
        now = [options for options in waiting if ready(options)]
        for options in now:
            after = max((earliest[name] for name in options.shop.after if name in earliest), default=-1)
            earliest[options.shop.id] = _earliest_finish(options, after)
        waiting = [options for options in waiting if options.shop.id not in earliest]
        if not now:
            break
    return earliest


def _earliest_finish(options: ShopOptions, after: int) -> int:
    values = [np.where(block.open, 0.0, INFINITE) for block in options.blocks]
    values[-1] = values[-1] + options.finish
    if not options.mandatory:
        values[0] = np.where(options.start > after, values[0], INFINITE)
    least, _ = Pricer(options).best(values)
    return int(least) if least < REACHABLE else 0


def _energies(problem: Problem, members: list[ShopOptions]) -> list[int]:
    """For each trade, the first day by which its crews have had as many days as all visits hold them for."""
    needed: dict[str, int] = defaultdict(int)
    for options in members:
        for block in options.blocks:
            for visit in block.visits:
                held = np.maximum(visit.last + 1 - np.maximum(visit.first, 0), 0)
                needed[visit.need.trade] += int(held[block.open].min()) * visit.need.units
    capacity: dict[str, IntArray] = {}
    held_timelines = [timeline for timeline in problem.timelines.items if timeline.rule is Rule.CREW]
    for crew_class, timeline in zip(problem.classes, held_timelines, strict=True):
        units = problem.capacity[timeline.offset : timeline.end]
        trade = crew_class.example.trade
        capacity[trade] = capacity.get(trade, np.zeros_like(units)) + units
    return [
        int(np.searchsorted(np.cumsum(capacity[trade]), days))
        for trade, days in needed.items()
        if days and trade in capacity
    ]
