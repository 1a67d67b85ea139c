"""`planner explain`, `planner slots` and `planner bottlenecks`, on a folder of three shops and one builder."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from planner.cli.app import app

ROLLOUT_TOML = """\
name = "Three"
[horizon]
today = 2021-07-12
last = 2021-08-13
[calendar]
country = ""
[costs]
uplift = 0.1
[[milestone]]
name = "July"
by = 2021-07-30
target = 3
[[blackout]]
name = "Fair"
first = 2021-08-09
last = 2021-08-13
[[format]]
name = "M"
[[format.phase]]
name = "Build"
days = 5
crews = { builder = 1 }
[[format]]
name = "L"
[[format.phase]]
name = "Build"
days = 7
crews = { builder = 1 }
"""
SHOPS = (
    "id,name,format,region,weekly_revenue,status,start\nA,[/red],L,South,6000,,\nB,,L,South,5000,,\nC,,M,South,1000,,\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rollout.toml").write_text(ROLLOUT_TOML, encoding="utf-8")
    (tmp_path / "shops.csv").write_text(SHOPS, encoding="utf-8")
    (tmp_path / "crews.csv").write_text("id,trade,regions\nB1,builder,South\n", encoding="utf-8")
    assert run("run", str(tmp_path), "--time-limit", "2", "--quiet")[0] == 0
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout


def ask(folder: Path, command: str, *arguments: str) -> tuple[int, str]:
    return run(command, str(folder), str(folder / "out" / "plan.json"), *arguments)


def ask_json(folder: Path, command: str, *arguments: str) -> Any:
    code, output = ask(folder, command, *arguments, "--json")
    assert code == 0
    return json.loads(output)


def starts(folder: Path) -> dict[str, str]:
    plan = json.loads((folder / "out" / "plan.json").read_text(encoding="utf-8"))
    return {item["shop"]: item["start"] for item in plan["remodels"]}


def test_a_shop_is_explained(folder: Path) -> None:
    code, output = ask(folder, "explain", "B")
    assert code == 0
    assert "Shop        B (South), format L, backlog" in output
    assert "builder crews that can come are not free" in output
    data = ask_json(folder, "explain", "B")
    assert data["remodel"]["start"] == starts(folder)["B"]
    crew = next(item for item in data["binds"] if item["things"] == [{"rule": "crew", "subject": "builder"}])
    assert crew["would_be"]["start"] == "2021-07-12"
    assert crew["in_the_way"][0]["shops"]


def test_text_from_the_folder_is_no_markup(folder: Path) -> None:
    assert "([/red], South)" in ask(folder, "explain", "A")[1]


def test_slots_are_listed_best_first(folder: Path) -> None:
    data = ask_json(folder, "slots", "C", "-n", "3")
    assert [item["is_present"] for item in data["slots"]] == [True] + [False] * (len(data["slots"]) - 1)
    assert data["slots"][0]["start"] == starts(folder)["C"]
    assert data["slots"][0]["change"]["total"] == 0
    code, output = ask(folder, "slots", "C")
    assert code == 0
    assert "as it is" in output


def test_where_nothing_is_free_it_says_what_would_be(folder: Path) -> None:
    window = ("--from", "2021-07-13", "--to", "2021-07-14")
    data = ask_json(folder, "slots", "C", *window)
    assert data["slots"] == []
    assert [way["things"] for way in data["would_be_free"]] == [[{"rule": "crew", "subject": "builder"}]]
    assert "If one more builder crew were free: 13 Jul 2021" in ask(folder, "slots", "C", *window)[1]


def test_a_shop_entered_later_can_be_asked_about(folder: Path) -> None:
    with (folder / "shops.csv").open("a", encoding="utf-8") as file:
        file.write("NEW,,M,South,2000,,\n")
    data = ask_json(folder, "slots", "NEW")
    assert data["slots"] == []
    assert {way["things"][0]["rule"] for way in data["would_be_free"]} >= {"crew", "blackout"}
    code, output = ask(folder, "explain", "NEW")
    assert code == 0
    assert "No date" in output


def test_unknown_shops_and_days_are_refused(folder: Path) -> None:
    assert ask(folder, "slots", "nobody")[0] == 2
    assert ask(folder, "explain", "nobody")[0] == 2
    assert ask(folder, "slots", "A", "--from", "13.07.2021")[0] == 2
    assert ask(folder, "slots", "A", "--from", "2021-07-14", "--to", "2021-07-13")[0] == 2
    assert ask(folder, "slots", "A", "-n", "0")[0] == 2


def test_a_plan_that_no_longer_fits_is_not_explained(folder: Path) -> None:
    crews = folder / "crews.csv"
    crews.write_text(crews.read_text(encoding="utf-8").replace("B1", "B2"), encoding="utf-8")
    assert ask(folder, "slots", "A") == (1, "")


def test_a_missed_milestone_is_explained(folder: Path) -> None:
    data = ask_json(folder, "explain", "--time-limit", "1")
    assert [(item["milestone"], item["planned"], item["planned_without"]) for item in data["missed"]] == [
        ("July", 2, 3)
    ]
    assert [lift["subject"] for lift in data["missed"][0]["because_of"]] == ["builder"]
    assert data["unplanned"] == []
    code, output = ask(folder, "explain", "--time-limit", "1")
    assert code == 0
    assert "Missed      July (30 Jul 2021): 2 of 3, because of too few builder crews in South" in output


def test_a_plan_that_lacks_nothing_says_so(folder: Path) -> None:
    toml = folder / "rollout.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("target = 3", "target = 1"), encoding="utf-8")
    assert run("run", str(folder), "--time-limit", "2", "--quiet")[0] == 0
    assert ask(folder, "explain")[1].startswith("Nothing is missing")


def test_clashing_dates_are_explained_with_ways_out(folder: Path) -> None:
    fixed = SHOPS.replace("6000,,", "6000,fixed,2021-07-12").replace("1000,,", "1000,fixed,2021-07-19")
    (folder / "shops.csv").write_text(fixed, encoding="utf-8")
    assert run("run", str(folder), "--time-limit", "2", "--quiet")[0] == 3
    data = ask_json(folder, "explain")
    assert data["clashes"][0]["shops"] == ["A", "C"]
    assert data["clashes"][0]["ways_out"] == [
        {"shop": "A", "start": "2021-07-12", "earlier": None, "later": "2021-07-26"},
        {"shop": "C", "start": "2021-07-19", "earlier": None, "later": "2021-07-21"},
    ]
    assert "A on 26 Jul 2021 instead of 12 Jul 2021 would end it" in ask(folder, "explain")[1]
    assert ask(folder, "slots", "A")[0] == 3


def test_a_fixed_shop_is_told_to_be_fixed(folder: Path) -> None:
    (folder / "shops.csv").write_text(SHOPS.replace("6000,,", "6000,fixed,2021-07-12"), encoding="utf-8")
    assert run("run", str(folder), "--time-limit", "2", "--quiet")[0] == 0
    assert "Fixed       its date is given" in ask(folder, "explain", "A")[1]


def test_bottlenecks_are_ranked_and_drawn(folder: Path) -> None:
    limits = ("--time-limit", "1", "--quiet")
    data = ask_json(folder, "bottlenecks", *limits)
    assert data["changes"][0]["text"] == "one more builder in South from 12 Jul 2021"
    assert data["changes"][0]["milestones"][0]["would_be"] == 3
    assert data["changes"][0]["helps"]
    code, output = ask(folder, "bottlenecks", *limits, "-n", "1")
    assert code == 0
    assert re.search(r"1\. one more builder in South from 12 Jul 2021: 3 instead of 2 by July", output)
    assert "price of one more by week" in output
    assert max(map(len, (line for line in output.splitlines() if line.startswith("    ")))) <= 80
