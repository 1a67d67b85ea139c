"""A rollout reduced to the rules that general solvers can express too, so that all can plan the same one.

Kept: which shops, where, their formats, sales and priorities, `ready_from`, `due_by` and `after`; the horizon, the
public holidays that are national, the Christmas break, and a blackout before Christmas, now for all shops; what
closing, waiting and lateness cost. Changed: every open shop is in the backlog with no date yet; the days between
phases are `wait_min`; each region has one pool of each trade, always there. Left out: limits, neighbours, kits,
milestones, campaigns, partner targets, travel, changes, absences.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from math import ceil

from planner.domain.crew import Crew
from planner.domain.rollout import Rollout
from planner.domain.rules import Costs, Scope
from planner.domain.shop import Shop, Status
from planner.domain.shop_format import ShopFormat
from tests.benchmarks.dice import Dice
from tests.benchmarks.made_crews import most_units_of, units_needed

UTILISATION = 0.8
LAST_DUE_AT = 0.75
LATE_DAY = 250.0


def common_rules(rollout: Rollout) -> Rollout:
    """`rollout` reduced to the common rules."""
    shops = tuple(_common_shop(shop) for shop in rollout.shops if shop.is_in_plan)
    ids = {shop.id for shop in shops}
    kept = tuple(replace(shop, after=tuple(item for item in shop.after if item in ids)) for shop in shops)
    formats = tuple(_with_fixed_waits(item) for item in rollout.formats)
    return Rollout(
        name=f"{rollout.name}, common rules",
        today=rollout.today,
        last=rollout.last,
        formats=formats,
        shops=kept,
        crews=_region_pools(rollout, kept),
        shutdowns=rollout.shutdowns,
        blackouts=tuple(
            replace(item, scope=Scope()) for item in rollout.blackouts if item.name.startswith("Christmas")
        ),
        costs=replace(rollout.costs, km=0.0, change=0.0),
    )


def tardiness_rules(rollout: Rollout, seed: int) -> Rollout:
    """`rollout` reduced to the common rules, with a due date for each shop, where nothing but lateness costs."""
    common = common_rules(rollout)
    days = LAST_DUE_AT * (common.last - common.today).days
    order = Dice(seed).shuffled(common.shops)
    numbers = {shop.id: number for number, shop in enumerate(order, start=1)}
    shops = tuple(
        replace(shop, due_by=common.today + timedelta(days=int(days * numbers[shop.id] / len(order))))
        for shop in common.shops
    )
    name = f"{rollout.name}, tardiness"
    return replace(common, name=name, shops=shops, costs=Costs(margin=0.0, late_day=LATE_DAY))


def _common_shop(shop: Shop) -> Shop:
    """`shop` in the backlog, without dates, in a country without states."""
    return Shop(
        id=shop.id,
        name=shop.name,
        city=shop.city,
        format=shop.format,
        region=shop.region,
        weekly_revenue=shop.weekly_revenue,
        priority=shop.priority,
        ready_from=shop.ready_from,
        due_by=shop.due_by,
        after=shop.after if shop.status is Status.BACKLOG else (),
    )


def _with_fixed_waits(shop_format: ShopFormat) -> ShopFormat:
    return replace(shop_format, phases=tuple(replace(phase, wait_max=phase.wait_min) for phase in shop_format.phases))


def _region_pools(rollout: Rollout, shops: tuple[Shop, ...]) -> tuple[Crew, ...]:
    """A pool a trade and region, so large that its shops keep it busy for `UTILISATION` of the time or less."""
    regions: dict[str, list[Shop]] = defaultdict(list)
    for shop in shops:
        regions[shop.region].append(shop)
    days = (rollout.last - rollout.today).days + 1
    trades = sorted({trade for item in rollout.formats for phase in item.phases for trade in phase.crews})
    pools = []
    for region, its_shops in sorted(regions.items()):
        for trade in trades:
            need = units_needed(rollout.formats, trade, its_shops, UTILISATION * days)
            units = max(ceil(need), most_units_of(rollout.formats, trade, its_shops))
            pools.append(Crew(id=f"{trade}-{region}", trade=trade, units=units, regions=(region,)))
    return tuple(pools)
