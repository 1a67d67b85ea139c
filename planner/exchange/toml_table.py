"""A table of rollout.toml, its values read by key and kind; unknown keys are reported at the end."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, TypeGuard

from planner.exchange.problems import ProblemLog, Source
from planner.exchange.text import Names, clean, quoted, shortened
from planner.exchange.toml_reader import Toml, described
from planner.exchange.values import NUMBER, BadValue, Bounds, check_year, iso_form, point_form
from planner.wording.translation import gettext, pgettext

STAND_IN_DAY = date(2000, 1, 1)


def is_table(value: object) -> TypeGuard[Toml]:
    """Whether a TOML value is a table."""
    return isinstance(value, dict)


class TomlTable(Source):
    """A table of a TOML file.

    Each method reads a key. Where its value is wrong, that is reported and a stand-in of the right type returned, so
    that reading goes on. `finish` reports the keys that nobody has asked for.
    """

    __slots__ = ("_asked", "_path", "_values")

    def __init__(self, log: ProblemLog, file: str, path: str, values: Toml) -> None:
        super().__init__(log, file, None)
        self._path = path
        self._values = values
        self._asked: dict[str, None] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def knows(self, key: str) -> bool:
        """Whether `key`, which may be written here, is."""
        self._asked[key] = None
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def place(self, key: str) -> str:
        """The way to the key from the top of the file."""
        return self._below(shortened(key))

    def raw(self, key: str) -> Any:
        """The value at `key` as it was written, whatever it is; None where there is none."""
        return self._take(key)

    def finish(self) -> None:
        """Report every key that has not been read."""
        known = Names(pgettext("noun", "key"), self._asked)
        for key in self._values:
            if key not in known:
                self.error(key, known.unknown(key))

    def text(self, key: str, default: str | None = None) -> str:
        """A text without control characters; required, and not blank, where there is no default."""
        value = self._take(key, required=default is None)
        if value is None:
            return default or ""
        if not isinstance(value, str):
            self._wrong_kind(key, gettext("text in quotes"), value)
            return ""
        text = self._cleaned(key, value)
        if default is None and not text.strip():
            self.error(key, gettext("is empty, but required; fill it in"))
        return text

    def choice(self, key: str, allowed: Names, default: str) -> str:
        """One of the allowed names."""
        text = self.text(key, default)
        if self.is_good(key) and text not in allowed:
            self.error(key, allowed.unknown(text))
        return text if self.is_good(key) else default

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of text."""
        value = self._take(key)
        if value is None:
            return default
        if not isinstance(value, list):
            self._wrong_kind(
                key,
                gettext("a list of text"),
                value,
                gettext("; put it in brackets") if isinstance(value, str) else "",
            )
            return default
        items: list[str] = []
        for item in value:
            if isinstance(item, str):
                items.append(self._cleaned(key, item))
            else:
                self.error(key, gettext("must be a list of text, but holds {found}").format(found=described(item)))
        return tuple(items)

    def day(self, key: str) -> date:
        """A required date."""
        return self._day(key, self._take(key, required=True)) or STAND_IN_DAY

    def optional_day(self, key: str) -> date | None:
        """A date, or None where none is given."""
        return self._day(key, self._take(key))

    def window(self) -> tuple[date, date]:
        """The required `first` and `last`, in order."""
        first, last = self.day("first"), self.day("last")
        self.check_order(first, last)
        return first, last

    def number(self, key: str, bounds: Bounds, default: float | None = None) -> float:
        """A number, required where there is no default."""
        number = self._number(key, self._take(key, required=default is None), bounds)
        return (default or 0.0) if number is None else number

    def whole(self, key: str, bounds: Bounds, default: int | None = None) -> int:
        """A whole number, required where there is no default."""
        number = self._whole(key, self._take(key, required=default is None), bounds)
        return (default or 0) if number is None else number

    def optional_whole(self, key: str, bounds: Bounds) -> int | None:
        """A whole number, or None where none is given."""
        return self._whole(key, self._take(key), bounds)

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._take(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self._wrong_kind(key, gettext("true or false"), value)
        return default

    def units(self, key: str, bounds: Bounds, *, required: bool = False) -> dict[str, int]:
        """A table of names and whole numbers, such as `{ builder = 1 }`."""
        table = self.table(key, required=required)
        if table is None:
            return {}
        for name in table:
            if clean(name) != name or not name.strip():
                table.error(name, gettext("a name must not be empty or hold control characters"))
        return {name: table.whole(name, bounds) for name in table}

    def table(self, key: str, *, required: bool = False) -> "TomlTable | None":
        """The table at `key`; None where it is not given, or not a table."""
        value = self._take(key, required)
        if value is None:
            return None
        if not is_table(value):
            self._wrong_kind(key, gettext("a table"), value)
            return None
        return TomlTable(self.log, self.file, self.place(key), value)

    def tables(self, key: str, *, by_name: bool = True) -> list["TomlTable"]:
        """The tables of a list, called by their `name` where they have one of their own, else by number."""
        value = self._take(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(is_table(item) for item in value):
            hint = gettext("; write [[{key}]]").format(key=key) if is_table(value) else ""
            self._wrong_kind(key, gettext("a list of tables"), value, hint)
            return []
        labels = _labels(value) if by_name else map(str, range(1, len(value) + 1))
        return [
            TomlTable(self.log, self.file, self._below(f"{key} {label}"), item)
            for label, item in zip(labels, value, strict=True)
        ]

    def _below(self, name: str) -> str:
        return f"{self._path}, {name}" if self._path else name

    def _take(self, key: str, required: bool = False) -> object:
        self._asked[key] = None
        if required and key not in self._values:
            self.error(key, gettext("is required, but missing; add it"))
        return self._values.get(key)

    def _wrong_kind(self, key: str, wanted: str, value: object, hint: str = "") -> None:
        text = gettext("must be {wanted}, but is {found}{hint}")
        self.error(key, text.format(wanted=wanted, found=described(value), hint=hint))

    def _cleaned(self, key: str, value: str) -> str:
        text = clean(value)
        if text != value:
            self.warn(key, gettext("control characters were taken out of {text}").format(text=quoted(value)))
        return text

    def _day(self, key: str, value: object) -> date | None:
        if value is None:
            return None
        if isinstance(value, datetime):
            self._wrong_kind(
                key, gettext("a date without a time"), value, gettext("; write {date}").format(date=value.date())
            )
        elif isinstance(value, date):
            try:
                return check_year(value)
            except BadValue as error:
                self.error(key, str(error))
        else:
            self._wrong_kind(key, gettext("a date"), value, _unquoted_day(value))
        return None

    def _number(self, key: str, value: object, bounds: Bounds) -> float | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._wrong_kind(key, gettext("a number"), value, _unquoted_number(value))
            return None
        return float(value) if self._is_within(key, value, bounds) else None

    def _whole(self, key: str, value: object, bounds: Bounds) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong_kind(key, gettext("a whole number"), value, _unquoted_number(value))
            return None
        return value if self._is_within(key, value, bounds) else None

    def _is_within(self, key: str, number: float, bounds: Bounds) -> bool:
        try:
            bounds.check(number)
        except BadValue as error:
            self.error(key, str(error))
            return False
        return True


def _labels(tables: list[Toml]) -> list[str]:
    """What to call each table: its name where that is text and its own, else its number."""
    names = [table.get("name") for table in tables]
    counts = Counter(name for name in names if isinstance(name, str) and name.strip())
    return [
        quoted(name) if isinstance(name, str) and counts[name] == 1 else str(number)
        for number, name in enumerate(names, start=1)
    ]


def _unquoted_day(value: object) -> str:
    """How to write a date that is written as text."""
    meant = iso_form(value.strip()) if isinstance(value, str) else None
    if meant is None:
        return gettext("; write year-month-day, such as 2021-07-13, without quotes")
    return gettext("; write {meant} without quotes").format(meant=meant)


def _unquoted_number(value: object) -> str:
    """How to write a number that is written as text."""
    if not isinstance(value, str):
        return ""
    text = value.strip()
    meant = text if NUMBER.fullmatch(text) else point_form(text)
    return gettext("; write {meant} without quotes").format(meant=meant) if meant else ""
