"""The checker's front door: every rule and every cost of the rollout format, derived anew and day by day.

It shares no derivation with the planner, so that it finds the planner's mistakes: records of the domain only.
"""

from collections.abc import Iterator

from planner.domain.plan import Plan, PlanStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.review.breaches import check_rules
from planner.review.conflicts import check_conflicts
from planner.review.coverage import check_coverage, check_frozen_starts
from planner.review.crews import past_visits_unmade
from planner.review.dates import check_dates, misshapen
from planner.review.days import Days
from planner.review.entries import Context, Entry, entry_of
from planner.review.findings import Violation, of_shop
from planner.review.given import is_frozen
from planner.review.infeasible import check_infeasible
from planner.review.levels import check_bound, check_levels
from planner.review.listing import check_heading, check_listing
from planner.review.money import check_remodel_cost, check_total_cost
from planner.review.visits import check_visits

__all__ = ["Violation", "check"]


def check(rollout: Rollout, plan: Plan) -> tuple[Violation, ...]:
    """Everything in `plan` that breaks a rule of `rollout` or misstates a figure; empty where it passes.

    Whether an `optimal` plan's gap is the one asked for is not known here, nor whether conflicts were allowed.
    """
    if plan.status is PlanStatus.INFEASIBLE:
        context = Context(rollout, Days(rollout))
        return (*check_heading(rollout, plan), *check_infeasible(context, plan))
    dated = {remodel.shop for remodel in plan.remodels}
    backlog = {shop.id for shop in rollout.shops if shop.status is Status.BACKLOG}
    context = Context(rollout, Days(rollout), frozenset(backlog - dated))
    return (*check_listing(rollout, plan), *_check_remodels(context, plan), *_check_figures(context, plan))


def _check_remodels(context: Context, plan: Plan) -> Iterator[Violation]:
    """The remodels one by one, then together."""
    rollout = context.rollout
    entries: dict[str, Entry] = {}
    for remodel in plan.remodels:
        shop = rollout.shop_by_id.get(remodel.shop)
        if shop is None or not shop.is_in_plan or shop.id in entries:
            continue
        problem = misshapen(rollout, rollout.format_of(shop), remodel)
        if problem is not None:
            yield of_shop("phase", shop, problem, remodel.start, remodel.finish)
            continue
        frozen = is_frozen(context, shop) and remodel.phases[0].first == shop.published_start
        entry = entry_of(rollout, shop, remodel.phases, is_given=shop.is_standing or frozen)
        entries[shop.id] = entry
        yield from check_dates(context, shop, remodel)
        yield from check_visits(context, entry)
        yield from past_visits_unmade(context, entry)
        yield from check_remodel_cost(context, entry, remodel.cost)
    yield from check_rules(context, list(entries.values()))
    yield from _check_conflicts(context, plan, entries)


def _check_conflicts(context: Context, plan: Plan, entries: dict[str, Entry]) -> Iterator[Violation]:
    yield from check_conflicts(context, plan.conflicts)
    given = [entry for entry in entries.values() if entry.is_given]
    yield from check_coverage(context, given, plan.conflicts)
    starts = {shop: entry.start for shop, entry in entries.items()}
    yield from check_frozen_starts(context, starts, plan.conflicts)


def _check_figures(context: Context, plan: Plan) -> Iterator[Violation]:
    yield from check_total_cost(context, plan)
    yield from check_levels(context.rollout, plan)
    yield from check_bound(context.rollout, plan)
