"""Finished points survive whatever happens to the sweep; what does not fit is not taken up."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from planner.exchange.problems import InputError
from planner.exchange.sweep_folder import MANIFEST, PLANS, POINTS, SweepFolder
from tests.cli.tiny import PLAN

INPUTS = {"rollout.toml": "1", "shops.csv": "2"}
LIMITS = {"seconds": 20.0}
OTHER = replace(PLAN, total=0, rollout="Ünlike")


def begun(folder: Path, *, inputs: dict[str, str] | None = None, restart: bool = False) -> SweepFolder:
    sweep = SweepFolder(folder)
    sweep.begin(inputs or INPUTS, LIMITS, restart=restart)
    return sweep


def test_points_are_found_again(tmp_path: Path) -> None:
    first = begun(tmp_path)
    first.keep("x=1", PLAN, {"seconds": 1.5})
    first.keep("x=2", OTHER, {})
    again = begun(tmp_path)
    assert {name: kept.plan for name, kept in again.kept.items()} == {"x=1": PLAN, "x=2": OTHER}
    assert again.kept["x=1"].facts == {"seconds": 1.5}


def test_going_on_overwrites_nothing(tmp_path: Path) -> None:
    begun(tmp_path).keep("x=1", PLAN, {})
    begun(tmp_path).keep("x=2", OTHER, {})
    assert set(begun(tmp_path).kept) == {"x=1", "x=2"}
    assert len(list((tmp_path / PLANS).iterdir())) == 2


@pytest.mark.parametrize("cut", [1, 10, 60])
def test_a_line_cut_short_costs_its_point_only(tmp_path: Path, cut: int) -> None:
    sweep = begun(tmp_path)
    sweep.keep("x=1", PLAN, {})
    sweep.keep("x=2", OTHER, {})
    path = tmp_path / POINTS
    path.write_bytes(path.read_bytes()[:-cut])
    again = begun(tmp_path)
    assert set(again.kept) == {"x=1"}
    again.keep("x=2", OTHER, {})
    assert {name: kept.plan for name, kept in begun(tmp_path).kept.items()} == {"x=1": PLAN, "x=2": OTHER}


@pytest.mark.parametrize("damage", ["changed", "gone", "not JSON"])
def test_a_damaged_plan_is_not_taken_up(tmp_path: Path, damage: str) -> None:
    sweep = begun(tmp_path)
    sweep.keep("x=1", PLAN, {})
    sweep.keep("x=2", OTHER, {})
    plan = tmp_path / PLANS / "00001.json"
    if damage == "gone":
        plan.unlink()
    else:
        content = plan.read_text(encoding="utf-8")
        plan.write_text(content.replace('"Tiny"', '"Tinx"') if damage == "changed" else "{", encoding="utf-8")
    assert set(begun(tmp_path).kept) == {"x=2"}


def test_a_changed_input_is_noticed_and_named(tmp_path: Path) -> None:
    begun(tmp_path).keep("x=1", PLAN, {})
    with pytest.raises(InputError, match=r"began otherwise \(shops\.csv\); give --restart, or another --out"):
        begun(tmp_path, inputs={**INPUTS, "shops.csv": "3"})
    with pytest.raises(InputError, match=r"began otherwise \(absences\.csv\)"):
        begun(tmp_path, inputs={**INPUTS, "absences.csv": "3"})
    assert set(begun(tmp_path).kept) == {"x=1"}


def test_a_restart_forgets(tmp_path: Path) -> None:
    begun(tmp_path).keep("x=1", PLAN, {})
    assert begun(tmp_path, inputs={"rollout.toml": "9"}, restart=True).kept == {}
    assert begun(tmp_path, inputs={"rollout.toml": "9"}).kept == {}


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"schema": "remodel-sweep/0"})])
def test_a_manifest_of_another_form_is_not_overwritten(tmp_path: Path, content: str) -> None:
    (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="began otherwise"):
        begun(tmp_path)
    assert (tmp_path / MANIFEST).read_text(encoding="utf-8") == content
