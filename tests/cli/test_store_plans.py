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
    other.touch()
    for arguments in (("--db", other, "rollouts", "list"), ("rollouts", "list", "--db", other)):
        assert "take one in by: planner import FOLDER" in cli.ok(*arguments).err
    assert "There is no rollout in the database" in cli("shops", "list", "--db", other).err


@pytest.mark.parametrize(
    "arguments",
    [
        ("rollouts", "list"),
        ("shops", "list"),
        ("shops", "add", "S9", "--set", "format=M"),
        ("history",),
        ("plans", "list"),
        ("plan",),
        ("export", "ics"),
        ("scenario", "list"),
        ("import", "tiny", "--update"),
    ],
)
def test_a_mistyped_path_makes_no_database(cli: StoreCli, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    arguments = tuple(str(tmp_path / "tiny") if text == "tiny" else text for text in arguments)
    ended = cli(*arguments, "--db", tmp_path / "plannr.db")
    assert ended.code == 2
    assert f"There is no database {tmp_path / 'plannr.db'}; check the path" in ended.err
    assert not (tmp_path / "plannr.db").exists()


def test_to_look_what_an_import_would_do_makes_none_either(cli: StoreCli, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    ended = cli.ok("import", tmp_path / "tiny", "--dry-run", "--db", new)
    assert "This would be the new rollout 'Tiny': 1 shop, 1 crew, 0 absences" in ended.err
    assert cli("import", tmp_path / "nowhere", "--db", new).code == 2
    assert not new.exists()
    assert "already has a rollout" in cli("import", tmp_path / "tiny", "--dry-run").err
    cli.ok("import", tmp_path / "tiny", "--db", new)
    assert new.stat().st_mode & 0o077 == 0


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
    assert (asked.code, "cannot be undone. Nothing was done; add --yes" in asked.err) == (2, True)
    assert "1 published start changed" in cli.ok("plans", "publish", "1", "--yes").out
    difference = cli.ok("plans", "diff").out
    assert "from plan 1 (planned on" in difference
    assert "2021-07-14 → 2021-07-19 (5 days later)" in difference
    assert "Nothing keeps it from its old days" in difference
    (shop,) = cli.ok("plans", "diff", "1", "2", "--json").data["shops"]
    assert (shop["days"], shop["why"]["cause"]) == (5, "nothing")
    assert cli.ok("plans", "diff", "1", "2", "--csv").out.splitlines()[1].startswith("S1,moved,2021-07-14,2021-07-19,5")
    assert cli("plans", "diff", "--csv", "--json").code == 2
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
    told = cli.ok("history", "--limit", "1").out
    assert "rollout.toml changed" in told
    assert "horizon.today: 2021-07-13 → 2021-07-16" in told
    cli.ok("undo")
    assert cli.ok("rollouts", "list", "--json").data[0]["today"] == "2021-07-13"
    toml.write_text("name = ", encoding="utf-8")
    assert "is not valid TOML" in cli("rollouts", "settings", toml).err


def test_plans_are_noted_and_set_side_by_side(cli: StoreCli) -> None:
    cli.ok("plan", "--quiet")
    cli.plan = LATER
    cli.ok("plan", "--quiet")
    cli.ok("plans", "note", "1", "for the board")
    assert cli.ok("plans", "list", "--json").data[-1]["note"] == "for the board"
    compared = cli.ok("plans", "compare", "1", "2", "--json").data
    assert compared["base"]["first_start"] == "2021-07-14"
    assert compared["scenarios"][0]["moved"] == [{"shop": "S1", "from": "2021-07-14", "to": "2021-07-19", "days": 5}]
    assert "Dates moved" in cli.ok("plans", "compare", "1", "2").out
    assert cli("plans", "compare", "1").code == 2
    assert cli("plans", "compare", "1", "9").code == 2


def test_a_scenario_is_adopted_once_agreed_to(cli: StoreCli, tmp_path: Path) -> None:
    (tmp_path / "more.toml").write_text('name = "More"\n[set]\ncrews.B1.units = "+1"\n', encoding="utf-8")
    cli.ok("scenario", "save", tmp_path / "more.toml")
    assert "crew (B1), units" in cli.ok("scenario", "adopt", "more", "--dry-run").out
    assert (cli("scenario", "adopt", "more").code, units(cli)) == (2, 1)
    adopted = cli.ok("scenario", "adopt", "more", "--yes", "--json").data
    assert (adopted["dropped"], units(cli)) == (["more"], 2)
    cli.ok("undo")
    assert units(cli) == 1
    assert cli("scenario", "adopt", "mor").code == 2


def units(cli: StoreCli) -> int:
    """How many units the crew has."""
    found = cli.ok("crews", "list", "--json").data
    return int(found[0]["units"] or 1)
