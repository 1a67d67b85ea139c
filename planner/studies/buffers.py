"""Buffers in a plan: what is asked of the search so that chance finds room, and what they come to.

Three kinds: more shops planned by a milestone than it asks for; a milestone's date some days earlier; and days that
particular shops keep clear before the date they must make, so that they finish that much earlier or only after it. A
rollout with buffers is the same rollout under stricter rules: each plan of it is a plan of the rollout without them.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from planner.domain.plan import MilestoneResult, Plan, PlanStatus
from planner.domain.rollout import Rollout
from planner.domain.rules import Blackout, Scope
from planner.domain.shop import Status
from planner.review.risk.figures import done_before

NAME = "Buffer"


@dataclass(frozen=True, slots=True)
class Buffers:
    """`spare` shops more by each milestone, its date `earlier` by so many days, windows that shops keep `clear`."""

    spare: int = 0
    earlier: int = 0
    clear: Mapping[str, tuple[date, date]] = field(default_factory=dict)


def with_buffers(rollout: Rollout, buffers: Buffers) -> Rollout:
    """The rollout with stricter milestones, and blackouts for the shops that keep days clear."""
    shops: dict[tuple[date, date], list[str]] = defaultdict(list)
    for shop, window in buffers.clear.items():
        shops[window].append(shop)
    clear = [
        Blackout(name=NAME, first=first, last=last, scope=Scope({"shop": tuple(names)}))
        for (first, last), names in shops.items()
    ]
    return replace(
        rollout,
        milestones=tuple(
            replace(
                item,
                target=item.target + buffers.spare,
                by=max(item.by - timedelta(days=buffers.earlier), min(item.by, rollout.today)),
            )
            for item in rollout.milestones
        ),
        blackouts=(*rollout.blackouts, *clear),
    )


def kept_buffers(rollout: Rollout, plan: Plan, buffers: Buffers) -> Buffers:
    """The part of `buffers` that a plan has: where they are out of reach, it has less than was asked for."""
    done = [shop.finish for shop in rollout.shops if shop.status is Status.DONE and shop.finish is not None]
    finishes = sorted([*done, *(remodel.finish for remodel in plan.remodels)])
    spare, earlier = buffers.spare, buffers.earlier
    for item in rollout.milestones:
        spare = min(spare, bisect_right(finishes, item.by) - item.target)
        if 0 < item.target <= len(finishes):
            earlier = min(earlier, (item.by - finishes[item.target - 1]).days)
    return replace(buffers, spare=max(0, spare), earlier=max(0, earlier))


def as_plan_of(rollout: Rollout, plan: Plan, base: Plan, gap: float) -> Plan:
    """A plan made with buffers, told as one of the rollout without them.

    What was proved of `base`, the plan without buffers, holds for it as far as both are equal in the levels above
    money; it is `optimal` where that proves the gap asked for.
    """
    milestones = tuple(
        MilestoneResult(
            name=item.name,
            by=item.by,
            target=item.target,
            planned=done_before(rollout, item.by) + sum(remodel.finish <= item.by for remodel in plan.remodels),
        )
        for item in rollout.milestones
    )
    shortfall = sum(max(0, item.target - item.planned) for item in milestones)
    is_level = (shortfall, plan.unplanned_priority) == (base.shortfall, base.unplanned_priority)
    value = plan.total if plan.last_finish_day is None else plan.last_finish_day
    bound = min(base.bound, value) if is_level and base.bound is not None and value is not None else None
    found = None if bound is None or value is None else round((value - bound) / value, 6) if value else 0.0
    proved = base.proved_shortfall and base.proved_unplanned_priority and found is not None and found <= gap
    return replace(
        plan,
        status=PlanStatus.OPTIMAL if proved else PlanStatus.FEASIBLE,
        milestones=milestones,
        shortfall=shortfall,
        bound=bound,
        gap=found,
        proved_shortfall=shortfall == 0 or (base.proved_shortfall and shortfall == base.shortfall),
        proved_unplanned_priority=is_level and base.proved_unplanned_priority,
    )
