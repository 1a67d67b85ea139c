import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.cli.endings import ExitCode
from planner.cli.spreadsheet_import import FolderImport, import_into_folder
from planner.domain.plan import Plan
from planner.exchange.folder import read_folder
from planner.exchange.plan_json import plan_to_json

from .tiny import BAD_PLAN, NO_PLAN_POSSIBLE, PLAN, ROLLOUT, write_rollout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_rollout(tmp_path / "rollout")


def export(folder: Path, kind: str, *options: str) -> Result:
    return CliRunner().invoke(app, ["export", kind, str(folder), *options])


def with_plan(folder: Path, plan: Plan) -> str:
    path = folder / "plan.json"
    path.write_bytes(plan_to_json(plan))
    return str(path)


def test_a_workbook(folder: Path) -> None:
    result = export(folder, "xlsx")
    assert result.exit_code == 0
    assert result.stdout == f"1 shop written to {folder / 'out' / 'shops.xlsx'}.\n"
    sheet = openpyxl.load_workbook(folder / "out" / "shops.xlsx")["Shops"]
    assert [cell.value for cell in sheet["A"]] == ["id", "S1"]


@pytest.mark.parametrize("options", [(), ("--german",)])
def test_csv_can_take_the_place_of_the_folders_shops(folder: Path, options: tuple[str, ...]) -> None:
    shops = read_folder(folder)[0].shops
    out = folder / "copy.csv"
    assert export(folder, "csv", "--out", str(out), *options).exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfid;" if options else b"\xef\xbb\xbfid,")
    if not options:
        (folder / "shops.csv").write_bytes(out.read_bytes())
        assert read_folder(folder)[0].shops == shops


def test_a_plan_adds_its_dates(folder: Path) -> None:
    result = export(folder, "xlsx", "--plan", with_plan(folder, PLAN), "--json")
    assert result.exit_code == 0
    written = json.loads(result.stdout)["written"]
    sheet = openpyxl.load_workbook(written)["Shops"]
    cells = dict(zip([cell.value for cell in sheet[1]], [cell.value for cell in sheet[2]], strict=True))
    assert cells["plan: start"].date() == PLAN.remodels[0].start
    assert import_into_folder(FolderImport(path=Path(written), folder=folder)) == ExitCode.OK
    assert read_folder(folder)[0].shops == ROLLOUT.shops
    assert export(folder, "csv", "--plan", with_plan(folder, PLAN)).exit_code == 0
    assert b"2021-07-14" in (folder / "out" / "shops.csv").read_bytes()


@pytest.mark.parametrize(("plan", "code"), [(BAD_PLAN, 1), (NO_PLAN_POSSIBLE, 1)])
def test_only_a_plan_that_fits_goes_out(folder: Path, plan: Plan, code: int) -> None:
    assert export(folder, "xlsx", "--plan", with_plan(folder, plan)).exit_code == code
    assert not (folder / "out").exists()


def test_wrong_input_is_said_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    result = export(folder, "csv", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "is a folder" in result.stderr
    assert export(tmp_path / "nowhere", "xlsx").exit_code == 2
    (folder / "file").write_text("", encoding="utf-8")
    result = export(folder, "xlsx", "--out", str(folder / "file" / "a.xlsx"))
    assert result.exit_code == 2
    assert "Cannot write" in result.stderr
