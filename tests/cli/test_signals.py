"""Ctrl-C and SIGTERM, in processes of their own."""

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .tiny import write_rollout

ROOT = Path(__file__).parents[2]
SHOW_CURSOR = "\x1b[?25h"
HIDE_CURSOR = "\x1b[?25l"


@contextmanager
def planner(mode: str, folder: Path, stderr: int = subprocess.PIPE) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.cli.fake_solver", mode, "run", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=stderr) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for_line(process: subprocess.Popen[str], wanted: str) -> None:
    assert process.stderr
    lines = []
    for line in process.stderr:
        lines.append(line)
        if wanted in line:
            return
    pytest.fail(f"the process never said {wanted!r} but {lines}")


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("out/*"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_writes_the_best_plan_so_far(tmp_path: Path, number: signal.Signals) -> None:
    folder = write_rollout(tmp_path)
    with planner("obedient", folder) as process:
        wait_for_line(process, "searching")
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert files_in(folder) == ["plan.csv", "plan.ics", "plan.json", "report.html"]
    assert "the best plan found before the interrupt" in out
    assert "Stopping" in err


def told_at_the_end(tmp_path: Path, solver: str, *signals: signal.Signals) -> str:
    """What a run says on standard error that is sent `signals` while it searches; it writes nothing."""
    folder = write_rollout(tmp_path)
    with planner(solver, folder) as process:
        wait_for_line(process, "searching")
        for number, sent in enumerate(signals):
            if number:
                wait_for_line(process, "Stopping")
            process.send_signal(sent)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert files_in(folder) == []
    assert out == ""
    return err


def test_a_second_signal_ends_at_once_and_writes_nothing(tmp_path: Path) -> None:
    told = told_at_the_end(tmp_path, "stubborn", signal.SIGINT, signal.SIGINT)
    assert told == "Interrupted; no file was left half-written.\n"


def test_a_signal_before_any_plan_writes_nothing(tmp_path: Path) -> None:
    told = told_at_the_end(tmp_path, "empty-handed", signal.SIGTERM)
    assert "Interrupted before there was any plan; nothing was written." in told


def test_a_signal_before_the_search_ends_at_once_though_the_solver_goes_on(tmp_path: Path) -> None:
    told = told_at_the_end(tmp_path, "preparing", signal.SIGINT)
    assert told == "Interrupted; no file was left half-written.\n"


def test_the_terminal_is_given_back_after_two_signals(tmp_path: Path) -> None:
    folder = write_rollout(tmp_path)
    ours, theirs = pty.openpty()
    seen = ""

    def read_until(wanted: str) -> None:
        nonlocal seen
        while wanted not in seen:
            assert select.select([ours], [], [], 30)[0], f"{wanted!r} was never shown, only {seen!r}"
            seen += os.read(ours, 4096).decode()

    with planner("stubborn", folder, stderr=theirs) as process:
        read_until("Best: 0 short, 0 undated, 1,234 EUR")
        process.send_signal(signal.SIGINT)
        read_until("Stopping")
        process.send_signal(signal.SIGINT)
        read_until("no file was left half-written")
        out, _ = process.communicate(timeout=30)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 130
    assert out == ""
    assert seen.rindex(SHOW_CURSOR) > seen.rindex(HIDE_CURSOR)
