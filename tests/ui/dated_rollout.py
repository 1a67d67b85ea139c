"""A rollout whose dates are all given, so that its plan is the same however plans are searched for."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from tests.ui.databases import USER, add_planned, own_copy, write_files

ROLLOUT_TOML = """\
name = "All dates given"
[horizon]
today = 2021-09-06
last = 2022-03-31
[calendar]
country = "DE"
[[shutdown]]
name = "Builders' break"
first = 2021-12-24
last = 2022-01-02
[[blackout]]
name = "Christmas trading"
first = 2021-12-01
last = 2021-12-31
[[milestone]]
name = "Autumn"
by = 2021-10-31
target = 9
[[milestone]]
name = "Year end"
by = 2021-12-31
target = 12
[[format]]
name = "M"
phase = [
  { name = "Survey", days = 1, crews = { surveyor = 1 }, closed = false },
  { name = "Build", days = 7, crews = { builder = 1 }, wait_min = 3 },
]
[partner_target]
first = 2021-07-01
last = 2021-12-31
share = 0.5
max_loss = 0.2
[costs]
uplift = 0.05
[risk]
duration = { sigma = 0.3 }
"""
HEADER = (
    "id,name,city,partner,state,region,catholic,format,weekly_revenue,annual_target,ready_from,due_by,status,start,finish"
    ",crews"
)
CREWS_CSV = """\
id,name,trade,units,regions
V,Survey,surveyor,3,
B-N,Build North,builder,1,North
B-S,Build South,builder,1,South
"""
NAMES = ("[/foo] & Söhne", "[@click=app.quit]Quit", "書店 Kiel", "Markt Husum", "Isar", "Lech")
MONDAY = date(2021, 9, 6)
QUICK = Limits(seconds=1, deterministic=True, workers=1)


def _rows() -> list[str]:
    """Five shops done, eleven fixed every second week in North and South, and one that no crew serves."""
    rows = []
    for number in range(5):
        finish = date(2021, 6, 4) + timedelta(days=14 * number)
        rows.append(f"D{number},Done,Fulda,,HE,North,,M,9000,,,,done,,{finish},")
    for number in range(11):
        state, region, crew = (("SH", "North", "B-N"), ("BY", "South", "B-S"))[number % 2]
        start = MONDAY + timedelta(days=7 * number + 1)
        name = NAMES[number % len(NAMES)]
        ready = start + timedelta(days=2) if number in (1, 2, 7) else ""
        due = start + timedelta(days=10) if number in (3, 4) else ""
        partner, target = ("Nord & Co", 140000) if region == "North" else ("Süd", 900000)
        rows.append(
            f"F{number:02},{name},{name.split()[-1]},{partner},{state},{region},,M,{9000 + number * 100},{target},"
            f"{ready},{due},fixed,{start},,V|{crew}"
        )
    return [*rows, "X1,Far away,Görlitz,,SN,East,,M,5000,,,,backlog,,,"]


def _make(path: Path, folder: Path) -> None:
    shops = "\n".join([HEADER, *_rows()]) + "\n"
    write_files(folder, {"rollout.toml": ROLLOUT_TOML, "shops.csv": shops, "crews.csv": CREWS_CSV})
    add_planned(StoreSettings(db=str(path), user=USER), folder, QUICK)


@pytest.fixture(scope="session")
def dated_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database, made once a process; tests work on copies."""
    place = tmp_path_factory.mktemp("dated")
    _make(place / "planner.db", place / "rollout")
    return place / "planner.db"


@pytest.fixture
def dated(dated_database: Path, tmp_path: Path) -> StoreSettings:
    """A database of one's own with the dated rollout and plan 1."""
    return own_copy(dated_database, tmp_path)
