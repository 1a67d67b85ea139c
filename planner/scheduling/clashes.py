"""Clashing given dates: for each shop of a smallest set, the nearest dates that would resolve it."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.domain.plan import Conflict
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.scheduling.clock import Clock
from planner.scheduling.filters import frozen_start
from planner.scheduling.given_crews import crew_given, take_out_settled
from planner.scheduling.given_dates import conflicts_of_dates, take_out_given_uses
from planner.scheduling.limits import Limits
from planner.scheduling.mandatory import FrozenClashError, place_mandatory
from planner.scheduling.problem import build_problem
from planner.wording.translation import gettext

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


def given_conflicts(
    rollout: Rollout, clock: Clock, settled_waits: frozenset[str] = frozenset(), *, enough: int | None = None
) -> list[Conflict]:
    """All conflicts among given dates; frozen shops that clash whatever they wait have the waits of `settled_waits`.

    The search ends early, with the first ones, once there are `enough` of them.
    """
    problem = build_problem(_given_only(rollout), settled_waits)
    found: dict[Conflict, None] = {}
    for conflict in conflicts_of_dates(problem):
        found[conflict] = None
        if len(found) == enough:
            return list(found)
    problem.capacity = take_out_given_uses(problem)
    crews = crew_given(problem, clock, enough=None if enough is None else enough - len(found))
    if not crews.is_whole:
        return list(dict.fromkeys([*found, *crews.conflicts]))
    if crews.choices or problem.hopeless:
        take_out_settled(problem, crews.choices)
    try:
        place_mandatory(problem, clock)
    except FrozenClashError as clash:
        return given_conflicts(rollout, clock, settled_waits | set(clash.shops), enough=enough)
    return list(dict.fromkeys([*found, *crews.conflicts]))


def frozen_conflict(rollout: Rollout, clash: FrozenClashError, clock: Clock) -> Conflict | None:
    """The conflict of shops that cannot keep their near starts, however long they wait, for want of one trade's crews.

    None where it is for another reason, or a remodel in progress is among them.
    """
    names = sorted(clash.members)
    if any(rollout.shop_by_id[name].status is Status.IN_PROGRESS for name in names):
        return None
    given = _given_only(rollout)
    kept = [shop for shop in given.shops if shop.id in clash.members or shop.status is Status.DONE]
    ids = {shop.id for shop in kept}
    alone = replace(
        given,
        shops=tuple(replace(shop, after=tuple(name for name in shop.after if name in ids)) for shop in kept),
    )
    if _can_stand(alone, clock):
        return None
    trades = {need.trade for name in names for need in rollout.format_of(rollout.shop_by_id[name]).visits}
    for trade in sorted(trades):
        more = [crew for crew in rollout.crews if crew.trade == trade]
        free = (replace(crew, id=f"{crew.id}+", units=len(names) * MOST_DAYS, first=None, last=None) for crew in more)
        if _can_stand(replace(alone, crews=(*alone.crews, *free)), clock):
            first, last = _days_of(alone, trade)
            text = gettext(
                "{shops} cannot all keep their near starts: however long they wait between their phases, there are not"
                " enough {trade} crews for all of them."
            ).format(shops=", ".join(names), trade=trade)
            return Conflict(rule="crew", first=first, last=last, shops=tuple(names), text=text)
    return None


def _can_stand(rollout: Rollout, clock: Clock) -> bool:
    """Whether all shops of a rollout can have crews on one of the days that are given or frozen."""
    problem = build_problem(rollout)
    problem.capacity = take_out_given_uses(problem)
    try:
        place_mandatory(problem, clock)
    except FrozenClashError:
        return False
    return True


def _days_of(rollout: Rollout, trade: str) -> tuple[date, date]:
    """The first and the last day that a trade may be needed on."""
    problem = build_problem(rollout)
    visits = [
        visit
        for options in problem.options
        for block in options.blocks
        for visit in block.visits
        if visit.need.trade == trade
    ]
    first = max(0, min(int(visit.first.min()) for visit in visits))
    return problem.axis.day(first), problem.axis.day(max(int(visit.last.max()) for visit in visits))


def ways_out(rollout: Rollout, conflicts: tuple[Conflict, ...], limits: Limits) -> tuple[Clash, ...]:
    """Each conflict with the nearest dates that would end it, for each of its shops.

    A date ends it where the shop, moved there alone, is in no conflict at all, and the others of the set are in no more
    than before.
    """
    given = _given_only(rollout)
    clock = Clock(replace(limits, seconds=ENDLESS, deterministic=False), threading.Event())
    return tuple(
        Clash(item, tuple(_way_out(given, item, name, clock) for name in item.shops if _may_move(rollout, name)))
        for item in conflicts
    )


def _given_only(rollout: Rollout) -> Rollout:
    """The rollout without shops whose dates are open: they take no part in clashes, but as undated predecessors.

    What a partner's target is summed over stays, as a shop of each partner that is done with.
    """
    kept = [shop for shop in rollout.shops if _is_given(rollout, shop) or shop.status is Status.DONE]
    names = {shop.id for shop in kept}
    shops = [
        shop
        if names.issuperset(shop.after)
        else replace(shop, after=tuple(name for name in shop.after if name in names))
        for shop in kept
    ]
    if rollout.partner_target is not None:
        partners = {shop.partner for shop in kept if shop.status is not Status.DONE}
        targets: dict[str, list[Shop]] = defaultdict(list)
        for shop in rollout.shops:
            is_open = shop.status is Status.BACKLOG and shop.id not in names
            if is_open and shop.annual_target is not None and shop.partner in partners:
                targets[shop.partner].append(shop)
        for of_partner in targets.values():
            total = sum(shop.annual_target or 0.0 for shop in of_partner)
            done = replace(of_partner[0], status=Status.DONE, finish=rollout.today, after=(), annual_target=total)
            shops.append(done)
    return replace(rollout, shops=tuple(shops), milestones=())


def _is_given(rollout: Rollout, shop: Shop) -> bool:
    return shop.is_standing or frozen_start(rollout, shop) is not None


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
