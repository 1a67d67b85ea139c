"""Days as numbers: day 0 is today. Calendars and daily sales as arrays that options are cut from."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from planner.domain.calendar import Calendars, ShopCalendar
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.scheduling.timelines import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class CalendarDays:
    """A calendar over the days of a plan.

    `working` are the days after today that are working days, in order (days before today are negative and left
    out); `is_working` and `is_trading` have one entry a day; `sales` are prefix sums of the part of a week's sales
    that falls on each day, so that days a to b sell `sales[b + 1] - sales[a]`.
    """

    working: IntArray
    is_working: BoolArray
    is_trading: BoolArray
    sales: FloatArray


class DayAxis:
    """The days from today to the last day any remodel of the rollout can reach."""

    def __init__(self, rollout: Rollout, calendars: Calendars, last: date) -> None:
        self.rollout = rollout
        self.calendars = calendars
        self.today = rollout.today
        self.count = (max(last, rollout.last) - rollout.today).days + 1
        self.horizon = (rollout.last - rollout.today).days
        self._days: dict[tuple[str, bool], CalendarDays] = {}

    def number(self, day: date) -> int:
        """Days from today to `day`."""
        return (day - self.today).days

    def day(self, number: int) -> date:
        """The day that is `number` days after today."""
        return self.today + timedelta(days=int(number))

    def clip(self, day: date | None, default: int) -> int:
        """The number of `day` moved into the axis; `default` where it is None."""
        return default if day is None else min(max(self.number(day), 0), self.count)

    @cached_property
    def week(self) -> IntArray:
        """The ISO week of each day; this week is 0."""
        monday_offset = self.today.weekday()
        return (np.arange(self.count, dtype=np.int64) + monday_offset) // 7

    def week_of_days(self, days: IntArray) -> IntArray:
        """The ISO week of any day numbers; this week is 0, those before are negative."""
        return (days + self.today.weekday()) // 7

    def days_of(self, shop: Shop) -> CalendarDays:
        """The calendar of `shop` as arrays."""
        key = (shop.state, shop.catholic)
        if key not in self._days:
            self._days[key] = self._build(self.calendars.of(shop))
        return self._days[key]

    @property
    def calendars_in_use(self) -> list[CalendarDays]:
        """The calendars asked for so far."""
        return list(self._days.values())

    def _build(self, calendar: ShopCalendar) -> CalendarDays:
        ordinals = np.asarray(calendar.working_days, dtype=np.int64) - self.today.toordinal()
        working = ordinals[(ordinals >= 0) & (ordinals < self.count)]
        is_working = np.zeros(self.count, bool)
        is_working[working] = True
        days = [self.day(number) for number in range(self.count)]
        is_trading = np.array([calendar.is_trading(day) for day in days], bool)
        weights = calendar.weights_from_today(self.rollout.costs)[: self.count]
        sales = np.concatenate([[0.0], np.cumsum(weights)])
        return CalendarDays(working, is_working, is_trading, sales)


def range_sum(prefix: FloatArray, first: IntArray, last: IntArray) -> FloatArray:
    """Sums over day ranges, both ends included, days before today left out; 0 where `last < first`."""
    begin = np.clip(first, 0, len(prefix) - 1)
    end = np.clip(last + 1, 0, len(prefix) - 1)
    result: FloatArray = prefix[np.maximum(end, begin)] - prefix[begin]
    return result
