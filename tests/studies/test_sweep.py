"""A sweep plans every point once, whatever befalls those who do the work."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.review.check import check
from planner.studies import local_workers
from planner.studies.grid import Point, distance
from planner.studies.local_workers import LOST, MOST_LOSSES, LocalProcesses
from planner.studies.sweep import sweep
from planner.studies.sweep_task import Job, Outcome, Task, run_task

from .made_plans import made_plan, remodel
from .sweeps import GRID, LIMITS, MadeRollouts, job_with

PLAN = made_plan(remodels=(remodel("S1", made_plan().today, made_plan().today),))


class FakeWorkers:
    """Answers each task by `answer`, the one submitted last first."""

    def __init__(self, slots: int, answer: Callable[[Task], Outcome | None]) -> None:
        self.slots = slots
        self.tasks: list[Task] = []
        self._waiting: list[Task] = []
        self._answer = answer

    def submit(self, task: Task) -> None:
        self.tasks.append(task)
        self._waiting.append(task)
        assert len(self._waiting) <= self.slots

    def finished(self, timeout: float) -> list[Outcome]:
        outcome = self._answer(self._waiting.pop())
        return [outcome] if outcome else []


def planned(task: Task) -> Outcome:
    return Outcome(task.point, PLAN, start_point=task.start_point)


def run(
    workers: FakeWorkers, kept: dict[Point, Plan] | None = None, stop: threading.Event | None = None
) -> list[Outcome]:
    keepings: list[Outcome] = []
    outcomes = sweep(GRID, workers, kept or {}, keepings.append, stop or threading.Event())
    assert list(outcomes.values()) == keepings
    return keepings


def test_every_point_is_kept_once_and_begins_from_the_nearest_plan() -> None:
    workers = FakeWorkers(2, planned)
    kept = run(workers)
    assert sorted(outcome.point for outcome in kept) == sorted(GRID.points)
    starts = [task for task in workers.tasks if task.start is not None]
    assert len(starts) == len(GRID) - 2
    assert all(task.start_point is not None and distance(task.point, task.start_point) <= 2 for task in starts)


def test_what_is_kept_is_not_planned_again_but_begun_from() -> None:
    workers = FakeWorkers(1, planned)
    kept = dict.fromkeys(GRID.points[:-1], PLAN)
    assert [outcome.point for outcome in run(workers, kept)] == [GRID.points[-1]]
    start = workers.tasks[0].start_point
    assert start is not None
    assert distance(start, GRID.points[-1]) == 1


def test_a_point_without_a_plan_is_kept_as_such_and_nobody_begins_from_it() -> None:
    workers = FakeWorkers(1, lambda task: Outcome(task.point, None, "none"))
    assert len(run(workers)) == len(GRID)
    assert all(task.start is None for task in workers.tasks)


def test_a_stop_gives_up_what_is_under_way() -> None:
    stop = threading.Event()

    def answer(task: Task) -> Outcome:
        if len(workers.tasks) == 3:
            stop.set()
        return planned(task)

    workers = FakeWorkers(1, answer)
    assert len(run(workers, stop=stop)) == 2


def test_a_point_that_comes_twice_counts_once() -> None:
    first: list[Outcome] = []

    class Doubling(FakeWorkers):
        def finished(self, timeout: float) -> list[Outcome]:
            found = super().finished(timeout)
            first.extend(found)
            return [*found, *first]

    assert sorted(outcome.point for outcome in run(Doubling(1, planned))) == sorted(GRID.points)


def test_a_task_yields_a_checked_plan_named_after_its_scenario() -> None:
    outcome = run_task(Job(MadeRollouts(), LIMITS), Task((1, 0)))
    assert outcome.plan is not None
    assert outcome.plan.scenario == ("2 and 1",)
    rollout, _ = MadeRollouts()((1, 0))
    assert check(rollout, outcome.plan) == ()


def test_what_goes_wrong_with_a_point_is_its_outcome() -> None:
    def broken(point: Point) -> tuple[object, tuple[str, ...]]:
        raise ValueError("no such rollout")

    outcome = run_task(Job(broken, LIMITS), Task((0, 0)))  # type: ignore[arg-type] # on purpose
    assert (outcome.plan, outcome.reason) == (None, "ValueError: no such rollout")


def deaf(point: Point) -> tuple[Rollout, tuple[str, ...]]:
    """A point that takes for ever, and heeds no stop; the process it is in waits less than others until it ends."""
    local_workers.ENDING_SECONDS = 0.2
    Path(os.environ["DEAF"]).write_text(str(os.getpid()), encoding="utf-8")
    while True:
        time.sleep(1)


def test_a_search_that_heeds_no_stop_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEAF", str(tmp_path / "pid"))
    with LocalProcesses(Job(deaf, LIMITS), 1) as workers:
        workers.submit(Task((0, 0)))
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text(encoding="utf-8"):
            assert workers.finished(0.1) == []
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text(encoding="utf-8")), 0)


@pytest.mark.parametrize(("lives", "slots", "planned_points"), [(1, 2, 6), (9, 1, 5)])
def test_a_lost_process_costs_no_point_unless_it_dies_of_it(
    tmp_path: Path, lives: int, slots: int, planned_points: int
) -> None:
    keepings: list[Outcome] = []
    with LocalProcesses(job_with(tmp_path, lives), slots) as workers:
        sweep(GRID, workers, {}, keepings.append, threading.Event())
    assert sorted(outcome.point for outcome in keepings) == sorted(GRID.points)
    assert sum(outcome.plan is not None for outcome in keepings) == planned_points
    assert {outcome.reason for outcome in keepings} == ({"", LOST.format(number=MOST_LOSSES)} if lives > 1 else {""})
