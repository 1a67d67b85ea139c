"""Tasks as stiff bodies on ranked days: what a task holds moves with its start, one for one.

A project whose open tasks are all so can be placed with arrays, many schedules at once. Tasks of several parts, visits
that several classes of crews could make, holidays or absences that count for some starts and not for others, and what
is drawn for good make a task none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.scheduling.choice import Choice
from planner.scheduling.finish.generation import Schedule
from planner.scheduling.finish.project import Hold, Placement, Project, Task
from planner.scheduling.finish.ranks import Ranks
from planner.scheduling.timelines import FloatArray, IntArray

MOST_AMOUNT = 30_000
"""What 16 bits count, with some to spare."""

Loads = dict[tuple[int, int], dict[int, int]]
"""Rank after the start that it begins on, and how many it lasts: what is held of each line."""


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A task: the ranks from its start to its finish, what it holds of which line, the ranks it may start on."""

    length: int
    loads: Loads
    starts: IntArray

    def mirrored(self, count: int) -> "Body":
        """The same with time running backwards from rank `count`."""
        loads = {(self.length - offset - size, size): held for (offset, size), held in self.loads.items()}
        return Body(self.length, loads, (count - self.length - self.starts)[::-1])


@dataclass(frozen=True, slots=True, eq=False)
class Bodies:
    """A project's open tasks as bodies by number, and the room that tasks with a given place leave: [lines, ranks].

    `standing` has the first and last rank of each task with a given place.
    """

    project: Project
    ranks: Ranks
    open: dict[int, Body]
    room: IntArray
    standing: dict[int, tuple[int, int]]
    given: Mapping[int, Placement]

    @property
    def deadlines(self) -> list[tuple[int, int]]:
        """For each milestone, one past the last rank that is in time, and how many open tasks must be."""
        standing = [placed.finish for placed in self.given.values()]
        return [
            (self.ranks.of_days([day + 1])[0], need - sum(finish <= day for finish in standing))
            for day, need in self.project.deadlines
        ]

    def areas(self) -> FloatArray:
        """For each task, what it holds of all lines, each as a part of the most there is of it, times the ranks."""
        most = np.maximum(self.room.max(axis=1, initial=1), 1)
        areas = np.zeros(len(self.project.tasks))
        for number, body in self.open.items():
            for (_, size), held in body.loads.items():
                areas[number] += size * sum(amount / most[line] for line, amount in held.items())
        return areas

    def starts_of(self, schedule: Schedule) -> IntArray | None:
        """The start ranks of all open tasks, 0 for others; None where one has no date."""
        starts = np.zeros(len(schedule.placements), np.int64)
        for number in self.open:
            placed = schedule.placements[number]
            if placed is None:
                return None
            starts[number] = self.ranks.of_days([placed.start])[0]
        return starts

    def schedule_of(self, starts: IntArray) -> Schedule:
        """The schedule in which each task starts on its rank."""
        placements = [
            self.given[task.number] if task.number in self.given else self._placement(task, int(start))
            for task, start in zip(self.project.tasks, starts, strict=True)
        ]
        return Schedule(self.project, tuple(placements))

    def _placement(self, task: Task, start: int) -> Placement:
        place = int(np.searchsorted(self.open[task.number].starts, start))
        return self.project.placement(task.number, Choice((task.parts[0].order[place],), task.crews))


def stiff(project: Project, ranks: Ranks, given: Mapping[int, Placement]) -> Bodies | None:
    """The project with its tasks as bodies, the `given` ones standing; None where an open task is no stiff body."""
    bodies: dict[int, Body] = {}
    for task in project.tasks:
        if task.number not in given:
            body = _body(task, ranks)
            if body is None:
                return None
            bodies[task.number] = body
    rooms = [room.copy() for room in ranks.room]
    standing = {}
    for number, placed in given.items():
        for timeline, begin, stop, amount in placed.spans:
            from_rank, to_rank = ranks.of_span(timeline, begin, stop)
            rooms[timeline][from_rank:to_rank] -= amount
        first, last = ranks.of_days([placed.start, placed.finish])
        standing[number] = (first, last)
    lines = sorted({line for body in bodies.values() for held in body.loads.values() for line in held})
    numbers = {line: number for number, line in enumerate(lines)}
    for body in bodies.values():
        for load, held in body.loads.items():
            body.loads[load] = {numbers[line]: amount for line, amount in held.items()}
    room = np.zeros((len(lines), ranks.count), np.int64)
    for line, number in numbers.items():
        length = min(ranks.count, len(rooms[line]))
        room[number, :length] = np.clip(rooms[line][:length], 0, MOST_AMOUNT)
    return Bodies(project, ranks, bodies, room, standing, given)


def _body(task: Task, ranks: Ranks) -> Body | None:
    part = task.parts[0]
    if len(task.parts) > 1 or part.visits or not part.order:
        return None
    firsts, lasts = ranks.of_part(part)
    first, last = ranks.line(part, firsts), ranks.line(part, lasts)
    if first is None or last is None or not first.slope or not last.slope:
        return None
    loads: Loads = {}
    for hold in part.holds:
        ranked = ranks.of_hold(hold)
        if not ranked.amount:
            continue
        begin, stop = ranks.line(part, ranked.begins), ranks.line(part, ranked.stops)
        if begin is None or stop is None or not begin.slope or not stop.slope or not _is_steady(hold, part.order):
            return None
        if begin.shift < stop.shift:
            held = loads.setdefault((begin.shift - first.shift, stop.shift - begin.shift), {})
            held[hold.timeline] = held.get(hold.timeline, 0) + ranked.amount
    if any(amount > MOST_AMOUNT for held in loads.values() for amount in held.values()):
        return None
    return Body(last.shift - first.shift + 1, loads, np.array(part.steps) + first.shift)


def _is_steady(hold: Hold, order: Sequence[int]) -> bool:
    """Whether all open positions hold the same amount."""
    return len({hold.amount[position] for position in order}) == 1
