"""A small rollout with something of everything that the schedule shows, and the plan that is best for it."""

from pathlib import Path

import pytest

from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.store.store import open_store, read_folder_content
from tests.ui.databases import USER, add_planned, own_copy, write_files

TOML = """\
name = "Nine shops"
[horizon]
today = 2021-07-13
last = 2021-11-30
[calendar]
country = "DE"
[[shutdown]]
name = "Works holiday"
first = 2021-08-09
last = 2021-08-13
[[blackout]]
name = "Fair"
first = 2021-09-20
last = 2021-09-24
scope = { region = ["South"] }
[[milestone]]
name = "August"
by = 2021-08-31
target = 3
[[format]]
name = "M"
[[format.phase]]
name = "Survey"
days = 1
crews = { surveyor = 1 }
closed = false
[[format.phase]]
name = "Build"
days = 4
crews = { builder = 1 }
wait_min = 2
wait_max = 30
[[format.phase]]
name = "IT"
days = 1
wait_min = 1
[[format]]
name = "P"
[[format.phase]]
name = "Pipes"
days = 2
crews = { plumber = 1 }
[[limit]]
name = "Three at once"
per = "all"
max_closed = 3
[[limit]]
name = "One of a partner"
per = "partner"
max_closed = 1
[costs]
uplift = 0.2
change = 50.0
"""
SHOPS = """\
id,name,city,partner,state,region,format,weekly_revenue,status,start,finish,published_start
N1,Kiel Harbour,Kiel,Elbe Mobil,SH,North,M,9000,,,,
N2,[/red] Bremen,Bremen,Elbe Mobil,HB,North,M,8000,,,,2021-09-06
N3,東京店 Hamburg,Hamburg,,HH,North,M,7000,in_progress,2021-07-06,,
N4,Cafe\u0301 Lübeck,Lübeck,,SH,North,M,6000,done,,2021-06-25,
S1,[@click=app.quit] Ulm,Ulm,Donau Tel,BW,South,M,5000,,,,
S2,München,München,Isar Funk,BY,South,M,4000,fixed,2021-08-02,,2021-08-02
S3,Augsburg,Augsburg,Isar Funk,BY,South,M,3000,,,,
S4,Kempten,Kempten,,BY,South,P,2000,,,,
S5,Landshut,Landshut,,BY,South,M,1000,,,,
"""
CREWS = "id,name,trade,units,regions\nV1,Survey,surveyor,1,\nBN,Build North,builder,1,North\nBS,,builder,1,South\n"


@pytest.fixture(scope="session")
def small_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rollout with plan 1, made once a process; tests work on copies."""
    folder = tmp_path_factory.mktemp("small")
    write_files(folder, {"rollout.toml": TOML, "shops.csv": SHOPS, "crews.csv": CREWS})
    path = folder / "planner.db"
    add_planned(StoreSettings(db=str(path), user=USER), folder, Limits(seconds=2, deterministic=True, gap=0.0))
    return path


@pytest.fixture
def small(small_database: Path, tmp_path: Path) -> StoreSettings:
    """A database of one's own with the small rollout and plan 1."""
    return own_copy(small_database, tmp_path)


@pytest.fixture
def without_plan(small_database: Path, tmp_path: Path) -> StoreSettings:
    """A database with the small rollout and no plan."""
    path = tmp_path / "planner.db"
    settings = StoreSettings(db=str(path), user=USER)
    with open_store(settings) as store:
        store.add(read_folder_content(small_database.parent))
    return settings
