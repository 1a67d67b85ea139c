"""The working and the trading days of shops, looked up one by one (rule 1)."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from math import fsum

from planner.domain.rollout import Rollout
from planner.domain.shop import Shop

ONE_DAY = timedelta(days=1)
SUNDAY = 6
# A search for working days ends here, so that a rollout in which nobody ever works cannot hold it up.
SEARCH_DAYS = 30 * 366


# A date that is used again knows its hash, which most of what is kept by day asks for.
_day = cache(date.fromordinal)


def each_day(first: date, last: date) -> Iterator[date]:
    """Every calendar day from `first` to `last`, both included."""
    return map(_day, range(first.toordinal(), last.toordinal() + 1))


def monday_of(day: date) -> date:
    """The first day of the ISO week."""
    return day - timedelta(days=day.weekday())


@lru_cache(maxsize=512)
def _holidays_in(country: str, state: str, catholic: bool, year: int) -> frozenset[date]:
    if not country:
        return frozenset()
    import holidays  # noqa: PLC0415 - loads every country there is: only where a calendar is made

    source = holidays.country_holidays(country, subdiv=state or None, years=year)
    days = set(source)
    if catholic and "catholic" in source.supported_categories:
        days |= set(holidays.country_holidays(country, subdiv=state or None, years=year, categories=("catholic",)))
    return frozenset(days)


class ShopDays:
    """The days that all shops of a state (and its Catholic part) share."""

    def __init__(self, rollout: Rollout, state: str, catholic: bool) -> None:
        self._rollout = rollout
        self._state = state
        self._catholic = catholic
        self._working: dict[date, bool] = {}
        self._weights: list[float] = []
        self._worked: list[int] = [0]

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is a public holiday here."""
        return day in _holidays_in(self._rollout.country, self._state, self._catholic, day.year)

    def is_working(self, day: date) -> bool:
        """Whether work can be done: a workday, no public holiday, in no shutdown."""
        if day not in self._working:
            self._working[day] = (
                day.weekday() in self._rollout.workdays
                and not self.is_holiday(day)
                and not any(shutdown.first <= day <= shutdown.last for shutdown in self._rollout.shutdowns)
            )
        return self._working[day]

    def is_trading(self, day: date) -> bool:
        """Whether an open shop would sell: Monday to Saturday, no public holiday."""
        return day.weekday() != SUNDAY and not self.is_holiday(day)

    def working_between(self, first: date, last: date) -> int:
        """How many working days there are from `first` to `last`, both included."""
        today = self._rollout.today
        if first < today or last < first:
            return sum(map(self.is_working, each_day(first, last)))
        while len(self._worked) <= (last - today).days + 1:
            self._worked.append(self._worked[-1] + self.is_working(today + timedelta(days=len(self._worked) - 1)))
        return self._worked[(last - today).days + 1] - self._worked[(first - today).days]

    def working_from(self, first: date) -> Iterator[date]:
        """The working days from `first` on, in order."""
        last = min(first.toordinal() + SEARCH_DAYS, date.max.toordinal())
        return (day for day in each_day(first, date.fromordinal(last)) if self.is_working(day))

    def sales_share(self, first: date, last: date) -> float:
        """What part of a normal week's sales falls on the days from `first` (today or later) to `last`."""
        today = self._rollout.today
        while len(self._weights) <= (last - today).days:
            self._weights.append(self._weight(today + timedelta(days=len(self._weights))))
        return fsum(self._weights[(first - today).days : max(0, (last - today).days + 1)])

    def _weight(self, day: date) -> float:
        costs = self._rollout.costs
        return costs.season.get(day.month, 1.0) * costs.footfall / 6 if self.is_trading(day) else 0.0


class Days:
    """The days of each shop of a rollout."""

    def __init__(self, rollout: Rollout) -> None:
        self._rollout = rollout
        self._shared: dict[tuple[str, bool], ShopDays] = {}

    def of(self, shop: Shop) -> ShopDays:
        """The days of `shop`."""
        key = (shop.state, shop.catholic)
        if key not in self._shared:
            self._shared[key] = ShopDays(self._rollout, *key)
        return self._shared[key]
