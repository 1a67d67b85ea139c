"""A rollout folder of three shops for one crew, and the plan that has them one after another."""

from pathlib import Path

from planner.exchange.folder import read_folder
from planner.exchange.plan_json import plan_to_json
from planner.scheduling.limits import Limits
from planner.scheduling.solve import solve

SETTINGS = """\
name = "Three </script><b>shops"
[horizon]
today = 2021-03-01
last = 2021-12-31
[calendar]
country = ""
[[milestone]]
name = "March <i>"
by = 2021-03-23
target = 3
[[format]]
name = "M"
[[format.phase]]
name = "Build"
days = 5
crews = { builder = 1 }
[costs]
uplift = 0.1
season = { mar = 1.2, apr = 0.5 }
[risk]
duration = { sigma = 0.3 }
"""
SHOPS = "id,format,region,weekly_revenue,ready_from\n<S1>,M,North,1000,\nS2,M,North,900,\nS3,M,South,800,2021-03-05\n"


def write_risk_folder(folder: Path, *, planned: bool = True, settings: str = SETTINGS) -> Path:
    """The folder, with the plan where `planner run` puts it unless not `planned`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rollout.toml").write_text(settings, encoding="utf-8")
    (folder / "shops.csv").write_text(SHOPS, encoding="utf-8")
    (folder / "crews.csv").write_text("id,trade\nB1,builder\n", encoding="utf-8")
    if planned:
        rollout, _ = read_folder(folder)
        (folder / "out").mkdir(exist_ok=True)
        (folder / "out" / "plan.json").write_bytes(plan_to_json(solve(rollout, Limits(seconds=2.0, workers=1))))
    return folder
