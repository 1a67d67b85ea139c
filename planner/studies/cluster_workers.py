"""Points of a sweep on a Dask cluster that somebody has started: a task for each point.

The rollout travels to each worker once and stays there (see `cluster_data`). Each task declares the threads it searches
with as the resource `threads`, so that no worker is given more searches than it has threads for. A task whose worker is
lost is run again elsewhere by the scheduler, under the same key: the point is neither lost nor counted twice.
"""

import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from queue import Empty, Queue
from threading import Thread
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import uuid4

from planner.studies.sweep_task import Job, Outcome, Task
from planner.wording.translation import gettext

RESOURCE = "threads"
CONNECT_SECONDS = 15
ANSWER_SECONDS = 120
"""How long all workers may take to answer; the first question has each of them load the planner."""
FETCH_SECONDS = 10
TIDY_SECONDS = 10
WITHOUT_WORKERS_SECONDS = 300
"""How long to wait for workers to come back where all are gone."""
AHEAD = 1
"""Points submitted beyond those that run, so that no worker waits for the next one to arrive."""
Answer = TypeVar("Answer")


class NoClusterError(Exception):
    """The cluster cannot be used; the text says why and what to do."""


class ClusterWorkers:
    """The workers of a Dask cluster, for the time of a `with` block.

    Raises NoClusterError where they cannot be used.
    """

    def __init__(self, job: Job, address: str) -> None:
        self._job = job
        self._client = _connect(address)
        self._done: Queue[Any] = Queue()
        self._tasks: dict[str, tuple[Task, Any]] = {}
        self._last_seen = time.monotonic()
        # Others may use the same cluster, for a sweep with points of the same names.
        self._name = f"sweep-{uuid4().hex[:12]}"

    def __enter__(self) -> Self:
        try:
            self._check_workers()
            _within(ANSWER_SECONDS, lambda: self._client.register_plugin(self._data()))
        except BaseException as error:
            self._close()
            if isinstance(error, TimeoutError):
                text = gettext("a worker of the cluster does not answer; end it, and try again")
                raise NoClusterError(text) from None
            raise
        self._last_seen = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(Exception):  # what is left to tidy up is not worth an error, least of all in place of one
            _within(TIDY_SECONDS, self._tidy_up)
        self._close()

    def _tidy_up(self) -> None:
        self._client.cancel([future for _, future in self._tasks.values()], force=True)
        self._client.unregister_worker_plugin(self._name)

    def _close(self) -> None:
        with suppress(Exception):
            self._client.close()

    def _data(self) -> Any:
        from planner.studies.cluster_data import SweepData  # noqa: PLC0415 - imports Dask, an extra

        return SweepData(self._name, self._job)

    @property
    def slots(self) -> int:
        """As many points as the workers there are now can search at once, and one to come after."""
        return self._threads() + AHEAD

    def submit(self, task: Task) -> None:
        """Have a point planned. Raises NoClusterError."""
        from planner.studies.cluster_data import run_point  # noqa: PLC0415 - imports Dask, an extra

        key = "-".join([self._name, *map(str, task.point)])
        try:
            future = self._client.submit(
                run_point, self._name, task, key=key, pure=False, resources={RESOURCE: self._job.limits.workers}
            )
        except (OSError, RuntimeError, ValueError) as error:
            text = gettext("the cluster takes no more points ({error}); what is finished is kept")
            raise NoClusterError(text.format(error=error)) from error
        self._tasks[key] = task, future
        future.add_done_callback(self._done.put)

    def finished(self, timeout: float) -> list[Outcome]:
        """The points that are finished; waits up to `timeout` seconds for one. Raises NoClusterError."""
        try:
            futures = [self._done.get(timeout=timeout)]
        except Empty:
            self._check_connection()
            return []
        while not self._done.empty():
            futures.append(self._done.get_nowait())
        return [outcome for future in futures for outcome in self._outcome(future)]

    def _outcome(self, future: Any) -> list[Outcome]:
        """What became of a point; nothing where the worker that has it is lost, and the point is planned again."""
        try:
            found = self._fetch(future)
        except TimeoutError:
            future.add_done_callback(self._done.put)
            self._check_connection()
            return []
        del self._tasks[str(future.key)]
        return [found]

    def _fetch(self, future: Any) -> Outcome:
        from distributed import KilledWorker  # noqa: PLC0415 - an extra, loaded where it is used

        task, _ = self._tasks[str(future.key)]
        try:
            outcome: Outcome = future.result(timeout=FETCH_SECONDS)
        except TimeoutError:
            raise
        except KilledWorker:
            return Outcome(task.point, None, gettext("each worker that tried it was lost, perhaps for want of memory"))
        except (CancelledError, OSError) as error:
            text = gettext("the connection to the cluster was lost ({error}); what is finished is kept")
            raise NoClusterError(text.format(error=type(error).__name__)) from error
        except Exception as error:
            return Outcome(task.point, None, f"{type(error).__name__}: {error}")
        return outcome

    def _check_connection(self) -> None:
        if self._client.status not in ("running", "connecting"):
            text = gettext("the connection to the cluster was lost (it is {status}); what is finished is kept")
            raise NoClusterError(text.format(status=self._client.status))
        if self._threads():
            self._last_seen = time.monotonic()
        elif time.monotonic() - self._last_seen > WITHOUT_WORKERS_SECONDS:
            text = gettext("the cluster has had no workers for {seconds} s; what is finished is kept")
            raise NoClusterError(text.format(seconds=WITHOUT_WORKERS_SECONDS))

    def _check_workers(self) -> None:
        """That there are workers, that they offer threads, and that they have this version of the planner."""
        if not self._threads():
            text = gettext(
                "no worker of the cluster offers {number} of the resource '{resource}'; start workers with"
                " `dask worker ADDRESS --nthreads 1 --resources {resource}=N`"
            )
            raise NoClusterError(text.format(number=self._job.limits.workers, resource=RESOURCE))
        own = own_version()
        try:
            theirs = _within(ANSWER_SECONDS, lambda: self._client.run(own_version))
        except TimeoutError:
            raise
        except Exception as error:
            text = gettext("the workers cannot load the planner ({error}); install it there too")
            raise NoClusterError(text.format(error=error)) from error
        for address, found in theirs.items():
            if found != own:
                text = gettext("the worker {address} has version {found} of the planner, this is {own}")
                none = gettext("(not installed)")
                raise NoClusterError(text.format(address=address, found=found or none, own=own or none))

    def _threads(self) -> int:
        """How many searches the workers can run at once."""
        # Without a scheduler, the answer is empty.
        workers = self._client.scheduler_info(n_workers=-1).get("workers", {}).values()
        return sum(int(worker.get("resources", {}).get(RESOURCE, 0) // self._job.limits.workers) for worker in workers)


def own_version() -> str:
    """The version of the planner that is installed where this runs; empty where none is."""
    try:
        return version("remodel-planner")
    except PackageNotFoundError:
        return ""


def _connect(address: str) -> Any:
    """A client of the cluster; Dask tells too little of its types to check calls by."""
    try:
        from planner.studies.cluster_client import ClosingClient  # noqa: PLC0415 - imports Dask, an extra
    except ImportError:
        text = gettext("--cluster needs Dask: pip install 'remodel-planner[cluster]'")
        raise NoClusterError(text) from None
    try:
        connect: Any = ClosingClient
        return connect(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (ImportError, OSError, TypeError, ValueError) as error:
        text = gettext("no cluster answers at {address} ({error})")
        raise NoClusterError(text.format(address=address, error=error)) from error


def _within(seconds: float, ask: Callable[[], Answer]) -> Answer:
    """What `ask` returns or raises. Raises TimeoutError where it takes longer: Dask would wait for ever."""
    answer: Future[Answer] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:  # the waiting thread raises it again
            answer.set_exception(error)

    Thread(target=run, name="cluster", daemon=True).start()
    return answer.result(timeout=seconds)
