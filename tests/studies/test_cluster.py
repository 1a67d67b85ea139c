"""A sweep on a Dask cluster of several processes, one of which is killed while it works."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.studies.cluster_workers import ClusterWorkers, NoClusterError
from planner.studies.sweep import sweep
from planner.studies.sweep_task import Job, Outcome, Task

from .sweeps import GRID, LIMITS, MadeRollouts, job_with

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, resources={"threads": 1}, dashboard_address=":0"
    ) as local:
        yield local


def test_a_killed_worker_loses_no_point_and_doubles_none(cluster: Any, tmp_path: Path) -> None:
    keepings: list[Outcome] = []
    job = job_with(tmp_path, lives=1)
    with ClusterWorkers(job, cluster.scheduler_address) as workers:
        sweep(GRID, workers, {}, keepings.append, threading.Event())
    assert list(tmp_path.iterdir()) == []  # the worker did die
    assert sorted(outcome.point for outcome in keepings) == sorted(GRID.points)
    assert [outcome.reason for outcome in keepings if outcome.plan is None] == []


def test_a_stop_ends_at_once(cluster: Any) -> None:
    stop = threading.Event()
    stop.set()
    with ClusterWorkers(Job(MadeRollouts(), LIMITS), cluster.scheduler_address) as workers:
        assert sweep(GRID, workers, {}, lambda _: None, stop) == {}


def test_workers_without_threads_to_offer_are_refused(cluster: Any) -> None:
    job = Job(MadeRollouts(), replace(LIMITS, workers=2))
    with pytest.raises(NoClusterError, match="--resources threads=N"), ClusterWorkers(job, cluster.scheduler_address):
        pass


def test_an_address_where_nobody_answers_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.studies.cluster_workers.CONNECT_SECONDS", 0.3)
    with pytest.raises(NoClusterError, match=r"no cluster answers at tcp://127\.0\.0\.1:1"):
        ClusterWorkers(Job(MadeRollouts(), LIMITS), "tcp://127.0.0.1:1")
    with pytest.raises(NoClusterError, match="no cluster answers at nowhere"):
        ClusterWorkers(Job(MadeRollouts(), LIMITS), "nowhere")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere", "tls://127.0.0.1:1", "unknown://127.0.0.1:1"])
def test_a_client_that_cannot_connect_is_not_left_half_open(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr("planner.studies.cluster_workers.CONNECT_SECONDS", 0.3)
    made = []
    make = distributed.Client.__init__

    def noted(client: Any, *arguments: Any, **options: Any) -> None:
        made.append(client)
        make(client, *arguments, **options)

    monkeypatch.setattr(distributed.Client, "__init__", noted)
    with pytest.raises(NoClusterError) as error:
        ClusterWorkers(Job(MadeRollouts(), LIMITS), address)
    assert [client.status for client in made] == ["closed"]
    assert address in str(error.value)


def test_a_worker_that_does_not_answer_is_said(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.studies.cluster_workers.ANSWER_SECONDS", 1)
    cluster.wait_for_workers(2, timeout=60)  # one was killed before
    stopped = cluster.workers[0].pid
    os.kill(stopped, signal.SIGSTOP)
    try:
        workers = ClusterWorkers(Job(MadeRollouts(), LIMITS), cluster.scheduler_address)
        with pytest.raises(NoClusterError, match="does not answer"), workers:
            pass
    finally:
        os.kill(stopped, signal.SIGCONT)


class LostResult:
    """A point that is finished, whose worker is lost when its result is first asked for."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.asked = 0

    def add_done_callback(self, tell: Callable[[Any], None]) -> None:
        tell(self)

    def result(self, timeout: float) -> Outcome:
        self.asked += 1
        if self.asked == 1:
            raise TimeoutError
        return Outcome((0, 0), None, "asked again")


class LosingClient:
    """As much of a Dask client as a point needs whose result is lost; `workers` is how many there are."""

    status = "running"
    workers = 1

    def submit(self, work: Any, *arguments: Any, key: str, **options: Any) -> LostResult:
        return LostResult(key)

    def scheduler_info(self, n_workers: int) -> dict[str, Any]:
        return {"workers": {number: {"resources": {"threads": 1}} for number in range(self.workers)}}


@pytest.fixture
def losing(monkeypatch: pytest.MonkeyPatch) -> LosingClient:
    client = LosingClient()
    monkeypatch.setattr("planner.studies.cluster_workers._connect", lambda address: client)
    return client


def test_a_result_that_was_lost_with_its_worker_is_asked_for_again(losing: LosingClient) -> None:
    workers = ClusterWorkers(Job(MadeRollouts(), LIMITS), "")
    workers.submit(Task((0, 0)))
    assert workers.finished(0) == []
    assert [outcome.reason for outcome in workers.finished(0)] == ["asked again"]


def test_a_cluster_to_which_no_worker_comes_back_is_said(losing: LosingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    workers = ClusterWorkers(Job(MadeRollouts(), LIMITS), "")
    losing.workers = 0
    assert workers.finished(0) == []
    monkeypatch.setattr("planner.studies.cluster_workers.WITHOUT_WORKERS_SECONDS", 0)
    with pytest.raises(NoClusterError, match=r"no workers for 0 s; what is finished is kept"):
        workers.finished(0)


def test_the_only_worker_may_die_too(tmp_path: Path) -> None:
    job = job_with(tmp_path, lives=1)
    keepings: list[Outcome] = []
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, resources={"threads": 1}, dashboard_address=":0"
        ) as local,
        ClusterWorkers(job, local.scheduler_address) as workers,
    ):
        sweep(GRID, workers, {}, keepings.append, threading.Event())
    assert sorted(outcome.point for outcome in keepings if outcome.plan) == sorted(GRID.points)


def test_a_cluster_that_goes_away_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.studies.cluster_workers.CONNECT_SECONDS", 2)
    local = distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, resources={"threads": 1}, dashboard_address=":0"
    )
    with (
        pytest.raises(NoClusterError, match=r"connection to the cluster was lost|takes no more points"),
        ClusterWorkers(Job(MadeRollouts(), LIMITS), local.scheduler_address) as workers,
    ):
        sweep(GRID, workers, {}, lambda _: local.close(), threading.Event())
