"""A sheet as a grid of typed cells, whatever kind of file it came from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite

from planner.exchange.text import shortened
from planner.exchange.values import plain

MAX_ROWS = 200_000
MAX_COLUMNS = 1000
LETTERS = 26


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell whose value the spreadsheet program could not work out; `text` says what it holds instead."""

    text: str


class KeptText(str):
    """Text whose writer made sure that it is taken as it is (see `protection`)."""

    __slots__ = ()


Cell = str | int | float | bool | date | datetime | time | timedelta | BadCell


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its rows that hold anything, each with its number from 1, their cells from column A on.

    `name` is empty for a CSV file. `decimal_comma` says how its kind of file writes numbers as text, None where
    that is not known. `is_text` is True where every cell is text, as in a CSV file. `merged` has the first and last
    row (from 1) and the column (from 0) of cells that are merged downwards: only the first of them has a value.
    """

    name: str
    rows: list[tuple[int, list[Cell]]]
    decimal_comma: bool | None = None
    is_text: bool = False
    merged: tuple[tuple[int, int, int], ...] = ()

    def cell_name(self, row: int, position: int) -> str:
        """What spreadsheet programs call the cell at `position` (0 is column A): `Sheet1!D17`, or `D17` in a CSV."""
        return f"{self._prefix}{column_letters(position)}{row}"

    @property
    def _prefix(self) -> str:
        if not self.name:
            return ""
        shown = shortened(self.name)
        plain = shown.replace("_", "").isalnum() and not shown[0].isdigit()
        return f"{shown}!" if plain else "'" + shown.replace("'", "''") + "'!"


def column_letters(position: int) -> str:
    """The letters of the column at `position`: 0 is A, 26 is AA."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def text_of(cell: Cell) -> str:
    """A cell as text; nothing for a bad one."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return plain(cell) if isfinite(cell) else str(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else ""


def is_empty(cell: Cell) -> bool:
    """Whether a cell holds nothing but blanks."""
    return isinstance(cell, str) and not cell.strip()


def filled_rows(rows: Iterator[list[Cell]], first: int = 1) -> list[tuple[int, list[Cell]]]:
    """The rows that hold anything, numbered from `first` on."""
    return [(number, cells) for number, cells in enumerate(rows, start=first) if not all(map(is_empty, cells))]
