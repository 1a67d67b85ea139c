"""Dates that somebody moved in a calendar, as proposals: where that would put a remodel, what it breaks and costs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.calendar import Calendars, ShopCalendar
from planner.domain.costs import remodel_cost
from planner.domain.plan import Cost, MilestoneResult, Plan, PlannedPhase, PlanStatus, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.domain.standing import RemodelDays, days_from
from planner.review.check import Violation, check
from planner.wording.translation import gettext

FirstDays = Callable[[Remodel], Mapping[str, date]]
"""The first day of each calendar event that a remodel has, by the event's UID."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The first days, by UID, on which somebody wants events of a shop to be."""

    shop: str
    first_days: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What happens if remodels move while all others stay: rules broken, money by kind, shops short of milestones."""

    broken: tuple[Violation, ...]
    cost: Cost
    shortfall: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A remodel `now` and as it would be `then`, fixed to begin on the day that comes closest to a wish.

    It `fits` where each event is on the very day wished for.
    """

    now: Remodel
    then: Remodel
    fits: bool


def propose(rollout: Rollout, plan: Plan, wish: Wish, first_days: FirstDays) -> Proposal | str:
    """The start that fulfils a wish best, or a sentence on why there is none.

    A remodel is moved as `fixed` in shops.csv moves it: its phases follow each other at their least waits, and its
    crews stay the same.
    """
    shop = rollout.shop_by_id[wish.shop]
    now = next(remodel for remodel in plan.remodels if remodel.shop == shop.id)
    if shop.status is Status.IN_PROGRESS:
        return gettext("Shop {shop} has begun; if it takes longer, enter its finish in shops.csv.").format(shop=shop.id)
    candidates = _moved(rollout, Calendars(rollout).of(shop), shop, now)
    best = min(candidates, key=lambda then: _distance(then, now, wish, first_days), default=None)
    if best is None:
        return gettext("Shop {shop} has no other start from today to the end of the horizon.").format(shop=shop.id)
    days_off = _distance(best, now, wish, first_days)[0]
    if best.phases == now.phases:
        text = gettext("Shop {shop} cannot come closer to the days wished for than it is, by a start of its own.")
        return text.format(shop=shop.id)
    return Proposal(now, best, fits=days_off == 0)


def _distance(then: Remodel, now: Remodel, wish: Wish, first_days: FirstDays) -> tuple[int, int]:
    """How many days the events are off those wished for, and how far the remodel moves."""
    found = first_days(then)
    missing = abs((then.start - now.start).days) + 1
    off = sum(abs((found[uid] - day).days) if uid in found else missing for uid, day in wish.first_days.items())
    return off, abs((then.start - now.start).days)


def _moved(rollout: Rollout, calendar: ShopCalendar, shop: Shop, now: Remodel) -> Iterable[Remodel]:
    """The remodel with each start it could be given."""
    for ordinal in calendar.working_days[calendar.position_from(rollout.today) :]:
        start = date.fromordinal(ordinal)
        if start > rollout.last:
            return
        days = days_from(rollout.format_of(shop), calendar, start)
        if days is not None and days.finish <= rollout.last:
            yield _on(now, days)


def _on(now: Remodel, days: RemodelDays) -> Remodel:
    phases = tuple(
        PlannedPhase(name=phase.name, first=first, last=last, crews=phase.crews)
        for phase, (first, last) in zip(now.phases, days.phases, strict=True)
    )
    return replace(
        now,
        status=RemodelStatus.PLANNED,
        start=days.start,
        finish=days.finish,
        closed_from=days.closed_from,
        closed_to=days.closed_to,
        phases=phases,
    )


def consequences(rollout: Rollout, plan: Plan, moved: Sequence[Remodel]) -> Consequences:
    """What the checker and the prices say of the plan with these remodels moved and all others where they are."""
    freed = _with_free_dates(rollout, {remodel.shop for remodel in moved})
    then = _moved_plan(freed, plan, moved)
    known = {(violation.rule, violation.text) for violation in check(rollout, plan)}
    broken = (violation for violation in check(freed, then) if (violation.rule, violation.text) not in known)
    return Consequences(
        tuple(broken),
        _difference(then.cost or Cost(), plan.cost or Cost()),
        (then.shortfall or 0) - (plan.shortfall or 0),
    )


def _with_free_dates(rollout: Rollout, shops: set[str]) -> Rollout:
    """The rollout as if the dates of these shops were not settled yet, so that every rule is asked of the new ones."""
    free = (
        replace(shop, status=Status.BACKLOG, start=None, finish=None, crews=()) if shop.id in shops else shop
        for shop in rollout.shops
    )
    return replace(rollout, shops=tuple(free))


def _moved_plan(rollout: Rollout, plan: Plan, moved: Sequence[Remodel]) -> Plan:
    calendars = Calendars(rollout)
    priced = {remodel.shop: replace(remodel, cost=_cost(rollout, calendars, remodel)) for remodel in moved}
    remodels = tuple(priced.get(remodel.shop, remodel) for remodel in plan.remodels)
    before = sum((item.cost for item in plan.remodels if item.shop in priced), Cost())
    after = sum((item.cost for item in priced.values()), Cost())
    cost = (plan.cost or Cost()) + _difference(after, before)
    milestones = tuple(_reached(rollout, remodels, item) for item in plan.milestones)
    finishes = [(remodel.finish - rollout.today).days for remodel in remodels]
    return replace(
        plan,
        status=PlanStatus.FEASIBLE,
        cost=cost,
        total=cost.total,
        bound=None,
        gap=None,
        last_finish_day=None if plan.last_finish_day is None else max(finishes, default=0),
        milestones=milestones,
        shortfall=sum(max(0, item.target - item.planned) for item in milestones),
        remodels=remodels,
        conflicts=tuple(item for item in plan.conflicts if priced.keys().isdisjoint(item.shops)),
    )


def _cost(rollout: Rollout, calendars: Calendars, remodel: Remodel) -> Cost:
    shop = rollout.shop_by_id[remodel.shop]
    days = RemodelDays(
        tuple((phase.first, phase.last) for phase in remodel.phases), remodel.closed_from, remodel.closed_to
    )
    visits = tuple(
        {
            crew: units
            for crew, units in remodel.phases[visit.first].crews.items()
            if rollout.crew_by_id[crew].trade == visit.trade
        }
        for visit in rollout.format_of(shop).visits
    )
    return remodel_cost(rollout, calendars, shop, days, visits)


def _reached(rollout: Rollout, remodels: Iterable[Remodel], item: MilestoneResult) -> MilestoneResult:
    done = [shop.finish for shop in rollout.shops if shop.status is Status.DONE and shop.finish is not None]
    finishes = [*done, *(remodel.finish for remodel in remodels)]
    return replace(item, planned=sum(finish <= item.by for finish in finishes))


def _difference(after: Cost, before: Cost) -> Cost:
    return Cost(
        closure=after.closure - before.closure,
        waiting=after.waiting - before.waiting,
        lateness=after.lateness - before.lateness,
        travel=after.travel - before.travel,
        change=after.change - before.change,
    )
