"""A plan made and checked in German, from the command line to what is written down."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from planner.exchange.plan_json import plan_to_json
from tests.wording.german import left_in_english

from .tiny import PLAN, remodel, write_rollout


def planner(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "planner", "--lang", "de", *map(str, arguments)]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


def test_a_plan_says_in_german_why_a_shop_has_no_date(tmp_path: Path) -> None:
    folder = write_rollout(tmp_path)
    (folder / "crews.csv").write_text("id,trade,regions\nB1,builder,South\n", encoding="utf-8")
    done = planner("run", folder, "--time-limit", "1", "--workers", "1", "--quiet")
    assert done.returncode == 0, done.stderr
    plan = json.loads((folder / "out" / "plan.json").read_text(encoding="utf-8"))
    assert [item["reason"] for item in plan["unplanned"]] == [
        "kein Team für builder bedient die Region North bis zum Ende des Planungszeitraums"
    ]
    assert plan["status"] == "optimal"


def test_a_broken_plan_is_told_in_german_by_the_same_rules(tmp_path: Path) -> None:
    folder, path = write_rollout(tmp_path), tmp_path / "broken.json"
    saturday = remodel("S1", date(2021, 7, 17), date(2021, 7, 20), {"B1": 2})
    path.write_bytes(plan_to_json(replace(PLAN, remodels=(saturday,))))
    told, asked = planner("check", folder, path), planner("check", folder, path, "--json")
    assert (told.returncode, asked.returncode) == (1, 1)
    violations = json.loads(asked.stdout)["violations"]
    assert [item["rule"] for item in violations] == ["calendar", "phase", "visit", "crew"]
    for violation in violations:
        assert left_in_english(violation["text"]) == []
        assert f"{violation['rule']}: {violation['text']}" in told.stdout
    assert "Filiale S1 beginnt oder beendet „Build“ am 17.07.2021, der dort kein Arbeitstag ist." in told.stdout
