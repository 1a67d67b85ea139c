"""The days behind the bars: weekends, the state's holidays, shutdowns and blackouts."""

from enum import IntEnum

from planner.domain.calendar import Calendars
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.ui.schedule.timescale import Timescale


class Day(IntEnum):
    """What kind of day it is; of several, the first that holds counts."""

    WORK = 0
    WEEKEND = 1
    HOLIDAY = 2
    BLACKOUT = 3
    SHUTDOWN = 4


SYMBOLS = {Day.WORK: " ", Day.WEEKEND: "░", Day.HOLIDAY: "▒", Day.BLACKOUT: "╱", Day.SHUTDOWN: "╳"}
NOT_WORKED = (Day.WEEKEND, Day.HOLIDAY, Day.SHUTDOWN)


class Shading:
    """The kind of day in each column, for each calendar and set of blackouts that shops have."""

    def __init__(self, rollout: Rollout, calendars: Calendars, timescale: Timescale) -> None:
        self._rollout = rollout
        self._calendars = calendars
        self._timescale = timescale
        self._kinds: dict[tuple[object, ...], list[Day]] = {}
        self._keys: dict[str, tuple[object, ...]] = {}

    def is_for(self, rollout: Rollout) -> bool:
        """Whether it is made from this very rollout."""
        return rollout is self._rollout

    def of(self, shop: Shop) -> list[Day]:
        """The kind of day in each column, for a shop."""
        key = self._keys.get(shop.id)
        if key is None:
            blackouts = tuple(number for number, item in enumerate(self._rollout.blackouts) if item.scope.matches(shop))
            key = self._keys[shop.id] = (shop.state, shop.catholic, blackouts)
        if key not in self._kinds:
            self._kinds[key] = self._columns(self._days(shop))
        return self._kinds[key]

    def _days(self, shop: Shop) -> list[Day]:
        first, last = self._timescale.first, self._timescale.last + 7
        kinds = [self._weekday(day) for day in range(first, last + 1)]
        working = {day for day in self._calendars.of(shop).working_days if first <= day <= last}
        for place, day in enumerate(range(first, last + 1)):
            if kinds[place] is Day.WORK and day not in working:
                kinds[place] = Day.HOLIDAY
        for blackout in self._rollout.blackouts:
            if blackout.scope.matches(shop):
                for day in range(max(first, blackout.first.toordinal()), min(last, blackout.last.toordinal()) + 1):
                    if kinds[day - first] is Day.WORK:
                        kinds[day - first] = Day.BLACKOUT
        for shutdown in self._rollout.shutdowns:
            for day in range(max(first, shutdown.first.toordinal()), min(last, shutdown.last.toordinal()) + 1):
                kinds[day - first] = Day.SHUTDOWN
        return kinds

    def _weekday(self, day: int) -> Day:
        return Day.WORK if (day + 6) % 7 in self._rollout.workdays else Day.WEEKEND

    def _columns(self, days: list[Day]) -> list[Day]:
        """A column of several days is blacked out or shut down where most of the days worked otherwise are."""
        timescale = self._timescale
        columns = []
        for column in range(timescale.width):
            first, last = timescale.days_of(column)
            here = days[first - timescale.first : last - timescale.first + 1]
            columns.append(here[0] if timescale.days == 1 else _most(here))
        return columns


def _most(days: list[Day]) -> Day:
    worked = [day for day in days if day not in (Day.WEEKEND, Day.HOLIDAY)]
    if not worked:
        return Day.WORK
    return max(sorted(set(worked)), key=worked.count)
