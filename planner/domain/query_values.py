"""The values in a query, read by the kind of their field: days and months, numbers, yes or no, one of a few words."""

import re
from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from math import isfinite

from planner.domain.query_fields import FIELDS, GERMAN_STATES, Field, FieldKind, fold
from planner.wording.quotation import in_quotes
from planner.wording.translation import gettext

MAX_SHOWN = 60
ISO_DAY = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{1,2})(-(?P<day>[0-9]{1,2}))?)?")
GERMAN_DAY = re.compile(r"((?P<day>[0-9]{1,2})\.)?(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})")
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
GERMAN_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")
UNCLEAR_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}([.,][0-9]{3})+")
TRUTH = {"yes": True, "ja": True, "true": True, "no": False, "nein": False, "false": False}
POSITION = ("lat", "lon")
STATE = next(field for field in FIELDS if field.name == "state")


class ValueMistake(ValueError):  # noqa: N818 - not an error of the program: its text says what is wrong with a query
    """A value that its field cannot have; the text says what was found and what to write."""


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a month or a year, from its `first` to its `last` day."""

    first: date
    last: date


Value = str | float | bool | Period


def shown(text: str) -> str:
    """`text` in quotes for a message, cut where it is long."""
    return in_quotes(text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…")


def suggestion(text: str, names: Iterable[str]) -> str:
    """`; did you mean …?`, or nothing where no name is near."""
    folded = {fold(name): name for name in names}
    near = get_close_matches(fold(text[:MAX_SHOWN]), folded, n=1)
    return gettext("; did you mean {name}?").format(name=shown(folded[near[0]])) if near else ""


def read_value(field: Field, text: str, states: Collection[str]) -> Value:
    """The value that `text` writes for `field`; names and texts come back folded. Raises ValueMistake."""
    match field.kind:
        case FieldKind.DAY:
            return read_period(text)
        case FieldKind.NUMBER:
            return _read_number(field, text)
        case FieldKind.YES_NO:
            if fold(text) not in TRUTH:
                raise ValueMistake(gettext("{text} is neither yes nor no").format(text=shown(text)))
            return TRUTH[fold(text)]
        case FieldKind.CHOICE:
            return _read_choice(field, text, states)
        case _:
            return fold(text)


def choices_of(field: Field, states: Collection[str]) -> dict[str, str]:
    """The words a CHOICE may have with a help text on each; of the states only those that a shop may be in."""
    if field is STATE:
        return {code: GERMAN_STATES.get(code, "") for code in states}
    return {choice: gettext(meaning) for choice, meaning in field.choices}


def _read_choice(field: Field, text: str, states: Collection[str]) -> str:
    choices = choices_of(field, states)
    spellings = {fold(choice): choice for choice in choices}
    if field is STATE:
        spellings = {fold(name): code for code, name in choices.items() if name} | spellings
    found = spellings.get(fold(text))
    if found is not None:
        return found
    names = [*choices, *(name for name in choices.values() if field is STATE and name)]
    wrong = gettext("unknown {field} {text}{hint} Allowed: {names}")
    hint = suggestion(text, names) or "."
    raise ValueMistake(wrong.format(field=field.name, text=shown(text), hint=hint, names=", ".join(choices)))


def read_period(text: str) -> Period:
    """The day, month or year that `text` writes in ISO or German form. Raises ValueMistake."""
    match = ISO_DAY.fullmatch(text) or GERMAN_DAY.fullmatch(text)
    if match is None:
        wrong = gettext("{text} is not a date; write 2021-09-01 or 01.09.2021, or a month as 2021-09")
        raise ValueMistake(wrong.format(text=shown(text)))
    parts = {name: int(number) for name, number in match.groupdict().items() if number}
    year, last_month = parts["year"], parts.get("month", 12)
    try:
        first = date(year, parts.get("month", 1), parts.get("day", 1))
        last = date(year, last_month, parts.get("day") or monthrange(year, last_month)[1])
    except ValueError:
        raise ValueMistake(gettext("there is no such day or month as {day}").format(day=text)) from None
    return Period(first, last)


def _read_number(field: Field, text: str) -> float:
    if field.column not in POSITION and UNCLEAR_THOUSANDS.fullmatch(text):
        plain = re.sub("[.,]", "", text)
        wrong = gettext("{text} may be read in two ways; write {plain}, without a sign for thousands")
        raise ValueMistake(wrong.format(text=shown(text), plain=plain))
    if GERMAN_THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    if not NUMBER.fullmatch(text) or not isfinite(float(text.replace(",", "."))):
        wrong = gettext("{text} is not a number; write digits, such as 12000 or 0.5")
        raise ValueMistake(wrong.format(text=shown(text)))
    return float(text.replace(",", "."))
