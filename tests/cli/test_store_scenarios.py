"""`planner scenario`, `plan --scenario` and `compare` on the database."""

import sys
from pathlib import Path

import pytest

from planner.domain.plan import Plan
from tests.cli.store_cli import StoreCli
from tests.cli.tiny import PLAN, write_rollout

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
def cli(store_cli: StoreCli, tmp_path: Path) -> StoreCli:
    store_cli.ok("import", write_rollout(tmp_path / "tiny"))
    for name, text in (("later", LATER), ("two", TWO)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        store_cli.ok("scenario", "save", tmp_path / f"{name}.toml")
    return store_cli


def test_saved_listed_shown_changed_dropped_and_undone(cli: StoreCli, tmp_path: Path) -> None:
    assert cli.ok("scenario", "list").out.split("\n")[:3] == [
        "later  Autumn will do",
        "       Is summer too soon?",
        "two    Two builders",
    ]
    assert [item["scenario"] for item in cli.ok("scenario", "list", "--json").data] == ["later", "two"]
    shown = cli.ok("scenario", "show", "two").out
    assert "Builds on   Autumn will do" in shown
    assert "units" in shown
    cli.ok("scenario", "show", "two", "--out", tmp_path / "mine" / "two.toml")
    file = tmp_path / "mine" / "two.toml"
    assert file.read_text(encoding="utf-8") == TWO
    file.write_text(TWO.replace("= 2", "= 3"), encoding="utf-8")
    assert "scenario two changed" in cli.ok("scenario", "save", file, "--why", "more").out
    assert cli.ok("scenario", "save", file).err.startswith("Nothing had to change")
    assert "scenario two changed" in cli.ok("history").out
    refused = cli("scenario", "drop", "later")
    assert (refused.code, "'two' builds on it" in refused.err) == (2, True)
    assert "brings it back" in cli.ok("scenario", "drop", "two").out
    assert cli.ok("scenario", "list", "--json").data[-1]["scenario"] == "later"
    cli.ok("undo")
    assert "= 3" in _toml(cli, tmp_path)
    cli.ok("undo")
    assert _toml(cli, tmp_path) == TWO


def _toml(cli: StoreCli, tmp_path: Path) -> str:
    cli.ok("scenario", "show", "two", "--out", tmp_path / "now.toml")
    return (tmp_path / "now.toml").read_text(encoding="utf-8")


def test_what_is_wrong_is_said_as_for_a_file(cli: StoreCli, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('name = "x"\n[set]\nmilestone.Sumer.target = 3\ncosts.footfal = 1.0\n', encoding="utf-8")
    ended = cli("scenario", "save", bad)
    assert ended.code == 2
    assert "bad.toml, set, milestone.Sumer.target: " in ended.err
    assert "did you mean 'footfall'" in ended.err
    assert "2 mistakes" in ended.err
    assert "there is no such file" in cli("scenario", "save", tmp_path / "none.toml").err
    assert "did you mean 'later'" in cli("scenario", "show", "latr").err
    assert "did you mean 'later'" in cli("plan", "--scenario", "latr").err
    assert "did you mean 'later'" in cli("scenario", "drop", "latr").err
    assert "a name has no '/'" in cli("scenario", "save", tmp_path / "later.toml", "--name", "a/b").err
    assert cli("scenario", "show", "a", "b", "c").code == 2
    assert cli("scenario", "list", tmp_path / "tiny", "--db", "x.db").code == 2


def test_a_folder_has_them_and_others_there_are_left_alone(cli: StoreCli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cli.ok("export", "folder", out)
    assert (out / "scenarios" / "two.toml").read_text(encoding="utf-8") == TWO
    assert cli.ok("scenario", "list", out).out == cli.ok("scenario", "list").out
    (out / "scenarios" / "own.toml").write_text(LATER, encoding="utf-8")
    assert "also has own.toml, not in the database" in cli.ok("export", "folder", out, "--overwrite").err
    assert "added: scenario own" in cli.ok("import", out, "--update", "--yes").out


def test_a_plan_under_a_scenario(cli: StoreCli) -> None:
    cli.ok("plan")
    ended = cli("plan", "--scenario", "two", "--json")
    # The solver of these tests gives the plan of the rollout as it is, whose milestone is another one.
    assert (ended.code, "The plan failed its check, so it was not kept" in ended.err) == (1, True)
    cli.plan = _with_milestone(PLAN)
    assert cli.ok("plan", "--scenario", "two", "--json").data["scenarios"] == ["two"]
    listed = cli.ok("plans", "list").out
    assert "scenario" in listed.splitlines()[0]
    assert "two" in listed.splitlines()[1]
    assert cli.ok("plans", "list", "--json").data[0]["scenarios"] == ["two"]
    assert "under scenario two" in cli.ok("plans", "show", "2").out
    refused = cli("plans", "publish", "2", "--yes")
    assert refused.code == 1
    assert "made under scenario two and does not fit the rollout as it is" in refused.err
    assert "from plan 1 " in cli.ok("plans", "diff", "1", "2").out
    cli.ok("scenario", "drop", "two")
    assert "no longer fits the rollout" in cli.ok("plans", "show", "2").err


def _with_milestone(plan: Plan) -> Plan:
    from dataclasses import replace  # noqa: PLC0415
    from datetime import date  # noqa: PLC0415

    return replace(plan, milestones=tuple(replace(item, by=date(2021, 10, 31)) for item in plan.milestones))


def test_compare_without_a_folder(cli: StoreCli, monkeypatch: pytest.MonkeyPatch) -> None:
    plans = {False: PLAN, True: _with_milestone(PLAN)}
    monkeypatch.setattr(
        "planner.cli.compare.plan_checked",
        lambda rollout, *_, **__: plans[rollout.milestones[0].by.month == 10],
    )
    data = cli.ok("compare", "--json", "--quiet").data
    assert data["base"]["name"] == "As it is"
    assert [item["name"] for item in data["scenarios"]] == ["Autumn will do", "Two builders"]
    assert len(cli.ok("compare", "two", "--json", "--quiet").data["scenarios"]) == 1
    assert "did you mean 'two'" in cli("compare", "twoo").err
    assert "there is no such folder" in cli("compare", "nowhere/rollout").err
    for name in ("two", "later"):
        cli.ok("scenario", "drop", name)
    assert "no scenarios to compare with" in cli("compare").err


@pytest.mark.parametrize("width", [40, 60, 80, 120, 250])
def test_tables_fit_the_terminal(cli: StoreCli, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    cli.ok("plan", "--note", "a long note about what this plan is for")
    monkeypatch.setenv("COLUMNS", str(width))
    whole = {topic: cli.ok(topic, "list").out for topic in ("shops", "crews", "plans")}
    real = sys.stdout

    class Terminal:
        def __getattr__(self, name: str) -> object:
            return (lambda: True) if name == "isatty" else getattr(real, name)

    monkeypatch.setattr(sys, "stdout", Terminal())
    for topic, everything in whole.items():
        ended = cli.ok(topic, "list")
        assert all(len(line) <= width for line in ended.out.splitlines()), ended.out
        if width == 250:
            assert ended.out == everything
        assert ("--wide shows all columns" in ended.err) == (ended.out != everything)
        assert cli.ok(topic, "list", "--wide").out == everything


@pytest.mark.parametrize(("form", "name"), [("xlsx", "shops.xlsx"), ("csv", "shops.csv")])
def test_shops_of_the_database_as_a_spreadsheet(
    cli: StoreCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    cli.ok("plan")
    assert f"1 shop written to {name}" in cli.ok("export", form, "--plan", "1").out
    assert "Nothing would change" in cli.ok("import", name, "--dry-run").err
    assert cli("export", form, "--plan", "7").code == 2
    assert cli("export", form, "--plan", "out/plan.json").code == 2
