"""MS Project XML, read and scheduled by MPXJ; left out where it or Java is not installed."""

import json
import shutil
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from planner.domain.plan import Plan, RemodelStatus
from planner.domain.rollout import Rollout
from planner.exchange.mspdi import plan_to_mspdi

from .made_plan import NASTY, made_plan, made_rollout, nasty_plan

pytestmark = pytest.mark.skipif(
    shutil.which("java") is None or find_spec("mpxj") is None, reason="MPXJ or Java is not installed"
)


def read(rollout: Rollout, plan: Plan, folder: Path) -> Any:
    path = folder / "project.xml"
    path.write_bytes(plan_to_mspdi(rollout, plan))
    command = [sys.executable, "-m", "tests.exchange.mpxj_reader", str(path)]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def test_mpxj_reads_the_plan_and_schedules_it_on_the_same_days(tmp_path: Path) -> None:
    rollout = made_rollout(60)
    plan = made_plan(rollout)
    project = read(rollout, plan, tmp_path)
    tasks = project["tasks"].values()
    phases = [
        (phase.name, [phase.first.isoformat(), phase.last.isoformat()], dict(phase.crews))
        for remodel in sorted(plan.remodels, key=lambda item: (item.start, item.shop))
        for phase in remodel.phases
    ]
    as_read = [
        (task["name"], task["days"], {crew: units / 100 for crew, units in task["crews"].items()})
        for task in tasks
        if task["level"] == 2
    ]
    assert as_read == phases
    assert [task["days"] for task in tasks] == [task["scheduled"] for task in tasks]
    assert sum(task["constraint"] == "MUST_START_ON" for task in tasks if task["level"] == 2) == sum(
        remodel.status is not RemodelStatus.PLANNED for remodel in plan.remodels
    )
    assert sum(len(task["follows"]) for task in tasks) == sum(len(remodel.phases) - 1 for remodel in plan.remodels)
    assert project["resources"] == {crew.id: crew.trade for crew in rollout.crews}
    assert [str(date(2022, 1, 6))] * 2 in project["calendars"]["Shops in BY"]


def test_mpxj_reads_the_worst_names(tmp_path: Path) -> None:
    rollout, plan = nasty_plan()
    project = read(rollout, plan, tmp_path)
    assert project["tasks"]["0"]["name"] == NASTY[0]
    names = {f"{shop.id} {shop.name}" for shop in rollout.shops if shop.id in {item.shop for item in plan.remodels}}
    assert names <= {task["name"] for task in project["tasks"].values()}
