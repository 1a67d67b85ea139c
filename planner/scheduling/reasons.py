"""Why a shop is left without a date, when it has options but none that fits beside the plan."""

import numpy as np

from planner.domain.plan import Unplanned
from planner.domain.shop import Status
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Lagrangian
from planner.scheduling.options import ShopOptions
from planner.scheduling.pricing import REACHABLE
from planner.scheduling.timelines import Rule, Timeline

PLENTY = 2**40
WORDS = {
    Rule.LIMIT: "the limits on closures and starts are used up",
    Rule.NEIGHBOURS: "a neighbouring shop is closed",
    Rule.SUPPLY: "the supplies it draws on are used up",
    Rule.PARTNER_TARGET: "its partner's half-year target leaves no room for its closure",
    Rule.AFTER: "the shops it comes after finish too late",
}


def unplanned(lagrangian: Lagrangian, plan: Incumbent) -> tuple[Unplanned, ...]:
    """All backlog shops without a date, with the reason, in the order of shops.csv."""
    problem = plan.problem
    reasons = {name: text for name, (_, text) in problem.impossible.items()}
    undated = {
        options.shop.id: number
        for number, (options, choice) in enumerate(zip(problem.options, plan.choices, strict=True))
        if choice is None
    }
    for name, number in undated.items():
        reasons[name] = _reason(lagrangian, number, plan, {*undated, *problem.impossible})
    return tuple(
        Unplanned(shop=shop.id, reason=reasons[shop.id])
        for shop in problem.rollout.shops
        if shop.id in reasons and shop.status is Status.BACKLOG
    )


def _reason(lagrangian: Lagrangian, number: int, plan: Incumbent, undated: set[str]) -> str:
    options = lagrangian.problem.options[number]
    waiting = [name for name in options.shop.after if name in undated]
    if waiting:
        return f"it comes after {waiting[0]}, which has no date"
    horizon = lagrangian.problem.rollout.last
    if _fits(lagrangian, number, plan, set()):
        return f"finishing it by {horizon} would leave a shop of higher priority without a date, or miss a milestone"
    trades = _trades_that_free(lagrangian, number, plan)
    if trades:
        return f"whenever it could begin before {horizon}, the {' or '.join(trades)} crews are with other shops"
    for rule, words in WORDS.items():
        if _fits(lagrangian, number, plan, {rule}):
            return f"whenever it could begin before {horizon} and crews are free, {words}"
    crews = {Rule.CREW, Rule.ABSENCE}
    if _fits(lagrangian, number, plan, crews):
        return f"its crews are never free together before {horizon}"
    for rule, words in WORDS.items():
        if _fits(lagrangian, number, plan, {*crews, rule}):
            return f"before {horizon} either its crews are with other shops or {words}"
    return f"other shops take up its crews and the rules' limits on every day it could begin before {horizon}"


def _trades_that_free(lagrangian: Lagrangian, number: int, plan: Incumbent) -> list[str]:
    """Trades of which more crews, and nothing else, would give the shop a date."""
    problem = lagrangian.problem
    options = problem.options[number]
    found = []
    for trade in dict.fromkeys(need.trade for need in options.shop_format.visits):
        crews = {crew.id for crew in problem.rollout.crews if crew.trade == trade}
        if _fits(lagrangian, number, plan, {Rule.CREW, Rule.ABSENCE}, crews):
            found.append(trade)
    return found


def _fits(
    lagrangian: Lagrangian, number: int, plan: Incumbent, without: set[Rule], crews: set[str] | None = None
) -> bool:
    """Whether some option fits beside `plan` if the rules `without` (of `crews` only, where given) were not asked."""
    room = plan.room_without([])
    for timeline in _timelines(lagrangian.problem.options[number]):
        if timeline.rule in without and (crews is None or crews & set(timeline.subject.split(" or "))):
            room.left_on(timeline.number)[:] = PLENTY
    pricer = lagrangian.pricers[number]
    prefix = np.zeros(room.slots + 1)
    best, _ = pricer.best(pricer.block_values(prefix, 0.0, [], room))
    return best < REACHABLE


def _timelines(options: ShopOptions) -> set[Timeline]:
    """All timelines that a shop uses."""
    uses = [use for block in options.blocks for use in block.uses]
    choices = [choice for block in options.blocks for visit in block.visits for choice in visit.choices]
    return {use.timeline for use in [*uses, *(use for choice in choices for use in choice.uses)]}
