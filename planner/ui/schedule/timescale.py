"""From days to columns and back, at each zoom."""

from dataclasses import dataclass
from enum import Enum

WEEK = 7
MOST_COLUMNS_A_WEEK = 7


class Zoom(Enum):
    """How much time a column is: a third of a day, a day, or the part of a week that fits."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


ZOOMS = tuple(Zoom)


@dataclass(frozen=True, slots=True)
class Timescale:
    """Columns for the days `first` to `last`, as ordinals; `first` is a Monday.

    `days` days side by side, a unit, share `columns` columns.
    """

    zoom: Zoom
    first: int
    last: int
    days: int
    columns: int

    @property
    def width(self) -> int:
        """How many columns there are."""
        return ((self.last - self.first) // self.days + 1) * self.columns

    def column_of(self, day: int) -> int:
        """The first column that a day is in; below 0 or from `width` on where it is outside."""
        unit, rest = divmod(day - self.first, self.days)
        if self.days == 1:
            return unit * self.columns
        return unit * self.columns + next(
            column for column in range(self.columns) if rest < (column + 1) * self.days // self.columns
        )

    def end_of(self, day: int) -> int:
        """The last column that a day is in."""
        return self.column_of(day) + (self.columns - 1 if self.days == 1 else 0)

    def days_of(self, column: int) -> tuple[int, int]:
        """The first and last day of a column."""
        unit, place = divmod(column, self.columns)
        begin = self.first + unit * self.days
        first = begin + place * self.days // self.columns
        return first, max(first, begin + (place + 1) * self.days // self.columns - 1)

    def span(self, first: int, last: int, left: int, right: int) -> range:
        """The columns from `left` to before `right` that the days `first` to `last` are in, counted from `left`."""
        return range(max(self.column_of(first), left) - left, min(self.end_of(last) + 1, right) - left)


def make_timescale(zoom: Zoom, first: int, last: int, room: int) -> Timescale:
    """The timescale at a zoom for days that are to be shown in `room` columns, if they fit."""
    monday = first - (first + 6) % WEEK
    match zoom:
        case Zoom.DAY:
            return Timescale(zoom, monday, last, 1, 3)
        case Zoom.WEEK:
            return Timescale(zoom, monday, last, 1, 1)
        case Zoom.MONTH:
            weeks = (last - monday) // WEEK + 1
            return Timescale(zoom, monday, last, WEEK, max(1, min(MOST_COLUMNS_A_WEEK, room // weeks)))
