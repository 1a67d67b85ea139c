"""Why dates differ between two plans: each shop put back on its old date in the new plan, and what that would break.

Judged by the checker's rules and priced by the one definition of costs, so that what is named as the reason is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from planner.domain.plan import Cost, Plan, Remodel
from planner.domain.plan_difference import DifferenceKind, PlanDifference, ShopDifference
from planner.domain.rollout import Objective, Rollout
from planner.domain.shop import Shop, Status
from planner.review.findings import day_or_none
from planner.studies.old_date import OldDates, Trial
from planner.wording.amounts import plain_day_text
from planner.wording.translation import gettext

COST_KINDS = tuple(field.name for field in fields(Cost))


class Cause(StrEnum):
    """What made a date another one.

    `given`: the rollout says where the shop stands. `rule`: the old date breaks a rule, whatever other shops do.
    `taken`: it does together with others as they stand now. `levels`: milestones would be missed, `money`: it would
    cost more, or end the rollout later. `nothing`: it would be as good. `reason`: what the new plan says of a shop
    without a date. `gone`: done, deferred, cancelled, or no longer in the rollout. `new`: there was no date before.
    """

    GIVEN = "given"
    RULE = "rule"
    TAKEN = "taken"
    LEVELS = "levels"
    MONEY = "money"
    NOTHING = "nothing"
    REASON = "reason"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a shop's date differs: the cause, the `rules` the old date breaks, and sentences that name them.

    `saved` is what the new date saves against the old one, by kind, in cents; less than 0 is dearer. None where the
    old date is not possible. `days_saved` is how much later the rollout would end with the old date.
    """

    cause: Cause
    rules: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    saved: Cost | None = None
    days_saved: int = 0


def why_moved(rollout: Rollout, before: Plan, after: Plan, found: PlanDifference) -> dict[str, Why]:
    """Why each shop of `found` differs from `before` to `after`, a plan of `rollout` that passes the check."""
    return dict(each_why(rollout, before, after, found.shops))


def each_why(rollout: Rollout, before: Plan, after: Plan, items: Sequence[ShopDifference]) -> Iterator[tuple[str, Why]]:
    """The same for some shops, one by one in their order, each as soon as it is known."""
    dates = OldDates(rollout, after)
    undated = {item.shop: item.reason for item in before.unplanned}
    for item in items:
        yield item.shop, _why(dates, item, undated)


def _why(dates: OldDates, item: ShopDifference, undated: Mapping[str, str]) -> Why:
    shop = dates.rollout.shop_by_id.get(item.shop)
    if shop is None or not shop.is_in_plan:
        return Why(cause=Cause.GONE, texts=(_whereabouts(shop),))
    given = _given(dates, shop, item)
    if given:
        return Why(cause=Cause.GIVEN, texts=(given,))
    if item.before is None:
        reason = undated.get(item.shop, "")
        text = gettext("it had no date before: {reason}").format(reason=reason)
        return Why(cause=Cause.NEW, texts=(text,) if reason else ())
    trial = dates.put_back(shop, item.before, any_crews=item.kind is not DifferenceKind.CREWS)
    if trial.violations:
        cause = Cause.RULE if trial.is_broken_alone else Cause.TAKEN
        # A rule broken on many days is one reason: the first time it is says enough.
        first = {violation.rule: violation.text for violation in reversed(trial.violations)}
        rules = tuple(dict.fromkeys(violation.rule for violation in trial.violations))
        return Why(cause=cause, rules=rules, texts=tuple(first[rule] for rule in rules))
    if item.after is None:
        return Why(cause=Cause.REASON, texts=(item.reason,) if item.reason else ())
    return _by_worth(dates, trial, item.after)


def _whereabouts(shop: Shop | None) -> str:
    if shop is None:
        return gettext("it is not in the rollout any more")
    if shop.status is Status.DONE and shop.finish is not None:
        return gettext("it is done since {day}").format(day=plain_day_text(shop.finish))
    return gettext("it is cancelled") if shop.status is Status.CANCELLED else gettext("it is deferred")


def _given(dates: OldDates, shop: Shop, item: ShopDifference) -> str:
    """Where the rollout says that a shop stands; empty where what differs was the planner's to choose."""
    if item.kind is DifferenceKind.CREWS:
        return ""
    if shop.status is Status.IN_PROGRESS:
        if shop.finish is None:
            return gettext("it is in progress since {day}").format(day=day_or_none(shop.start))
        text = gettext("it is in progress since {day}, expected to finish on {finish}")
        return text.format(day=day_or_none(shop.start), finish=plain_day_text(shop.finish))
    if shop.status is Status.FIXED:
        return gettext("it is fixed on {day}").format(day=day_or_none(shop.start))
    if item.kind is DifferenceKind.MOVED and dates.is_frozen(shop) and item.start_after == shop.published_start:
        text = gettext("its published start {day} is too near to be moved")
        return text.format(day=day_or_none(shop.published_start))
    return ""


def _by_worth(dates: OldDates, trial: Trial, after: Remodel) -> Why:
    """The reason for leaving a date that is possible: what is better about the new one."""
    missed = dates.milestones_missed(after, trial.finish)
    if missed:
        text = gettext("the milestone “{name}” would be missed by one shop more")
        texts = tuple(text.format(name=name) for name in missed)
        return Why(cause=Cause.LEVELS, texts=texts, saved=_minus(trial.cost, after.cost))
    saved = _minus(trial.cost, after.cost)
    if dates.rollout.objective is Objective.EARLIEST_FINISH:
        later = dates.later_end(after, trial.finish)
        return Why(cause=Cause.MONEY if later > 0 else Cause.NOTHING, saved=saved, days_saved=later)
    return Why(cause=Cause.MONEY if saved.total > 0 else Cause.NOTHING, saved=saved)


def _minus(cost: Cost, other: Cost) -> Cost:
    return Cost(**{kind: getattr(cost, kind) - getattr(other, kind) for kind in COST_KINDS})
