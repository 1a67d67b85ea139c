"""A small rollout folder with scenarios beside it, and what applying them says."""

from datetime import date
from pathlib import Path

from planner.exchange.problems import InputError
from planner.exchange.scenario_file import read_scenarios
from planner.exchange.scenarios import ReadRollout, apply_scenarios, read_rollout

from .rollout_folders import ROLLOUT, write_folder

SETTINGS = """
[[milestone]]
name = "Year end"
by = 2021-12-31
target = 2
[[blackout]]
name = "Christmas trading"
first = 2021-11-26
last = 2021-12-31
[[limit]]
name = "Two starts"
max_starts_per_week = 2
[costs]
footfall = 0.8
season = { dec = 1.45 }
"""
SHOPS = """\
id,format,state,region,status,start,ready_from,tags,priority
S1,M,BY,South,backlog,,2021-08-01,pilot|mall,
S2,L,NW,West,backlog,,,,7
S3,M,BY,South,fixed,2021-10-04,,pilot,5
S4,M,BY,South,backlog,,,,5
"""
CREWS = """\
id,trade,units,regions
V1,surveyor,1,
B1,builder,2,South|West
B2,builder,3,South
W1,builder,1,West
"""
ABSENCES = "crew,first,last\nB2,2021-08-02,2021-08-06\nB1,2021-08-02,2021-08-20\n"
DAY = date(2021, 8, 1)


def folder_with(folder: Path, *scenarios: str) -> list[Path]:
    """Writes the rollout folder and scenario files beside it; the files' paths."""
    files = {"rollout.toml": ROLLOUT + SETTINGS, "shops.csv": SHOPS, "crews.csv": CREWS, "absences.csv": ABSENCES}
    write_folder(folder, files)
    paths = [folder / f"scenario{number}.toml" for number, _ in enumerate(scenarios, start=1)]
    for path, text in zip(paths, scenarios, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def applied(folder: Path, *scenarios: str) -> ReadRollout:
    """The rollout with the last scenario, and what it builds on."""
    paths = folder_with(folder, *scenarios)
    return apply_scenarios(read_rollout(folder), read_scenarios(paths[-1:]))


def changed(folder: Path, changes: str) -> ReadRollout:
    """The rollout with one scenario that makes `changes`."""
    return applied(folder, f'name = "Changed"\n{changes}')


def mistakes(folder: Path, changes: str) -> list[str]:
    """What is wrong with a scenario that makes `changes`; empty where nothing is."""
    try:
        changed(folder, changes)
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []
