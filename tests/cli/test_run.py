import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from types import ModuleType

import pytest

from planner.cli.app import main
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.scheduling.limits import Limits, NoPlanError, ReportProgress

from .tiny import BAD_PLAN, CONFLICT, NO_PLAN_POSSIBLE, PLAN, write_rollout

FILES = ["plan.csv", "plan.ics", "plan.json", "report.html"]
Solve = Callable[[Rollout, Limits, ReportProgress, Event], Plan]


@dataclass
class Ended:
    code: int
    out: str
    err: str


class Planner:
    """The command line in this process, with a solver that returns `plan` or raises `error`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self.plan = PLAN
        self.error: Exception | None = None
        self.limits: list[Limits] = []
        self._monkeypatch = monkeypatch
        self._capfd = capfd
        solver = ModuleType("planner.scheduling.solve")
        solver.__dict__["solve"] = self.solve
        monkeypatch.setitem(sys.modules, solver.__name__, solver)

    def solve(
        self, rollout: Rollout, limits: Limits, on_progress: ReportProgress, stop: Event, remains: list[object]
    ) -> Plan:
        self.limits.append(limits)
        if self.error:
            raise self.error
        return self.plan

    def __call__(self, *arguments: str | Path) -> Ended:
        self._monkeypatch.setattr(sys, "argv", ["planner", *map(str, arguments)])
        with pytest.raises(SystemExit) as ending:
            main()
        out, err = self._capfd.readouterr()
        return Ended(int(ending.value.code or 0), out, err)


@pytest.fixture
def planner(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Planner:
    return Planner(monkeypatch, capfd)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_rollout(tmp_path / "rollout")


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*"))


def test_a_plan_is_written_and_summed_up(planner: Planner, folder: Path) -> None:
    ended = planner("run", folder)
    assert ended.code == 0
    assert files_in(folder / "out") == FILES
    assert json.loads((folder / "out" / "plan.json").read_bytes())["remodels"][0]["shop"] == "S1"
    assert "Summer (31 Aug 2021): 1 of 1" in ended.out
    assert ended.err == ""


def test_the_options_reach_the_search(planner: Planner, folder: Path) -> None:
    numbers = ("--time-limit", "5", "--gap", "0.01", "--workers", "3", "--seed", "7")
    assert planner("run", folder, *numbers, "--allow-conflicts", "--deterministic").code == 0
    assert planner.limits == [Limits(seconds=5, gap=0.01, workers=3, seed=7, allow_conflicts=True, deterministic=True)]


def test_the_files_go_where_they_are_wanted(planner: Planner, folder: Path, tmp_path: Path) -> None:
    assert planner("run", folder, "--out", tmp_path / "elsewhere" / "deep").code == 0
    assert files_in(tmp_path / "elsewhere" / "deep") == FILES
    assert not (folder / "out").exists()


def test_json_is_all_that_standard_output_gets(planner: Planner, folder: Path) -> None:
    ended = planner("run", folder, "--json")
    summary = json.loads(ended.out)
    assert summary["status"] == "optimal"
    assert summary["files"] == [
        str(folder / "out" / name) for name in ("plan.json", "plan.csv", "plan.ics", "report.html")
    ]


def test_a_deterministic_run_writes_the_same_bytes_again(planner: Planner, folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert planner("run", folder, "--deterministic", "--out", tmp_path / name).code == 0
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert b"20210713T000000Z" in (tmp_path / "a" / "plan.ics").read_bytes()


def test_wrong_input_is_told_and_nothing_is_written(planner: Planner, tmp_path: Path) -> None:
    folder = write_rollout(tmp_path / "rollout", shop_format="Q")
    ended = planner("run", folder)
    assert ended.code == 2
    assert ended.out == ""
    assert "shops.csv, row 2, column format" in ended.err
    assert "1 mistake in the input, so nothing was done." in ended.err
    assert not (folder / "out").exists()
    assert planner.limits == []


def test_warnings_are_told_unless_quiet(planner: Planner, folder: Path) -> None:
    (folder / "shops.csv").write_text("id,format,region,colour\nS1,M,North,red\n", encoding="utf-8")
    loud, quiet = planner("run", folder), planner("run", folder, "--quiet")
    assert "colour" in loud.err
    assert quiet.err == ""
    assert quiet.out == loud.out
    assert (loud.code, quiet.code) == (0, 0)


def test_a_folder_that_cannot_be_written_is_told_before_the_search(planner: Planner, folder: Path) -> None:
    (folder / "out").write_text("a file in the way", encoding="utf-8")
    ended = planner("run", folder)
    assert ended.code == 2
    assert ended.err.startswith("Cannot write ")
    assert planner.limits == []


def test_a_plan_that_fails_its_check_is_never_written(planner: Planner, folder: Path) -> None:
    planner.plan = BAD_PLAN
    ended = planner("run", folder)
    assert ended.code == 1
    assert ended.out == ""
    assert "failed its own check" in ended.err
    assert files_in(folder / "out") == []


def test_conflicting_dates_are_named_and_written(
    planner: Planner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner.plan = NO_PLAN_POSSIBLE
    monkeypatch.setattr("planner.cli.run.check", lambda rollout, plan: ())
    ended = planner("run", folder)
    assert ended.code == 3
    assert CONFLICT.text in ended.out
    assert json.loads((folder / "out" / "plan.json").read_bytes())["status"] == "infeasible"


def test_conflicts_gone_on_with_are_a_plan(planner: Planner, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planner.plan = replace(PLAN, conflicts=(CONFLICT,))
    monkeypatch.setattr("planner.cli.run.check", lambda rollout, plan: ())
    ended = planner("run", folder, "--allow-conflicts")
    assert ended.code == 0
    assert CONFLICT.text in ended.out


def test_no_plan_within_the_limit(planner: Planner, folder: Path) -> None:
    planner.error = NoPlanError("the first plan was not finished")
    ended = planner("run", folder, "--time-limit", "0.5")
    assert ended.code == 4
    assert ended.out == ""
    assert "No plan within the limit of 0.5 s (the first plan was not finished)" in ended.err
    assert files_in(folder / "out") == []


def test_a_mistake_in_the_program_is_a_sentence(
    planner: Planner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner.error = ZeroDivisionError("by \x1b[31mnothing")
    monkeypatch.delenv("PLANNER_DEBUG", raising=False)
    ended = planner("run", folder)
    assert ended.code == 1
    assert r"Internal error: ZeroDivisionError: by \x1b[31mnothing." in ended.err
    assert "Traceback" not in ended.err
    assert ended.out == ""
    monkeypatch.setenv("PLANNER_DEBUG", "1")
    assert "Traceback" in planner("run", folder).err
