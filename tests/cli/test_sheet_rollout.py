"""`planner import shops.xlsx` into a database without a rollout, and --new: a rollout of its own."""

from datetime import date
from pathlib import Path

import pytest

from tests.cli.store_cli import StoreCli

SHEET = "Liste;;\nFilialnummer;Ort;Umsatz p. W.\n[b]1;Köln;12.000,50\n2;Ulm;\n"


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> StoreCli:
    """The command line without a database."""
    return StoreCli(monkeypatch, capfd, tmp_path / "new.db")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "Süd.csv"
    path.write_bytes(SHEET.encode("cp1252"))
    return path


def test_the_first_spreadsheet_becomes_a_rollout(cli: StoreCli, sheet: Path, tmp_path: Path) -> None:
    dry = cli.ok("import", sheet, "--dry-run", "--map", "Umsatz p. W.=weekly_revenue")
    assert "is weekly_revenue" in dry.out
    assert "10 working days" in dry.out
    asked = cli("import", sheet)
    assert (asked.code, "add --yes" in asked.err) == (2, True)
    assert not cli.db.exists()
    made = cli.ok("import", sheet, "--yes", "--map", "Umsatz p. W.=weekly_revenue", "--days", "3", "--target", "2")
    assert "New rollout 'Süd'" in made.out
    assert "planner crews" in made.err
    info = cli.ok("rollouts", "list", "--json").data[0]
    assert (info["name"], info["shops"], info["revision"]) == ("Süd", 2, 1)
    assert info["today"] == date.today().isoformat()  # noqa: DTZ011 - as the command
    rows = cli.ok("shops", "list", "--json").data
    assert [(row["id"], row["city"], row["format"]) for row in rows] == [
        ("[b]1", "Köln", "Standard"),
        ("2", "Ulm", "Standard"),
    ]
    cli.ok("export", "folder", tmp_path / "now")
    toml = (tmp_path / "now" / "rollout.toml").read_text(encoding="utf-8")
    assert 'objective = "cost"' in toml
    assert "days = 3" in toml
    assert "target = 2" in toml


def test_the_next_one_changes_it_and_what_headings_mean_is_remembered(cli: StoreCli, sheet: Path) -> None:
    cli.ok("import", sheet, "--yes", "--map", "Umsatz p. W.=weekly_revenue")
    second = sheet.with_name("zwei.csv")
    second.write_text("Filialnummer;Konzept;Umsatz p. W.\n2;Standard;5\n", encoding="utf-8")
    cli.ok("import", second, "--yes")
    assert [row["weekly_revenue"] for row in cli.ok("shops", "list", "--json").data] == ["5"]
    cli.ok("undo")
    assert len(cli.ok("shops", "list", "--json").data) == 2
    more = cli.ok("import", second, "--new", "Zwei", "--today", "01.03.2027", "--last", "2027-12-31", "--yes", "--json")
    assert more.data == {"rollout": "Zwei", "revision": 1, "shops": 1, "crews": 1, "absences": 0, "scenarios": 0}
    assert {info["name"] for info in cli.ok("rollouts", "list", "--json").data} == {"Süd", "Zwei"}


def test_mistakes_make_no_database(cli: StoreCli, sheet: Path) -> None:
    sheet.write_text("Filialnummer;Fixtermin\n1;viel\n1;\n", encoding="utf-8")
    ended = cli("import", sheet, "--yes")
    assert ended.code == 2
    assert "Süd.csv, B2 (start)" in ended.err
    assert "Süd.csv, A3 (id)" in ended.err
    for option, value, sentence in (
        ("--last", "2020-01-01", "last"),
        ("--today", "tomorrow", "--today"),
        ("--new", " ", "name"),
    ):
        ended = cli("import", sheet, "--yes", option, value)
        assert (ended.code, sentence in ended.err) == (2, True)
    assert not cli.db.exists()


def test_a_database_that_is_there_but_empty(store_cli: StoreCli, sheet: Path) -> None:
    ended = store_cli("import", sheet, "--rollout", "Nord")
    assert (ended.code, "no rollout" in ended.err) == (2, True)
    store_cli.ok("import", sheet, "--yes")
    assert [info["name"] for info in store_cli.ok("rollouts", "list", "--json").data] == ["Süd"]


def test_a_name_that_is_taken(cli: StoreCli, sheet: Path) -> None:
    cli.ok("import", sheet, "--yes")
    ended = cli("import", sheet, "--new", "Süd", "--yes")
    assert ended.code == 2
    assert "already has a rollout 'Süd'" in ended.err
