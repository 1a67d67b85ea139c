"""A row of a CSV file, its cells read by column and kind; each mistake is reported with its row and column."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import TypeVar

from planner.exchange.problems import ProblemLog, Source
from planner.exchange.text import Names, clean, quoted
from planner.exchange.values import BadValue, Bounds, parse_day, parse_number, parse_whole
from planner.wording.translation import gettext, later

LIST_SEPARATOR = "|"
EMPTY = later("is empty, but required; fill it in")
LATITUDE = Bounds(-90, 90)
LONGITUDE = Bounds(-180, 180)

T = TypeVar("T")


class CsvRow(Source):
    """A row of a CSV file. A cell that is empty, blank or has no column counts as not given."""

    __slots__ = ("_cells", "_index")

    def __init__(
        self, log: ProblemLog, file: str, line: int | None, index: Mapping[str, int], cells: list[str]
    ) -> None:
        super().__init__(log, file, line)
        self._cells = cells
        self._index = index

    def text(self, column: str, *, required: bool = False, one_name: bool = False) -> str:
        """The cell's text without control characters; `one_name` says that it must not look like a list."""
        raw = self._raw(column, required)
        text = clean(raw)
        if text != raw:
            self.warn(column, gettext("control characters were taken out of {text}").format(text=quoted(raw)))
            if not text.strip():
                if required:
                    self.error(column, gettext(EMPTY))
                return ""
        if text != text.strip():
            odd = gettext("{text} begins or ends with a space, which counts as part of the text")
            self.warn(column, odd.format(text=quoted(text)))
        if one_name and LIST_SEPARATOR in text:
            wrong = gettext("{text} must not contain '{separator}', which separates the items of a list")
            self.error(column, wrong.format(text=quoted(text), separator=LIST_SEPARATOR))
        return text

    def texts(self, column: str) -> tuple[str, ...]:
        """The items of a list, trimmed, empty and repeated ones dropped."""
        raw = self._raw(column)
        if not raw:
            return ()
        text = clean(raw)
        if text != raw:
            self.warn(column, gettext("control characters were taken out of {text}").format(text=quoted(raw)))
        items = (item.strip() for item in text.split(LIST_SEPARATOR))
        return tuple(dict.fromkeys(item for item in items if item))

    def choice(self, column: str, allowed: Names, *, required: bool = False) -> str:
        """One of the allowed names, or empty where none is given."""
        text = self._raw(column, required)
        if text and text not in allowed:
            self.error(column, allowed.unknown(text))
            return ""
        return text

    def day(self, column: str, *, required: bool = False) -> date | None:
        """An ISO date."""
        return self._parsed(column, parse_day, required)

    def number(self, column: str, bounds: Bounds) -> float | None:
        """A number with a decimal point."""
        return self._parsed(column, lambda text: parse_number(text, bounds))

    def whole(self, column: str, bounds: Bounds) -> int | None:
        """A whole number."""
        return self._parsed(column, lambda text: parse_whole(text, bounds))

    def position(self) -> tuple[float | None, float | None]:
        """`lat` and `lon` in degrees: both or neither."""
        lat, lon = self.number("lat", LATITUDE), self.number("lon", LONGITUDE)
        if (lat is None) != (lon is None) and self.is_good("lat", "lon"):
            given, missing = ("lat", "lon") if lon is None else ("lon", "lat")
            wrong = gettext("is missing although '{column}' is given; give both or neither")
            self.error(missing, wrong.format(column=given))
        return lat, lon

    def extra(self, columns: Collection[str]) -> tuple[tuple[str, str], ...]:
        """The cells of columns that mean nothing to the planner, as (column, text)."""
        return tuple((column, self.text(column)) for column in columns if self._raw(column))

    def cells(self) -> dict[str, str]:
        """All cells by column, as they were written."""
        return {column: self._cells[position] for column, position in self._index.items()}

    def _raw(self, column: str, required: bool = False) -> str:
        position = self._index.get(column)
        if position is None:
            # That the column is missing has been said once, for the header.
            if required:
                self.spoil(column)
            return ""
        cell = self._cells[position]
        if cell and not cell.isspace():
            return cell
        if required:
            self.error(column, gettext(EMPTY))
        return ""

    def _parsed(self, column: str, parse: Callable[[str], T], required: bool = False) -> T | None:
        text = self._raw(column, required)
        if not text:
            return None
        try:
            return parse(text)
        except BadValue as error:
            self.error(column, str(error))
            return None


def report_repeated_ids(ids: Sequence[tuple[CsvRow, str]]) -> None:
    """Report each id that an earlier row has."""
    rows: dict[str, int | None] = {}
    for source, name in ids:
        if not name:
            continue
        if name in rows:
            text = gettext("{name} is already the id of row {row}; give each row its own")
            source.error("id", text.format(name=quoted(name), row=rows[name]))
        rows.setdefault(name, source.row)
