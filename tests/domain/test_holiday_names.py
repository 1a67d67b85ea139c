"""Holidays by name, and who keeps them."""

from datetime import date

from planner.domain.calendar import public_holidays
from planner.domain.holiday_names import HolidayKind, holidays_by_day
from planner.wording.language import Language
from tests.domain.small import small_rollout, small_shop

SHOPS = (
    small_shop("S1", state="BY", catholic=True),
    small_shop("S2", state="BY"),
    small_shop("S3", state="BE"),
)
ROLLOUT = small_rollout(*SHOPS)
YEARS = (2021,)


def test_public_holidays_are_those_that_plans_keep() -> None:
    named = holidays_by_day(ROLLOUT, SHOPS, HolidayKind.PUBLIC, YEARS, Language.ENGLISH)
    kept = set[date]()
    for shop in SHOPS:
        kept |= public_holidays("DE", shop.state, shop.catholic, YEARS)
    assert set(named) == kept


def test_where_a_holiday_is_kept() -> None:
    named = holidays_by_day(ROLLOUT, SHOPS, HolidayKind.PUBLIC, YEARS, Language.GERMAN)
    (christmas,) = named[date(2021, 12, 25)]
    assert (christmas.name, christmas.is_everywhere, christmas.is_partial) == ("Erster Weihnachtstag", True, False)
    (all_saints,) = named[date(2021, 11, 1)]
    assert (all_saints.states, all_saints.is_everywhere, all_saints.is_partial) == (("BY",), False, False)
    (assumption,) = named[date(2021, 8, 15)]
    assert (assumption.states, assumption.is_everywhere, assumption.is_partial) == (("BY",), False, True)
    in_catholic_places = holidays_by_day(ROLLOUT, SHOPS[:1], HolidayKind.PUBLIC, YEARS, Language.GERMAN)
    assert in_catholic_places[date(2021, 8, 15)][0].is_everywhere


def test_school_holidays() -> None:
    named = holidays_by_day(ROLLOUT, SHOPS, HolidayKind.SCHOOL, YEARS, Language.ENGLISH)
    (summer,) = named[date(2021, 9, 10)]
    assert summer.states == ("BY",)
    assert {state for item in named[date(2021, 8, 3)] for state in item.states} == {"BE", "BY"}


def test_no_country_and_one_without_school_holidays_or_translations() -> None:
    nowhere = small_rollout(small_shop(), country="")
    french = small_rollout(small_shop(), country="JE")
    for rollout in (nowhere, french):
        assert holidays_by_day(rollout, rollout.shops, HolidayKind.SCHOOL, YEARS, Language.GERMAN) == {}
    assert holidays_by_day(nowhere, nowhere.shops, HolidayKind.PUBLIC, YEARS, Language.GERMAN) == {}
    christmas = holidays_by_day(french, french.shops, HolidayKind.PUBLIC, YEARS, Language.GERMAN)[date(2021, 12, 25)]
    assert christmas[0].is_everywhere
