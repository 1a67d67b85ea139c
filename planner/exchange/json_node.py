"""Reading JSON with all structural mistakes at once: each value knows its place in the document."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import TypeVar

from planner.exchange.files import MEGABYTE, read_text
from planner.exchange.problems import InputError, Problem, ProblemLog
from planner.exchange.text import quoted, shortened
from planner.exchange.values import BadValue, parse_day
from planner.wording.translation import gettext, pgettext

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)

HALF_CHARACTERS = re.compile("[\ud800-\udfff]")
# Up to here floating point tells one cent from the next, and whole numbers fit everywhere.
MOST_EUR = 1e13
MOST_DIGITS = 18
FLOATING_POINT_NOISE_EUR = 1e-6
MAX_BYTES = 200 * MEGABYTE

MISSING = object()


def load_json(path: Path) -> object:
    """The JSON document at `path`."""
    log = ProblemLog()
    text = read_text(path.parent, path.name, MAX_BYTES, log)
    if text is None or log.errors:
        raise InputError(log.errors)
    if not text.strip():
        raise InputError([Problem(path.name, None, None, gettext("is empty; give the plan.json as the run wrote it"))])
    try:
        return json.loads(text, object_pairs_hook=JsonObject, parse_int=_whole_or_float)
    except json.JSONDecodeError as error:
        row = error.lineno
        text = gettext("is not JSON at character {number} ({reason}); give the plan.json as the run wrote it")
        text = text.format(number=error.colno, reason=error.msg)
    except RecursionError:
        row = None
        text = gettext("is nested too deeply to be a plan; give the plan.json as the run wrote it")
    raise InputError([Problem(path.name, row, None, text)])


def _whole_or_float(digits: str) -> int | float:
    """A whole number; one too long for any figure of a plan as a float, which its reader then refuses."""
    return int(digits) if len(digits) <= MOST_DIGITS else float(digits)


class JsonObject(dict[str, object]):
    """A JSON object that remembers which keys it was given more than once."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        counts = Counter(key for key, _ in pairs)
        self.repeated = [key for key, count in counts.items() if count > 1]


@dataclass(frozen=True, slots=True)
class JsonNode:
    """A value in the document, its place, and the problems found so far: (place, sentence), in order, each once.

    Each reading method returns the value in its type. Where it is of another, that is noted as a problem and
    something of the right type is returned, so that reading goes on to the next mistake.
    """

    value: object
    path: str
    problems: dict[tuple[str, str], None]

    def note(self, text: str) -> None:
        """Notes a problem at this place."""
        self.problems[self.path, text] = None

    def wrong(self, wanted: str) -> None:
        """Notes that the value is not what is wanted here."""
        if self.value is MISSING:
            self.note(gettext("is missing; it must be {wanted}").format(wanted=wanted))
        else:
            self.note(gettext("must be {wanted}, but is {value}").format(wanted=wanted, value=_shown(self.value)))

    def __getitem__(self, key: str) -> "JsonNode":
        """The value of `key`, which must be there."""
        path = f"{self.path}.{key}" if self.path else key
        if not isinstance(self.value, JsonObject):
            self.wrong(gettext("an object"))
            return JsonNode(MISSING, path, {})  # the object is reported; its keys need not be
        self._check_keys(self.value)
        return JsonNode(self.value.get(key, MISSING), path, self.problems)

    def if_given(self, key: str) -> "JsonNode":
        """The value of `key`, null where it is not there."""
        node = self[key]
        return node if node.value is not MISSING else JsonNode(None, node.path, node.problems)

    def members(self) -> Iterator[tuple[str, "JsonNode"]]:
        """The keys and values of an object with any keys."""
        if not isinstance(self.value, JsonObject):
            self.wrong(gettext("an object"))
            return
        self._check_keys(self.value)
        for key, value in self.value.items():
            path = f"{self.path}['{shortened(key)}']"
            yield JsonNode(key, path, self.problems).text(), JsonNode(value, path, self.problems)

    def _check_keys(self, value: "JsonObject") -> None:
        for key in value.repeated:
            self.note(gettext("has the key {key} more than once; keep one of them").format(key=quoted(key)))

    def items(self) -> Iterator["JsonNode"]:
        """The items of a list."""
        if isinstance(self.value, list):
            for number, item in enumerate(self.value):
                yield JsonNode(item, f"{self.path}[{number}]", self.problems)
        else:
            self.wrong(gettext("a list"))

    def or_null(self, read: "Callable[[JsonNode], Value]") -> Value | None:
        """What `read` makes of the value, None where it is null."""
        return None if self.value is None else read(self)

    def text(self) -> str:
        """Text that can be written again: JSON can hold halves of characters, UTF-8 cannot."""
        if isinstance(self.value, str) and not HALF_CHARACTERS.search(self.value):
            return self.value
        is_text = isinstance(self.value, str)
        self.wrong(gettext("text of whole characters") if is_text else pgettext("kind of value", "text"))
        return ""

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(item.text() for item in self.items())

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.wrong(gettext("true or false"))
        return self.value is True

    def whole(self) -> int:
        """A whole number."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return self.value
        self.wrong(gettext("a whole number"))
        return 0

    def number(self) -> float:
        """A finite number."""
        if isinstance(self.value, int | float) and not isinstance(self.value, bool) and isfinite(self.value):
            return self.value
        self.wrong(gettext("a number"))
        return 0.0

    def cents(self) -> int:
        """An amount in EUR with at most two decimals, in cents."""
        number = self.number()
        if abs(number) > MOST_EUR or abs(number - round(number, 2)) > FLOATING_POINT_NOISE_EUR:
            self.wrong(gettext("an amount in EUR with at most two decimals, such as 812345.67"))
            return 0
        return round(number * 100)

    def day(self) -> date:
        """An ISO date."""
        if not isinstance(self.value, str):
            self.wrong(gettext("a date such as 2021-08-02"))
            return date.min
        try:
            return parse_day(self.value)
        except BadValue as error:
            self.note(str(error))
            return date.min

    def one_of(self, choices: type[Choice]) -> Choice:
        """One of a few words."""
        for choice in choices:
            if choice.value == self.value:
                return choice
        self.wrong(gettext("one of {names}").format(names=", ".join(choices)))
        return next(iter(choices))


def _shown(value: object) -> str:
    """A value as a message shows it."""
    if isinstance(value, dict):
        return gettext("an object")
    if isinstance(value, list):
        return gettext("a list")
    return quoted(value) if isinstance(value, str) else json.dumps(value)
