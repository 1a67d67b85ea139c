"""The files of a plan made by their own process: the same bytes, whatever becomes of it, and it never stays behind."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from pathlib import Path
from unittest.mock import Mock

import pytest

from planner.exchange import files_beside
from planner.exchange.files_beside import FILE_NAMES, FilesBeside, file_makers
from planner.wording.language import Language
from tests.exchange.calendar_world import PLAN, ROLLOUT

ROOT = Path(__file__).parents[2]
STAMP = datetime(2023, 10, 16, 12, tzinfo=UTC)
MAKERS = file_makers(ROLLOUT, PLAN, STAMP, Language.GERMAN)
FILES = {name: MAKERS[name]() for name in FILE_NAMES}
WAITING_PARENT = """
import sys, time
from multiprocessing import active_children
from planner.exchange import files_beside
from tests.exchange.calendar_world import ROLLOUT

if __name__ == "__main__":
    files_beside.LEAST_SHOPS = 1
    with files_beside.FilesBeside(ROLLOUT):
        print(active_children()[0].pid, flush=True)
        time.sleep(60)
"""


@pytest.fixture
def always_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_beside, "LEAST_SHOPS", 1)


def process_of_the_files() -> BaseProcess:
    return next(process for process in active_children() if process.name == "files")


def test_they_are_the_files_that_would_be_made_here(always_beside: None) -> None:
    with FilesBeside(ROLLOUT) as files:
        process = process_of_the_files()
        files.begin(PLAN, STAMP, Language.GERMAN)
        assert files.contents() == FILES
        assert process.is_alive()
    assert process not in active_children()


def test_what_it_has_not_begun_is_made_here(always_beside: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with FilesBeside(ROLLOUT) as files:
        process = process_of_the_files()
        assert process.pid is not None
        os.kill(process.pid, signal.SIGSTOP)
        files.begin(PLAN, STAMP, Language.GERMAN)
        goes_on = partial(os.kill, process.pid, signal.SIGCONT)
        made_here = {name: Mock(side_effect=make) for name, make in files._makers.items()}
        made_here["plan.csv"].side_effect = lambda: goes_on() or FILES["plan.csv"]
        monkeypatch.setattr(files, "_makers", made_here)
        assert files.contents() == FILES
        assert made_here["report.html"].called
        assert made_here["plan.csv"].called
        assert process.is_alive()


def test_ctrl_c_is_left_to_the_parent(always_beside: None) -> None:
    with FilesBeside(ROLLOUT) as files:
        process = process_of_the_files()
        assert process.pid is not None
        os.kill(process.pid, signal.SIGINT)
        files.begin(PLAN, STAMP, Language.GERMAN)
        assert files.contents() == FILES
        assert process.is_alive()


@pytest.mark.parametrize("before", [True, False])
def test_without_their_process_they_are_made_here(always_beside: None, before: bool) -> None:
    with FilesBeside(ROLLOUT) as files:
        process = process_of_the_files()
        if not before:
            files.begin(PLAN, STAMP, Language.GERMAN)
        process.kill()
        process.join()
        if before:
            files.begin(PLAN, STAMP, Language.GERMAN)
        assert files.contents() == FILES


def test_what_fails_there_is_raised_here(always_beside: None, capfd: pytest.CaptureFixture[str]) -> None:
    stranger = replace(PLAN, remodels=(replace(PLAN.remodels[0], shop="nobody"),))
    with FilesBeside(ROLLOUT) as files:
        files.begin(stranger, STAMP, Language.GERMAN)
        with pytest.raises(KeyError):
            files.contents()
    assert capfd.readouterr().err == ""


def test_few_shops_are_not_worth_a_process() -> None:
    with FilesBeside(ROLLOUT) as files:
        assert active_children() == []
        files.begin(PLAN, STAMP, Language.GERMAN)
        assert files.contents() == FILES


def test_nothing_stays_behind_a_parent_that_is_killed() -> None:
    command = [sys.executable, "-c", WAITING_PARENT]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 60
    while is_running(process):
        assert time.monotonic() < until, "the process of the files outlives its parent"
        time.sleep(0.05)


def is_running(process: int) -> bool:
    """Whether there is such a process; one that has ended may still be listed, for a parent to ask about."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
