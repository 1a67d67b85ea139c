"""A rollout as general solvers see it: steps of time that are working days, and pools of crews as resources."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from itertools import accumulate, pairwise

from planner.domain.calendar import Calendars
from planner.domain.costs import (
    cents,
    closure_share,
    days_between,
    lateness_cost,
    remodel_cost,
    unplanned_cost,
    waiting_share,
)
from planner.domain.plan import Cost, Plan, PlannedPhase, PlanStatus, Remodel, RemodelStatus, Unplanned
from planner.domain.rollout import Objective, Rollout
from planner.domain.shop import Shop, Status
from planner.domain.standing import RemodelDays, days_from

PoolKey = tuple[str, str]


class CannotExpressError(Exception):
    """The rollout has something that the general models of these benchmarks do not have."""


class Pools:
    """The steps, pools and costs of a rollout that has one calendar, fixed waits and a pool a trade and region.

    A step is the position of a working day, today's or the first one after it being 0. Raises CannotExpressError.
    """

    def __init__(self, rollout: Rollout) -> None:
        _check(rollout)
        self.rollout = rollout
        self.shops = rollout.shops
        self._calendars = Calendars(rollout)
        self._calendar = self._calendars.of(rollout.shops[0])
        first = self._calendar.position_from(rollout.today)
        after = bisect_right(self._calendar.working_days, rollout.last.toordinal())
        self.days = [date.fromordinal(ordinal) for ordinal in self._calendar.working_days[first:after]]
        self._regions = {(crew.trade, region): crew for crew in rollout.crews for region in crew.regions or ("",)}

    @property
    def steps(self) -> int:
        """How many working days there are."""
        return len(self.days)

    @property
    def units(self) -> dict[str, int]:
        """The units of each pool, by the crew's id."""
        return {crew.id: crew.units for crew in self.rollout.crews}

    def pool(self, shop: Shop, trade: str) -> str:
        """The id of the pool that serves `shop` in `trade`."""
        crew = self._regions.get((trade, shop.region)) or self._regions.get((trade, ""))
        if crew is None:
            raise CannotExpressError(f"no {trade} serves region {shop.region}")
        return crew.id

    def offsets(self, shop: Shop) -> list[int]:
        """The first step of each phase, counted from the start."""
        phases = self.rollout.format_of(shop).phases
        lengths = [phase.days + after.wait_min for phase, after in pairwise(phases)]
        return list(accumulate(lengths, initial=0))

    def length(self, shop: Shop) -> int:
        """The steps from the start to the finish, both included."""
        return self.offsets(shop)[-1] + self.rollout.format_of(shop).phases[-1].days

    def step_of(self, day: date) -> int:
        """The step of the first working day on or after `day`."""
        return bisect_left(self.days, day)

    def earliest_closed(self, shop: Shop) -> int:
        """The first step on which `shop` may be closed."""
        return 0 if shop.ready_from is None else self.step_of(shop.ready_from)

    @cached_property
    def dark(self) -> list[tuple[int, int]]:
        """The steps of each blackout, the second one not included."""
        windows = [(self.step_of(item.first), bisect_right(self.days, item.last)) for item in self.rollout.blackouts]
        return [(first, last) for first, last in windows if first < last]

    def starts(self, shop: Shop) -> list[int]:
        """Every step on which `shop` can start: it ends within the horizon, is ready and not closed in a blackout."""
        offsets = self.offsets(shop)
        phases = self.rollout.format_of(shop).phases
        span = self.rollout.format_of(shop).closed_phases
        possible = range(self.steps - self.length(shop) + 1)
        if span is None:
            return list(possible)
        closed, reopened = offsets[span[0]], offsets[span[1]] + phases[span[1]].days
        return [
            start
            for start in possible
            if start + closed >= self.earliest_closed(shop)
            and all(start + reopened <= first or start + closed >= after for first, after in self.dark)
        ]

    @cached_property
    def _weights(self) -> list[float]:
        """The parts of normal weeks' sales that fall on all days before each calendar day of the horizon."""
        days = days_between(self.rollout.today, self.rollout.last)
        return list(accumulate((self._calendar.trading_weight(self.rollout.costs, day) for day in days), initial=0.0))

    def _weight(self, first: date, last: date) -> float:
        number = self.rollout.today.toordinal()
        return self._weights[last.toordinal() - number + 1] - self._weights[first.toordinal() - number]

    def waiting_cents_a_step(self, shop: Shop) -> float:
        """What a working day more of waiting costs on average."""
        share = shop.weekly_revenue * waiting_share(self.rollout.costs)
        return 100 * share * self._weight(self.rollout.today, self.rollout.last) / self.steps

    def lateness_cents_a_step(self) -> float:
        """What a working day more of lateness costs on average."""
        calendar_days = (self.rollout.last - self.rollout.today).days + 1
        return 100 * self.rollout.costs.late_day * calendar_days / self.steps

    def cost_cents(self, shop: Shop, start: int) -> int:
        """What `shop` costs if it starts on step `start`."""
        costs, rollout = self.rollout.costs, self.rollout
        offsets = self.offsets(shop)
        phases = rollout.format_of(shop).phases
        finish = self.days[start + self.length(shop) - 1]
        waiting = shop.weekly_revenue * waiting_share(costs) * self._weight(rollout.today, finish)
        span = rollout.format_of(shop).closed_phases
        closure = 0.0
        if span is not None:
            first = self.days[start + offsets[span[0]]]
            last = self.days[start + offsets[span[1]] + phases[span[1]].days - 1]
            closure = shop.weekly_revenue * closure_share(costs) * self._weight(first, last)
        return cents(waiting) + cents(closure) + lateness_cost(rollout, shop, finish)

    def plan(self, starts: Mapping[str, int]) -> Plan:
        """The plan in which the shops in `starts` start on those steps, and the others have no date."""
        remodels = tuple(self._remodel(shop, starts[shop.id]) for shop in self.shops if shop.id in starts)
        undated = [shop for shop in self.shops if shop.id not in starts]
        cost = sum((remodel.cost for remodel in remodels), Cost())
        cost = sum((unplanned_cost(self.rollout, self._calendars, shop) for shop in undated), cost)
        is_money = self.rollout.objective is Objective.COST
        last = max(((remodel.finish - self.rollout.today).days for remodel in remodels), default=0)
        return Plan(
            rollout=self.rollout.name,
            scenario=None,
            today=self.rollout.today,
            status=PlanStatus.FEASIBLE,
            shortfall=0,
            unplanned_priority=sum(shop.priority for shop in undated),
            cost=cost,
            total=cost.total,
            bound=None,
            gap=None,
            solve=None,
            last_finish_day=None if is_money else last,
            remodels=remodels,
            unplanned=tuple(Unplanned(shop=shop.id, reason="the solver gave it no date") for shop in undated),
        )

    def _remodel(self, shop: Shop, start: int) -> Remodel:
        shop_format = self.rollout.format_of(shop)
        days = days_from(shop_format, self._calendar, self.days[start])
        if days is None:
            raise ValueError(f"shop {shop.id} starts too late on step {start}")
        sent = tuple({self.pool(shop, need.trade): need.units} for need in shop_format.visits)
        return Remodel(
            shop=shop.id,
            status=RemodelStatus.PLANNED,
            start=days.start,
            finish=days.finish,
            closed_from=days.closed_from,
            closed_to=days.closed_to,
            phases=self._phases(shop, days),
            cost=remodel_cost(self.rollout, self._calendars, shop, days, sent),
        )

    def _phases(self, shop: Shop, days: RemodelDays) -> tuple[PlannedPhase, ...]:
        phases = self.rollout.format_of(shop).phases
        return tuple(
            PlannedPhase(
                name=phase.name,
                first=first,
                last=last,
                crews={self.pool(shop, trade): units for trade, units in phase.crews.items()},
            )
            for phase, (first, last) in zip(phases, days.phases, strict=True)
        )


