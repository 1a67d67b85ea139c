"""`planner shops`, `crews`, `absences`, `history`, `undo` and `redo`."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.store_cli import StoreCli
from tests.store.folders import write_folder


@pytest.fixture
def cli(store_cli: StoreCli, tmp_path: Path) -> StoreCli:
    store_cli.ok("import", write_folder(tmp_path / "folder"))
    return store_cli


def column(cli: StoreCli, name: str) -> dict[str, str]:
    rows = cli.ok("shops", "list", "--json").data
    return {row["id"]: row.get(name, "") for row in rows}


def test_a_list_is_filtered_sorted_and_cut(cli: StoreCli) -> None:
    ended = cli.ok("shops", "list", "tag:pilot|corner -state:TH", "--sort", "-priority", "--columns", "id,priority")
    assert ended.out.split() == ["id", "priority", "S1", "5", "S3", "1"]
    assert ended.err.strip() == "2 shops"
    assert "2 of 5 shops; --limit 0 shows all." in cli.ok("shops", "list", "--limit", "2").err
    assert len(cli.ok("shops", "list", "--limit", "2", "--json").data) == 2


def test_a_list_as_csv_runs_nothing_in_a_spreadsheet(cli: StoreCli) -> None:
    cli.ok("shops", "edit", "S1", "--set", "name==1+1", "--set", "lat=-1.5", "--set", "lon=3")
    ended = cli.ok("shops", "list", "id:S1", "--csv", "--columns", "id,name,lat,colour")
    assert list(csv.reader(io.StringIO(ended.out))) == [["id", "name", "lat", "colour"], ["S1", "'=1+1", "-1.5", "red"]]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("shops", "list", "stat:BY"), "unknown field 'stat'; did you mean 'state'?"),
        (("shops", "list", "--sort", "nme"), "did you mean 'name'?"),
        (("shops", "list", "--columns", "colours"), "did you mean 'colour'?"),
        (("shops", "edit", "S1"), "Say what to change by --set"),
        (("shops", "edit", "S1", "--set", "priority"), "is not COLUMN=TEXT"),
        (("shops", "edit", "--set", "priority=1"), "Name shops by their ids, or all that a query finds"),
        (("shops", "edit", "S1", "--where", "x", "--set", "priority=1"), "but not both"),
        (("shops", "edit", "S1", "S2", "--expect", "1", "--set", "priority=1"), "--expect is for one shop"),
        (("shops", "edit", "s1", "--set", "priority=1"), "There is no shop 's1' in this rollout; did you mean 'S1'?"),
        (("shops", "tag", "S1"), "Say which tags"),
        (("shops", "tag", "S1", "--add", "a|b"), "once for each tag"),
        (("shops", "add", "S1", "--set", "format=M"), "there is already a shop 'S1'"),
        (("shops", "fix", "S1", "--on", "2021-09-05"), "it is a Sunday; the next working day is 2021-09-06"),
        (("crews", "remove", "B1", "--yes"), "unknown crew 'B1'"),
        (("absences", "edit", "9", "--set", "reason=x"), "There is no absence '9'"),
        (("absences", "add", "B9", "2021-08-02", "2021-08-03"), "unknown crew 'B9'"),
        (("history", "S9"), "There is no shop 'S9'"),
        (("undo",), "There is nothing of yours (ana) to undo."),
        (("redo",), "There is nothing of yours (ana) to redo."),
        (("undo", "9"), "There is no entry 9"),
        (("shops", "list", "--rollout", "Tets"), "There is no rollout 'Tets' in the database; did you mean 'Test'?"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(cli: StoreCli, arguments: tuple[str, ...], sentence: str) -> None:
    ended = cli(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert sentence in ended.err
    assert "Internal error" not in ended.err


def test_one_shop_and_all_that_a_query_finds(cli: StoreCli) -> None:
    cli.ok("shops", "edit", "S1", "S2", "--set", "priority=3", "--why", "asked")
    assert column(cli, "priority") == {"S1": "3", "S2": "3", "S3": "1", "S4": "5", "S5": "7"}
    asked = cli("shops", "edit", "--where", "status:backlog", "--set", "priority=8")
    assert asked.code == 2
    assert "This changes 3 shops. Nothing was done; add --yes to do it." in asked.err
    ended = cli.ok("shops", "edit", "--where", "status:backlog", "--set", "priority=8", "--yes", "--json")
    assert ended.data == {"revision": 3, "changed": 3}
    assert "finds no shop" in cli.ok("shops", "edit", "--where", "id:X", "--set", "priority=8", "--yes").err
    assert "Nothing had to change." in cli.ok("shops", "edit", "S1", "--set", "priority=8").err
    cli.ok("undo")
    assert column(cli, "priority")["S5"] == "7"


def test_status_and_tags(cli: StoreCli) -> None:
    cli.ok("shops", "fix", "S1", "--on", "2021-09-06", "--crew", "B2")
    cli.ok("shops", "defer", "S2")
    cli.ok("shops", "cancel", "S5")
    assert column(cli, "status") == {
        "S1": "fixed", "S2": "deferred", "S3": "fixed", "S4": "deferred", "S5": "cancelled"
    }  # fmt: skip
    assert column(cli, "crews")["S1"] == "B2"
    cli.ok("shops", "unfix", "S1", "S2", "S5")
    assert set(column(cli, "status").values()) == {"backlog", "fixed", "deferred"}
    assert column(cli, "start")["S1"] == ""
    cli.ok("shops", "tag", "S1", "S2", "--add", "vip", "--remove", "pilot")
    assert column(cli, "tags") == {"S1": "corner|vip", "S2": "vip", "S3": "pilot", "S4": "", "S5": "corner"}


def test_the_second_user_is_told_and_decides(cli: StoreCli) -> None:
    (shop,) = cli.ok("shops", "list", "id:S1", "--json").data
    cli.ok("shops", "edit", "S1", "--set", "priority=2", user="ben")
    ended = cli("shops", "edit", "S1", "--set", "priority=4", "--expect", str(shop["version"]))
    assert ended.code == 2
    assert "changed by ben since you read it: priority was '5' and is now '2', yours would be '4'" in ended.err
    (shop,) = cli.ok("shops", "list", "id:S1", "--json").data
    cli.ok("shops", "edit", "S1", "--set", "priority=4", "--expect", str(shop["version"]))


def test_crews_and_absences(cli: StoreCli) -> None:
    cli.ok("crews", "add", "B3", "--trade", "builder", "--set", "units=2")
    cli.ok("crews", "edit", "B3", "--set", "units=4")
    assert [row["units"] for row in cli.ok("crews", "list", "--json").data] == ["1", "2", "1", "4"]
    cli.ok("absences", "add", "B3", "2021-08-02", "2021-08-06", "--units", "1", "--reason", "Course")
    assert cli.ok("absences", "list", "--csv").out.splitlines()[-1] == "3,B3,2021-08-02,2021-08-06,1,Course,"
    cli.ok("absences", "edit", "3", "--set", "last=2021-08-05")
    assert cli("absences", "remove", "3").code == 2
    cli.ok("absences", "remove", "3", "--yes")
    cli.ok("crews", "remove", "B3", "--yes")
    cli.ok("undo", "--steps", "6")
    assert "Stopped after 1 step" not in cli.ok("redo", "--steps", "6").err
    assert len(cli.ok("crews", "list", "--json").data) == 3


def test_history_says_who_what_and_why(cli: StoreCli) -> None:
    cli.ok("shops", "edit", "S1", "S2", "S4", "S5", "--set", "priority=6", "--why", "partner asked")
    cli.ok("shops", "edit", "S1", "--set", "priority=7", user="ben")
    out = cli.ok("history").out
    assert "ben  shop S1 changed: priority 7" in out
    assert "why: partner asked" in out
    assert "shop S1, priority: 5 → 6" in out
    assert "… and 1 more record: planner history --entry 2" in out
    assert len(cli.ok("history", "--entry", "2", "--json").data["changes"]) == 4
    assert [entry["revision"] for entry in cli.ok("history", "S5", "--json").data] == [2]
    refused = cli("undo")
    assert refused.code == 2
    assert "shop S1: priority was '6' and is now '7' (entry 3, by ben)" in refused.err


def test_names_from_data_steer_nothing(cli: StoreCli) -> None:
    cli.ok("shops", "edit", "S1", "--set", "name=[red]x[/red]\x1b[31m", "--set", "city=[/foo]")
    out = cli.ok("shops", "list", "id:S1").out
    assert "[red]x[/red][31m" in out
    assert "[/foo]" in out
    assert "\x1b" not in out
