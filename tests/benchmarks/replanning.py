"""How soon a delay in one remodel becomes a new checked plan, and whether it moves dates for nothing.

    python -m tests.benchmarks.replanning [SHOPS [SEED [SECONDS]]]

Plans a made-up rollout for SECONDS and publishes every start. Then, for each remodel in progress by itself, has it end
four weeks later and plans again from the plan there is, with a time limit of two seconds. What is told is processor
time, which is the same on a busy machine. A start moved for `nothing` could go back by itself at no more cost.
"""

import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from planner.domain.plan import Plan, Remodel, RemodelStatus
from planner.domain.plan_difference import DifferenceKind, difference
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.review.check import check
from planner.scheduling.limits import Limits
from planner.scheduling.solve import solve
from planner.studies.why_moved import why_moved
from tests.benchmarks.rollouts import make_rollout

DELAY = timedelta(weeks=4)
SECONDS = 2.0


def published(rollout: Rollout, plan: Plan) -> Rollout:
    """The rollout with the plan's starts told to the partners of all shops in the backlog."""
    starts = {remodel.shop: remodel.start for remodel in plan.remodels}
    shops = (
        replace(shop, published_start=starts.get(shop.id)) if shop.status is Status.BACKLOG else shop
        for shop in rollout.shops
    )
    return replace(rollout, shops=tuple(shops))


def delayed(rollout: Rollout, late: Remodel) -> Rollout:
    """The rollout with a remodel in progress ending later."""
    shops = (replace(shop, finish=late.finish + DELAY) if shop.id == late.shop else shop for shop in rollout.shops)
    return replace(rollout, shops=tuple(shops))


def main(shops: int = 500, seed: int = 1, seconds: float = 60.0) -> None:
    """Plan, publish; then for each remodel in progress by itself: delay it, plan again, tell what it took."""
    made = make_rollout(shops, seed)
    plan = solve(made, Limits(seconds=seconds, workers=1))
    print(f"{shops} shops, seed {seed}: {len(plan.remodels)} remodels, gap {plan.gap}")
    told = published(made, plan)
    for late in plan.remodels:
        if late.status is RemodelStatus.IN_PROGRESS:
            replan(late.shop, delayed(told, late), plan)


def replan(shop: str, rollout: Rollout, plan: Plan) -> None:
    """Plan again after a delay and print what it took and what moved."""
    began = time.process_time()
    after = solve(rollout, Limits(seconds=SECONDS, workers=1), start=plan)
    solved = time.process_time()
    violations = check(rollout, after)
    checked = time.process_time()
    found = difference(plan, after)
    moved = found.of_kind(DifferenceKind.MOVED)
    whys = why_moved(rollout, plan, after, found)
    causes = Counter(whys[item.shop].cause.value for item in moved)
    print(
        f"{shop} late: {solved - began:.2f} s to plan, {checked - solved:.2f} s to check; {len(violations)} violations;"
        f" {len(found.shops)} shops differ, {len(moved)} published starts moved: {dict(causes)}"
    )


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*(kind(value) for kind, value in zip((int, int, float), given, strict=False)))
