"""The two lines above the columns: months over days or weeks, or years over months."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from rich.cells import cell_len, set_cell_size

from planner.ui.schedule.painter import Sight
from planner.ui.schedule.timescale import Zoom
from planner.wording.amounts import month_text, short_month_text
from planner.wording.translation import pgettext

TODAY = "▼"
MILESTONE = "◇"


def header_lines(sight: Sight, milestones: list[date]) -> tuple[str, str]:
    """Both lines for the columns in sight; today is marked in the second, the milestones in the one that is free."""
    match sight.timescale.zoom:
        case Zoom.DAY:
            upper, lower = _line(sight, _months(sight, full=True)), _line(sight, _days(sight))
        case Zoom.WEEK:
            upper, lower = _line(sight, _months(sight, full=True)), _line(sight, _weeks(sight))
        case Zoom.MONTH:
            upper, lower = _line(sight, _years(sight)), _line(sight, _months(sight, full=False))
    for column in sight.today_columns[:1]:
        lower = _with(lower, column, TODAY if lower[column] == " " else lower[column])
    for day in milestones:
        for column in sight.timescale.span(day.toordinal(), day.toordinal(), sight.left, sight.right)[-1:]:
            if upper[column] != " " and lower[column] == " ":
                lower = _with(lower, column, MILESTONE)
            else:
                # A year begins beside a milestone on its eve.
                is_free = upper[column] == " " or column == 0 or upper[column - 1] != " "
                upper = _with(upper, column if is_free else column - 1, MILESTONE)
    return upper, lower


Tick = tuple[int, str]
"""A column counted from the left, below 0 where it is out of sight, and what begins there."""


def _with(line: str, column: int, mark: str) -> str:
    return line[:column] + mark + line[column + 1 :]


def _line(sight: Sight, ticks: Iterator[Tick]) -> str:
    """The texts at their columns, each cut where the next one begins; what began out of sight is told at the left."""
    width = sight.right - sight.left
    every = [*ticks, (width, "")]
    line = ""
    for (column, text), (following, _) in pairwise(every):
        begin, end = max(0, column), min(width, following)
        if begin < end:
            room = end - begin
            line = set_cell_size(line, begin) + set_cell_size(text if cell_len(text) < room + 1 else "", room)
    return set_cell_size(line, width)


def _first_days(sight: Sight, *, by_year: bool) -> Iterator[date]:
    """The first day of each month (or year) in sight, the one that began before included."""
    first, _ = sight.timescale.days_of(sight.left)
    _, last = sight.timescale.days_of(max(sight.left, sight.right - 1))
    day = date.fromordinal(first).replace(day=1)
    day = day.replace(month=1) if by_year else day
    while day.toordinal() <= last:
        yield day
        following = day.month == 12 or by_year
        day = date(day.year + 1, 1, 1) if following else day.replace(month=day.month + 1)


def _months(sight: Sight, *, full: bool) -> Iterator[Tick]:
    for day in _first_days(sight, by_year=False):
        yield _column(sight, day.toordinal()), month_text(day) if full else short_month_text(day)


def _years(sight: Sight) -> Iterator[Tick]:
    for day in _first_days(sight, by_year=True):
        yield _column(sight, day.toordinal()), str(day.year)


def _weeks(sight: Sight) -> Iterator[Tick]:
    for monday in _every(sight, 7):
        number = date.fromordinal(monday).isocalendar().week
        yield _column(sight, monday), pgettext("calendar week", "W{number}").format(number=number)


def _days(sight: Sight) -> Iterator[Tick]:
    for day in _every(sight, 1):
        yield _column(sight, day), str(date.fromordinal(day).day)


def _every(sight: Sight, days: int) -> range:
    first, _ = sight.timescale.days_of(sight.left)
    _, last = sight.timescale.days_of(max(sight.left, sight.right - 1))
    return range(first - (first - sight.timescale.first) % days, last + 1, days)


def _column(sight: Sight, day: int) -> int:
    return sight.timescale.column_of(day) - sight.left
