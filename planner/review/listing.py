"""Whether a plan is for this rollout, and holds each shop that it must, once."""

from collections import Counter
from collections.abc import Iterator

from planner.domain.plan import Plan, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.review.findings import Violation, day_or_none, of_shop
from planner.wording.amounts import plain_day_text
from planner.wording.translation import gettext

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
            yield of_shop("list", shop_id, gettext("is in the plan, but not in the rollout"))
        if times > 1:
            text = gettext("is listed {times} times, among remodels and unplanned shops")
            yield of_shop("list", shop_id, text.format(times=times))
    yield from _remodels(rollout, plan)
    yield from _unplanned(rollout, plan)
    for shop in rollout.shops:
        if shop.id in listed:
            continue
        if shop.status is Status.BACKLOG:
            text = gettext("is in the backlog, but the plan neither dates it nor lists it as unplanned")
            yield of_shop("list", shop, text)
        if shop.is_standing:
            text = gettext("is {status} from {start}, but the plan does not hold it")
            yield of_shop("fixed", shop, text.format(status=shop.status.value, start=day_or_none(shop.start)))


def check_heading(rollout: Rollout, plan: Plan) -> Iterator[Violation]:
    """A plan made for another rollout or another day."""
    if plan.rollout != rollout.name:
        text = gettext("The plan is for the rollout {found!r}, this one is {expected!r}.")
        yield Violation("list", text.format(found=plan.rollout, expected=rollout.name))
    if plan.today != rollout.today:
        text = gettext("The plan was made on {found}, but the rollout's today is {expected}.")
        days = {"found": plain_day_text(plan.today), "expected": plain_day_text(rollout.today)}
        yield Violation("list", text.format(**days))


def _remodels(rollout: Rollout, plan: Plan) -> Iterator[Violation]:
    for remodel in plan.remodels:
        shop = rollout.shop_by_id.get(remodel.shop)
        if shop is None:
            continue
        allowed = STATUS_IN_PLAN.get(shop.status)
        if allowed is None:
            text = gettext("is {status}, but the plan has a remodel of it")
            yield of_shop("list", shop, text.format(status=shop.status.value))
        elif remodel.status is not allowed:
            text = gettext("has status {found} in the plan, which must be {allowed}")
            yield of_shop("list", shop, text.format(found=remodel.status.value, allowed=allowed.value))


def _unplanned(rollout: Rollout, plan: Plan) -> Iterator[Violation]:
    for item in plan.unplanned:
        shop = rollout.shop_by_id.get(item.shop)
        if shop is None:
            continue
        if shop.status is not Status.BACKLOG:
            text = gettext("is {status}, so it cannot be listed as unplanned")
            yield of_shop("list", shop, text.format(status=shop.status.value))
        if not item.reason.strip():
            yield of_shop("list", shop, gettext("is unplanned without a reason"))
