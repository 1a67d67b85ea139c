"""What given dates use up, so that no two of a generated rollout conflict."""

from collections import defaultdict
from datetime import date
from itertools import accumulate
from math import floor

import numpy as np
import numpy.typing as npt

from planner.domain.calendar import Calendars, week_of
from planner.domain.costs import partner_loss_limits, partner_loss_share
from planner.domain.crew import Crew
from planner.domain.geography import is_within
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.domain.shop_format import VisitNeed
from planner.domain.standing import RemodelDays, standing_days
from planner.domain.supply import available

NO_LIMIT = 1_000_000
LOSS_LEFT = 0.6
"""Given dates use at most this part of what closures may cost a partner, so that its other shops have some left."""
DEGREES_A_KM = 1 / 50
"""More than a kilometre is in degrees, anywhere in Germany."""

Capacity = npt.NDArray[np.int64]
Use = tuple[Capacity, slice, int]


class Ledger:
    """The capacity left of crews, limits and stock, and where shops are closed, day by day from today on.

    It is stricter than the rules in one point: a crew that is away on any day of a visit does not serve it.
    """

    def __init__(self, rollout: Rollout) -> None:
        self._rollout = rollout
        self.calendars = Calendars(rollout)
        self._days = (rollout.last - rollout.today).days + 1
        self._units = self._free_units()
        self._crews: dict[tuple[str, str], list[Crew]] = defaultdict(list)
        for crew in rollout.crews:
            for region in crew.regions or ("",):
                self._crews[crew.trade, region].append(crew)
        self._limits: dict[tuple[object, ...], Capacity] = {}
        days = [date.fromordinal(rollout.today.toordinal() + number) for number in range(self._days)]
        self._stock = [
            np.array([available(supply, rollout.today, day) for day in days], dtype=np.int64)
            for supply in rollout.supplies
        ]
        self._losses = {partner: LOSS_LEFT * most for partner, most in partner_loss_limits(rollout).items()}
        self._weights: dict[tuple[str, bool], list[float]] = {}
        self._closed: dict[tuple[int, int], list[tuple[Shop, RemodelDays]]] = defaultdict(list)

    def place(self, shop: Shop) -> tuple[str, ...] | None:
        """The crews that can serve `shop` on the dates it is given, and these booked; None where it does not fit."""
        days = standing_days(self._rollout, self.calendars, shop)
        if days is None or days.finish > self._rollout.last or self._breaks_a_window(shop, days):
            return None
        loss = self._loss(shop, days)
        if loss > self._losses.get(shop.partner, float("inf")):
            return None
        uses = [*self._limit_uses(shop, days), *self._stock_uses(shop, days)]
        if any(len(array[span]) and array[span].min() < units for array, span, units in uses):
            return None
        crews = self._book_crews(shop, days)
        if crews is None:
            return None
        for array, span, units in uses:
            array[span] -= units
        if shop.partner in self._losses:
            self._losses[shop.partner] -= loss
        if days.closed_from is not None:
            self._closed[self._cell(shop)].append((shop, days))
        return crews

    def _number(self, day: date) -> int:
        return (day - self._rollout.today).days

    def _span(self, first: date, last: date) -> slice:
        return slice(max(0, self._number(first)), max(0, self._number(last) + 1))

    def _free_units(self) -> dict[str, Capacity]:
        free = {}
        for crew in self._rollout.crews:
            units = free[crew.id] = np.zeros(self._days, dtype=np.int64)
            units[self._span(crew.first or self._rollout.today, crew.last or self._rollout.last)] = crew.units
        for absence in self._rollout.absences:
            away = absence.units or self._rollout.crew_by_id[absence.crew].units
            free[absence.crew][self._span(absence.first, absence.last)] -= away
        return free

    def _breaks_a_window(self, shop: Shop, days: RemodelDays) -> bool:
        first, last = days.closed_from, days.closed_to
        if first is None or last is None:
            return False
        is_dark = any(
            item.first <= last and first <= item.last and item.scope.matches(shop) for item in self._rollout.blackouts
        )
        return is_dark or self._has_closed_neighbour(shop, first, last)

    def _cell(self, shop: Shop) -> tuple[int, int]:
        degrees = (self._rollout.neighbours_km or 1.0) * DEGREES_A_KM
        return floor((shop.lat or 0.0) / degrees), floor((shop.lon or 0.0) / degrees)

    def _has_closed_neighbour(self, shop: Shop, first: date, last: date) -> bool:
        most_km = self._rollout.neighbours_km
        if most_km is None:
            return False
        row, column = self._cell(shop)
        cells = ((row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1))
        return any(
            days.closed_from is not None
            and days.closed_to is not None
            and days.closed_from <= last
            and first <= days.closed_to
            and is_within(shop, other, most_km)
            for cell in cells
            for other, days in self._closed.get(cell, ())
        )

    def _loss(self, shop: Shop, days: RemodelDays) -> float:
        """EUR the closure costs the shop's partner in the window of the partner target."""
        target, costs = self._rollout.partner_target, self._rollout.costs
        if target is None or days.closed_from is None or days.closed_to is None:
            return 0.0
        key = (shop.state, shop.catholic)
        if key not in self._weights:
            calendar = self.calendars.of(shop)
            ordinals = range(self._rollout.today.toordinal(), self._rollout.last.toordinal() + 1)
            weights = (calendar.trading_weight(costs, date.fromordinal(ordinal)) for ordinal in ordinals)
            self._weights[key] = list(accumulate(weights, initial=0.0))
        span = self._span(max(days.closed_from, target.first), min(days.closed_to, target.last))
        if span.stop <= span.start:
            return 0.0
        weight: float = self._weights[key][span.stop] - self._weights[key][span.start]
        return shop.weekly_revenue * partner_loss_share(costs) * weight

    def _limit_uses(self, shop: Shop, days: RemodelDays) -> list[Use]:
        uses: list[Use] = []
        for number, limit in enumerate(self._rollout.limits):
            group = limit.group_of(shop)
            if group is None:
                continue
            if limit.max_closed is not None and days.closed_from is not None and days.closed_to is not None:
                free = self._free((number, "closed", group), limit.max_closed)
                first = max(days.closed_from, limit.first or days.closed_from)
                uses.append((free, self._span(first, min(days.closed_to, limit.last or days.closed_to)), 1))
            is_inside = (limit.first or days.start) <= days.start <= (limit.last or days.start)
            if limit.max_starts_per_week is not None and is_inside:
                week = week_of(days.start) - week_of(self._rollout.today)
                if week >= 0:
                    free = self._free((number, "starts", group), limit.max_starts_per_week)
                    uses.append((free, slice(week, week + 1), 1))
        return uses

    def _free(self, key: tuple[object, ...], most: int) -> Capacity:
        if key not in self._limits:
            self._limits[key] = np.full(self._days, most, dtype=np.int64)
        return self._limits[key]

    def _stock_uses(self, shop: Shop, days: RemodelDays) -> list[Use]:
        uses: list[Use] = []
        phases = self._rollout.format_of(shop).phases
        for supply, stock in zip(self._rollout.supplies, self._stock, strict=True):
            for phase, (first, _) in zip(phases, days.phases, strict=True):
                if phase.name == supply.phase and first >= self._rollout.today:
                    uses.append((stock, slice(self._number(first), self._days), supply.needs.get(shop.format, 0)))
        return uses

    def _book_crews(self, shop: Shop, days: RemodelDays) -> tuple[str, ...] | None:
        booked: list[Use] = []
        crews: list[str] = []
        for need in self._rollout.format_of(shop).visits:
            span = self._span(days.phases[need.first][0], days.phases[need.last][1])
            if span.stop == 0:
                continue
            missing = need.units
            for crew in self._candidates(shop, need):
                units = min(missing, int(self._units[crew.id][span].min()))
                if units > 0:
                    booked.append((self._units[crew.id], span, units))
                    self._units[crew.id][span] -= units
                    crews.append(crew.id)
                    missing -= units
                if not missing:
                    break
            if missing:
                for array, used, units in booked:
                    array[used] += units
                return None
        return tuple(dict.fromkeys(crews))

    def _candidates(self, shop: Shop, need: VisitNeed) -> list[Crew]:
        crews = self._crews[need.trade, shop.region] + self._crews[need.trade, ""]
        return [crew for crew in crews if crew.max_km is None or _reaches(crew, shop, crew.max_km)]


def _reaches(crew: Crew, shop: Shop, most_km: float) -> bool:
    if shop.lat is None or crew.lat is None:
        return True
    return is_within(crew, shop, most_km)
