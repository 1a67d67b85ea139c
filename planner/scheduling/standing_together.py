"""Whether remodels whose dates are given can stand together, whatever frozen ones wait: by all rules, or by one."""

from dataclasses import dataclass, replace

from planner.domain.rollout import Rollout
from planner.domain.shop_format import Phase
from planner.scheduling.clock import Clock
from planner.scheduling.given_dates import conflicts_of_dates
from planner.scheduling.mandatory import can_place
from planner.scheduling.problem import build_problem

FURTHER_RULES = ("blackout", "limit", "neighbours", "supply", "after", "partner_target")


@dataclass(frozen=True, slots=True)
class Ground:
    """What may rule remodels out: crews of one `trade`, or a further rule by its word in a conflict."""

    rule: str
    trade: str | None = None


def grounds(rollout: Rollout) -> list[Ground]:
    """All grounds on which the shops of `rollout` may be ruled out, crews first."""
    formats = {shop.format for shop in rollout.shops if shop.is_in_plan}
    trades = {need.trade for name in formats for need in rollout.format_by_name[name].visits}
    return [*(Ground("crew", trade) for trade in sorted(trades)), *(Ground(rule) for rule in FURTHER_RULES)]


def can_stand(rollout: Rollout, clock: Clock) -> bool:
    """Whether all shops of `rollout`, whose dates are all given, can stand together.

    Raises NoPlanError where that is not clear in time.
    """
    problem = build_problem(rollout)
    if problem.hopeless or next(conflicts_of_dates(problem), None) is not None:
        return False
    return can_place(problem, clock)


def with_only(rollout: Rollout, ground: Ground) -> Rollout:
    """The rollout as if nothing but one ground ruled remodels out, and permits those of shops whose waits are open."""
    shops = tuple(replace(shop, ready_from=None) if shop.is_standing else shop for shop in rollout.shops)
    rollout = replace(rollout, shops=shops)
    for other in grounds(rollout):
        if other != ground:
            rollout = without(rollout, other)
    return rollout


def without(rollout: Rollout, ground: Ground) -> Rollout:
    """The rollout as if one ground ruled nothing out."""
    match ground.rule:
        case "blackout":
            return replace(rollout, blackouts=())
        case "limit":
            return replace(rollout, limits=())
        case "neighbours":
            return replace(rollout, neighbours_km=None)
        case "supply":
            return replace(rollout, supplies=())
        case "partner_target":
            return replace(rollout, partner_target=None)
        case "after":
            return replace(rollout, shops=tuple(replace(shop, after=()) for shop in rollout.shops))
        case _:
            formats = tuple(
                replace(item, phases=tuple(_without_trade(phase, ground.trade) for phase in item.phases))
                for item in rollout.formats
            )
            return replace(rollout, formats=formats)


def _without_trade(phase: Phase, trade: str | None) -> Phase:
    return replace(phase, crews={name: units for name, units in phase.crews.items() if name != trade})
