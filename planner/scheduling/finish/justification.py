"""Forward-backward improvement: all tasks as late as they go, then all as early as they go, until nothing is won.

Valls, Ballestín and Quintanilla: Justification and RCPSP, a technique that pays, European Journal of Operational
Research 165, 2005. Tasks are moved one at a time with all others standing, so that every step is a schedule.
"""

from collections.abc import Callable

from planner.scheduling.finish.generation import Schedule
from planner.scheduling.finish.project import Placement, Project, Task
from planner.scheduling.finish.yard import Yard


def justified(schedule: Schedule, is_over: Callable[[], bool]) -> Schedule:
    """The schedule after passes to the right and the left, never a worse one; fewer where time is over."""
    while True:
        tighter = _double_pass(schedule, is_over)
        if tighter.key > schedule.key:
            return schedule
        if tighter.key == schedule.key:
            return tighter
        schedule = tighter


def _double_pass(schedule: Schedule, is_over: Callable[[], bool]) -> Schedule:
    project = schedule.project
    yard = Yard(project)
    placements = list(schedule.placements)
    for placed in placements:
        if placed is not None:
            yard.take(placed)
    last = schedule.key[2]
    for task, placed in _movable(project, placements, lambda placed: -placed.finish):
        if is_over():
            break
        yard.give_back(placed)
        later = yard.latest(task, _latest_day(project, task, placed, placements, last))
        placements[task.number] = moved = later if later is not None and later.finish >= placed.finish else placed
        yard.take(moved)
    for task, placed in _movable(project, placements, lambda placed: placed.start):
        if is_over():
            break
        yard.give_back(placed)
        finishes = [other.finish for other in map(placements.__getitem__, task.after) if other is not None]
        sooner = yard.earliest(task, max(finishes, default=-1) + 1)
        placements[task.number] = moved = sooner if sooner is not None and sooner.finish <= placed.finish else placed
        yard.take(moved)
    return Schedule(project, tuple(placements))


def _movable(
    project: Project, placements: list[Placement | None], rank: Callable[[Placement], int]
) -> list[tuple[Task, Placement]]:
    found = [
        (task, placed)
        for task, placed in zip(project.tasks, placements, strict=True)
        if placed is not None and task.is_movable
    ]
    return sorted(found, key=lambda pair: rank(pair[1]))


def _latest_day(project: Project, task: Task, placed: Placement, placements: list[Placement | None], last: int) -> int:
    """The last day a task may finish on: before those that come after it, and in time where it is in time."""
    starts = [other.start - 1 for other in map(placements.__getitem__, task.before) if other is not None]
    in_time = [by for by, _ in project.deadlines if placed.finish <= by]
    return min([last, *starts, *in_time])
