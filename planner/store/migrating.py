"""Brings a database to the tables of this program: creates them, or migrates older ones with a copy kept before."""

import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from planner.exchange.text import printable
from planner.store.database import Database
from planner.store.errors import CannotOpenError, CannotSaveError
from planner.wording.amounts import number_text
from planner.wording.translation import gettext

VERSIONS = ("0001", "0002", "0003", "0004")
"""The steps this program knows, in order; the last is what it works with."""

LATEST = VERSIONS[-1]
PAGE_SIZE_AT, PAGES_AT = 16, 28
HEADER_BYTES = 100
FIRST_PAGE = 4096  # which SQLite writes when it switches to the log
PRIVATE = 0o600
MIGRATION_LOCK = 7_162_453_318


def bring_up_to_date(database: Database) -> None:
    """Creates the tables in an empty database, or migrates them from an older version.

    Raises CannotOpenError where the database is newer than the program, holds something else or is cut off; it is
    then untouched.
    """
    path = database.location.path
    is_new = path is not None and _check_file(path)
    try:
        _migrate_where_needed(database, path)
    except (CannotOpenError, CannotSaveError):
        if path is not None and is_new:
            database.close()
            _take_away(path)
        raise


def _migrate_where_needed(database: Database, path: Path | None) -> None:
    with database.reading() as connection:
        version = _version(connection)
        has_tables = bool(set(inspect(connection).get_table_names()) - {"alembic_version"})
    if version == LATEST:
        return
    _check_version(database, version, has_tables)
    if path is not None and version is not None:
        _keep_copy(path, version)
    if path is not None:
        _use_write_ahead_log(database, path)
    with database.writing() as connection:
        if not database.is_sqlite:
            # Two that begin at the same moment: the second waits, and then finds the work done.
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        if _version(connection) != LATEST:
            migrate(connection, LATEST)


def migrate(connection: Connection, version: str) -> None:
    """Runs the steps, up or down, to `version` inside the connection's transaction."""
    # Alembic takes a while to load, and is needed only here.
    from alembic import command  # noqa: PLC0415

    config = alembic_config(connection)
    current = _version(connection)
    if version == "base" or (current is not None and current > version):
        command.downgrade(config, version)
    else:
        command.upgrade(config, version)


def alembic_config(connection: Connection) -> Any:
    """Alembic's settings for the migrations in this package, on `connection`."""
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return version


def _check_version(database: Database, version: str | None, has_tables: bool) -> None:
    shown = database.location.shown
    if version is None and has_tables:
        wrong = gettext(
            "The database {database} holds something else than rollouts; give another place by --db or PLANNER_DB."
        )
        raise CannotOpenError(wrong.format(database=shown))
    if version is not None and version not in VERSIONS:
        wrong = gettext(
            "The database {database} was made by a newer planner (version {version}, this one knows up to {latest});"
            " update the planner. The database was not touched."
        )
        raise CannotOpenError(wrong.format(database=shown, version=printable(version), latest=LATEST))


def _check_file(path: Path) -> bool:
    """Whether the file is a new one: it and its folder are made where there is none.

    Raises CannotOpenError where the file cannot be a whole database.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            wrong = gettext("{path} is a folder; give a file by --db or PLANNER_DB.")
            raise CannotOpenError(wrong.format(path=printable(str(path))))
        # Revenues, and the addresses of feeds, are nobody else's business.
        is_new = not path.exists()
        if is_new:
            path.touch(mode=PRIVATE)
        if not path.stat().st_size:
            return is_new
        with path.open("rb") as file:
            header = file.read(HEADER_BYTES)
        size = path.stat().st_size
        log = path.with_name(f"{path.name}-wal")
        log_is_empty = not log.exists() or not log.stat().st_size
    except OSError as error:
        wrong = gettext("The database {database} cannot be opened ({reason}); check the path and its rights.")
        raise CannotOpenError(wrong.format(database=printable(str(path)), reason=error.strerror)) from None
    if not header.startswith(b"SQLite format 3\0"):
        wrong = gettext("{path} is no database; give another file by --db or PLANNER_DB. It was not touched.")
        raise CannotOpenError(wrong.format(path=printable(str(path))))
    page_size = int.from_bytes(header[PAGE_SIZE_AT : PAGE_SIZE_AT + 2]) or 1
    whole = (65536 if page_size == 1 else page_size) * int.from_bytes(header[PAGES_AT : PAGES_AT + 4])
    # While there is a log, the rest of the file may still be in it.
    if size < whole and log_is_empty:
        wrong = gettext(
            "The database {database} is cut off: {size} of {whole} bytes are there; put a copy in its place, and keep"
            " what is left of this one. It was not touched."
        )
        sizes = {"size": number_text(size), "whole": number_text(whole)}
        raise CannotOpenError(wrong.format(database=printable(str(path)), **sizes))
    return False


def _take_away(path: Path) -> None:
    """Removes a file that was made a moment ago and has not become a database, as where the disk is full."""
    log, journal, shared = (path.with_name(f"{path.name}-{end}") for end in ("wal", "journal", "shm"))
    with suppress(OSError):
        # The last to close a database empties its log: one that is not empty is at work for somebody else.
        if path.stat().st_size <= FIRST_PAGE and not any(
            file.exists() and file.stat().st_size for file in (log, journal)
        ):
            for file in (log, journal, shared, path):
                file.unlink(missing_ok=True)


def _use_write_ahead_log(database: Database, path: Path) -> None:
    """Switches the file to its write-ahead log, for good, so that readers and the one writer do not wait."""
    with database.failures_told(), closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def _keep_copy(path: Path, version: str) -> None:
    """Keeps a copy of the file beside it, with what is still in its log, before its tables change."""
    moment = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    copy = path.with_name(f"{path.stem}.before-{LATEST}-from-{version}.{moment}{path.suffix}")
    try:
        _copy_database(path, copy)
    except (sqlite3.Error, OSError) as error:
        copy.unlink(missing_ok=True)
        wrong = gettext(
            "The database {database} needs a migration, but the copy to be kept before it cannot be written ({error});"
            " free some space beside it. The database was not touched."
        )
        raise CannotSaveError(wrong.format(database=printable(str(path)), error=error)) from None


def _copy_database(path: Path, copy: Path) -> None:
    """Copies the file; nobody may read the copy who may not read the file."""
    copy.touch(mode=PRIVATE, exist_ok=False)
    shutil.copymode(path, copy)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