def _check(rollout: Rollout) -> None:
    """Raise CannotExpressError where `rollout` has more than the common rules."""
    rules = (rollout.limits, rollout.supplies, rollout.milestones, rollout.absences, rollout.campaigns)
    if any(rules) or rollout.neighbours_km is not None or rollout.partner_target is not None:
        raise CannotExpressError("it has limits, kits, milestones, absences, campaigns, neighbours or partner targets")
    if any(item.scope.values for item in rollout.blackouts):
        raise CannotExpressError("a blackout is not for every shop")
    if any(shop.status is not Status.BACKLOG or shop.published_start for shop in rollout.shops):
        raise CannotExpressError("shops have dates already")
    if len({(shop.state, shop.catholic) for shop in rollout.shops}) != 1:
        raise CannotExpressError("shops do not share one calendar, or there are none")
    phases = [phase for item in rollout.formats for phase in item.phases[1:]]
    if any(phase.wait_min != phase.wait_max for phase in phases):
        raise CannotExpressError("waits between phases can be chosen")
    for shop_format in rollout.formats:
        for need in shop_format.visits:
            if any(phase.wait_min for phase in shop_format.phases[need.first + 1 : need.last + 1]):
                raise CannotExpressError("a visit has waiting days in it")
    for crew in rollout.crews:
        if crew.first or crew.last or crew.max_km is not None or (rollout.costs.km and crew.lat is not None):
            raise CannotExpressError(f"crew {crew.id} is there for a time, travels, or has a reach")
    served = [(crew.trade, region) for crew in rollout.crews for region in crew.regions or ("",)]
    if len(served) != len(set(served)):
        raise CannotExpressError("a region has several pools of a trade")
