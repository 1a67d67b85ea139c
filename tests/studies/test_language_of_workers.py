"""Whoever does the work, in whatever process, says why in the language of the one who asked."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.review.check import Violation
from planner.scheduling.limits import NoPlanError
from planner.studies.beside import SearchBeside
from planner.studies.cluster_workers import ClusterWorkers
from planner.studies.grid import Point
from planner.studies.local_workers import LocalProcesses
from planner.studies.planning import FailedCheckError
from planner.studies.sweep import Workers, sweep
from planner.studies.sweep_task import Job, Outcome, Task, run_task
from planner.wording.language import Language
from planner.wording.translation import speaking, spoken

from .sweeps import GRID, LIMITS, ROLLOUT

NO_CREW = "kein Team für builder"


@dataclass(frozen=True)
class WithoutCrews:
    """The rollout of a point: no crew serves a shop."""

    def __call__(self, point: Point) -> tuple[Rollout, tuple[str, ...]]:
        return without_crews(), ()


def without_crews() -> Rollout:
    return replace(ROLLOUT, crews=(replace(ROLLOUT.crews[0], regions=("North",)),))


def outcomes_of(workers: Workers) -> list[Outcome]:
    found: list[Outcome] = []
    sweep(GRID, workers, {}, found.append, threading.Event())
    return found


def reasons(plan: Plan | None) -> set[str]:
    assert plan is not None
    return {item.reason for item in plan.unplanned}


@pytest.fixture
def german_job() -> Job:
    with speaking(Language.GERMAN):
        return Job(WithoutCrews(), LIMITS)


def test_worker_processes_speak_the_language_of_the_job(german_job: Job) -> None:
    with LocalProcesses(german_job, 1) as workers:
        found = outcomes_of(workers)
    assert len(found) == len(GRID)
    assert all(NO_CREW in reason for item in found for reason in reasons(item.plan))
    assert spoken() is Language.ENGLISH


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, resources={"threads": 2}, dashboard_address=":0"
    ) as local:
        yield local


def test_a_worker_of_a_cluster_speaks_the_language_of_each_job_side_by_side(cluster: Any, german_job: Job) -> None:
    english_job = Job(WithoutCrews(), LIMITS)
    told: dict[Language, list[Outcome]] = {}

    def run(job: Job) -> None:
        with ClusterWorkers(job, cluster.scheduler_address) as workers:
            told[job.language] = outcomes_of(workers)

    threads = [threading.Thread(target=run, args=(job,)) for job in (german_job, english_job)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for language, said in ((Language.GERMAN, NO_CREW), (Language.ENGLISH, "no builder crew serves")):
        assert len(told[language]) == len(GRID)
        assert all(said in reason for item in told[language] for reason in reasons(item.plan))


def test_a_search_beside_speaks_the_language_it_was_asked_in() -> None:
    with speaking(Language.GERMAN):
        search = SearchBeside(without_crews(), LIMITS)
        told = search.wait()
        while not isinstance(told, Plan):
            told = search.wait()
    search.end()
    assert all(NO_CREW in reason for reason in reasons(told))


@pytest.mark.parametrize(
    ("error", "failed_check", "said"),
    [
        (NoPlanError("…"), False, "kein Plan innerhalb der Zeitgrenze (…)"),
        (
            FailedCheckError([Violation("start", "Zu früh.")]),
            True,
            "der Plan hat die eigene Prüfung nicht bestanden (start: Zu früh.): ein Fehler im Planer, bitte melden Sie "
            "ihn",
        ),
        (OSError("gone"), False, "OSError: gone"),
    ],
)
def test_what_goes_wrong_is_told_in_the_language_of_the_job(error: Exception, failed_check: bool, said: str) -> None:
    def fail(point: Point) -> tuple[Rollout, tuple[str, ...]]:
        raise error

    outcome = run_task(Job(fail, LIMITS, Language.GERMAN), Task((0, 0)))
    assert (outcome.plan, outcome.reason, outcome.failed_check) == (None, said, failed_check)
