"""The values of a scenario: what becomes of a day or a number that is moved, and how values read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from planner.exchange.csv_row import LIST_SEPARATOR
from planner.exchange.key_words import word_for
from planner.exchange.text import quoted
from planner.exchange.toml_reader import described
from planner.exchange.values import BadValue, plain
from planner.wording.amounts import plain_day_text, plain_number_text
from planner.wording.translation import gettext, ngettext, pgettext

SHIFT = re.compile(r"(?P<sign>[+-])\s*(?P<amount>[0-9]{1,9}(\.[0-9]{1,9})?)\s*(?P<unit>%|days?|weeks?)?")
DAYS_OF = {"day": 1, "days": 1, "week": 7, "weeks": 7}
ROUNDING = 9  # decimals; what a float adds beyond them is noise


@dataclass(frozen=True, slots=True)
class Shift:
    """A change by so much: `unit` is `days`, `%`, or empty for a plain number."""

    amount: float
    unit: str

    def of(self, present: object) -> int | float | date:
        """What becomes of the value `present`. Raises BadValue."""
        if isinstance(present, date) and not isinstance(present, datetime):
            if self.unit != "days":
                text = gettext("{present} is a date, which moves by days or weeks, such as '+14 days'")
                raise BadValue(text.format(present=present))
            try:
                return present + timedelta(days=self.amount)
            except OverflowError:
                text = gettext("{present} cannot move {shift}: there is no such day")
                raise BadValue(text.format(present=present, shift=self)) from None
        if isinstance(present, bool) or not isinstance(present, int | float):
            text = gettext("is {found}, which cannot move {shift}")
            raise BadValue(text.format(found=described(present), shift=self))
        if self.unit == "days":
            text = gettext("{present} is a number, which changes by a number or a part, such as '+1' or '+10 %'")
            raise BadValue(text.format(present=plain(present)))
        result = present * (1 + self.amount / 100) if self.unit == "%" else present + self.amount
        return int(result) if result == int(result) and isinstance(present, int) else round(result, ROUNDING)

    def __str__(self) -> str:
        """Plain words: `14 days later`, `10 % less`."""
        amount = plain(abs(self.amount))
        if self.unit == "days":
            number = 1 if abs(self.amount) == 1 else 2
            if self.amount >= 0:
                return ngettext("{number} day later", "{number} days later", number).format(number=amount)
            return ngettext("{number} day earlier", "{number} days earlier", number).format(number=amount)
        change = gettext("{amount} more") if self.amount >= 0 else gettext("{amount} less")
        return change.format(amount=f"{amount} %" if self.unit else amount)


def read_shift(value: object) -> Shift | None:
    """The change that a text such as `+14 days` asks for, or None where it is a value of its own."""
    found = SHIFT.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        return None
    amount, unit = float(found["sign"] + found["amount"]), found["unit"] or ""
    return Shift(amount * DAYS_OF[unit], "days") if unit in DAYS_OF else Shift(amount, unit)


def cell_of(value: object) -> str:
    """What a value would be in the cell of a CSV file. Raises BadValue."""
    match value:
        case bool():
            return pgettext("value", "yes") if value else pgettext("value", "no")
        case str():
            return value
        case int():
            return str(value)
        case float():
            return repr(value)
        case datetime():
            raise BadValue(gettext("must be a date without a time; write {date}").format(date=value.date()))
        case date():
            return value.isoformat()
        case list() | tuple():
            return LIST_SEPARATOR.join(_item_of(item) for item in value)
        case _:
            text = gettext("must be text, a number, a date, true or false, or a list, but is {found}")
            raise BadValue(text.format(found=described(value)))


def _item_of(item: object) -> str:
    text = cell_of(item)
    if LIST_SEPARATOR in text:
        wrong = gettext("{text} must not contain '{separator}', which separates the items of a list")
        raise BadValue(wrong.format(text=quoted(text), separator=LIST_SEPARATOR))
    return text


def plainly(value: object) -> str:
    """A value as people read it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return quoted(value)
        case int() | float():
            return plain_number_text(value) if abs(value) < 1e15 else str(value)
        case list() | tuple():
            separator = "; " if any(isinstance(item, Mapping) for item in value) else ", "
            return separator.join(plainly(item) for item in value) or pgettext("value", "none")
        case Mapping():
            listed = ", ".join(f"{word_for(str(key))} {plainly(item)}" for key, item in value.items())
            return listed or pgettext("value", "nothing")
        case date() if not isinstance(value, datetime):
            return plain_day_text(value)
        case _:
            return str(value)
