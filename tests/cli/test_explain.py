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


def ask_words(folder: Path, command: str, *arguments: str) -> str:
    """The answer as one line, and that it keeps to 80 columns."""
    code, output = ask(folder, command, *arguments)
    assert code == 0
    assert max(map(len, output.splitlines())) < 80
    return " ".join(output.split())


def ask_json(folder: Path, command: str, *arguments: str) -> Any:
    code, output = ask(folder, command, *arguments, "--json")
    assert code == 0
    return json.loads(output)


def starts(folder: Path) -> dict[str, str]:
    plan = json.loads((folder / "out" / "plan.json").read_text(encoding="utf-8"))
    return {item["shop"]: item["start"] for item in plan["remodels"]}


def test_a_shop_is_explained(folder: Path) -> None:
    output = ask_words(folder, "explain", "B")
    assert "Shop B (South), format L, backlog" in output
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
    output = ask_words(folder, "slots", "C")
    assert output.startswith("Closed Reopens Begins Against now Crews")
    assert "as it is" in output


@pytest.fixture
def surveyed(folder: Path) -> Path:
    """The same with a survey that leaves the shop open, one to nine working days before the build."""
    toml = folder / "rollout.toml"
    survey = 'name = "Survey"\ndays = 1\nclosed = false\n[[format.phase]]\n'
    text = toml.read_text(encoding="utf-8").replace('name = "Build"', f'{survey}name = "Build"')
    wait = "crews = { builder = 1 }\nwait_min = 1\nwait_max = 9"
    toml.write_text(text.replace("crews = { builder = 1 }", wait), encoding="utf-8")
    assert run("run", str(folder), "--time-limit", "2", "--quiet")[0] == 0
    return folder


def test_slots_are_closures_with_the_best_start_of_each(surveyed: Path) -> None:
    data = ask_json(surveyed, "slots", "C", "-n", "50")
    closed = [item["closed_from"] for item in data["slots"]]
    assert len(set(closed)) == len(closed) > 1
    assert all(item["start"] < item["closed_from"] <= item["closed_to"] < item["reopens"] for item in data["slots"])
    present = next(item for item in data["slots"] if item["is_present"])
    assert present["start"] == starts(surveyed)["C"]
    first, last = present["closed_from"], present["closed_to"]
    only = ask_json(surveyed, "slots", "C", "--closed-from", first, "--closed-to", last)
    assert only["slots"] == [present]
    assert ask_words(surveyed, "slots", "C").startswith("Closed Reopens Begins Against now Crews")


def test_no_closure_in_a_window_says_what_would_be_one(surveyed: Path) -> None:
    data = ask_json(surveyed, "slots", "C", "--closed-from", "2021-08-09", "--closed-to", "2021-08-13")
    assert [way["things"] for way in data["would_be_free"]] == [[{"rule": "blackout", "subject": "Fair"}]]
    closures = {slot["closed_from"] for way in data["would_be_free"] for slot in way["slots"]}
    assert closures == {"2021-08-09"}
    too_short = ask_words(surveyed, "slots", "C", "--closed-to", "2021-07-14")
    assert too_short == (
        "No day is free for C to be closed only until 14 Jul 2021. "
        "Nothing that could give way would free one: its remodel does not fit there."
    )


def test_earlier_and_later_are_told_of_the_closure_and_of_the_start(surveyed: Path) -> None:
    dates = {item["shop"]: item for item in json.loads((surveyed / "out" / "plan.json").read_text())["remodels"]}
    first, *_, last = sorted(dates, key=lambda shop: str(dates[shop]["closed_from"]))
    data = ask_json(surveyed, "explain", last)
    assert data["earlier"]["slot"]["closed_from"] == data["earlier"]["day"] < dates[last]["closed_from"]
    later = data["later_start"]
    assert later["slot"]["start"] == later["day"] > dates[last]["start"]
    output = ask_words(surveyed, "explain", last)
    assert "open again on" in output
    assert "Earlier closed" in output
    assert "Start begun on" in output
    assert ask_json(surveyed, "explain", first)["earlier"] is None
    assert "no remodel begun today or later could close the shop sooner" in ask_words(surveyed, "explain", first)


def test_a_format_that_closes_nothing_is_told_by_its_starts(folder: Path) -> None:
    toml = folder / "rollout.toml"
    text = toml.read_text(encoding="utf-8").replace("days = ", "closed = false\ndays = ")
    toml.write_text(text, encoding="utf-8")
    assert run("run", str(folder), "--time-limit", "2", "--quiet")[0] == 0
    data = ask_json(folder, "slots", "C")
    assert {item["closed_from"] for item in data["slots"]} == {item["reopens"] for item in data["slots"]} == {None}
    assert ask_words(folder, "slots", "C").startswith("Start Finish Against now")
    explained = ask_json(folder, "explain", "B")
    assert explained["earlier_start"] is explained["later_start"] is None
    assert "never closed" in ask_words(folder, "explain", "B")


def test_where_nothing_is_free_it_says_what_would_be(folder: Path) -> None:
    window = ("--from", "2021-07-13", "--to", "2021-07-14")
    data = ask_json(folder, "slots", "C", *window)
    assert data["slots"] == []
    assert [way["things"] for way in data["would_be_free"]] == [[{"rule": "crew", "subject": "builder"}]]
    output = ask_words(folder, "slots", "C", *window)
    assert output.startswith("No day is free for C to begin from 13 to 14 Jul 2021.")
    assert "If one more builder crew were free: closed 13 to 19 Jul 2021" in output


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
    assert ask(folder, "slots", "A", "--closed-from", "2021-07-14", "--closed-to", "2021-07-13")[0] == 2
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
    output = ask_words(folder, "explain", "--time-limit", "1")
    assert "Missed July (30 Jul 2021): 2 of 3, because of too few builder crews in South" in output


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
    assert max(map(len, output.splitlines())) < 80


def test_a_slot_for_a_fixed_start_is_what_fixing_it_makes(surveyed: Path) -> None:
    slots = ask_json(surveyed, "slots", "C", "--fixed", "-n", "50")["slots"]
    wanted = next(item for item in slots if not item["is_present"])
    shops = surveyed / "shops.csv"
    shops.write_text(SHOPS.replace("C,,M,South,1000,,", f"C,,M,South,1000,fixed,{wanted['start']}"), encoding="utf-8")
    assert run("run", str(surveyed), "--time-limit", "2", "--quiet")[0] == 0
    plan = json.loads((surveyed / "out" / "plan.json").read_text(encoding="utf-8"))
    fixed = next(item for item in plan["remodels"] if item["shop"] == "C")
    assert [fixed[key] for key in ("closed_from", "closed_to", "finish")] == [
        wanted[key] for key in ("closed_from", "closed_to", "finish")
    ]
    assert fixed["cost"]["waiting"] == wanted["cost"]["waiting"]
