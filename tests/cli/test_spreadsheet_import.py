import json
from pathlib import Path

import openpyxl
import pytest

from planner.cli.endings import ExitCode, run_to_its_end
from planner.cli.spreadsheet_import import FolderImport, import_into_folder
from planner.exchange.folder import read_folder

from .tiny import write_rollout

ROWS = [["Umbauliste 2021"], [], ["Filialnummer", "Shopformat", "Gebiet", "Partnr"], ["S1", "M", "North", "Elbe"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_rollout(tmp_path / "rollout")


def workbook(folder: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Liste"
    for row in [*ROWS, *rows]:
        sheet.append(row)
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


def run(folder: Path, path: Path, **options: object) -> ExitCode:
    return run_to_its_end(lambda: import_into_folder(FolderImport(path=path, folder=folder, **options)))


def test_the_shops_of_a_sheet_replace_those_of_the_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workbook(folder, ["S2", "M", "South", ""])
    assert run(folder, path) == ExitCode.OK
    rollout, _ = read_folder(folder)
    assert [(shop.id, shop.region, shop.extra) for shop in rollout.shops] == [
        ("S1", "North", (("Partnr", "Elbe"),)),
        ("S2", "South", ()),
    ]
    out = capsys.readouterr().out
    assert "1 shop new: S2" in out
    assert "1 shop changed: S1" in out
    assert f"2 shops written to {folder / 'shops.csv'}." in out


def test_mappings(folder: Path) -> None:
    assert run(folder, workbook(folder), maps=("Partnr=partner",)) == ExitCode.OK
    assert read_folder(folder)[0].shops[0].partner == "Elbe"


def test_a_dry_run_shows_what_is_matched_and_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "shops.csv").read_bytes()
    assert run(folder, workbook(folder, ["S2", "M", "", ""]), dry_run=True) == ExitCode.OK
    out, err = capsys.readouterr()
    assert "list.xlsx, sheet Liste, headings in row 3:" in out
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "A Filialnummer is id" in lines
    assert "D Partnr is kept, but unknown; perhaps partner?" in lines
    assert "nothing was written (--dry-run)" in err
    assert (folder / "shops.csv").read_bytes() == before


def test_any_mistake_and_nothing_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "shops.csv").read_bytes()
    path = workbook(folder, ["S1", "X", "", ""], ["", "M", "", ""])
    assert run(folder, path, dry_run=True) == ExitCode.BAD_INPUT
    out, err = capsys.readouterr()
    assert "headings in row 3" in out
    for cell in ("Liste!A5 (id)", "Liste!B5 (format)", "Liste!A6 (id)"):
        assert f"list.xlsx, {cell}: " in err
    assert "3 mistakes in the input, so nothing was done." in err
    assert run(folder, path) == ExitCode.BAD_INPUT
    assert (folder / "shops.csv").read_bytes() == before


def test_what_was_wrong_with_the_shops_before_does_not_matter(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "shops.csv").write_text("id,format\nS1,unknown\nS1,M\n", encoding="utf-8")
    assert run(folder, workbook(folder)) == ExitCode.OK
    assert "shops.csv," not in capsys.readouterr().err
    (folder / "shops.csv").unlink()
    assert run(folder, workbook(folder)) == ExitCode.OK


def test_the_rest_of_the_folder_must_be_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "crews.csv").unlink()
    assert run(folder, workbook(folder)) == ExitCode.BAD_INPUT
    assert "crews.csv: there is no such file" in capsys.readouterr().err
    assert run(folder / "nowhere", workbook(folder)) == ExitCode.BAD_INPUT


def test_a_file_called_shops_csv_is_a_spreadsheet_too(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "shops.csv").write_bytes("Filialnummer;Shopformat;Straße\nS7;M;Ä 1\n".encode("cp1252"))
    assert run(folder, tmp_path / "shops.csv") == ExitCode.OK
    assert read_folder(folder)[0].shops[0].street == "Ä 1"
    assert run(folder, folder / "shops.csv") == ExitCode.OK
    assert [shop.id for shop in read_folder(folder)[0].shops] == ["S7"]


def test_the_result_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workbook(folder, ["S2", "M", "", ""])
    assert run(folder, path, dry_run=True, as_json=True) == ExitCode.OK
    result = json.loads(capsys.readouterr().out)
    assert (result["sheet"], result["header_row"], result["written"]) == ("Liste", 3, None)
    assert (result["new"], result["changed"], result["gone"], result["same"]) == (["S2"], ["S1"], [], 0)
    assert result["columns"][0] == {"column": "A", "heading": "Filialnummer", "read_as": "id", "known": True}
    assert run(folder, path, as_json=True) == ExitCode.OK
    assert json.loads(capsys.readouterr().out)["written"] == str(folder / "shops.csv")


def test_headings_are_text_wherever_they_are_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "a.csv"
    path.write_text("id;format;\x1b[31m[bold]x\nS1;M;y\n", encoding="utf-8")
    assert run(folder, path, dry_run=True) == ExitCode.OK
    out, err = capsys.readouterr()
    assert "\x1b" not in out + err
    assert "[bold]x" in out
