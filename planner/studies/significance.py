"""Whether two plans differ because their rollouts do, or only as far as neither was planned to the end.

The best possible plan of a rollout is not known; what is known is that it is no worse than the plan found and no
better than what was proved. A difference is claimed only where these two ranges leave no doubt.
"""

from dataclasses import dataclass
from enum import StrEnum

from planner.domain.plan import Plan


class Verdict(StrEnum):
    """What can be said of the second of two plans against the first."""

    LESS = "less"
    MORE = "more"
    EQUAL = "equal"
    OPEN = "not significant"
    INCOMPARABLE = "not comparable"
    OBSERVED = "in these plans"


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of the second plan minus that of the first (None where one has none), and what can be said of it."""

    amount: int | None
    verdict: Verdict


def shortfall_difference(first: Plan, second: Plan) -> Difference:
    """Shops short of the milestones: the greater figure must be proved the least possible."""
    if first.shortfall is None or second.shortfall is None:
        return Difference(None, Verdict.INCOMPARABLE)
    amount = second.shortfall - first.shortfall
    return _level(amount, first.proved_shortfall, second.proved_shortfall)


def priority_difference(first: Plan, second: Plan) -> Difference:
    """Priority left without a date, comparable between plans that are equally short, both proved to have to be."""
    if first.unplanned_priority is None or second.unplanned_priority is None:
        return Difference(None, Verdict.INCOMPARABLE)
    amount = second.unplanned_priority - first.unplanned_priority
    if first.shortfall != second.shortfall:
        return Difference(amount, Verdict.INCOMPARABLE)
    if not (first.proved_shortfall and second.proved_shortfall):
        return Difference(amount, Verdict.OPEN)
    return _level(amount, first.proved_unplanned_priority, second.proved_unplanned_priority)


def value_of(plan: Plan) -> int | None:
    """The figure of level 3: cents, or the last finish in days after today under earliest-finish."""
    return plan.total if plan.last_finish_day is None else plan.last_finish_day


def value_difference(first: Plan, second: Plan) -> Difference:
    """Level 3, comparable between plans equal in the levels above: the ranges from bound to figure must not meet."""
    one, other = value_of(first), value_of(second)
    if one is None or other is None or (first.last_finish_day is None) != (second.last_finish_day is None):
        return Difference(None, Verdict.INCOMPARABLE)
    amount = other - one
    if (first.shortfall, first.unplanned_priority) != (second.shortfall, second.unplanned_priority):
        return Difference(amount, Verdict.INCOMPARABLE)
    if second.bound is not None and second.bound > one:
        return Difference(amount, Verdict.MORE)
    if first.bound is not None and other < first.bound:
        return Difference(amount, Verdict.LESS)
    is_settled = amount == 0 and first.bound == one and second.bound == other
    return Difference(amount, Verdict.EQUAL if is_settled else Verdict.OPEN)


def cost_difference(first: Plan, second: Plan, kind: str) -> Difference:
    """Money of one kind. Nothing is proved of it alone, so it is told of these plans only, if it exceeds their gaps."""
    if first.cost is None or second.cost is None:
        return Difference(None, Verdict.INCOMPARABLE)
    amount: int = getattr(second.cost, kind) - getattr(first.cost, kind)
    verdict = total_difference(first, second).verdict
    if amount == 0 or verdict is Verdict.INCOMPARABLE:
        return Difference(amount, verdict if amount else Verdict.OBSERVED)
    is_told = verdict in (Verdict.LESS, Verdict.MORE)
    return Difference(
        amount, Verdict.OBSERVED if is_told and abs(amount) > _slack(first) + _slack(second) else Verdict.OPEN
    )


def total_difference(first: Plan, second: Plan) -> Difference:
    """The total cost: level 3, except under earliest-finish, where nothing is proved of it."""
    if first.last_finish_day is None and second.last_finish_day is None:
        return value_difference(first, second)
    if first.total is None or second.total is None:
        return Difference(None, Verdict.INCOMPARABLE)
    return Difference(second.total - first.total, Verdict.OPEN)


def _level(amount: int, first_is_proved: bool, second_is_proved: bool) -> Difference:
    if amount == 0:
        return Difference(0, Verdict.EQUAL if first_is_proved and second_is_proved else Verdict.OPEN)
    if not (second_is_proved if amount > 0 else first_is_proved):
        return Difference(amount, Verdict.OPEN)
    return Difference(amount, Verdict.MORE if amount > 0 else Verdict.LESS)


def _slack(plan: Plan) -> int:
    """How much cheaper than the plan the best one may be."""
    return 0 if plan.total is None else plan.total - (plan.bound or 0)
