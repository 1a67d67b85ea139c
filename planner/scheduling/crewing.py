"""Visits of remodels whose dates are given: whether all can be crewed, and the smallest sets that cannot."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from planner.domain.shop import Status
from planner.scheduling.clock import Clock
from planner.scheduling.limits import NoPlanError
from planner.scheduling.options import ShopOptions, VisitChoice
from planner.scheduling.pricing import Pricer, Room
from planner.scheduling.problem import Problem
from planner.scheduling.smallest_sets import needed
from planner.scheduling.subproblem import Goal, Subproblem
from planner.scheduling.timelines import Rule
from planner.wording.translation import gettext

ONLY = np.zeros(1, np.int64)
SOLVE_SECONDS = 20.0
MANY = 2**31


@dataclass(frozen=True, slots=True)
class GivenVisit:
    """A visit of one trade to a shop whose days are given."""

    options: ShopOptions
    choice: VisitChoice

    @property
    def shop(self) -> str:
        """The shop's id."""
        return self.options.shop.id

    @property
    def key(self) -> tuple[str, str]:
        """The shop and the trade."""
        return self.shop, self.choice.need.trade

    @property
    def in_progress(self) -> bool:
        """Whether the remodel has begun."""
        return self.options.shop.status is Status.IN_PROGRESS

    @property
    def order(self) -> tuple[bool, int, str]:
        """Sets that cannot be crewed are looked for among the last in this order: those not begun, the latest."""
        return not self.in_progress, int(self.choice.first[0]), self.shop

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day from today on, counted from today."""
        return max(0, int(self.choice.first[0])), int(self.choice.last[0])

    @property
    def classes(self) -> frozenset[int]:
        """The numbers of the classes that may come."""
        return frozenset(able.crew_class for able in self.choice.choices if able.allowed[0])


def can_crew(problem: Problem, clock: Clock, visits: Sequence[GivenVisit], *, absences: bool = True) -> bool:
    """Whether all of `visits` can be crewed, without `absences` as if no crew were ever away.

    Raises NoPlanError where that is not clear within SOLVE_SECONDS.
    """
    if not visits or (absences and _can_crew_in_turn(problem, visits)):
        return True
    if _are_too_many(problem, visits):
        return False
    outcome = subproblem(problem, visits, absences=absences).solve(clock.solver(SOLVE_SECONDS))
    if outcome.choices is None and not outcome.is_infeasible:
        raise NoPlanError(gettext("the time limit was over before it was clear whether the given dates can be crewed"))
    return not outcome.is_infeasible


def _can_crew_in_turn(problem: Problem, visits: Iterable[GivenVisit]) -> bool:
    """Whether it works out to crew one visit after the other with those free whom the fewest others could have."""
    room = Room(problem.timelines, problem.capacity)
    wanted = Counter(able.crew_class for visit in visits for able in visit.choice.choices)
    for visit in sorted(visits, key=lambda visit: (int(visit.choice.first[0]), visit.shop)):
        need = visit.choice.need.units
        for able in sorted(visit.choice.choices, key=lambda able: wanted[able.crew_class]):
            slots = [use.at(0) for use in able.uses]
            units = min(need, able.units, _least_left(room, slots)) if able.allowed[0] else 0
            if units > 0:
                room.take([(begin, end, amount * units) for begin, end, amount in slots if begin <= end])
                need -= units
        if need:
            return False
    return True


def _least_left(room: Room, slots: list[tuple[int, int, int]]) -> int:
    """The least that is left on any of the slots, given as (first, last, amount)."""
    left = [int(room.at(np.arange(begin, end + 1)).min()) for begin, end, _ in slots if begin <= end]
    return max(0, min(left, default=MANY))


def _are_too_many(problem: Problem, visits: Sequence[GivenVisit]) -> bool:
    """Whether visits that only certain classes can make need more units on some day than those classes have at all.

    Quick, and enough mostly; where it says no, they may still be too many.
    """
    held = {able.crew_class: able.uses[0].timeline for visit in visits for able in visit.choice.choices}
    by_classes: dict[frozenset[int], list[GivenVisit]] = {}
    for visit in visits:
        by_classes.setdefault(visit.classes, []).append(visit)
    for classes in {*by_classes, frozenset[int]().union(*by_classes)}:
        wanted = np.zeros(problem.axis.count + 1, np.int64)
        for others, group in by_classes.items():
            if others <= classes:
                for visit in group:
                    first, last = visit.days
                    wanted[first] += visit.choice.need.units
                    wanted[last + 1] -= visit.choice.need.units
        lines = [held[number] for number in classes]
        there = sum((problem.capacity[line.offset : line.end] for line in lines), np.zeros(problem.axis.count))
        if (np.cumsum(wanted)[:-1] > there).any():
            return True
    return False


def subproblem(problem: Problem, visits: Iterable[GivenVisit], *, absences: bool = True) -> Subproblem:
    """Crew all of `visits`, and nothing else of their shops."""
    capacity = problem.capacity.copy()
    if not absences:
        for timeline in problem.timelines.items:
            if timeline.rule is Rule.ABSENCE:
                capacity[timeline.offset : timeline.end] = np.iinfo(np.int32).max
    wanted: dict[int, list[VisitChoice]] = {}
    numbers = {id(options): number for number, options in enumerate(problem.options)}
    for visit in visits:
        wanted.setdefault(numbers[id(visit.options)], []).append(visit.choice)
    room = Room(problem.timelines, capacity)
    positions = {number: [ONLY] * len(problem.options[number].blocks) for number in wanted}
    free = {number: Pricer(problem.options[number]).free_units(room, only) for number, only in positions.items()}
    only = {number: {choice.number for choice in choices} for number, choices in wanted.items()}
    return Subproblem(
        problem,
        room,
        positions,
        free,
        Goal(),
        short=[0] * len(problem.deadlines),
        last_finish=0,
        only_visits=only,
    )


def apart(visits: Iterable[GivenVisit]) -> Iterator[list[GivenVisit]]:
    """The visits in groups between which no crew could be missed: of other days, other classes and other shops."""
    groups: dict[int, list[GivenVisit]] = {}
    latest: dict[int | str, tuple[int, int]] = {}
    number_of: dict[int, int] = {}

    def leader(number: int) -> int:
        while number_of[number] != number:
            number_of[number] = number = number_of[number_of[number]]
        return number

    in_turn = sorted(visits, key=lambda visit: visit.days)
    for number, visit in enumerate(in_turn):
        number_of[number] = number
        first, last = visit.days
        # A shop's visits stay together, whenever they are.
        subjects: list[tuple[int | str, int]] = [(visit.shop, MANY), *((item, last) for item in visit.classes)]
        for subject, until in subjects:
            other, end = latest.get(subject, (number, -1))
            if first <= end:
                number_of[leader(other)] = leader(number)
            latest[subject] = (number, max(end, until))
    for number, visit in enumerate(in_turn):
        groups.setdefault(leader(number), []).append(visit)
    yield from groups.values()


def smallest(problem: Problem, clock: Clock, visits: Iterable[GivenVisit]) -> list[GivenVisit]:
    """Visits that cannot all be crewed, while they can without any one of them, or of their shops.

    Whole shops are let go first: a set of which no visit can be spared may still have more shops than it needs.
    `visits` as a whole cannot be crewed. Of several sets it is the one of the last in their order.
    """
    kept = sorted(visits, key=lambda visit: visit.order)
    shops: dict[str, list[GivenVisit]] = {}
    for visit in kept:
        shops.setdefault(visit.shop, []).append(visit)

    def is_too_much(items: list[list[GivenVisit]]) -> bool:
        return not can_crew(problem, clock, [visit for item in items for visit in item])

    of_shops = [visit for item in needed(list(shops.values()), is_too_much) for visit in item]
    in_order = sorted(of_shops, key=lambda visit: visit.order)
    return [visit for (visit,) in needed([[visit] for visit in in_order], is_too_much)]
