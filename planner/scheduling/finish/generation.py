"""Whole schedules, one task after another, each at its earliest (serial schedule generation).

Kolisch: Serial and parallel resource-constrained project scheduling methods revisited, European Journal of Operational
Research 90, 1996.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from random import Random

from planner.scheduling.choice import Choice
from planner.scheduling.finish.project import Placement, Project
from planner.scheduling.finish.yard import Yard

NOISE = (0.5, 1.5)

Key = tuple[int, int, int]
"""How good a schedule is: shops short of milestones, priority without a date, last finish; less is better."""


@dataclass(frozen=True, eq=False)
class Schedule:
    """A placement for each task; None: no date."""

    project: Project
    placements: tuple[Placement | None, ...]

    def with_changes(self, choices: Mapping[int, Choice]) -> "Schedule":
        """The schedule with other choices for some tasks."""
        placements = list(self.placements)
        for number, choice in choices.items():
            placements[number] = self.project.placement(number, choice)
        return Schedule(self.project, tuple(placements))

    @property
    def is_sound(self) -> bool:
        """Whether no timeline is held for more than it has room for, and each task starts after those before it."""
        yard = Yard(self.project)
        for task, placed in zip(self.project.tasks, self.placements, strict=True):
            if placed is not None:
                yard.take(placed)
                before = [self.placements[other] for other in task.after]
                if any(other is None or other.finish >= placed.start for other in before):
                    return False
        return yard.is_sound

    @cached_property
    def key(self) -> Key:
        """How good it is."""
        finishes = [placed.finish for placed in self.placements if placed is not None]
        short = sum(max(0, need - sum(day <= by for day in finishes)) for by, need in self.project.deadlines)
        pairs = zip(self.project.tasks, self.placements, strict=True)
        left_out = sum(task.priority for task, placed in pairs if placed is None)
        return short, left_out, max([self.project.settled_last, *finishes])

    @cached_property
    def order(self) -> list[int]:
        """All tasks by their start, those without a date first; each after those it comes after."""
        starts = [-1 if placed is None else placed.start for placed in self.placements]
        return ordered(self.project, lambda number: starts[number])


def ordered(project: Project, rank: Callable[[int], float]) -> list[int]:
    """All tasks, those of lesser rank first, but each after those it comes after."""
    waits_for = [len(task.after) for task in project.tasks]
    ready = [(rank(task.number), task.number) for task in project.tasks if not task.after]
    heapify(ready)
    order = []
    while ready:
        _, number = heappop(ready)
        order.append(number)
        for after in project.tasks[number].before:
            waits_for[after] -= 1
            if not waits_for[after]:
                heappush(ready, (rank(after), after))
    return order


def generate(
    project: Project, order: Sequence[int], given: Mapping[int, Placement], is_over: Callable[[], bool]
) -> Schedule:
    """Place the `given` tasks as they are, then all others in `order`, each where it finishes first.

    What is left when time is over gets no date.
    """
    yard = Yard(project)
    placements: list[Placement | None] = [given.get(task.number) for task in project.tasks]
    for placed in given.values():
        yard.take(placed)
    for number in order:
        if is_over():
            break
        if number not in given:
            task, not_before = project.tasks[number], 0
            before = [placements[other] for other in task.after]
            for other in before:
                if other is not None:
                    not_before = max(not_before, other.finish + 1)
            if None not in before:
                found = placements[number] = yard.earliest(task, not_before)
                if found is not None:
                    yard.take(found)
    return Schedule(project, tuple(placements))


def tails_of(project: Project) -> list[float]:
    """For each task, the days that it and what comes after it take."""
    tails = [0.0] * len(project.tasks)
    for number in reversed(ordered(project, lambda _: 0.0)):
        task = project.tasks[number]
        tails[number] = task.days + max([tails[after] for after in task.before], default=0.0)
    return tails


def by_tail(project: Project, random: Random | None) -> list[int]:
    """The tasks by the days that they and what comes after them take, most first; `random` mixes them a little.

    The priority rule of the latest finish time, which is among the best for few resources (Kolisch, 1996).
    """
    tails = tails_of(project)
    if random is not None:
        tails = [tail * random.uniform(*NOISE) for tail in tails]
    return ordered(project, lambda number: -tails[number])
