"""`planner scenario`, and --scenario where plans are made and checked."""

import json
from pathlib import Path

import pytest

from planner.cli.app import app

from .tiny import write_rollout

LATER = """\
name = "Autumn will do"
why = "Is summer too soon?"
[set]
milestone.Summer.by = 2021-10-31
"""
TWO = """\
name = "Two builders"
builds_on = ["later.toml"]
[set]
crews.B1.units = 2
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rollout = write_rollout(tmp_path / "rollout")
    scenarios = rollout / "scenarios"
    scenarios.mkdir()
    (scenarios / "later.toml").write_text(LATER, encoding="utf-8")
    (scenarios / "two.toml").write_text(TWO, encoding="utf-8")
    return rollout


def planner(capfd: pytest.CaptureFixture[str], *arguments: object) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as ending:
        app([str(argument) for argument in arguments], prog_name="planner")
    out, err = capfd.readouterr()
    return ending.value.code, out, err


def test_the_folders_scenarios_are_listed(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = planner(capfd, "scenario", "list", folder)
    assert code == 0
    assert out.split("\n")[:3] == ["later  Autumn will do", "       Is summer too soon?", "two    Two builders"]
    _, out, _ = planner(capfd, "scenario", "list", folder, "--json")
    assert [item["scenario"] for item in json.loads(out)] == ["later", "two"]


def test_a_folder_without_scenarios_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = planner(capfd, "scenario", "list", write_rollout(tmp_path))
    assert code == 0
    assert out.startswith("There are no scenarios in ")


def test_a_scenario_is_shown_in_plain_words(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = planner(capfd, "scenario", "show", folder, "two")
    assert code == 0
    assert out == (
        "Scenario    Two builders\n"
        "Builds on   Autumn will do\n"
        "Changes     milestone 'Summer', by: 2021-10-31 instead of 2021-08-31\n"
        "Itself\n"
        "Changes     1 crew (B1), units: 2 instead of none\n"
    )
    _, out, _ = planner(capfd, "scenario", "show", folder, folder / "scenarios" / "later.toml", "--json")
    assert json.loads(out)[0]["changes"] == ["milestone 'Summer', by: 2021-10-31 instead of 2021-08-31"]


def test_text_of_a_scenario_steers_no_terminal(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    wild = folder / "wild.toml"
    wild.write_text('name = "[red]x[/foo]"\n[set]\nname = "\\u001b[2J"\n', encoding="utf-8")
    code, out, err = planner(capfd, "scenario", "show", folder, wild)
    assert code == 0
    assert "[red]x[/foo]" in out
    assert "\x1b" not in out + err


@pytest.mark.parametrize("command", [["scenario", "show"], ["run", "--scenario"], ["compare"]])
def test_a_scenario_that_is_not_there_is_said_with_the_near_miss(
    folder: Path, capfd: pytest.CaptureFixture[str], command: list[str]
) -> None:
    arguments = [command[0], folder, *command[1:]] if command[0] == "run" else [*command, folder]
    code, _, err = planner(capfd, *arguments, "latr")
    assert code == 2
    assert "latr: there is no such file, and unknown scenario 'latr'; did you mean 'later'?" in err


def test_mistakes_of_folder_and_scenarios_are_said_together(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = write_rollout(tmp_path / "rollout", shop_format="X")
    bad = tmp_path / "bad.toml"
    bad.write_text("nam = 1\n", encoding="utf-8")
    code, _, err = planner(capfd, "run", folder, "--scenario", bad)
    assert code == 2
    assert "shops.csv, row 2, column format" in err
    assert "bad.toml, name: is required, but missing" in err
    assert "unknown key 'nam'; did you mean 'name'?" in err


def test_a_plan_is_made_and_checked_with_scenarios(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, _, _ = planner(capfd, "run", folder, "--scenario", "two", "--time-limit", 5, "--quiet")
    assert code == 0
    plan = folder / "out" / "plan.json"
    written = json.loads(plan.read_bytes())
    assert written["scenario"] == ["Autumn will do", "Two builders"]
    assert written["milestones"][0]["by"] == "2021-10-31"
    code, _, err = planner(capfd, "check", folder, plan, "--scenario", "two")
    assert (code, err) == (0, "")
    code, _, err = planner(capfd, "check", folder, plan)
    assert code == 1
    assert "was made with the scenario Autumn will do, Two builders, but is checked against the rollout with no" in err


def test_several_scenarios_are_applied_in_order(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    first, second = folder / "first.toml", folder / "second.toml"
    first.write_text('name = "1"\n[set]\nmilestone.Summer.target = 5\n', encoding="utf-8")
    second.write_text('name = "2"\n[set]\nmilestone.Summer.target = "-4"\n', encoding="utf-8")
    arguments = ["run", folder, "--scenario", first, "--scenario", second, "--time-limit", 5, "--json", "--quiet"]
    code, out, _ = planner(capfd, *arguments)
    assert code == 0
    summary = json.loads(out)
    assert (summary["scenario"], summary["milestones"][0]["target"]) == (["1", "2"], 1)
