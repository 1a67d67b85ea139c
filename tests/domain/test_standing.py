"""The days of a remodel from its start, and of one that stands already."""

from datetime import date
from typing import Any

import pytest

from planner.domain.calendar import Calendars
from planner.domain.shop import Status
from planner.domain.shop_format import Phase, ShopFormat
from planner.domain.standing import RemodelDays, days_from, standing_days
from tests.domain.small import small_rollout, small_shop

SURVEY_AND_BUILD = ShopFormat(
    name="M",
    phases=(
        Phase(name="Survey", days=1, closed=False),
        Phase(name="Build", days=3, wait_min=2, wait_max=4),
    ),
)


def july(day: int) -> date:
    """A day of July 2021: the 12th and the 19th are Mondays, the 13th is today."""
    return date(2021, 7, day)


def from_start(shop_format: ShopFormat, start: date, waits: tuple[int, ...] | None = None) -> RemodelDays | None:
    shop = small_shop()
    return days_from(shop_format, Calendars(small_rollout(shop)).of(shop), start, waits)


def standing(**fields: Any) -> RemodelDays:
    shop = small_shop(status=Status.IN_PROGRESS, **fields)
    rollout = small_rollout(shop, formats=(SURVEY_AND_BUILD,))
    days = standing_days(rollout, Calendars(rollout), shop)
    assert days is not None
    return days


def test_phases_take_working_days_and_wait_their_least() -> None:
    days = from_start(SURVEY_AND_BUILD, july(13))
    # Surveyed on Tuesday; Wednesday and Thursday pass; built on Friday, Monday and Tuesday.
    assert days == RemodelDays(((july(13), july(13)), (july(16), july(20))), july(16), july(20))


def test_waits_may_be_given() -> None:
    days = from_start(SURVEY_AND_BUILD, july(13), (9, 4))
    # Wednesday, Thursday, Friday and Monday pass; the wait before the first phase means nothing.
    assert days is not None
    assert days.phases == ((july(13), july(13)), (july(20), july(22)))


def test_no_days_where_the_calendar_ends() -> None:
    assert from_start(SURVEY_AND_BUILD, date(2023, 12, 28)) is None


def test_the_closed_period_covers_an_open_phase_in_the_middle() -> None:
    names = [("Survey", False), ("Strip", True), ("Measure", False), ("Fit", True), ("Photos", False)]
    shop_format = ShopFormat(name="M", phases=tuple(Phase(name=name, days=1, closed=closed) for name, closed in names))
    days = from_start(shop_format, july(12))
    assert days is not None
    assert (days.start, days.closed_from, days.closed_to, days.finish) == (july(12), july(13), july(15), july(16))


def test_a_format_without_a_closed_phase_closes_nothing() -> None:
    shop_format = ShopFormat(name="M", phases=(Phase(name="Paint", days=2, closed=False),))
    assert from_start(shop_format, july(13)) == RemodelDays(((july(13), july(14)),), None, None)


def test_in_progress_from_a_day_off_counts_from_the_next_working_day() -> None:
    assert standing(start=july(10)) == standing(start=july(12))
    assert standing(start=july(10)).start == july(12)


@pytest.mark.parametrize(
    ("finish", "last"),
    [
        (None, july(19)),
        (july(14), july(19)),
        # A Sunday: the last phase goes on until then, working day or not.
        (july(25), july(25)),
    ],
)
def test_a_later_expected_finish_extends_the_last_phase(finish: date | None, last: date) -> None:
    # Surveyed on Monday 12; built from Thursday 15 to Monday 19 by the phases.
    days = standing(start=july(12), finish=finish)
    assert days == RemodelDays(((july(12), july(12)), (july(15), last)), july(15), last)


def test_a_remodel_over_before_today_finishes_today() -> None:
    # Surveyed on Thursday 1; built from Tuesday 6 to Thursday 8.
    days = standing(start=july(1), finish=july(9))
    assert days == RemodelDays(((july(1), july(1)), (july(6), july(13))), july(6), july(13))


def test_a_fixed_remodel_is_not_extended() -> None:
    shop = small_shop(status=Status.FIXED, start=july(13), finish=july(30))
    rollout = small_rollout(shop, formats=(SURVEY_AND_BUILD,))
    assert standing_days(rollout, Calendars(rollout), shop) == from_start(SURVEY_AND_BUILD, july(13))
