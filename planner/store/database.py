"""A connection to the database: transactions that read, transactions that write, and failures as sentences."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from sqlite3 import Error as SqliteError
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from planner.store.failures import sentence
from planner.store.location import Location

CONNECT_SECONDS = 10
# A server sorts 100,000 shops, and takes apart 10,000 changes, in memory; by itself it would write them to its disk.
SORT_MEMORY = "16MB"
# A server that is cut off without a word would be waited for for hours: it is given up after a minute of silence.
SILENCE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000}
WRITES = "planner_writes"


class Database:
    """Opens transactions on the database at `location`; every failure of it is raised as a StoreError.

    No transaction lasts longer than its `with` block, and none is open while anything is computed for long. Threads
    may share a Database.
    """

    def __init__(self, location: Location, busy_seconds: float) -> None:
        self.location = location
        self.is_sqlite = location.path is not None
        self._engine = _sqlite(location, busy_seconds) if self.is_sqlite else _postgres(location, busy_seconds)

    @property
    def engine(self) -> Engine:
        """The engine, for migrations and tests."""
        return self._engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the database and changes nothing."""
        options: dict[str, Any] = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.failures_told(), self._engine.connect() as plain:
            connection = plain.execution_options(**options)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that changes the database: all of it at the end of the block, or nothing on an error.

        On SQLite it takes the one writer's place at once, so that what it reads still holds when it writes.
        """
        with self.failures_told(), self._engine.connect() as plain:
            connection = plain.execution_options(**{WRITES: True})
            with connection.begin():
                yield connection

    def look_at(self, *tables: Table) -> None:
        """Has a server look at what tables hold now, after many rows have come at once; a file needs none of it.

        By itself it would look a minute later, or never, and until then may plan to go through a whole table for each
        row that it is asked for. Nothing depends on it, so that whatever keeps it from looking is passed over.
        """
        if self.is_sqlite:
            return
        names = ", ".join(table.name for table in tables)
        with suppress(SQLAlchemyError), self._engine.begin() as connection:
            connection.execute(text(f"ANALYZE (SKIP_LOCKED) {names}"))

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()

    @contextmanager
    def failures_told(self) -> Iterator[None]:
        """Raises failures of the database as StoreErrors."""
        try:
            yield
        except (SQLAlchemyError, SqliteError) as error:
            told = sentence(self.location, error)
            if told is None:
                raise
            # The driver's own words may repeat the address with its password.
            raise told from None


def _sqlite(location: Location, busy_seconds: float) -> Engine:
    engine = create_engine(
        location.url,
        hide_parameters=True,
        poolclass=QueuePool,
        connect_args={"timeout": busy_seconds, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver would begin transactions late; `begin` below does it in time.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        # Survives the end of the process and of the machine; readers and the one writer do not wait for one another.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -32000")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _postgres(location: Location, busy_seconds: float) -> Engine:
    milliseconds = max(1, int(busy_seconds * 1000))  # 0 would mean for ever
    return create_engine(
        location.url,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            # Compiling a query takes longer than answering it: windows are small, and tables not huge.
            "options": f"-c lock_timeout={milliseconds} -c jit=off -c work_mem={SORT_MEMORY}",
            "application_name": "planner",
            **SILENCE,
        },
    )
