"""A problem as the search for an early finish sees it: shops as tasks, in plain lists that placing reads quickly."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from planner.scheduling.choice import Choice
from planner.scheduling.options import Block, BlockDays, ShopOptions
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import Rule, Use

Span = tuple[int, int, int, int]
"""A timeline's number, the first slot held, one past the last, and the amount."""


@dataclass(frozen=True, slots=True, eq=False)
class Hold:
    """What each position of a part holds of a timeline: `amount` of its slots from `begin` up to, not with, `stop`.

    A position with `begin == stop` holds nothing.
    """

    timeline: int
    begin: list[int]
    stop: list[int]
    amount: list[int]

    def span(self, position: int, units: int) -> Span:
        """What a position holds, so many units of it."""
        return self.timeline, self.begin[position], self.stop[position], self.amount[position] * units


@dataclass(frozen=True, slots=True, eq=False)
class Team:
    """A class of crews that could make a visit: what one unit holds, the most it sends, and where it may come."""

    crew_class: int
    units: int
    holds: tuple[Hold, ...]
    allowed: list[bool]


@dataclass(frozen=True, slots=True, eq=False)
class OpenVisit:
    """A visit that several classes could make, the ones that fewest shops could have first."""

    number: int
    need: int
    teams: tuple[Team, ...]

    def spans(self, sent: Mapping[int, int], position: int) -> list[Span]:
        """What the classes that are `sent` hold at a position."""
        return [
            span
            for team in self.teams
            if team.crew_class in sent
            for span in (hold.span(position, sent[team.crew_class]) for hold in team.holds)
            if span[1] < span[2]
        ]


