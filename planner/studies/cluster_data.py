"""What stays on each worker of a Dask cluster for the time of a sweep. Imports Dask, an extra."""

import threading
from typing import cast

from distributed import Worker, WorkerPlugin, get_worker

from planner.studies.sweep_task import Job, Outcome, Task, run_task


class SweepData(WorkerPlugin):
    """The rollout and the limits of a sweep, by the sweep's name.

    The scheduler hands a plugin to each worker once, and to those that join or come back later too. Data that is
    scattered would be gone with the workers that hold it.
    """

    def __init__(self, name: str, job: Job) -> None:
        self.name = name
        self.job = job

    def setup(self, worker: Worker) -> None:  # noqa: ARG002 - Dask gives it
        """On a worker: be ready to stop."""
        self.stop = threading.Event()

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - Dask gives it
        """On a worker: the sweep is over, so searches that still run return at once."""
        self.stop.set()


def run_point(name: str, task: Task) -> Outcome:
    """On a worker: plan a point of the sweep `name`."""
    data = cast(SweepData, get_worker().plugins[name])
    return run_task(data.job, task, data.stop)
