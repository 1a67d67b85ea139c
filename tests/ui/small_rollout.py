"""A rollout of six shops with three plans and a scenario, small enough to be planned in no time."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.scheduling.limits import Limits
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store, read_folder_content
from planner.studies.planning import plan_checked
from tests.ui.databases import USER, own_copy, write_files

ROLLOUT_TOML = """\
name = "Six shops"
[horizon]
today = 2021-07-13
last = 2021-12-31
[calendar]
country = ""
[[milestone]]
name = "Summer" # what the board was told
by = 2021-08-31
target = 5
[[blackout]]
name = "Fair"
first = 2021-08-02
last = 2021-08-06
scope = { region = ["South"] }
[[format]]
name = "M"
phase = [
  { name = "Survey", days = 1, crews = { surveyor = 1 }, closed = false },
  { name = "Build", days = 4, crews = { builder = 1 } },
]
[costs]
uplift = 0.1
change = 300
"""
SHOPS_CSV = """\
id,name,partner,region,format,weekly_revenue,published_start
N1,[/foo] & Söhne,Nord & Co,North,M,12000,2021-07-19
N2,[@click=app.quit]Quit,Nord & Co,North,M,9000,
N3,書店 Kiel,Kontor,North,M,6000,
N4,Markt Husum,,North,M,3000,
S1,Isar,Süd,South,M,5000,
S2,Lech,Süd,South,M,4000,
"""
CREWS_CSV = """\
id,trade,units,regions
V,surveyor,2,
B-N,builder,1,North
B-S,builder,1,South
"""
SCENARIO = """\
name = "One more crew in the North"
why = "Would a second crew pay?"

[set]
crews.North.builder = "+1"
"""
QUICK = Limits(seconds=1, deterministic=True, workers=1)
MADE_AT = "2021-07-13 08:30:00.000000"


def write_folder(folder: Path) -> None:
    """The rollout as a folder."""
    write_files(folder, {"rollout.toml": ROLLOUT_TOML, "shops.csv": SHOPS_CSV, "crews.csv": CREWS_CSV})


def _make(path: Path, folder: Path) -> None:
    """Plan 1; N1's permit comes late; plan 2; and plan 3 under the scenario."""
    write_folder(folder)
    with open_store(StoreSettings(db=str(path), user=USER)) as store:
        backlog = store.add(read_folder_content(folder))
        backlog.save_scenario("more-hands", SCENARIO)
        rollout, revision = backlog.load()
        backlog.plans.keep(rollout, plan_checked(rollout, QUICK), revision, "first draft")
        backlog.edit([Edit(RecordKind.SHOP, "N1", {"ready_from": "2021-08-16"})], "permit of N1")
        rollout, revision = backlog.load()
        backlog.plans.keep(rollout, plan_checked(rollout, QUICK), revision)
        under = backlog.under(["more-hands"])
        plan = plan_checked(under.rollout, QUICK, scenarios=under.titles)
        backlog.plans.keep(under.rollout, plan, under.revision, scenario=under.names)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("update plan set made_at = ?", [MADE_AT])
    connection.close()


@pytest.fixture(scope="session")
def six_shops_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database, made once a process; tests work on copies."""
    place = tmp_path_factory.mktemp("six-shops")
    _make(place / "planner.db", place / "rollout")
    return place / "planner.db"


@pytest.fixture
def six_shops(six_shops_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoreSettings]:
    """A database of one's own with the six shops, for a user without preferences whose clock is UTC."""
    settings = own_copy(six_shops_database, tmp_path)
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        time.tzset()
        yield settings
    time.tzset()