@dataclass(frozen=True, slots=True, eq=False)
class _Days:
    """The days of a block at each position: first and last one, and both counted in working days."""

    first: list[int]
    last: list[int]
    begin: list[int]
    end: list[int]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A block of a shop: its open positions in `order` of their last day, with that day and what each holds.

    `first`, `last` (days) and `begin`, `end` (working days counted, one past the last) go by position. In order of
    places, `lasts` and `ends` are these, `starts` and `begins` the latest first day and begin so far; `steps` are the
    begins where no two are the same, and else numbers from 0. `holds` are those of the part whoever comes, `visits`
    those that several classes could make.
    """

    order: list[int]
    lasts: list[int]
    ends: list[int]
    starts: list[int]
    begins: list[int]
    steps: list[int]
    first: list[int]
    last: list[int]
    begin: list[int]
    end: list[int]
    holds: tuple[Hold, ...]
    visits: tuple[OpenVisit, ...]


@dataclass(eq=False)
class Task:
    """A shop: its parts, the waits between them, and the tasks it comes after and before.

    `crews` has an entry a visit: who makes it, where only one class can.
    """

    number: int
    priority: int
    crews: tuple[Mapping[int, int], ...]
    parts: tuple[Part, ...]
    waits: tuple[tuple[int, int], ...]
    after: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)

    @cached_property
    def days(self) -> int:
        """The calendar days its parts last at the least."""
        return sum(min(part.last[place] - part.first[place] for place in part.order) + 1 for part in self.parts)

    @property
    def is_movable(self) -> bool:
        """Whether it has more than one way to go."""
        return any(len(part.order) > 1 or part.visits for part in self.parts)


class Placement(NamedTuple):
    """Where a task is: the position of each part, the crews of each visit, what it holds, its first and last day."""

    positions: tuple[int, ...]
    crews: tuple[Mapping[int, int], ...]
    spans: Sequence[Span]
    start: int
    finish: int

    @property
    def choice(self) -> Choice:
        """The same as the rest of the planner says it."""
        return Choice(self.positions, self.crews)


class Project:
    """All tasks of a problem, and the room on each timeline.

    Relies on `problem.options`, `.timelines.items`, `.capacity`, `.binding`, `.deadlines` and `.settled`.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.capacity: list[list[int]] = [
            problem.capacity[line.offset : line.end].tolist() for line in problem.timelines.items
        ]
        self._holds: dict[tuple[int, int], Hold] = {}
        self._days: dict[int, _Days] = {}
        self._popularity = _popularity(problem)
        self._links = _links(problem)
        self.tasks = [self._task(number, options) for number, options in enumerate(problem.options)]
        for before, after in sorted(set(self._links.values())):
            self.tasks[before].before.append(after)
            self.tasks[after].after.append(before)
        settled = [int(options.finish[choice.positions[-1]]) for options, choice in problem.settled]
        self.settled_last = max(settled, default=0)
        self.deadlines = [(item.day, item.need) for item in problem.deadlines]

    def placement(self, number: int, choice: Choice) -> Placement:
        """The placement that `choice` is for a task."""
        task = self.tasks[number]
        spans: list[Span] = []
        for part, position in zip(task.parts, choice.positions, strict=True):
            spans += [span for span in (hold.span(position, 1) for hold in part.holds) if span[1] < span[2]]
            for visit in part.visits:
                spans += visit.spans(choice.crews[visit.number], position)
        start, finish = task.parts[0].first[choice.positions[0]], task.parts[-1].last[choice.positions[-1]]
        return Placement(choice.positions, choice.crews, spans, start, finish)

    def _task(self, number: int, options: ShopOptions) -> Task:
        parts = tuple(self._part(block) for block in options.blocks)
        crews: list[Mapping[int, int]] = [{} for _ in options.shop_format.visits]
        for block in options.blocks:
            for visit in block.visits:
                if len(visit.choices) == 1:
                    crews[visit.number] = {visit.choices[0].crew_class: visit.need.units}
        return Task(number, options.shop.priority, tuple(crews), parts, tuple(options.waits))

    def _part(self, block: Block) -> Part:
        is_open = block.open.copy()
        holds = [self._hold(use, 1) for use in block.uses if use.timeline.number not in self._links]
        visits = []
        for visit in block.visits:
            choices = sorted(visit.choices, key=lambda choice: (self._popularity[choice.crew_class], choice.crew_class))
            if len(choices) == 1:
                is_open &= choices[0].allowed
                holds += [self._hold(use, visit.need.units) for use in choices[0].uses]
                continue
            teams = tuple(
                Team(
                    choice.crew_class,
                    choice.units,
                    tuple(self._hold(use, 1) for use in choice.uses),
                    choice.allowed.tolist(),
                )
                for choice in choices
            )
            visits.append(OpenVisit(visit.number, visit.need.units, teams))
        days = self._days_of(block.days)
        order = np.flatnonzero(is_open)
        order = order[np.lexsort((block.begin[order], block.last[-1][order]))]
        begin = block.begin[order]
        return Part(
            order=order.tolist(),
            lasts=block.last[-1][order].tolist(),
            ends=block.end[order].tolist(),
            starts=np.maximum.accumulate(block.first[0][order]).tolist(),
            begins=np.maximum.accumulate(begin).tolist(),
            steps=(begin if (np.diff(begin) > 0).all() else np.arange(len(order))).tolist(),
            first=days.first,
            last=days.last,
            begin=days.begin,
            end=days.end,
            holds=tuple(holds),
            visits=tuple(visits),
        )

    def _hold(self, use: Use, units: int) -> Hold:
        key = (id(use), units)
        if key not in self._holds:
            stop = np.where(use.amount != 0, np.maximum(use.end + 1, use.begin), use.begin)
            amount = (use.amount * units).tolist()
            self._holds[key] = Hold(use.timeline.number, use.begin.tolist(), stop.tolist(), amount)
        return self._holds[key]

    def _days_of(self, days: BlockDays) -> _Days:
        if id(days) not in self._days:
            values = (days.first[0].tolist(), days.last[-1].tolist(), days.begin.tolist(), days.end.tolist())
            self._days[id(days)] = _Days(*values)
        return self._days[id(days)]


def _popularity(problem: Problem) -> dict[int, int]:
    """For each class of crews, how many visits it could make."""
    count: dict[int, int] = defaultdict(int)
    for options in problem.options:
        for block in options.blocks:
            for visit in block.visits:
                for choice in visit.choices:
                    count[choice.crew_class] += 1
    return count


def _links(problem: Problem) -> dict[int, tuple[int, int]]:
    """The tasks that each timeline of an order puts one before the other.

    Where the first has a given date, its timeline has room from then on and stays a timeline like any other.
    """
    before: dict[int, int] = {}
    after: dict[int, int] = {}
    for number, options in enumerate(problem.options):
        for block in options.blocks:
            for use in block.uses:
                if use.timeline.rule is Rule.AFTER and len(use.amount):
                    side = before if use.amount[0] < 0 else after
                    side[use.timeline.number] = number
    return {line: (number, after[line]) for line, number in before.items() if line in after}
