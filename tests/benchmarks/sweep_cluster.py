"""A sweep on a Dask cluster of this machine: how it scales, and what a killed worker costs.

    python -m tests.benchmarks.sweep_cluster [--workers 1,2] [--points 8] [--work 1]

Each point is planned with the same amount of work, counted by the solver. `efficiency` compares the time with that of
the fewest workers; `busy` is the part of the workers' time that was spent planning, whatever else the machine does.
"""

import argparse
import os
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from distributed import LocalCluster

from planner.exchange.scenarios import read_rollout
from planner.exchange.vary import ScenarioRollouts, parse_vary
from planner.scheduling.limits import Limits
from planner.studies.cluster_workers import ClusterWorkers
from planner.studies.grid import Axis, Grid
from planner.studies.sweep import sweep
from planner.studies.sweep_task import Job, Outcome, PointRollouts

FOLDER = Path(__file__).parents[2] / "schedules" / "rollout-2021"


@dataclass(frozen=True)
class Run:
    """What a sweep took, and what came of it."""

    seconds: float
    outcomes: list[Outcome]
    killed: int = 0


def grid_of(points: int) -> Grid:
    """So many targets for the end of the year."""
    varied = parse_vary(f"milestone.Year end.target=80..{79 + points}")
    return Grid((Axis(varied.label, varied.path, varied.values),))


def run(grid: Grid, work: float, workers: int, kill_after: int | None = None) -> Run:
    """Sweep `grid` with so many worker processes, one of which is killed after so many points."""
    limits = Limits(seconds=work, gap=0, workers=1, deterministic=True)
    job = Job(PointRollouts(grid, ScenarioRollouts(read_rollout(FOLDER)).rollout), limits)
    outcomes: list[Outcome] = []
    killed = 0
    with LocalCluster(
        n_workers=workers, threads_per_worker=1, resources={"threads": 1}, dashboard_address=":0"
    ) as cluster:
        victim = next(iter(cluster.workers.values())).process.pid

        def keep(outcome: Outcome) -> None:
            nonlocal killed
            outcomes.append(outcome)
            if len(outcomes) == kill_after:
                os.kill(victim, signal.SIGKILL)
                killed += 1

        with ClusterWorkers(job, cluster.scheduler_address) as found:
            began = time.monotonic()
            sweep(grid, found, {}, keep, threading.Event())
            seconds = time.monotonic() - began
    return Run(seconds, outcomes, killed)


def main() -> None:
    """Prints a line for each number of workers, and one for the run in which a worker is killed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", default="1,2", help="how many worker processes, one run each")
    parser.add_argument("--points", type=int, default=8, help="points of the grid")
    parser.add_argument("--work", type=float, default=1.0, help="units of work for each point")
    arguments = parser.parse_args()
    grid = grid_of(arguments.points)
    counts = sorted(int(text) for text in arguments.workers.split(","))
    print("workers  points  lost  doubled  seconds  efficiency   busy")
    first: tuple[int, float] | None = None
    for workers, kill_after in [*((count, None) for count in counts), (counts[-1], max(1, len(grid) // 3))]:
        result = run(grid, arguments.work, workers, kill_after)
        first = first or (workers, result.seconds)
        planned = [outcome.point for outcome in result.outcomes if outcome.plan is not None]
        efficiency = first[0] * first[1] / (workers * result.seconds)
        busy = sum(outcome.seconds for outcome in result.outcomes) / (workers * result.seconds)
        note = "  one worker killed" if result.killed else ""
        print(
            f"{workers:7}  {len(planned):6}  {len(grid) - len(set(planned)):4}  {len(planned) - len(set(planned)):7}"
            f"  {result.seconds:7.1f}  {efficiency:9.0%}  {busy:6.0%}{note}"
        )


if __name__ == "__main__":
    main()
