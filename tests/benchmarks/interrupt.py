"""How soon `planner run` ends when told to: `python -m tests.benchmarks.interrupt [--shops N …] [--at SECONDS …]`.

Generates a rollout of each size, plans it in processes of their own, and sends each a SIGINT (Ctrl-C) so many seconds
after its start, while it reads, builds options, seeks prices, makes its first plan or improves it. `--limits` lets
others run to the end of that time limit. Prints the seconds from the signal, or from the moment at which the limit was
over, to plan.json being there and to the end of the process: by the clock, and of processor time (with the processes
that it began), which other work on the machine adds less to. What was written is checked anew.
"""

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from planner.domain.rollout import Rollout
from planner.exchange.folder import read_folder
from planner.exchange.plan_json import read_plan
from planner.review.check import check
from tests.benchmarks.folders import write_folder
from tests.benchmarks.rollouts import make_rollout
from tests.benchmarks.text import narrate, show

SHOPS, SIGNALS = [500, 2000, 5000], [3.0, 10.0, 30.0, 90.0]
LONG_SECONDS = 3600
FILES = {"plan.json", "plan.csv", "plan.ics", "report.html"}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended: what ended it, the seconds that took, its exit code, and what it left behind."""

    shops: int
    cause: str
    to_plan_seconds: float | None
    seconds: float
    cpu_seconds: float | None
    code: int
    left: str


def main() -> None:
    """Runs what the command line asks for and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.interrupt", description=__doc__)
    parser.add_argument("--shops", type=int, nargs="+", default=SHOPS, help="sizes (%(default)s)")
    parser.add_argument("--at", type=float, nargs="*", default=SIGNALS, help="seconds to the signal (%(default)s)")
    parser.add_argument("--limits", type=float, nargs="*", default=[], help="time limits to run to the end of (none)")
    parser.add_argument("--seed", type=int, default=1, help="of the rollouts (%(default)s)")
    show(_table(_endings(parser.parse_args())))


def _endings(options: argparse.Namespace) -> Iterator[Ending]:
    for shops in options.shops:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_folder(make_rollout(shops, options.seed), folder)
            rollout = read_folder(folder)[0]
            for number, seconds in enumerate(sorted(options.at)):
                narrate(f"{shops} shops: a signal after {seconds:g} s")
                yield _interrupted(rollout, folder, f"out-{number}", seconds)
            for number, limit in enumerate(sorted(options.limits)):
                narrate(f"{shops} shops: to the limit of {limit:g} s")
                yield _over(rollout, folder, f"limited-{number}", limit)


def _interrupted(rollout: Rollout, folder: Path, out: str, seconds: float) -> Ending:
    process = _planner(folder, out, LONG_SECONDS)
    time.sleep(seconds)
    sent, before = time.time(), _cpu_seconds(process.pid)
    process.send_signal(signal.SIGINT)
    code, cpu_seconds = _waited(process)
    return Ending(
        shops=len(rollout.shops),
        cause=f"signal at {seconds:g} s",
        to_plan_seconds=_there_after(folder / out, sent),
        seconds=time.time() - sent,
        cpu_seconds=cpu_seconds - before,
        code=code,
        left=_left(rollout, folder / out),
    )


def _over(rollout: Rollout, folder: Path, out: str, limit: float) -> Ending:
    over = time.time() + limit
    code, _ = _waited(_planner(folder, out, limit))
    return Ending(
        shops=len(rollout.shops),
        cause=f"limit of {limit:g} s",
        to_plan_seconds=_there_after(folder / out, over),
        seconds=time.time() - over,
        cpu_seconds=None,
        code=code,
        left=_left(rollout, folder / out),
    )


def _there_after(out: Path, moment: float) -> float | None:
    """The seconds from a moment to plan.json having got its name; None where there is none."""
    path = out / "plan.json"
    return path.stat().st_ctime - moment if path.exists() else None


def _planner(folder: Path, out: str, limit: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "planner", "run", str(folder), "--out", str(folder / out), "--quiet"]
    command += ["--time-limit", f"{limit:g}", "--gap", "0"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _waited(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    """The exit code, and the seconds of processor time that the process and those it began have spent."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return code, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _cpu_seconds(pid: int) -> float:
    """The seconds of processor time that a running process and those it began have spent (Linux)."""
    found = (_fields(path) for path in Path("/proc").glob("[0-9]*/stat"))
    of_interest = [fields for own, fields in found if pid in (own, int(fields[1]))]
    return sum(int(fields[11]) + int(fields[12]) for fields in of_interest) / TICKS


def _fields(path: Path) -> tuple[int, list[str]]:
    """The number of the process that a /proc/*/stat is of, and what stands there behind its name."""
    try:
        number, _, rest = path.read_text().partition(" (")
    except OSError:  # it has ended since
        return 0, ["0"] * 13
    return int(number), rest.rpartition(")")[2].split()


def _left(rollout: Rollout, out: Path) -> str:
    """What a run left in its folder, in words."""
    found = {path.name for path in out.glob("*")}
    if not found:
        return "nothing"
    if found != FILES:
        return f"only {', '.join(sorted(found))}"
    plan = read_plan(out / "plan.json")
    violations = check(rollout, plan)
    word = "passes" if not violations else f"{len(violations)} violations"
    return f"{len(plan.remodels)} remodels, {len(plan.unplanned)} without a date; {word}"


def _table(endings: Iterator[Ending]) -> Table:
    table = Table("shops", "ended by", "to plan.json", "to the end", "of processor time", "exit code", "left")
    for item in endings:
        cpu = "" if item.cpu_seconds is None else f"{item.cpu_seconds:.2f} s"
        to_plan = "" if item.to_plan_seconds is None else f"{item.to_plan_seconds:.2f} s"
        table.add_row(str(item.shops), item.cause, to_plan, f"{item.seconds:.2f} s", cpu, str(item.code), item.left)
    return table


if __name__ == "__main__":
    main()
