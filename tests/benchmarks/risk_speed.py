"""How long it takes to play a plan: `python -m tests.benchmarks.risk_speed FOLDER PLAN.json [SAMPLES]`.

Prints CPU seconds of one process, best of three: for the samples alone, and for the whole assessment with drivers.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

from planner.exchange.folder import read_folder
from planner.exchange.plan_json import read_plan
from planner.review.risk.build import build_model
from planner.review.risk.report import assess
from planner.review.risk.simulate import simulate

TIMES = 3


def best_of(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(TIMES):
        begin = process_time()
        work()
        seconds.append(process_time() - begin)
    return min(seconds)


def main() -> None:
    folder, plan_file = Path(sys.argv[1]), Path(sys.argv[2])
    samples = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
    rollout, _ = read_folder(folder)
    plan = read_plan(plan_file)
    played = best_of(lambda: simulate(build_model(rollout, plan), samples, 1))
    assessed = best_of(lambda: assess(rollout, plan, samples=samples, seed=1))
    print(f"{samples:,} samples of {len(plan.remodels)} remodels: {played:.2f} s; with drivers {assessed:.2f} s (CPU)")


if __name__ == "__main__":
    main()
