"""plan.ics made by a process of its own: the same bytes, whatever becomes of that process, which never stays behind."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from planner.exchange import ical_beside
from planner.exchange.ical import plan_to_ical
from planner.exchange.ical_beside import CalendarBeside
from tests.exchange.calendar_world import PLAN, ROLLOUT

ROOT = Path(__file__).parents[2]
STAMP = datetime(2023, 10, 16, 12, tzinfo=UTC)
WAITING_PARENT = """
import sys, time
from multiprocessing import active_children
from planner.exchange import ical_beside
from tests.exchange.calendar_world import ROLLOUT

if __name__ == "__main__":
    ical_beside.LEAST_SHOPS = 1
    with ical_beside.CalendarBeside(ROLLOUT):
        print(active_children()[0].pid, flush=True)
        time.sleep(60)
"""


@pytest.fixture
def always_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ical_beside, "LEAST_SHOPS", 1)


def process_of_the_calendar() -> BaseProcess:
    return next(process for process in active_children() if process.name == "calendar")


def test_it_is_the_calendar_that_would_be_made_here(always_beside: None) -> None:
    with CalendarBeside(ROLLOUT) as calendar:
        process = process_of_the_calendar()
        calendar.begin(PLAN, STAMP)
        assert calendar.content() == plan_to_ical(ROLLOUT, PLAN, STAMP)
        assert process.is_alive()
    assert process not in active_children()


def test_ctrl_c_is_left_to_the_parent(always_beside: None) -> None:
    with CalendarBeside(ROLLOUT) as calendar:
        process = process_of_the_calendar()
        assert process.pid is not None
        os.kill(process.pid, signal.SIGINT)
        calendar.begin(PLAN, STAMP)
        assert calendar.content() == plan_to_ical(ROLLOUT, PLAN, STAMP)
        assert process.is_alive()


@pytest.mark.parametrize("before", [True, False])
def test_without_its_process_it_is_made_here(always_beside: None, before: bool) -> None:
    with CalendarBeside(ROLLOUT) as calendar:
        process = process_of_the_calendar()
        if not before:
            calendar.begin(PLAN, STAMP)
        process.kill()
        process.join()
        if before:
            calendar.begin(PLAN, STAMP)
        assert calendar.content() == plan_to_ical(ROLLOUT, PLAN, STAMP)


def test_what_fails_there_is_raised_here(always_beside: None, capfd: pytest.CaptureFixture[str]) -> None:
    stranger = replace(PLAN, remodels=(replace(PLAN.remodels[0], shop="nobody"),))
    with CalendarBeside(ROLLOUT) as calendar:
        calendar.begin(stranger, STAMP)
        with pytest.raises(KeyError):
            calendar.content()
    assert capfd.readouterr().err == ""


def test_few_shops_are_not_worth_a_process() -> None:
    with CalendarBeside(ROLLOUT) as calendar:
        assert active_children() == []
        calendar.begin(PLAN, STAMP)
        assert calendar.content() == plan_to_ical(ROLLOUT, PLAN, STAMP)


def test_nothing_stays_behind_a_parent_that_is_killed() -> None:
    command = [sys.executable, "-c", WAITING_PARENT]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        calendar = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 60
    while is_running(calendar):
        assert time.monotonic() < until, "the calendar's process outlives its parent"
        time.sleep(0.05)


def is_running(process: int) -> bool:
    """Whether there is such a process; one that has ended may still be listed, for a parent to ask about."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
