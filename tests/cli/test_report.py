"""`planner report` and `planner export mspdi`: a plan's other forms, from the command line."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.cli.run import report_language
from planner.domain.plan import Plan, Unplanned
from planner.exchange.files_beside import FilesBeside
from planner.exchange.plan_json import plan_to_json
from planner.exchange.problems import ProblemLog
from planner.exchange.spreadsheet.reading import read_spreadsheet
from planner.exchange.whole_files import write_whole
from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.store.store import open_store

from .tiny import BAD_PLAN, NO_PLAN_POSSIBLE, PLAN, ROLLOUT, write_rollout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_rollout(tmp_path / "rollout")


def put_plan(folder: Path, plan: Plan = PLAN, name: str = "out/plan.json") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(plan_to_json(plan))
    return path


def call(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env=environment)


def data_of(page: Path) -> dict[str, object]:
    text = page.read_text(encoding="utf-8")
    start = text.index('id="data">') + len('id="data">')
    data: dict[str, object] = json.loads(text[start : text.index("</script>", start)])
    return data


def test_the_page_is_written_beside_the_plan(folder: Path) -> None:
    put_plan(folder)
    result = call("report", folder)
    assert result.exit_code == 0
    assert result.stdout == f"Written     report.html in {folder / 'out'}\n"
    assert data_of(folder / "out" / "report.html")["rollout"] == "Tiny"


def test_a_plan_and_a_file_of_ones_own(folder: Path, tmp_path: Path) -> None:
    plan = put_plan(folder, name="july.json")
    assert call("report", folder, "--plan", plan, "--out", tmp_path / "deep" / "july.html").exit_code == 0
    assert data_of(tmp_path / "deep" / "july.html")["status"] == "optimal"
    assert call("report", folder, "--plan", plan).exit_code == 0
    assert (folder / "report.html").exists()


@pytest.mark.parametrize(
    ("options", "locale", "language"),
    [
        ((), "de_DE.UTF-8", "de"),
        ((), "en_GB.UTF-8", "en"),
        (("--lang", "de"), "C", "de"),
        (("--lang", "en"), "de_DE", "en"),
    ],
)
def test_the_language_is_asked_for_or_that_of_the_locale(
    folder: Path, options: tuple[str, ...], locale: str, language: str
) -> None:
    put_plan(folder)
    assert call("report", folder, *options, LC_ALL=locale).exit_code == 0
    page = folder / "out" / "report.html"
    assert data_of(page)["language"] == language
    assert f'<html lang="{language}">' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(("deterministic", "language"), [(True, "en"), (False, "de")])
def test_a_deterministic_run_writes_the_same_page_in_every_locale(
    folder: Path, monkeypatch: pytest.MonkeyPatch, deterministic: bool, language: str
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    limits = Limits(seconds=1, workers=1, deterministic=deterministic)
    files = FilesBeside(ROLLOUT)
    files.begin(PLAN, datetime.now(UTC), report_language(limits))
    write_whole(folder / "out", files.contents())
    assert data_of(folder / "out" / "report.html")["language"] == language


def test_a_workbook_with_a_plan_has_its_chart_and_milestones(folder: Path) -> None:
    workbook = folder / "shops.xlsx"
    assert call("export", "xlsx", folder, "--plan", put_plan(folder), "--out", workbook).exit_code == 0
    assert openpyxl.load_workbook(workbook).sheetnames == ["Shops", "Gantt", "Milestone figures"]
    log = ProblemLog()
    assert read_spreadsheet(workbook, log).sheet == "Shops"
    assert log.errors == []
    assert call("export", "xlsx", folder, "--out", workbook).exit_code == 0
    assert openpyxl.load_workbook(workbook).sheetnames == ["Shops"]


def test_conflicts_of_fixed_dates_have_a_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_plan(folder, NO_PLAN_POSSIBLE)
    monkeypatch.setattr("planner.cli.checked_plan.check", lambda rollout, plan: ())
    assert call("report", folder).exit_code == 0
    assert data_of(folder / "out" / "report.html")["status"] == "infeasible"


@pytest.mark.parametrize("command", [("report",), ("export", "mspdi")])
def test_a_plan_that_fails_its_check_goes_nowhere(folder: Path, command: tuple[str, ...]) -> None:
    put_plan(folder, BAD_PLAN)
    result = call(*command, folder)
    assert result.exit_code == 1
    assert "does not fit the rollout" in result.stderr
    assert [path.name for path in (folder / "out").iterdir()] == ["plan.json"]


@pytest.mark.parametrize("command", [("report",), ("export", "mspdi")])
def test_wrong_input_is_told(folder: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    assert call(*command, folder).exit_code == 2
    put_plan(folder)
    in_the_way = call(*command, folder, "--out", tmp_path)
    assert in_the_way.exit_code == 2
    assert "--out: is a folder" in in_the_way.stderr
    assert call(*command, tmp_path / "nowhere").exit_code == 2
    assert call(*command, folder, "--scenario", "unheard-of").exit_code == 2


def test_the_project_is_written_beside_the_plan(folder: Path) -> None:
    put_plan(folder)
    result = call("export", "mspdi", folder)
    assert result.exit_code == 0
    assert result.stdout == f"Written     project.xml in {folder / 'out'}\n"
    root = ET.parse(folder / "out" / "project.xml").getroot()
    assert root.tag == "{http://schemas.microsoft.com/project}Project"


def test_a_project_needs_dates(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_plan(folder, NO_PLAN_POSSIBLE)
    monkeypatch.setattr("planner.cli.checked_plan.check", lambda rollout, plan: ())
    assert call("export", "mspdi", folder).exit_code == 3
    assert not (folder / "out" / "project.xml").exists()


def test_shops_without_a_date_are_counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_plan(folder, replace(PLAN, unplanned=(Unplanned(shop="S1", reason="no crew"),), remodels=()))
    monkeypatch.setattr("planner.cli.checked_plan.check", lambda rollout, plan: ())
    result = call("export", "mspdi", folder)
    assert result.exit_code == 0
    assert "1 shop without a date left out." in result.stderr


def test_the_same_plan_gives_the_same_bytes_in_every_process(folder: Path) -> None:
    put_plan(folder)
    pages = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "planner", "report", str(folder), "--lang", "de"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        pages.append((folder / "out" / "report.html").read_bytes())
    assert pages[0] == pages[1]


@pytest.fixture
def database(folder: Path, tmp_path: Path) -> Path:
    """A store with the rollout of the folder and one plan of it."""
    path = tmp_path / "store.db"
    assert call("import", "--db", path, folder).exit_code == 0
    with open_store(StoreSettings(db=str(path))) as store:
        backlog = store.backlog()
        rollout, revision = backlog.load()
        backlog.plans.keep(rollout, PLAN, revision)
    return path


def test_a_plan_of_the_store_has_a_page_and_a_project(database: Path, tmp_path: Path) -> None:
    page, project = tmp_path / "page.html", tmp_path / "project.xml"
    assert call("report", "--db", database, "--out", page, "--lang", "de").exit_code == 0
    assert data_of(page)["milestones"]
    assert call("export", "mspdi", "--db", database, "--plan", "1", "--out", project).exit_code == 0
    assert ET.parse(project).getroot().tag.endswith("Project")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--plan", "7"), "plan 7"),
        (("--plan", "plan.json"), "number of a plan"),
        (("--scenario", "more"), "scenarios belong to a folder"),
    ],
)
def test_what_the_store_cannot_give_is_told(
    database: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    page = tmp_path / "page.html"
    result = call("report", "--db", database, "--out", page, *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not page.exists()


def test_a_store_without_a_plan_says_so(folder: Path, tmp_path: Path) -> None:
    assert call("import", "--db", tmp_path / "store.db", folder).exit_code == 0
    result = call("report", "--db", tmp_path / "store.db", "--out", tmp_path / "page.html")
    assert result.exit_code == 2
    assert "There is no plan yet" in result.stderr


def test_a_plan_that_the_rollout_has_outgrown_is_not_shown(database: Path, tmp_path: Path) -> None:
    changed = call("shops", "edit", "S1", "--set", "ready_from=2021-12-01", "--db", database)
    assert changed.exit_code == 0, changed.stderr
    result = call("report", "--db", database, "--out", tmp_path / "page.html")
    assert result.exit_code == 1
    assert "fits the rollout no more" in result.stderr
    assert not (tmp_path / "page.html").exists()
