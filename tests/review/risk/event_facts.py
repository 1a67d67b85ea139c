"""What a rollout says of its shops, crews and days, asked one question at a time, for the play event by event."""

from datetime import date, timedelta
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

import holidays

from planner.domain.plan import Plan, Remodel
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status

DAY = timedelta(days=1)


@lru_cache(maxsize=200)
def holidays_in(country: str, state: str, catholic: bool, year: int) -> frozenset[date]:
    categories = ("public", "catholic") if catholic else ("public",)
    return frozenset(holidays.country_holidays(country, subdiv=state or None, years=year, categories=categories))


class Facts:
    def __init__(self, rollout: Rollout, plan: Plan) -> None:
        self.rollout, self.plan = rollout, plan
        self.today = rollout.today
        self.remodels = {remodel.shop: remodel for remodel in plan.remodels}

    def _shop(self, shop: str) -> Shop:
        return self.rollout.shop_by_id[shop]

    def _format(self, shop: str):
        return self.rollout.format_of(self._shop(shop))

    def _is_given(self, remodel: Remodel) -> bool:
        shop = self._shop(remodel.shop)
        if shop.status is not Status.BACKLOG:
            return True
        published, days = shop.published_start, self.rollout.freeze_days
        return bool(
            days and published and self.today <= published <= self.today + DAY * days and published == remodel.start
        )

    def _works(self, shop: str, day: date) -> bool:
        if day.weekday() not in self.rollout.workdays:
            return False
        if any(item.first <= day <= item.last for item in self.rollout.shutdowns):
            return False
        it = self._shop(shop)
        if not self.rollout.country:
            return True
        return day not in holidays_in(self.rollout.country, it.state, it.catholic, day.year)

    def _lacks_crew(self, crews: dict[str, int], day: date) -> bool:
        for name, units in crews.items():
            crew = self.rollout.crew_by_id[name]
            away = sum(
                crew.units if item.units is None else item.units
                for item in self.rollout.absences
                if item.crew == name and item.first <= day <= item.last
            )
            if min(away, crew.units) > crew.units - units:
                return True
        return False

    def _closed_span(self, shop: str) -> tuple[int, int] | None:
        closed = [n for n, phase in enumerate(self._format(shop).phases) if phase.closed]
        return (closed[0], closed[-1]) if closed else None

    def _closes(self, shop: str, number: int) -> bool:
        span = self._closed_span(shop)
        phases = self.remodels[shop].phases
        return span is not None and number == next(
            (n for n in range(span[0], span[1] + 1) if phases[n].last >= self.today), None
        )

    def _limits(self, shop: str):
        for number, limit in enumerate(self.rollout.limits):
            group = limit.group_of(self._shop(shop))
            if group is not None and limit.max_closed:
                yield number, group, limit.max_closed

    def _run(self, shop: str, numbers, day: date) -> list[date]:
        """The last days of phases that begin on `day` and go as planned."""
        lasts = []
        for place, number in enumerate(numbers):
            phase = self._format(shop).phases[number]
            left = phase.days + (phase.wait_min if place else 0)
            while left:
                if self._works(shop, day):
                    left -= 1
                day += DAY
            lasts.append(day - DAY)
        return lasts

    def _near(self, one: str, other: str) -> bool:
        a, b, within = self._shop(one), self._shop(other), self.rollout.neighbours_km
        if within is None or None in (a.lat, a.lon, b.lat, b.lon):
            return False
        h = sin(radians(b.lat - a.lat) / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * (
            sin(radians(b.lon - a.lon) / 2) ** 2
        )
        return 2 * 6371.0088 * asin(min(1.0, sqrt(h))) <= within + 1e-9
