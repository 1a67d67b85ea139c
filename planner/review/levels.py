"""The plan's figures: milestones, the three levels, bound and gap."""

from collections.abc import Iterator

from planner.domain.plan import Plan, PlanStatus
from planner.domain.rollout import Objective, Rollout
from planner.domain.shop import Status
from planner.review.findings import Violation
from planner.wording.amounts import plain_day_text
from planner.wording.translation import gettext

HALF_OF_SIXTH_DECIMAL = 0.5e-6 + 1e-9


def check_levels(rollout: Rollout, plan: Plan) -> Iterator[Violation]:
    """Milestones, shortfall, unplanned priority and last finish that are not what the remodels give."""
    reached = [_finished_by(rollout, plan, number) for number in range(len(rollout.milestones))]
    yield from _milestones(rollout, plan, reached)
    shortfall = sum(max(0, item.target - done) for item, done in zip(rollout.milestones, reached, strict=True))
    if plan.shortfall != shortfall:
        text = gettext("The plan's shortfall is {found}, but its milestones lack {expected}.")
        yield Violation("levels", text.format(found=plan.shortfall, expected=shortfall))
    dated = {remodel.shop for remodel in plan.remodels}
    undated = [shop for shop in rollout.shops if shop.status is Status.BACKLOG and shop.id not in dated]
    priority = sum(shop.priority for shop in undated)
    if plan.unplanned_priority != priority:
        text = gettext(
            "The plan's unplanned_priority is {found}, but the {number} backlog shops without a date sum to {expected}."
        ).format(found=plan.unplanned_priority, number=len(undated), expected=priority)
        yield Violation("levels", text)
    last = last_finish_day(rollout, plan)
    if plan.last_finish_day != last and not (plan.last_finish_day is None and rollout.objective is Objective.COST):
        text = gettext("The plan's last_finish_day is {found}, but its last finish is day {expected}.")
        yield Violation("levels", text.format(found=plan.last_finish_day, expected=last))


def check_bound(rollout: Rollout, plan: Plan) -> Iterator[Violation]:
    """A bound above what it bounds, a wrong gap, or a status that needs a bound."""
    if (plan.bound is None) != (plan.gap is None):
        text = gettext("The plan's bound is {bound} and its gap {gap}: both or neither are given.")
        yield Violation("bound", text.format(bound=plan.bound, gap=plan.gap))
    if plan.status is PlanStatus.OPTIMAL and plan.bound is None:
        yield Violation("bound", gettext("The plan's status is optimal, but it has no bound to prove it."))
    value = plan.total if rollout.objective is Objective.COST else last_finish_day(rollout, plan)
    if plan.bound is None or value is None:
        return
    if plan.bound > value:
        in_cents = gettext("The plan's bound is {bound} cents, above its value of {value}.")
        in_days = gettext("The plan's bound is {bound} days, above its value of {value}.")
        text = in_cents if rollout.objective is Objective.COST else in_days
        yield Violation("bound", text.format(bound=plan.bound, value=value))
    gap = (value - plan.bound) / value if value else 0.0
    if plan.gap is not None and not abs(plan.gap - gap) <= HALF_OF_SIXTH_DECIMAL:
        text = gettext("The plan's gap is {found}, but its bound and value give {expected:.6f}.")
        yield Violation("bound", text.format(found=plan.gap, expected=gap))


def last_finish_day(rollout: Rollout, plan: Plan) -> int:
    """The last finish in days after today, 0 for an empty plan."""
    return max(((remodel.finish - rollout.today).days for remodel in plan.remodels), default=0)


def _finished_by(rollout: Rollout, plan: Plan, number: int) -> int:
    by = rollout.milestones[number].by
    done = [shop.finish for shop in rollout.shops if shop.status is Status.DONE]
    finishes = [*done, *(remodel.finish for remodel in plan.remodels)]
    return sum(1 for finish in finishes if finish is not None and finish <= by)


def _milestones(rollout: Rollout, plan: Plan, reached: list[int]) -> Iterator[Violation]:
    expected = [(item.name, item.by, item.target) for item in rollout.milestones]
    found = [(item.name, item.by, item.target) for item in plan.milestones]
    if found != expected:
        text = gettext("The plan has {found} milestones, which are not the rollout's {expected}.")
        yield Violation("levels", text.format(found=len(found), expected=len(expected)))
        return
    for item, done in zip(plan.milestones, reached, strict=True):
        if item.planned != done:
            text = gettext("The milestone {milestone!r} has {planned} planned, but {done} finish by {by}.").format(
                milestone=item.name, planned=item.planned, done=done, by=plain_day_text(item.by)
            )
            yield Violation("levels", text, (), item.by, item.by)
