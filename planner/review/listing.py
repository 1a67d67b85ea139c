"""Whether a plan is for this rollout, and holds each shop that it must, once."""

from collections import Counter
from collections.abc import Iterator

from planner.domain.plan import Plan, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.review.findings import Violation, of_shop

STATUS_IN_PLAN = {
    Status.BACKLOG: RemodelStatus.PLANNED,
    Status.FIXED: RemodelStatus.FIXED,
    Status.IN_PROGRESS: RemodelStatus.IN_PROGRESS,
}


def check_listing(rollout: Rollout, plan: Plan) -> Iterator[Violation]:
    """Shops that are unknown, listed twice, left out, or listed where they do not belong."""
    yield from check_heading(rollout, plan)
    listed = Counter([remodel.shop for remodel in plan.remodels] + [item.shop for item in plan.unplanned])
    for shop_id, times in listed.items():
        if shop_id not in rollout.shop_by_id:
            yield of_shop("list", shop_id, "is in the plan, but not in the rollout")
        if times > 1:
            yield of_shop("list", shop_id, f"is listed {times} times, among remodels and unplanned shops")
    yield from _remodels(rollout, plan)
    yield from _unplanned(rollout, plan)
    for shop in rollout.shops:
        if shop.id in listed:
            continue
        if shop.status is Status.BACKLOG:
            yield of_shop("list", shop, "is in the backlog, but the plan neither dates it nor lists it as unplanned")
        if shop.is_standing:
            yield of_shop("fixed", shop, f"is {shop.status.value} from {shop.start}, but the plan does not hold it")


def check_heading(rollout: Rollout, plan: Plan) -> Iterator[Violation]:
    """A plan made for another rollout or another day."""
    if plan.rollout != rollout.name:
        yield Violation("list", f"The plan is for the rollout {plan.rollout!r}, this one is {rollout.name!r}.")
    if plan.today != rollout.today:
        yield Violation("list", f"The plan was made on {plan.today}, but the rollout's today is {rollout.today}.")


def _remodels(rollout: Rollout, plan: Plan) -> Iterator[Violation]:
    for remodel in plan.remodels:
        shop = rollout.shop_by_id.get(remodel.shop)
        if shop is None:
            continue
        allowed = STATUS_IN_PLAN.get(shop.status)
        if allowed is None:
            yield of_shop("list", shop, f"is {shop.status.value}, but the plan has a remodel of it")
        elif remodel.status is not allowed:
            yield of_shop("list", shop, f"has status {remodel.status.value} in the plan, which must be {allowed.value}")


def _unplanned(rollout: Rollout, plan: Plan) -> Iterator[Violation]:
    for item in plan.unplanned:
        shop = rollout.shop_by_id.get(item.shop)
        if shop is None:
            continue
        if shop.status is not Status.BACKLOG:
            yield of_shop("list", shop, f"is {shop.status.value}, so it cannot be listed as unplanned")
        if not item.reason.strip():
            yield of_shop("list", shop, "is unplanned without a reason")
