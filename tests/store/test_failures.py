"""Disk full, read-only, locked, cut off, unreachable: a sentence, and nothing half-done."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from sqlalchemy import event

from planner.store.backlog import Backlog
from planner.store.errors import BusyError, CannotOpenError, CannotSaveError, LostConnectionError, StoreError
from planner.store.location import locate
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store, read_folder_content
from tests.store.folders import write_folder

SHOP = RecordKind.SHOP
SECRET = "s3cret-pass"
NOBODY = 65534


def long_edits(backlog: Backlog) -> list[Edit]:
    return [Edit(SHOP, shop, {"colour": "x" * 400_000}) for shop in backlog.versions()]


def is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


@pytest.fixture
def backlog(sqlite_url: str, tmp_path: Path) -> Iterator[Backlog]:
    """A rollout in a file."""
    with open_store(StoreSettings(db=sqlite_url, user="ana", busy_seconds=0.2)) as store:
        yield store.add(read_folder_content(write_folder(tmp_path / "folder")))


def test_a_full_disk(backlog: Backlog, sqlite_url: str) -> None:
    @event.listens_for(backlog._database.engine, "begin")
    def as_if_full(connection: Any) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite takes the number of pages there are

    before = backlog.load()
    with pytest.raises(CannotSaveError, match="the disk is full; free some space and try again; nothing was changed"):
        backlog.edit(long_edits(backlog), "too much")
    assert backlog.load() == before
    assert is_sound(Path(sqlite_url))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte, which is really full when it is."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine does not let tests mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_disk_that_is_really_full(small_disk: Path, tmp_path: Path, empty_file: Path) -> None:
    path = Path(shutil.copy(empty_file, small_disk / "planner.db"))
    with open_store(StoreSettings(db=str(path))) as store:
        backlog = store.add(read_folder_content(write_folder(tmp_path / "folder")))
        before = backlog.load()
        with pytest.raises(CannotSaveError, match="the disk"):
            backlog.edit(long_edits(backlog), "too much")
        assert backlog.load() == before
        backlog.edit([Edit(SHOP, "S1", {"priority": "1"})], "small enough")
    assert is_sound(path)


@pytest.mark.parametrize("free_bytes", [0, 4096, 8192, 49_152, 98_304])
def test_a_new_database_that_finds_no_room_leaves_nothing(small_disk: Path, free_bytes: int) -> None:
    fill(small_disk)
    filler = small_disk / "filler"
    os.truncate(filler, filler.stat().st_size - free_bytes)
    with pytest.raises((CannotSaveError, CannotOpenError), match=r"full|disk"):
        open_store(StoreSettings(db=str(small_disk / "new.db")))
    assert list(small_disk.iterdir()) == [filler]


@pytest.mark.parametrize("free_bytes", [0, 98_304])
def test_a_file_that_was_there_before_stays(small_disk: Path, free_bytes: int) -> None:
    path = small_disk / "empty.db"
    path.touch()
    fill(small_disk)
    os.truncate(small_disk / "filler", (small_disk / "filler").stat().st_size - free_bytes)
    with pytest.raises((CannotSaveError, CannotOpenError), match=r"full|disk"):
        open_store(StoreSettings(db=str(path)))
    assert path.exists()


def fill(disk: Path) -> None:
    try:
        (disk / "filler").write_bytes(b"x" * 2_000_000)
    except OSError:
        return


def test_a_database_locked_by_another_program(backlog: Backlog, sqlite_url: str) -> None:
    with closing(sqlite3.connect(sqlite_url, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert backlog.page().total == 5, "reading goes on"
        with pytest.raises(BusyError, match="in use by another program"):
            backlog.edit([Edit(SHOP, "S1", {"priority": "1"})], "waits")
        other.execute("ROLLBACK")
    backlog.edit([Edit(SHOP, "S1", {"priority": "1"})], "goes on")


def edit_in(path: Path) -> None:
    with open_store(StoreSettings(db=str(path), user="ana")) as store:
        store.backlog().edit([Edit(SHOP, "S2", {"priority": "1"})], "refused")


@contextmanager
def without_rights() -> Iterator[None]:
    """Root may write everything; a user without rights may not."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX ones here")
