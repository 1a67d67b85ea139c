"""A plan that was not made because given dates conflict: it is empty, and a conflict says why."""

from collections.abc import Iterator

from planner.domain.plan import Plan
from planner.domain.shop import Status
from planner.review.conflicts import check_conflicts
from planner.review.coverage import check_coverage, check_frozen_starts
from planner.review.entries import Context
from planner.review.findings import Violation
from planner.review.given import given_choices
from planner.wording.translation import gettext

EMPTY_LISTS = ("remodels", "unplanned", "milestones")
NO_FIGURES = {
    "levels": ("shortfall", "unplanned_priority", "last_finish_day"),
    "cost": ("cost", "total"),
    "bound": ("bound", "gap"),
}


def check_infeasible(context: Context, plan: Plan) -> Iterator[Violation]:
    """All that is wrong with an infeasible plan."""
    for name in EMPTY_LISTS:
        if getattr(plan, name):
            text = gettext("The plan is infeasible, so its {name} must be empty.")
            yield Violation("list", text.format(name=name))
    for rule, names in NO_FIGURES.items():
        for name in names:
            if getattr(plan, name) is not None:
                text = gettext("The plan is infeasible, so its {name} must be null.")
                yield Violation(rule, text.format(name=name))
    yield from check_conflicts(context, plan.conflicts)
    by_id = context.rollout.shop_by_id
    begun = {shop.id for shop in by_id.values() if shop.status is Status.IN_PROGRESS}
    if all(not begun.isdisjoint(conflict.shops) for conflict in plan.conflicts):
        text = gettext("The plan is infeasible, but lists no conflict that arises without a remodel in progress.")
        yield Violation("conflict", text)
    yield from _unlisted(context, plan)


def _unlisted(context: Context, plan: Plan) -> Iterator[Violation]:
    """Conflicts of standing remodels that are not listed; crews are not asked, since no plan chose any."""
    standing = [shop for shop in context.rollout.shops if shop.is_standing]
    given = [entry for shop in standing for entry in given_choices(context, shop)[0]]
    yield from check_coverage(context, given, plan.conflicts, with_crews=False)
    kept = {shop.id: shop.published_start for shop in context.rollout.shops}
    yield from check_frozen_starts(context, kept, plan.conflicts)
