"""The line of months above or below columns of weeks."""

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len

from planner.wording.amounts import short_month_text

JANUARY = 1


def month_line(days: Sequence[date], width: int) -> str:
    """The months over columns that begin on `days`, each at the first column of its own, `width` cells in all.

    January is the year's number. A month that would run into the one before is left out.
    """
    line, end = "", 0
    for column, day in enumerate(days):
        if column < end or (column > 0 and day.month == days[column - 1].month):
            continue
        text = str(day.year) if day.month == JANUARY else short_month_text(day)
        if column + cell_len(text) <= width:
            line += " " * (column - cell_len(line)) + text
            end = cell_len(line) + 1
    return line + " " * (width - cell_len(line))
