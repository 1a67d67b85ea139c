import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.domain.plan import Plan
from planner.exchange.plan_json import plan_to_json

from .tiny import BAD_PLAN, PLAN, write_rollout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_rollout(tmp_path / "rollout")


def check(folder: Path, plan: Plan, *options: str) -> Result:
    path = folder / "plan.json"
    path.write_bytes(plan_to_json(plan))
    return CliRunner().invoke(app, ["check", str(folder), str(path), *options])


def test_a_plan_that_passes_says_what_it_reaches(folder: Path) -> None:
    result = check(folder, PLAN)
    assert result.exit_code == 0
    assert result.stdout == "plan.json passes: Summer (31 Aug 2021): 1 of 1, 1 remodel, 0.00 EUR, gap 0.00 %.\n"


def test_every_violation_has_a_line(folder: Path) -> None:
    result = check(folder, replace(BAD_PLAN, gap=None, bound=None))
    *violations, closing = result.stdout.splitlines()
    assert result.exit_code == 1
    assert violations
    assert all(": " in line for line in violations)
    assert closing.startswith("plan.json fails: ")


def test_the_verdict_as_json(folder: Path) -> None:
    assert json.loads(check(folder, PLAN, "--json").stdout) == {"passes": True, "violations": []}
    failed = check(folder, BAD_PLAN, "--json")
    verdict = json.loads(failed.stdout)
    assert failed.exit_code == 1
    assert verdict["passes"] is False
    assert set(verdict["violations"][0]) == {"rule", "text", "shops", "first", "last"}
    assert verdict["violations"][0]["shops"] == ["S1"]


def test_a_plan_that_is_none_is_wrong_input(folder: Path) -> None:
    (folder / "no-plan.json").write_text("{", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(folder), str(folder / "no-plan.json")])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "no-plan.json" in result.stderr


def test_a_folder_that_is_missing_is_wrong_input(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(tmp_path / "nowhere"), str(tmp_path / "plan.json")])
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
