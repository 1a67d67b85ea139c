"""`planner import`, `export folder`, `rollouts`, `plan` and `plans`."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.exchange.folder import read_folder
from planner.exchange.plan_json import plan_to_json
from tests.cli.store_cli import StoreCli
from tests.cli.tiny import BAD_PLAN, NO_PLAN_POSSIBLE, PLAN, remodel, write_rollout
from tests.store.folders import SHOPS, TOML, write_folder

LATER = replace(PLAN, remodels=(remodel("S1", date(2021, 7, 19), date(2021, 7, 21), {"B1": 1}),))


@pytest.fixture
def cli(store_cli: StoreCli, tmp_path: Path) -> StoreCli:
    store_cli.ok("import", write_rollout(tmp_path / "tiny"))
    return store_cli


def test_a_folder_in_and_out(store_cli: StoreCli, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in")
    ended = store_cli.ok("import", folder)
    assert "New rollout 'Test'" in ended.out
    assert "unknown column 'colour'" in ended.err
    store_cli.ok("export", "folder", tmp_path / "out")
    assert read_folder(tmp_path / "out") == read_folder(folder)
    again = store_cli("export", "folder", tmp_path / "out")
    assert (again.code, "add --overwrite" in again.err) == (2, True)
    store_cli.ok("export", "folder", tmp_path / "out", "--overwrite")
    assert "already has a rollout 'Test'" in store_cli("import", folder).err


def test_a_wrong_folder_changes_nothing(store_cli: StoreCli, tmp_path: Path) -> None:
    ended = store_cli("import", write_folder(tmp_path / "in", {"shops.csv": SHOPS.replace(",M,9,", ",Q,99,")}))
    assert ended.code == 2
    assert "shops.csv, row 3, column format" in ended.err
    assert "shops.csv, row 3, column priority" in ended.err
    assert store_cli.ok("rollouts", "list", "--json").data == []


def test_an_update_is_shown_before_it_is_done(store_cli: StoreCli, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in")
    store_cli.ok("import", folder)
    write_folder(folder, {"shops.csv": SHOPS.replace("Laden Hof", "Laden Höfe").replace("S5,", "S6,")})
    asked = store_cli("import", folder, "--update")
    assert asked.code == 2
    assert "changed: 1 shop" in asked.out
    assert "shop S2, name: Laden Hof → Laden Höfe" in asked.out
    assert "added: shop S6" in asked.out
    assert "removed: shop S5" in asked.out
    assert "add --yes" in asked.err
    assert store_cli.ok("import", folder, "--update", "--dry-run").out == asked.out
    assert store_cli.ok("rollouts", "list", "--json").data[0]["revision"] == 1
    store_cli.ok("import", "--update", folder, "--yes", "--why", "July")
    assert "Nothing would change" in store_cli.ok("import", folder, "--update", "--yes").err
    store_cli.ok("undo")
    assert [row["id"] for row in store_cli.ok("shops", "list", "--json").data] == ["S1", "S2", "S3", "S4", "S5"]


def test_a_spreadsheet_takes_the_place_of_the_shops(store_cli: StoreCli, tmp_path: Path) -> None:
    store_cli.ok("import", write_folder(tmp_path / "in"))
    sheet = tmp_path / "Filialen.csv"
    sheet.write_bytes(
        "Filialnummer;Ort;Bundesland;Format;Fixtermin;Wunsch\nS1;Köln;Bayern;M;06.09.2021;x\nS9;Ulm;;M;;\n".encode(
            "cp1252"
        )
    )
    dry = store_cli.ok("import", sheet, "--dry-run", "--map", "Wunsch=name")
    assert "is city" in dry.out
    assert len(store_cli.ok("shops", "list", "--json").data) == 5
    store_cli.ok("import", sheet, "--yes", "--map", "Wunsch=name")
    rows = store_cli.ok("shops", "list", "--json").data
    assert [(row["id"], row.get("city"), row.get("name"), row["status"]) for row in rows] == [
        ("S1", "Köln", "x", "fixed"),
        ("S9", "Ulm", None, "backlog"),
    ]
    sheet.write_text("Filialnummer;Format;Wunsch\nS1;M;remembered\n", encoding="utf-8")
    store_cli.ok("import", sheet, "--yes")
    assert [row["name"] for row in store_cli.ok("shops", "list", "--json").data] == ["remembered"]
    store_cli.ok("undo", "--steps", "2")
    assert len(store_cli.ok("shops", "list", "--json").data) == 5


def test_several_rollouts_are_told_apart(store_cli: StoreCli, tmp_path: Path) -> None:
    store_cli.ok("import", write_folder(tmp_path / "one"))
    store_cli.ok("import", write_folder(tmp_path / "two", {"rollout.toml": TOML.replace('"Test"', '"[b]Two[/b]"')}))
    ended = store_cli("shops", "list")
    assert ended.code == 2
    assert "choose one by --rollout or PLANNER_ROLLOUT: 'Test', '[b]Two[/b]'." in ended.err
    store_cli.ok("shops", "edit", "S1", "--set", "priority=2", "--rollout", "Test")
    assert store_cli.ok("--rollout", "[b]Two[/b]", "shops", "list", "id:S1", "--json").data[0]["priority"] == "5"
    assert "[b]Two[/b]" in store_cli.ok("rollouts", "list").out


def test_the_database_is_chosen_by_option_or_environment(cli: StoreCli, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    for arguments in (("--db", other, "rollouts", "list"), ("rollouts", "list", "--db", other)):
        assert "take one in by: planner import FOLDER" in cli.ok(*arguments).err
    assert other.exists()
    assert "There is no rollout in the database" in cli("shops", "list", "--db", other).err


def test_a_plan_is_kept_shown_and_published(cli: StoreCli, tmp_path: Path) -> None:
    made = cli.ok("plan", "--note", "first", "--json").data
    assert (made["plan"], made["based_on"], made["status"]) == (1, 1, "optimal")
    cli.plan = LATER
    assert "Kept        plan 2, a draft" in cli.ok("plan").out
    assert [row["plan"] for row in cli.ok("plans", "list", "--json").data] == [2, 1]
    assert "first" in cli.ok("plans", "list").out
    assert "1, draft, made on " in cli.ok("plans", "show", "1").out
    cli.ok("plans", "show", "1", "--out", tmp_path / "plan.json")
    assert (tmp_path / "plan.json").read_bytes() == plan_to_json(PLAN)
    asked = cli("plans", "publish", "1")
    assert (asked.code, "it cannot be undone. Nothing was done; add --yes" in asked.err) == (2, True)
    assert "1 published start changed" in cli.ok("plans", "publish", "1", "--yes").out
    difference = cli.ok("plans", "diff").out
    assert "From plan 1 to plan 2: 1 shop differs" in difference
    assert "+5" in difference
    assert cli.ok("plans", "diff", "1", "2", "--json").data["shops"][0]["days"] == 5
    assert cli("plans", "drop", "1").code == 2
    cli.ok("plans", "drop", "2")
    cli.ok("undo")
    assert [row["state"] for row in cli.ok("plans", "list", "--json").data] == ["draft", "published"]
    refused = cli("undo")
    assert (refused.code, "people were told" in refused.err) == (2, True)


def test_a_plan_that_does_not_fit_ends_with_1(cli: StoreCli) -> None:
    cli.plan = BAD_PLAN
    ended = cli("plan")
    assert (ended.code, ended.out) == (1, "")
    assert "failed its check, so it was not kept" in ended.err
    cli.plan = PLAN
    cli.ok("plan")
    cli.ok("shops", "edit", "S1", "--set", "ready_from=2021-07-20")
    ended = cli("plans", "publish", "1", "--yes")
    assert (ended.code, "no longer fits the rollout" in ended.err) == (1, True)


def test_conflicts_and_no_plan_in_time(cli: StoreCli) -> None:
    cli.plan = NO_PLAN_POSSIBLE
    ended = cli("plan")
    assert ended.code == 3
    assert "No plan was kept." in ended.err
    cli.fails = True
    assert cli("plan").code == 4
    assert "There is no plan yet" in cli.ok("plans", "list").err
    assert "two plans to compare" in cli("plans", "diff").err


def test_today_moves_on(cli: StoreCli, tmp_path: Path) -> None:
    cli.ok("shops", "fix", "S1", "--on", "2021-07-15")
    cli.ok("export", "folder", tmp_path / "out")
    toml = tmp_path / "out" / "rollout.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace("today = 2021-07-13", "today = 2021-07-16"), encoding="utf-8")
    refused = cli("rollouts", "settings", toml)
    assert refused.code == 2
    assert "shop S1, start: a fixed start must be today (2021-07-16) or later" in refused.err
    cli.ok("rollouts", "settings", toml, "--why", "a new week", "--begun")
    assert cli.ok("shops", "list", "--json").data[0]["status"] == "in_progress"
    assert cli.ok("rollouts", "list", "--json").data[0]["today"] == "2021-07-16"
    assert "rollout.toml changed" in cli.ok("history", "--limit", "1").out
    cli.ok("undo")
    assert cli.ok("rollouts", "list", "--json").data[0]["today"] == "2021-07-13"
    toml.write_text("name = ", encoding="utf-8")
    assert "is not valid TOML" in cli("rollouts", "settings", toml).err
