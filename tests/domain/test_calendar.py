"""Working days, trading days and weeks."""

from datetime import date, timedelta
from typing import Any

import pytest

from planner.domain.calendar import Calendars, ShopCalendar, week_of
from planner.domain.rules import Shutdown
from tests.domain.small import small_rollout, small_shop

UNITY = date(2022, 10, 3)
REFORMATION = date(2022, 10, 31)
ALL_SAINTS = date(2022, 11, 1)
ASSUMPTION = date(2022, 8, 15)
SATURDAY = date(2021, 7, 17)
SUNDAY = date(2021, 7, 18)


def calendar_of(state: str = "BY", catholic: bool = False, **changes: Any) -> ShopCalendar:
    shop = small_shop(state=state, catholic=catholic)
    return Calendars(small_rollout(shop, last=date(2022, 12, 31), **changes)).of(shop)


@pytest.mark.parametrize(
    ("state", "closed"),
    [
        ("BY", {UNITY, ALL_SAINTS}),
        ("SN", {UNITY, REFORMATION}),
        ("NW", {UNITY, ALL_SAINTS}),
        ("", {UNITY}),
    ],
)
def test_each_state_keeps_its_own_holidays(state: str, closed: set[date]) -> None:
    calendar = calendar_of(state)
    days = {UNITY, REFORMATION, ALL_SAINTS, ASSUMPTION}
    assert {day for day in days if not calendar.is_working(day)} == closed
    assert {day for day in days if not calendar.is_trading(day)} == closed


def test_only_catholic_municipalities_keep_catholic_holidays() -> None:
    assert calendar_of("BY").is_working(ASSUMPTION)
    assert not calendar_of("BY", catholic=True).is_working(ASSUMPTION)


def test_without_a_country_there_are_no_holidays() -> None:
    assert calendar_of("BY", country="").is_working(UNITY)


def test_nobody_works_in_a_shutdown_but_shops_trade() -> None:
    first, last = date(2021, 7, 20), date(2021, 7, 22)
    calendar = calendar_of(shutdowns=(Shutdown(name="Break", first=first, last=last),))
    days = [first + timedelta(days=offset) for offset in range(-1, 4)]
    assert [calendar.is_working(day) for day in days] == [True, False, False, False, True]
    assert all(calendar.is_trading(day) for day in days)


def test_workdays_may_include_saturday() -> None:
    assert not calendar_of().is_working(SATURDAY)
    six_days = calendar_of(workdays=frozenset(range(6)))
    assert six_days.is_working(SATURDAY)
    assert not six_days.is_working(SUNDAY)


def test_shops_trade_from_monday_to_saturday_whatever_the_workdays() -> None:
    calendar = calendar_of(workdays=frozenset({0}))
    assert calendar.is_trading(SATURDAY)
    assert not calendar.is_trading(SUNDAY)


def test_position_from_a_day_off_is_that_of_the_next_working_day() -> None:
    calendar = calendar_of()
    monday = date(2021, 7, 19)
    assert calendar.position_from(SATURDAY) == calendar.position_from(monday)
    assert calendar.working_days[calendar.position_from(SATURDAY)] == monday.toordinal()


def test_a_week_runs_from_monday_to_sunday_across_a_year_end() -> None:
    monday = date(2021, 12, 27)
    weeks = [week_of(monday + timedelta(days=offset)) for offset in range(-1, 8)]
    week = weeks[1]
    assert weeks == [week - 1, *[week] * 7, week + 1]
