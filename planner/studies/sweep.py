"""A sweep: every point of a grid planned once, whoever does the work, however often it is broken off."""

import threading
from collections.abc import Callable, Mapping
from typing import Protocol

from planner.domain.plan import Plan
from planner.studies.grid import Grid, Point, distance
from planner.studies.sweep_task import Outcome, Task

POLL_SECONDS = 0.25


class Workers(Protocol):
    """Who plans the points: processes of this machine, or a cluster."""

    @property
    def slots(self) -> int:
        """How many points to have under way at once; may change."""
        ...

    def submit(self, task: Task) -> None:
        """Have a point planned."""
        ...

    def finished(self, timeout: float) -> list[Outcome]:
        """The points that have been finished since the last call; waits up to `timeout` seconds for one."""
        ...


def sweep(
    grid: Grid,
    workers: Workers,
    kept: Mapping[Point, Plan],
    keep: Callable[[Outcome], None],
    stop: threading.Event,
    on_wait: Callable[[], None] = lambda: None,
) -> dict[Point, Outcome]:
    """Plan all points of `grid` that are not `kept`; `keep` is told of each as it comes.

    Each begins from the plan of the nearest point that has one by then. Setting `stop` ends the sweep: what is under
    way is given up. `on_wait` is called several times a second. Returns the outcomes of this run.
    """
    plans = dict(kept)
    waiting = [point for point in reversed(grid.points) if point not in plans]
    under_way: set[Point] = set()
    outcomes: dict[Point, Outcome] = {}
    while (waiting or under_way) and not stop.is_set():
        while waiting and len(under_way) < workers.slots:
            point = waiting.pop()
            under_way.add(point)
            workers.submit(_task(point, plans))
        for outcome in workers.finished(POLL_SECONDS):
            # A stop makes workers return what they have so far: that is not the point's plan. A point that a lost
            # worker had finished after all may come twice.
            if stop.is_set() or outcome.point not in under_way:
                continue
            under_way.remove(outcome.point)
            outcomes[outcome.point] = outcome
            if outcome.plan is not None:
                plans[outcome.point] = outcome.plan
            keep(outcome)
        on_wait()
    return outcomes


def _task(point: Point, plans: Mapping[Point, Plan]) -> Task:
    with_dates = (other for other, plan in plans.items() if plan.remodels)
    nearest = min(with_dates, key=lambda other: (distance(point, other), other), default=None)
    return Task(point) if nearest is None else Task(point, plans[nearest], nearest)
