"""The tables come about by migrations, up and down, and are what the models say."""

import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from planner.store.database import Database
from planner.store.errors import CannotOpenError, CannotSaveError
from planner.store.location import locate
from planner.store.migrating import LATEST, VERSIONS, alembic_config, bring_up_to_date, migrate
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store, read_folder_content
from planner.store.tables import METADATA
from tests.store.folders import write_folder


@pytest.fixture
def database(url: str) -> Database:
    """A database with the latest tables."""
    return Database(locate(url), 5)


def test_up_and_down_without_drift(database: Database) -> None:
    for version in (*reversed(VERSIONS[:-1]), "base", *VERSIONS):
        with database.writing() as connection:
            migrate(connection, version)
        with database.reading() as connection:
            tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
        assert bool(tables) == (version != "base")
    assert tables == set(METADATA.tables)
    with database.writing() as connection:
        command.check(alembic_config(connection))
    database.close()


def test_nothing_is_lost_on_the_way_from_the_step_before(url: str, tmp_path: Path) -> None:
    with open_store(StoreSettings(db=url)) as store:
        backlog = store.add(read_folder_content(write_folder(tmp_path / "folder")))
        untouched = backlog.load()[0]
        backlog.edit([Edit(RecordKind.SHOP, "S1", {"priority": "1", "tags": "east|b"})], "changed")
        before = backlog.folder_files()
        for version in VERSIONS[-2:]:
            with store.database.writing() as connection:
                migrate(connection, version)
            assert backlog.folder_files() == before
        backlog.undo()
        assert backlog.load()[0] == untouched


def test_the_program_knows_its_own_steps(database: Database) -> None:
    with database.writing() as connection:
        steps = ScriptDirectory.from_config(alembic_config(connection)).walk_revisions()
    assert tuple(step.revision for step in reversed(list(steps))) == VERSIONS
    database.close()


def test_a_database_without_tables_is_begun_again(database: Database, url: str) -> None:
    with database.writing() as connection:
        migrate(connection, "base")
    database.close()
    with open_store(StoreSettings(db=url)) as store:
        assert store.rollouts() == ()


def test_a_newer_database_is_refused_untouched(database: Database, url: str) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    before = Path(url).read_bytes() if database.is_sqlite else b""
    with pytest.raises(CannotOpenError, match=r"made by a newer planner .version 9999, this one knows up to"):
        open_store(StoreSettings(db=url))
    assert not database.is_sqlite or Path(url).read_bytes() == before


def test_somebody_elses_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title)")
    before = path.read_bytes()
    with pytest.raises(CannotOpenError, match="holds something else"):
        open_store(StoreSettings(db=str(path)))
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["other.db"]


def older(path: Path, folder: Path) -> None:
    """A file with a rollout in it, as the step before the last one left it."""
    with open_store(StoreSettings(db=str(path))) as store:
        backlog = store.add(read_folder_content(write_folder(folder)))
        backlog.edit([Edit(RecordKind.SHOP, "S1", {"priority": "1"})], "changed")
        with store.database.writing() as connection:
            migrate(connection, VERSIONS[-2])


def test_a_copy_is_kept_before_a_migration(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    older(path, tmp_path / "folder")
    with open_store(StoreSettings(db=str(path))) as store:
        assert store.backlog().shop("S1").shop.priority == 1
        assert store.backlog().plans.all() == []
    (copy,) = tmp_path.glob(f"planner.before-{LATEST}-from-{VERSIONS[-2]}.*.db")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (VERSIONS[-2],)
        assert connection.execute("SELECT priority FROM shop WHERE id = 'S1'").fetchone() == (1,)
    open_store(StoreSettings(db=str(path))).close()
    assert stat.S_IMODE(copy.stat().st_mode) == stat.S_IMODE((tmp_path / "planner.db").stat().st_mode) == 0o600
    assert len(list(tmp_path.glob("planner.before-*"))) == 1, "only a migration leaves a copy"


def test_without_room_for_the_copy_nothing_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "planner.db"
    older(path, tmp_path / "folder")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("planner.store.migrating._copy_database", full)
    with pytest.raises(CannotSaveError, match="the copy to be kept before it cannot be written"):
        open_store(StoreSettings(db=str(path)))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (VERSIONS[-2],)
    assert not list(tmp_path.glob("planner.before-*"))


def test_two_that_begin_at_once(tmp_path: Path, empty_file: Path) -> None:
    path = Path(shutil.copy(empty_file, tmp_path / "planner.db"))
    first, second = Database(locate(str(path)), 5), Database(locate(str(path)), 5)
    bring_up_to_date(first)
    bring_up_to_date(second)
    first.close()
    second.close()
