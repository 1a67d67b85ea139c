"""Ruin and recreate: a few shops lose their dates and get new ones, the shops without one first.

Thousands of quick attempts where CP-SAT makes a handful of thorough ones: they settle most of what a construction
leaves open in large rollouts, shops without a date and milestones that are just missed (Schrimpf et al., Record
breaking optimization results using the ruin and recreate principle, 2000).
"""

from collections.abc import Callable

import numpy as np

from planner.scheduling.choice import Choice, slot_uses
from planner.scheduling.guide import Guide
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Lagrangian, Prices
from planner.scheduling.neighbourhood import Kind, Neighbourhoods
from planner.scheduling.pricing import INFINITE, REACHABLE

LEAST_SHOPS, MOST_SHOPS = 3, 12


class Reinsertion:
    """Improves a plan by many small attempts."""

    def __init__(self, lagrangian: Lagrangian, neighbourhoods: Neighbourhoods, rng: np.random.Generator) -> None:
        self._lagrangian = lagrangian
        self._neighbourhoods = neighbourhoods
        self._rng = rng

    def improve(self, plan: Incumbent, prices: Prices, attempts: int, is_over: Callable[[], bool]) -> Incumbent:
        """The plan after some attempts to have fewer shops without a date and fewer short of milestones."""
        guide = Guide(self._lagrangian, prices)
        for _ in range(attempts):
            kinds = self._kinds(plan)
            if not kinds or is_over():
                break
            kind = kinds[int(self._rng.integers(len(kinds)))]
            size = int(self._rng.integers(LEAST_SHOPS, MOST_SHOPS + 1))
            free = self._neighbourhoods.pick(kind, size, plan, set())
            deadline = None
            if kind is Kind.DEADLINE:
                deadline, free = self._late_first(plan, free)
            changes = self._recreate(plan, free, guide, deadline)
            if changes is not None and plan.rank_with(changes) < plan.rank:
                plan = plan.with_changes(changes)
        return plan

    @staticmethod
    def _kinds(plan: Incumbent) -> list[Kind]:
        kinds = []
        if len(plan.left_out()):
            kinds.append(Kind.LEFT_OUT)
        if plan.rank.shortfall:
            kinds.append(Kind.DEADLINE)
        return kinds

    def _late_first(self, plan: Incumbent, free: list[int]) -> tuple[int, list[int]]:
        """The day of a milestone that is missed, and the `free` shops with one that is too late for it in front."""
        short = zip(self._lagrangian.problem.deadlines, plan.short_of(), strict=True)
        days = [deadline.day for deadline, missed in short if missed]
        day = days[int(self._rng.integers(len(days)))]
        late = [number for number in free if plan.finish[number] > day]
        return day, late[:1] + [number for number in free if number not in late[:1]]

    def _recreate(
        self, plan: Incumbent, free: list[int], guide: Guide, deadline: int | None
    ) -> dict[int, Choice | None] | None:
        """New choices for the `free` shops, one after the other: those without a date first, then in random order.

        Where there is a `deadline`, the first of them comes first, and is to finish by it.

        None where a shop that comes after one of them would begin too early.
        """
        room = plan.room_without(free)
        order = sorted(free, key=lambda number: (plan.choices[number] is not None, self._rng.random()))
        first = None
        if deadline is not None:
            first = free[0]
            order.remove(first)
            order.insert(0, first)
        changes: dict[int, Choice | None] = dict.fromkeys(free)
        for number in order:
            pricer = self._lagrangian.pricers[number]
            values = guide.values(pricer, room)
            if number == first and deadline is not None:
                values[-1] = np.where(pricer.options.finish <= deadline, values[-1], INFINITE)
            best, positions = pricer.best(values)
            if best < REACHABLE:
                choice = guide.choice(pricer, positions, room)
                changes[number] = choice
                room.take(slot_uses(pricer.options, choice))
        return changes if room.is_kept() else None
