"""How long a desk takes to answer: `python -m tests.benchmarks.desk [SHOPS]`.

CPU milliseconds a question, the first for each shop: for slots, for the start or the closure a week later, and for an
explanation.
"""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import mean

from planner.scheduling.desk import Desk
from planner.scheduling.limits import Limits
from planner.scheduling.solve import solve
from tests.benchmarks.rollouts import make_rollout

WEEK = timedelta(days=7)
SOLVE_SECONDS = 15.0


def main(shops: int) -> None:
    """Prints the times for a made-up rollout of so many shops."""
    rollout = make_rollout(shops, 1)
    plan = solve(rollout, Limits(seconds=SOLVE_SECONDS, workers=1))
    began = time.process_time()
    desk = Desk(rollout, plan)
    print(f"{shops} shops, {len(plan.remodels)} remodels: desk built in {1000 * (time.process_time() - began):.0f} ms")
    dated = [name for name in desk.remodels if desk.is_movable(name)]
    questions: dict[str, Callable[[str], object]] = {
        "slots": desk.slots,
        "start a week later": lambda name: desk.moved(name, desk.remodels[name].start + WEEK),
        "closure a week later": lambda name: desk.moved_closure(
            name, (desk.remodels[name].closed_from or desk.remodels[name].start) + WEEK
        ),
        "explanation": desk.explained,
    }
    for what, ask in questions.items():
        desk = Desk(rollout, plan)
        spent = [_milliseconds(ask, name) for name in dated]
        print(f"{what}: mean {mean(spent):.1f} ms, most {max(spent):.1f} ms")
    undated = [item.shop for item in plan.unplanned if desk.is_movable(item.shop)]
    if undated:
        spent = [_milliseconds(questions["slots"], name) for name in undated]
        print(f"slots of {len(undated)} shops without a date: mean {mean(spent):.1f} ms, most {max(spent):.1f} ms")


def _milliseconds(ask: Callable[[str], object], name: str) -> float:
    began = time.process_time()
    ask(name)
    return 1000 * (time.process_time() - began)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
