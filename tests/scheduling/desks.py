"""Plans of made-up rollouts laid out on desks, for tests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from planner.domain.plan import Plan, PlannedPhase, Remodel, RemodelStatus, Unplanned
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.review.check import check
from planner.scheduling.desk import Desk
from planner.scheduling.limits import Limits
from planner.scheduling.slots import Slot
from planner.scheduling.solve import solve
from tests.tiny_rollouts import LARGER, TINY, Size, seeded_rollout

LIMITS = Limits(seconds=0.3, workers=1, deterministic=True)
TINY_SEEDS = range(90)
LARGER_SEEDS = range(5)


@cache
def desk_of(seed: int, size: Size = TINY) -> Desk | None:
    """The desk of a seed's plan; None where its given dates conflict, so that there is no plan."""
    rollout = seeded_rollout(seed, size)
    plan = solve(rollout, LIMITS)
    if plan.total is None or plan.conflicts:
        return None
    assert check(rollout, plan) == ()
    return Desk(rollout, plan)


def desks(tiny: Sequence[int] = TINY_SEEDS, larger: Sequence[int] = LARGER_SEEDS) -> list[Desk]:
    """The desks of many plans."""
    found = [*(desk_of(seed, TINY) for seed in tiny), *(desk_of(seed, LARGER) for seed in larger)]
    return [desk for desk in found if desk is not None]


def movable(desk: Desk) -> list[str]:
    """The shops of a desk that have days to choose from."""
    return [shop.id for shop in desk.rollout.shops if desk.is_movable(shop.id)]


def put(desk: Desk, shop_id: str, slot: Slot) -> tuple[Rollout, Plan]:
    """The desk's plan with a shop in a slot, whatever that breaks, and the rollout with its fixed start moved."""
    rollout, shop = desk.rollout, desk.rollout.shop_by_id[shop_id]
    is_fixed = shop.status is Status.FIXED
    if is_fixed:
        shops = (replace(item, start=slot.start) if item.id == shop_id else item for item in rollout.shops)
        rollout = replace(rollout, shops=tuple(shops))
    remodel = Remodel(
        shop=shop_id,
        status=RemodelStatus.FIXED if is_fixed else RemodelStatus.PLANNED,
        start=slot.start,
        finish=slot.finish,
        closed_from=slot.days.closed_from,
        closed_to=slot.days.closed_to,
        phases=_phases(desk, shop_id, slot),
        cost=slot.cost,
    )
    others = [item for item in desk.plan.remodels if item.shop != shop_id]
    left = tuple(item for item in desk.plan.unplanned if item.shop != shop_id)
    return rollout, replace(desk.plan, remodels=(*others, remodel), unplanned=left)


def _phases(desk: Desk, shop_id: str, slot: Slot) -> tuple[PlannedPhase, ...]:
    shop_format = desk.rollout.format_of(desk.rollout.shop_by_id[shop_id])
    phases = []
    for number, (phase, (first, last)) in enumerate(zip(shop_format.phases, slot.days.phases, strict=True)):
        crews: dict[str, int] = {}
        for need, visit in zip(shop_format.visits, slot.visits, strict=True):
            if need.first <= number <= need.last:
                crews.update(visit.crews)
        phases.append(PlannedPhase(name=phase.name, first=first, last=last, crews=crews))
    return tuple(phases)


def without_date(desk: Desk, shop_id: str) -> Plan:
    """The desk's plan with one shop's date taken away; its figures stay as they were."""
    kept = tuple(item for item in desk.plan.remodels if item.shop != shop_id)
    return replace(desk.plan, remodels=kept, unplanned=(*desk.plan.unplanned, Unplanned(shop=shop_id, reason="asked")))


def days_between(first: date, last: date) -> list[date]:
    """All days from `first` to `last`."""
    return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
