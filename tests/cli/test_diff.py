"""`planner diff` and `planner run --from` from files to what is shown."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.domain.plan import Plan
from planner.exchange.plan_json import plan_to_json, read_plan

from .test_scenario import planner
from .tiny import NO_PLAN_POSSIBLE, PLAN, remodel, write_rollout

FAST = ("--time-limit", "2", "--quiet", "--workers", "1")
COSTS = "\n[costs]\nuplift = 0.1\nchange = 300\n"


def written(path: Path, plan: Plan) -> Path:
    path.write_bytes(plan_to_json(plan))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rollout = write_rollout(tmp_path / "rollout")
    (rollout / "rollout.toml").open("a", encoding="utf-8").write(COSTS)
    (rollout / "shops.csv").write_text("id,format,region,weekly_revenue\nS1,M,North,6000\n", encoding="utf-8")
    return rollout


@pytest.fixture
def weeks(folder: Path, capfd: pytest.CaptureFixture[str]) -> tuple[Path, Path, Path]:
    """A folder, its plan, and the plan after its permit came late."""
    assert planner(capfd, "run", folder, "--out", folder / "old", *FAST)[0] == 0
    shops = "id,format,region,weekly_revenue,published_start,ready_from\nS1,M,North,6000,2021-07-13,2021-08-03\n"
    (folder / "shops.csv").write_text(shops, encoding="utf-8")
    old = folder / "old" / "plan.json"
    code, out, _ = planner(capfd, "run", folder, "--from", old, "--out", folder / "new", *FAST)
    assert code == 0
    assert "1 start moved" in out
    return folder, old, folder / "new" / "plan.json"


def test_a_move_is_told_with_its_days_and_the_rule_behind_it(
    weeks: tuple[Path, Path, Path], capfd: pytest.CaptureFixture[str]
) -> None:
    folder, old, new = weeks
    code, out, _ = planner(capfd, "diff", old, new, "--folder", folder, "--json")
    assert code == 0
    told = json.loads(out)
    (shop,) = told["shops"]
    assert (shop["change"], shop["start"], shop["days"]) == ("moved", ["2021-07-13", "2021-08-03"], 21)
    assert (shop["why"]["cause"], shop["why"]["rules"]) == ("rule", ["ready_from"])
    assert told["milestones"] == [
        {"name": "Summer", "by": ["2021-08-31"] * 2, "target": [1, 1], "planned": [1, 1]},
    ]
    assert told["cost"]["change"] == [0, 300]
    assert told["total"][1] > told["total"][0]
    code, out, _ = planner(capfd, "diff", old, new, "--folder", folder)
    assert code == 0
    assert "2021-07-13 → 2021-08-03" in out
    assert "ready only from" in out


def test_without_a_folder_no_reason_is_given(weeks: tuple[Path, Path, Path], capfd: pytest.CaptureFixture[str]) -> None:
    _, old, new = weeks
    code, out, _ = planner(capfd, "diff", old, new, "--json")
    assert code == 0
    assert json.loads(out)["shops"][0]["why"] is None


def test_a_plan_that_does_not_fit_the_folder_gets_no_reasons_and_says_so(
    weeks: tuple[Path, Path, Path], capfd: pytest.CaptureFixture[str]
) -> None:
    folder, old, new = weeks
    code, out, err = planner(capfd, "diff", new, old, "--folder", folder, "--json")
    assert code == 0
    assert json.loads(out)["shops"][0]["why"] is None
    assert "does not fit" in err


def test_equal_plans_say_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "plan.json", PLAN)
    code, out, _ = planner(capfd, "diff", path, path)
    assert code == 0
    assert "No difference" in out
    code, out, _ = planner(capfd, "diff", path, path, "--json")
    assert (code, json.loads(out)["same"]) == (0, True)
    code, out, _ = planner(capfd, "diff", path, path, "--csv")
    assert (code, len(out.splitlines())) == (0, 1)


@pytest.mark.parametrize(("option", "separator"), [("--csv", ","), ("--tsv", "\t")])
def test_tables_have_a_row_a_shop_and_no_formulas(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], option: str, separator: str
) -> None:
    moved = remodel("=S1\x1b[2J", date(2021, 7, 19), date(2021, 7, 21), {"B1": 1})
    before = written(tmp_path / "old.json", PLAN)
    after = written(tmp_path / "new.json", replace(PLAN, remodels=(moved, *PLAN.remodels)))
    code, out, _ = planner(capfd, "diff", before, after, option)
    assert code == 0
    (row,) = csv.DictReader(io.StringIO(out), delimiter=separator)
    assert row["shop"].startswith("'=S1")
    assert "\x1b" not in out
    assert (row["change"], row["start_after"]) == ("new", "2021-07-19")


def test_a_plan_without_dates_can_be_compared(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before, after = written(tmp_path / "old.json", PLAN), written(tmp_path / "new.json", NO_PLAN_POSSIBLE)
    code, out, err = planner(capfd, "diff", before, after)
    assert code == 0
    assert "Dropped out S1" in out
    assert "new.json has no dates" in err


def test_all_mistakes_are_told_at_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    code, out, err = planner(capfd, "diff", tmp_path / "bad.json", tmp_path / "none.json", "--folder", tmp_path / "no")
    assert (code, out) == (2, "")
    assert "bad.json" in err
    assert "none.json" in err
    assert "no" in err
    assert planner(capfd, "diff", "a", "b", "--csv", "--json")[0] == 2
    assert planner(capfd, "diff", "a", "b", "--scenario", "x")[0] == 2


def test_many_shops_are_cut_and_all_are_shown_when_asked_for(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    many = tuple(remodel(f"S{number}", date(2021, 7, 14), date(2021, 7, 16)) for number in range(100))
    before = written(tmp_path / "old.json", PLAN)
    after = written(tmp_path / "new.json", replace(PLAN, remodels=many))
    _, out, _ = planner(capfd, "diff", before, after)
    assert "--all" in out
    assert "S99 " not in out
    _, out, _ = planner(capfd, "diff", before, after, "--all")
    assert "S99 " in out


def test_a_run_from_its_own_plan_changes_nothing(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert planner(capfd, "run", folder, "--out", folder / "old", *FAST)[0] == 0
    old = folder / "old" / "plan.json"
    code, out, _ = planner(capfd, "run", folder, "--from", old, "--out", folder / "new", "--json", *FAST)
    assert code == 0
    changes = json.loads(out)["changes"]
    assert changes["from"] == str(old)
    assert [changes[kind] for kind in ("moved", "new", "dropped", "published_moved")] == [0, 0, 0, 0]
    assert read_plan(old).remodels == read_plan(folder / "new" / "plan.json").remodels


def test_a_plan_of_another_rollout_is_refused(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    other = replace(PLAN, remodels=(remodel("X9", date(2021, 7, 14), date(2021, 7, 16)),))
    path = written(tmp_path / "other.json", other)
    code, _, err = planner(capfd, "run", folder, "--from", path, *FAST)
    assert code == 2
    assert "X9" in err
    assert not (folder / "out").exists()


def test_a_plan_without_dates_is_no_beginning_but_no_mistake(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "none.json", NO_PLAN_POSSIBLE)
    code, _, err = planner(capfd, "run", folder, "--from", path, *FAST)
    assert code == 0
    assert "no dates to begin from" in err


def test_from_goes_with_no_confidence(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert planner(capfd, "run", folder, "--from", "x.json", "--confidence", "0.8", *FAST)[0] == 2
