"""A sweep on a Dask cluster of several processes, one of which is killed while it works."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.studies.cluster_workers import ClusterWorkers, NoClusterError
from planner.studies.sweep import sweep
from planner.studies.sweep_task import Job, Outcome

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
    monkeypatch.setattr("planner.studies.cluster_workers.CONNECT_SECONDS", 1)
    with pytest.raises(NoClusterError, match=r"no cluster answers at tcp://127\.0\.0\.1:1"):
        ClusterWorkers(Job(MadeRollouts(), LIMITS), "tcp://127.0.0.1:1")
    with pytest.raises(NoClusterError, match="no cluster answers at nowhere"):
        ClusterWorkers(Job(MadeRollouts(), LIMITS), "nowhere")


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