@pytest.mark.parametrize("folder_rights", [0o555, 0o777])
def test_a_file_that_can_only_be_read(backlog: Backlog, sqlite_url: str, folder_rights: int) -> None:
    backlog.edit([Edit(SHOP, "S1", {"priority": "1"})], "loads what an edit needs")
    backlog._database.close()
    folder = Path(mkdtemp(prefix="planner-readonly-"))
    try:
        path = Path(shutil.copy(sqlite_url, folder / "planner.db"))
        path.chmod(0o444)
        folder.chmod(folder_rights)
        before = path.read_bytes()
        with without_rights(), pytest.raises((CannotSaveError, CannotOpenError)) as error:
            edit_in(path)
        assert "can only be read" in str(error.value) or "cannot be opened" in str(error.value)
        assert path.read_bytes() == before
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_file_that_was_cut_off(backlog: Backlog, sqlite_url: str) -> None:
    backlog._database.close()
    path = Path(sqlite_url)
    whole = path.read_bytes()
    for part in (len(whole) // 2, 5000, 60):
        path.write_bytes(whole[:part])
        with pytest.raises(CannotOpenError, match=r"is cut off|is no database") as error:
            open_store(StoreSettings(db=sqlite_url))
        assert "not touched" in str(error.value)
        assert path.read_bytes() == whole[:part]


def test_a_file_that_is_damaged_inside(backlog: Backlog, sqlite_url: str) -> None:
    backlog._database.close()
    path = Path(sqlite_url)
    data = bytearray(path.read_bytes())
    for page in range(4096, len(data), 4096):
        data[page : page + 200] = b"\xff" * 200
    path.write_bytes(data)
    with pytest.raises(CannotOpenError, match="is damaged or cut off"):
        open_store(StoreSettings(db=sqlite_url)).backlog().load()


def test_no_database_at_all(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database", encoding="utf-8")
    with pytest.raises(CannotOpenError, match="is no database"):
        open_store(StoreSettings(db=str(tmp_path / "text")))
    with pytest.raises(CannotOpenError, match="is a folder"):
        open_store(StoreSettings(db=str(tmp_path)))
    with pytest.raises(CannotOpenError, match="cannot be opened"):
        open_store(StoreSettings(db=str(tmp_path / "text" / "below.db")))


def test_the_folder_is_made_on_first_use(tmp_path: Path) -> None:
    with open_store(StoreSettings(db=str(tmp_path / "a" / "b" / "planner.db"))) as store:
        assert store.rollouts() == ()


def test_a_connection_lost_in_a_transaction(postgres_url: str, postgres: Any, tmp_path: Path) -> None:
    with open_store(StoreSettings(db=postgres_url, user="ana")) as store:
        backlog = store.add(read_folder_content(write_folder(tmp_path / "folder")))
        before = backlog.load()
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'planner'"

        @event.listens_for(store.database.engine, "before_cursor_execute")
        def lose(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if statement.startswith("INSERT INTO entry_record"):
                postgres.psql(cut)

        with pytest.raises(LostConnectionError, match="there whole or not at all"):
            backlog.edit([Edit(SHOP, "S1", {"priority": "1"})], "lost")
        event.remove(store.database.engine, "before_cursor_execute", lose)
        assert backlog.load() == before
        backlog.edit([Edit(SHOP, "S1", {"priority": "1"})], "again")


def test_a_server_that_falls_silent_is_not_waited_for_for_hours(postgres_url: str) -> None:
    with open_store(StoreSettings(db=postgres_url)) as store, store.database.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        used = driver.info.get_parameters()
    assert int(used["keepalives_idle"]) + int(used["keepalives_interval"]) * int(used["keepalives_count"]) <= 60
    assert int(used["tcp_user_timeout"]) <= 60_000


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql+psycopg://ana:{SECRET}@127.0.0.1:1/planner",
        f"postgresql://ana@127.0.0.1:1/planner?password={SECRET}",
        f"mysql://ana:{SECRET}@127.0.0.1/planner",
        f"postgresql+psycopg://ana:{SECRET}@127.0.0.1:port/planner",
        f"postgresql+psycopg://ana:{SECRET}@[::1/planner",
    ],
)
def test_an_address_that_leads_nowhere_keeps_its_password(address: str) -> None:
    settings = StoreSettings(db=address)
    with pytest.raises(CannotOpenError) as error:
        open_store(settings)
    assert SECRET not in str(error.value)
    assert SECRET not in repr(settings)
    chain: BaseException | None = error.value
    while chain is not None:
        assert SECRET not in str(chain) or chain.__suppress_context__
        chain = chain.__cause__


def test_a_refused_password_is_not_shown(postgres_url: str, postgres: Any) -> None:
    postgres.psql(f"CREATE ROLE guest LOGIN PASSWORD '{SECRET}'")
    address = postgres_url.replace("//postgres:@", f"//guest:{SECRET}@")
    with pytest.raises(StoreError) as error:
        open_store(StoreSettings(db=address))
    assert SECRET not in str(error.value)
    assert SECRET not in locate(address).shown
    postgres.psql("DROP ROLE guest")
