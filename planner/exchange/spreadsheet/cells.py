"""Cells as the text that shops.csv would have: what people write is understood, what is wrong is left as it is.

The rules for shops then judge that text, whatever it came from.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from math import isfinite

import holidays

from planner.exchange.csv_row import LIST_SEPARATOR, CsvRow
from planner.exchange.settings import GERMANY, states_of
from planner.exchange.shops import COLUMNS
from planner.exchange.spreadsheet.grid import BadCell, Cell, KeptText, text_of
from planner.exchange.spreadsheet.numbers import Writing, bare, point_form, writing_of
from planner.exchange.spreadsheet.synonyms import ANSWERS, KINDS, STATES, STATUSES, by_normal, normal
from planner.exchange.text import quoted
from planner.exchange.values import FIRST_YEAR, LAST_YEAR, iso_form, plain
from planner.wording.translation import gettext

DAYS = frozenset({"ready_from", "due_by", "start", "finish", "published_start"})
POSITION = frozenset({"lat", "lon"})
MONEY = frozenset({"weekly_revenue", "annual_target"})
NUMBERS = POSITION | MONEY | {"priority"}
LISTS = frozenset({"tags", "after", "crews"})
DASHES = frozenset({"-", "–", "—"})
TIME_BEHIND = re.compile(r"[\sT]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$")
WEEKDAY_BEFORE = re.compile(r"^(Mo|Di|Mi|Do|Fr|Sa|So|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+", re.IGNORECASE)
ITEM_END = re.compile(r"[\r\n]+")
LOOSE_ITEM_END = re.compile(r"[\r\n;,]+")
POSTCODE_DIGITS = 5
# Day 0 of the serial numbers by which spreadsheets keep dates.
SERIAL_START = date(1899, 12, 30)


class CellReader:
    """Reads the cells of one sheet.

    `usual` is how its numbers are written where one alone leaves that open (None: nobody knows). `loose_lists` are
    the columns in which commas and semicolons part the items too.
    """

    def __init__(self, country: str, usual: Writing | None, *, is_text: bool, loose_lists: frozenset[str]) -> None:
        self._usual = usual
        self._is_text = is_text
        self._loose_lists = loose_lists
        self._is_german = country in ("", GERMANY)
        states = states_of(country)
        names = {normal(code): code for code in states.names}
        self._words: Mapping[str, Mapping[str, str]] = {
            "state": (by_normal(STATES) if self._is_german else {}) | state_names(country) | names,
            "kind": by_normal(KINDS),
            "status": by_normal(STATUSES),
            "catholic": by_normal(ANSWERS),
        }

    def read(self, row: CsvRow, column: str, cell: Cell) -> str:
        """The cell's text as shops.csv would have it; what cannot be one is reported to `row` and read as empty."""
        if isinstance(cell, BadCell) and column not in COLUMNS.known:
            row.warn(column, gettext("holds {text}, so it is read as empty").format(text=cell.text))
            return ""
        if isinstance(cell, BadCell):
            wrong = gettext("holds {text}; put a value in its place, or empty the cell")
            row.error(column, wrong.format(text=cell.text))
            return ""
        if column in DAYS:
            return self._day(row, column, cell)
        if column in NUMBERS:
            return self._number(row, column, cell)
        if column in self._words:
            return self._word(column, cell)
        if column in LISTS:
            return self._list(column, cell)
        if column == "postcode":
            return self._postcode(row, cell)
        text = text_of(cell)
        return text.strip() if column == "format" else text

    def _day(self, row: CsvRow, column: str, cell: Cell) -> str:
        if isinstance(cell, date):
            return (cell.date() if isinstance(cell, datetime) else cell).isoformat()
        if not isinstance(cell, str):
            wrong = gettext("holds {cell}, which is no date{hint}")
            row.error(column, wrong.format(cell=text_of(cell), hint=_serial_hint(cell)))
            return ""
        text = cell.strip()
        if text in DASHES:
            return ""
        shorter = WEEKDAY_BEFORE.sub("", TIME_BEHIND.sub("", text))
        return iso_form(shorter) or text

    def _number(self, row: CsvRow, column: str, cell: Cell) -> str:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return plain(cell) if isfinite(cell) else str(cell)
        if not isinstance(cell, str):
            row.error(column, gettext("holds {cell}, which is no number; make it one").format(cell=text_of(cell)))
            return ""
        text = bare(cell)
        if text in DASHES:
            return ""
        writing = writing_of(text)
        if writing is Writing.IN_DOUBT:
            writing = self._settled(column, text)
        if writing is Writing.IN_DOUBT:
            whole = re.sub("[.,]", "", text)
            wrong = gettext("{cell} may be {whole} or {fraction}; write it as one of these")
            fraction = f"{text.replace(',', '.')}0"
            row.error(column, wrong.format(cell=quoted(cell), whole=whole, fraction=fraction))
            return ""
        return point_form(text, writing)

    def _settled(self, column: str, text: str) -> Writing:
        """How a number in doubt is meant: no degrees have thousands, and money is written as elsewhere in the sheet."""
        if column in POSITION:
            return Writing.COMMA if "," in text else Writing.POINT
        if self._usual is None:
            return Writing.IN_DOUBT
        return self._usual

    def _word(self, column: str, cell: Cell) -> str:
        text = text_of(cell).strip()
        return "" if text in DASHES else self._words[column].get(normal(text), text)

    def _list(self, column: str, cell: Cell) -> str:
        ends = LOOSE_ITEM_END if column in self._loose_lists else ITEM_END
        return ends.sub(LIST_SEPARATOR, text_of(cell))

    def _postcode(self, row: CsvRow, cell: Cell) -> str:
        text = text_of(cell)
        if (
            isinstance(cell, KeptText)
            or not self._is_german
            or not (text.isascii() and text.isdigit())
            or len(text) != POSTCODE_DIGITS - 1
        ):
            return text
        if isinstance(cell, str) and not self._is_text:
            odd = gettext("{text} is text of four digits and kept so; did you mean '0{digits}'?")
            row.warn("postcode", odd.format(text=quoted(text), digits=text))
            return text
        return f"0{text}"


def state_names(country: str) -> dict[str, str]:
    """The code of each state by the normal form of the names that the `holidays` package has for it."""
    spellings = holidays.country_holidays(country or GERMANY).get_subdivision_aliases()
    codes = states_of(country).names
    return {normal(name): code for code in codes for name in spellings.get(code, ())}


def _serial_hint(cell: Cell) -> str:
    """What date a number would be, had its cell been formatted as a date."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        first, last = (date(year, 1, 1) - SERIAL_START for year in (FIRST_YEAR, LAST_YEAR))
        if first.days <= cell < last.days:
            day = SERIAL_START + timedelta(days=int(cell))
            return gettext("; format the cell as a date if it is {day}").format(day=day)
    return gettext("; write a date into the cell")
