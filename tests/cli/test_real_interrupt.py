"""Ctrl-C while the real solver improves a plan: the best so far is written, and the process ends in good order."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHOPS = 80
"""So many that no search proves its plan to be the best before it is interrupted."""

INTERRUPTED_RUN = """
import os, signal, sys, threading
from planner.cli import app
from planner.scheduling import solve as scheduling
from planner.scheduling.limits import Stage

real_solve = scheduling.solve

def solve(rollout, limits, on_progress=None, stop=None, remains=None):
    timers = []
    def report(progress):
        if on_progress is not None:
            on_progress(progress)
        if progress.stage is Stage.IMPROVING and not timers:
            timers.append(threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)))
            timers[0].start()
    return real_solve(rollout, limits, report, stop, remains=remains)

scheduling.solve = solve
sys.argv = ["planner", "run", *sys.argv[1:]]
app.main()
"""


def test_an_interrupt_during_the_real_search_writes_the_best_plan(tmp_path: Path) -> None:
    folder, out = tmp_path / "rollout", tmp_path / "out"
    shutil.copytree(ROOT / "schedules" / "rollout-2021", folder, ignore=shutil.ignore_patterns("scenarios"))
    shops = (folder / "shops.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "shops.csv").write_text("".join(shops[: 1 + SHOPS]), encoding="utf-8")
    command = [sys.executable, "-c", INTERRUPTED_RUN, str(folder), "--out", str(out), "--time-limit", "100"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 130, run.stderr
    assert {path.name for path in out.iterdir()} == {"plan.json", "plan.csv", "plan.ics", "report.html"}
    command = [sys.executable, "-m", "planner", "check", str(folder), str(out / "plan.json")]
    check = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert check.returncode == 0, check.stdout
