"""Clashing given dates: for each shop of a smallest set, the nearest dates that would resolve it."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.domain.plan import Conflict
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.scheduling.clock import Clock
from planner.scheduling.filters import frozen_start
from planner.scheduling.given_first import given_first
from planner.scheduling.given_only import given_only
from planner.scheduling.limits import Limits
from planner.scheduling.problem import build_problem

MOST_DAYS = 200
ENDLESS = 1e6


@dataclass(frozen=True, slots=True)
class WayOut:
    """A shop of a clash, its start, and the nearest starts before and after that end the clash and begin no other.

    None where no start within MOST_DAYS would do.
    """

    shop: str
    start: date
    earlier: date | None
    later: date | None


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict of given dates, with a way out for each of its shops that could move."""

    conflict: Conflict
    ways_out: tuple[WayOut, ...]


def given_conflicts(rollout: Rollout, clock: Clock, *, enough: int | None = None) -> list[Conflict]:
    """All conflicts among given dates; the search ends early, with the first ones, once there are `enough` of them."""
    return given_first(given_only(rollout), clock, enough=enough).conflicts


def ways_out(rollout: Rollout, conflicts: tuple[Conflict, ...], limits: Limits) -> tuple[Clash, ...]:
    """Each conflict with the nearest dates that would end it, for each of its shops.

    A date ends it where the shop, moved there alone, is in no conflict at all, and the others of the set are in no more
    than before.
    """
    given = given_only(rollout)
    clock = Clock(replace(limits, seconds=ENDLESS, deterministic=False), threading.Event())
    return tuple(
        Clash(item, tuple(_way_out(given, item, name, clock) for name in item.shops if _may_move(rollout, name)))
        for item in conflicts
    )


def _may_move(rollout: Rollout, name: str) -> bool:
    shop = rollout.shop_by_id[name]
    return shop.status is Status.FIXED or frozen_start(rollout, shop) is not None


def _way_out(given: Rollout, conflict: Conflict, name: str, clock: Clock) -> WayOut:
    shop = given.shop_by_id[name]
    start = shop.start or shop.published_start
    if start is None:
        raise ValueError(f"{name} has no given start")
    before = next((day for day in _days(given, start, -1) if _ends(given, conflict, shop, day, clock)), None)
    after = next((day for day in _days(given, start, 1) if _ends(given, conflict, shop, day, clock)), None)
    return WayOut(name, start, before, after)


def _days(rollout: Rollout, start: date, step: int) -> Iterator[date]:
    for number in range(1, MOST_DAYS + 1):
        day = start + timedelta(days=step * number)
        if not rollout.today <= day <= rollout.last:
            return
        yield day


def _ends(given: Rollout, conflict: Conflict, shop: Shop, day: date, clock: Clock) -> bool:
    """Whether a shop that starts on `day` instead is a possible remodel and in no conflict; nor is the set."""
    is_fixed = shop.status is Status.FIXED
    moved = replace(shop, start=day) if is_fixed else replace(shop, published_start=day)
    others = [moved if other.id == shop.id else other for other in given.shops]
    # A published start past the freeze is held as well, so that it is asked about like a date that is given.
    freeze_days = given.freeze_days if is_fixed else max(given.freeze_days, (day - given.today).days)
    changed = replace(given, shops=tuple(others), freeze_days=freeze_days)
    if is_fixed and not _is_possible(changed, moved):
        return False
    alone = given_conflicts(changed, clock)
    return not any(shop.id in item.shops or set(item.shops) == set(conflict.shops) for item in alone)


def _is_possible(rollout: Rollout, shop: Shop) -> bool:
    """Whether a fixed remodel may begin on its start: a working day, and over by the horizon."""
    problem = build_problem(replace(rollout, shops=(replace(shop, after=()),)))
    calendar = problem.calendars.of(shop)
    days = problem.standing[shop.id]
    return shop.start is not None and calendar.is_working(shop.start) and days.finish <= rollout.last
