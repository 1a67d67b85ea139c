"""How many visits that need several units a set of crews can make at once: rows that make the relaxation tighter.

Where visits need two merchandisers each and a set has three, the relaxation makes one and a half visits a day; no plan
does. For any whole number k, visits that need `units` of a set that has `room` obey sum(units // k) <= room // k
(rounding, as in Chvátal, Edmonds polytopes and a hierarchy of combinatorial problems, 1973). Every plan keeps these
rows anyway.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from planner.scheduling.couplings import binding_days, constant
from planner.scheduling.options import Block, BlockDays, VisitChoice
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import BoolArray, IntArray, Rule, Timeline, Use, use_of

_Member = tuple[frozenset[int], Block, VisitChoice]
"""A visit with the classes of crews that can make it, by number, and its block."""


def attach_joint_crews(problem: Problem) -> None:
    """Add a timeline for each set of crews that a visit can choose from and each number of units that visits need.

    What settled remodels use is out of the capacities already.
    """
    visits: dict[str, list[_Member]] = defaultdict(list)
    for options in problem.options:
        for block in options.blocks:
            for visit in block.visits:
                crews = frozenset(choice.crew_class for choice in visit.choices)
                visits[visit.need.trade].append((crews, block, visit))
    rooms = _rooms(problem)
    added: list[IntArray] = []
    for trade, of_trade in visits.items():
        sizes = sorted({visit.need.units for _, _, visit in of_trade} - {1})
        for crews in dict.fromkeys(crews for crews, _, visit in of_trade if visit.need.units > 1):
            members = [member for member in of_trade if member[0] <= crews]
            room = np.sum([rooms[number] for number in crews], axis=0)
            for size in sizes:
                if (room % size).any():
                    added.append(room // size)
                    _add(problem, trade, size, added[-1], members)
    problem.capacity = np.concatenate([problem.capacity, *added])
    problem.binding = problem.timelines.binding()


def _rooms(problem: Problem) -> list[IntArray]:
    """The units of each class that are left on each day."""
    calendars = [calendar.is_working for calendar in problem.axis.calendars_in_use]
    all_work: BoolArray = np.all(calendars or [np.zeros(problem.axis.count, bool)], axis=0)
    lines = _lines_by_class(problem.timelines.items)
    return [_room(problem, number, lines[number], all_work) for number in range(len(problem.classes))]


def _lines_by_class(lines: Sequence[Timeline]) -> list[list[Timeline]]:
    """The timelines of each class: what it holds, then its absences."""
    found: list[list[Timeline]] = []
    for line in lines:
        if line.rule is Rule.CREW:
            found.append([line])
        elif line.rule is Rule.ABSENCE:
            found[-1].append(line)
    return found


def _room(problem: Problem, number: int, lines: list[Timeline], all_work: BoolArray) -> IntArray:
    """The units of a class that are left on each day: on days on which every shop works, without those away."""
    held, *away = lines
    room = np.maximum(problem.capacity[held.offset : held.end], 0)
    for line in away:
        left = np.maximum(problem.capacity[line.offset : line.end], 0)
        days = line.first_days
        room[days] = np.where(all_work[days], np.minimum(room[days], left), room[days])
    example = problem.classes[number].example
    if example.first is not None:
        room[: max(0, problem.axis.number(example.first))] = 0
    if example.last is not None:
        room[max(0, problem.axis.number(example.last) + 1) :] = 0
    return room


def _add(problem: Problem, trade: str, size: int, room: IntArray, members: list[_Member]) -> None:
    axis = problem.axis
    timeline = problem.timelines.add(Rule.CREW, trade, room, np.arange(axis.count), binding=binding_days(axis))
    shared: dict[tuple[BlockDays, int], Use] = {}
    for _, block, visit in members:
        if visit.need.units >= size:
            key = block.days, visit.number
            if key not in shared:
                first, last = np.maximum(visit.first, 0), np.maximum(visit.last, -1)
                shared[key] = use_of(timeline, first, last, constant(visit.need.units // size, first))
            block.uses.append(shared[key])
