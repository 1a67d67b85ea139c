"""The days of a shop: working days (rule 1) and trading days."""

from bisect import bisect_left
from datetime import date, timedelta
from functools import cached_property, lru_cache

from planner.domain.rollout import Rollout
from planner.domain.rules import Costs
from planner.domain.shop import Shop

CATHOLIC = "catholic"
SATURDAY = 5
YEARS_AROUND = 2
ONE_DAY = timedelta(days=1)
TRADING_DAYS_A_WEEK = 6


def week_of(day: date) -> int:
    """A number that is the same on all days of an ISO week and grows by one a week."""
    return (day.toordinal() - 1) // 7


@lru_cache(maxsize=256)
def public_holidays(country: str, state: str, catholic: bool, years: tuple[int, ...]) -> frozenset[date]:
    """The public holidays of a state (empty: the national ones) in `years`, none for an empty country.

    Source: the `holidays` package; with `catholic`, also those of its catholic category where the country has it.
    """
    if not country:
        return frozenset()
    import holidays  # noqa: PLC0415 - loads every country there is: only where a calendar is made

    categories = {"public"}
    if catholic and CATHOLIC in holidays.country_holidays(country).supported_categories:
        categories.add(CATHOLIC)
    days = holidays.country_holidays(
        country, subdiv=state or None, years=years, categories=tuple(sorted(categories)), observed=True
    )
    return frozenset(days)


class ShopCalendar:
    """The working and the trading days that all shops of a state (and its Catholic part) share.

    Covers `first` to `last`, two years around the horizon at the least; days outside count as neither.
    """

    def __init__(self, rollout: Rollout, state: str, catholic: bool, first: date, last: date) -> None:
        self.first = first
        self.last = last
        self._rollout = rollout
        years = tuple(range(first.year, last.year + 1))
        self._holidays = public_holidays(rollout.country, state, catholic, years)
        self._weights: tuple[Costs, list[float]] | None = None

    @cached_property
    def working_days(self) -> list[int]:
        """The ordinals of all working days, in order."""
        closed = {
            ordinal
            for shutdown in self._rollout.shutdowns
            for ordinal in range(
                max(shutdown.first, self.first).toordinal(), min(shutdown.last, self.last).toordinal() + 1
            )
        }
        closed.update(day.toordinal() for day in self._holidays)
        workdays = self._rollout.workdays
        return [
            ordinal
            for ordinal in range(self.first.toordinal(), self.last.toordinal() + 1)
            if (ordinal + 6) % 7 in workdays and ordinal not in closed
        ]

    @cached_property
    def _working_set(self) -> frozenset[int]:
        return frozenset(self.working_days)

    def is_working(self, day: date) -> bool:
        """Whether crews can work in the shop on `day`."""
        return day.toordinal() in self._working_set

    def is_trading(self, day: date) -> bool:
        """Whether the shop would be selling on `day`: Monday to Saturday and no public holiday."""
        return day.weekday() <= SATURDAY and day not in self._holidays

    def trading_weight(self, costs: Costs, day: date) -> float:
        """The part of a normal week's sales that falls on `day`: season and footfall included, 0 when not trading."""
        if not self.is_trading(day):
            return 0.0
        return costs.season.get(day.month, 1.0) * costs.footfall / TRADING_DAYS_A_WEEK

    def weights_from_today(self, costs: Costs) -> list[float]:
        """The trading weight of each day from the planning date to `last`; worked out once for the same `costs`."""
        if self._weights is None or self._weights[0] is not costs:
            first, last = self._rollout.today.toordinal(), self.last.toordinal()
            weights = [self.trading_weight(costs, date.fromordinal(day)) for day in range(first, last + 1)]
            self._weights = costs, weights
        return self._weights[1]

    def reopening_after(self, day: date) -> date:
        """The first trading day after `day`, the last that a shop is closed on."""
        day += ONE_DAY
        while not self.is_trading(day):
            day += ONE_DAY
        return day

    def position_from(self, day: date) -> int:
        """The position in `working_days` of the first working day on or after `day`."""
        return bisect_left(self.working_days, day.toordinal())


class Calendars:
    """The calendars of a rollout's shops, one for each state and Catholic part, made when first asked for."""

    def __init__(self, rollout: Rollout) -> None:
        days = [rollout.today, rollout.last]
        for shop in rollout.shops:
            days += [day for day in (shop.start, shop.finish, shop.published_start) if day is not None]
        self.first = date(max(1, min(days).year - 1), 1, 1)
        self.last = date(min(9999, max(days).year + YEARS_AROUND), 12, 31)
        self._rollout = rollout
        self._calendars: dict[tuple[str, bool], ShopCalendar] = {}

    def of(self, shop: Shop) -> ShopCalendar:
        """The calendar of `shop`."""
        key = (shop.state, shop.catholic)
        if key not in self._calendars:
            self._calendars[key] = ShopCalendar(self._rollout, *key, self.first, self.last)
        return self._calendars[key]
