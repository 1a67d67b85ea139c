"""Numbers and dates: what is allowed, and the sentences that say what was found instead."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isfinite

from planner.exchange.text import quoted
from planner.wording.translation import gettext

FIRST_YEAR = 1970
LAST_YEAR = 2200

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ISO_DATE_WITH_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ].*")
GERMAN_DATE = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2})")
NUMBER = re.compile(r"[+-]?([0-9]{1,18}(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?")
WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
COMMA_NUMBER = re.compile(r"[+-]?[0-9]+([. ][0-9]{3})*,[0-9]+")
ENGLISH_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+")
MAX_NUMBER_LENGTH = 40


class BadValue(ValueError):  # noqa: N818 - not an error of the program: its text says what is wrong with an input
    """A value that is not allowed; the text says what was found and what to write."""


def plain(number: float) -> str:
    """A number as people write it: no exponent, no needless decimals."""
    return str(int(number)) if abs(number) < 1e15 and number == int(number) else repr(float(number))


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest number allowed, both included."""

    low: float
    high: float

    def check(self, number: float) -> None:
        """Raise `BadValue` where `number` is not finite or out of bounds."""
        if isinstance(number, float) and not isfinite(number):
            raise BadValue(gettext("must be a finite number, but is {number}").format(number=number))
        if number < self.low:
            text = gettext("must be {low} or more, but is {number}")
            raise BadValue(text.format(low=plain(self.low), number=self._show(number)))
        if number > self.high:
            text = gettext("must be {high} or less, but is {number}")
            raise BadValue(text.format(high=plain(self.high), number=self._show(number)))

    @staticmethod
    def _show(number: float) -> str:
        # Beyond this, Python refuses to write out an integer, or to make a float of it.
        return plain(number) if abs(number) < 1e300 else gettext("far beyond that")


RATE = Bounds(0, 1)
FACTOR = Bounds(0, 100)
COUNT = Bounds(0, 1_000_000)
UNITS = Bounds(1, 100_000)
PHASE_DAYS = Bounds(1, 1000)
WAIT_DAYS = Bounds(0, 3660)
EUR = Bounds(0, 1e12)
KM = Bounds(0, 20_040)  # half way round the earth


def check_year(day: date) -> date:
    """Return `day`, or raise `BadValue` where its year is surely a slip of the pen."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        text = gettext("the year of {day} must be from {first} to {last}")
        raise BadValue(text.format(day=day, first=FIRST_YEAR, last=LAST_YEAR))
    return day


@lru_cache(maxsize=20_000)
def parse_day(text: str) -> date:
    """The date that `text` writes in ISO form, or `BadValue`."""
    stripped = text.strip()
    if ISO_DATE.fullmatch(stripped):
        try:
            day = date.fromisoformat(stripped)
        except ValueError:
            raise BadValue(gettext("there is no such day as {day}").format(day=stripped)) from None
        return check_year(day)
    meant = iso_form(stripped)
    if meant:
        raise BadValue(gettext("{text} is not an ISO date; write {meant}").format(text=quoted(text), meant=meant))
    if GERMAN_DATE.fullmatch(stripped):
        raise BadValue(gettext("there is no such day as {day}").format(day=stripped))
    raise BadValue(gettext("{text} is not a date; write year-month-day, such as 2021-07-13").format(text=quoted(text)))


def iso_form(text: str) -> str | None:
    """The ISO form of a date that is written so, or in German, or with a time behind it; None of other text."""
    if ISO_DATE.fullmatch(text):
        return text
    with_time = ISO_DATE_WITH_TIME.fullmatch(text)
    if with_time:
        return with_time[1]
    german = GERMAN_DATE.fullmatch(text)
    if not german:
        return None
    day, month, year = (int(part) for part in german.groups())
    try:
        return date(year if year > 99 else 2000 + year, month, day).isoformat()
    except ValueError:
        return None


def parse_number(text: str, bounds: Bounds) -> float:
    """The number that `text` writes with a decimal point, or `BadValue`."""
    stripped = text.strip()
    if NUMBER.fullmatch(stripped):
        number = float(stripped)
        bounds.check(number)
        return number
    meant = point_form(stripped)
    if meant:
        wrong = gettext("{text} is not a number; write {meant} (a point for decimals, nothing for thousands)")
        raise BadValue(wrong.format(text=quoted(text), meant=meant))
    wrong = gettext("{text} is not a number; write digits with a point for decimals, such as 1234.5")
    raise BadValue(wrong.format(text=quoted(text)))


def point_form(text: str) -> str | None:
    """What a number with a decimal comma, or with separated thousands, would be with a point only."""
    if len(text) > MAX_NUMBER_LENGTH:
        return None
    if COMMA_NUMBER.fullmatch(text):
        return text.replace(".", "").replace(" ", "").replace(",", ".")
    return text.replace(",", "") if ENGLISH_NUMBER.fullmatch(text) else None


def parse_whole(text: str, bounds: Bounds) -> int:
    """The whole number that `text` writes, or `BadValue`."""
    stripped = text.strip()
    if not WHOLE_NUMBER.fullmatch(stripped):
        raise BadValue(gettext("{text} is not a whole number; write digits only, such as 5").format(text=quoted(text)))
    number = int(stripped)
    bounds.check(number)
    return number
