"""The burn-up chart as characters: what is done as blocks, the plan as a line of dots, targets, and the forecast."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.exchange.milestone_figures import MilestoneFigures, Week
from planner.ui.widgets.month_line import month_line

if TYPE_CHECKING:
    from planner.review.risk.figures import BandDay

BLOCKS = " ▁▂▃▄▅▆▇█"
BRAILLE = 0x2800
# The bit of each dot of a Braille character, by row from the top, left and right.
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
DOTS_HIGH, DOTS_WIDE, EIGHTHS = 4, 2, 8
TARGET, TARGET_END, FORECAST = "╌", "┤", "░"
LEAST_WIDTH, LEAST_HEIGHT = 12, 3


class Ink(StrEnum):
    """What a character of the chart stands for."""

    NOTHING = "nothing"
    DONE = "done"
    PLANNED = "planned"
    TARGET = "target"
    FORECAST = "forecast"
    AXIS = "axis"


Cell = tuple[str, Ink]


@dataclass(frozen=True, slots=True)
class BurnUp:
    """What the chart shows; `band` is empty where the plan was not played."""

    weeks: Sequence[Week]
    milestones: Sequence[MilestoneFigures]
    band: Sequence["BandDay"] = ()

    @property
    def top(self) -> int:
        """The greatest number."""
        values = [week.finished for week in self.weeks]
        values += [milestone.target for milestone in self.milestones]
        return max([*values, *(day.done.high for day in self.band), 1])


def chart_lines(chart: BurnUp, width: int, height: int) -> list[list[Cell]]:
    """The chart in `height` lines of `width` cells; none where there is no room for one."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT or not chart.weeks:
        return []
    return _Drawing(chart, width, height).lines()


class _Drawing:
    def __init__(self, chart: BurnUp, width: int, height: int) -> None:
        self._chart = chart
        self._margin = len(str(chart.top)) + 1
        self._columns = width - self._margin
        self._rows = height - 1
        self._cells: list[list[Cell]] = [[(" ", Ink.NOTHING)] * self._columns for _ in range(self._rows)]

    def lines(self) -> list[list[Cell]]:
        self._forecast()
        self._targets()
        self._plan()
        self._done()
        labels = self._labels()
        lines = [[(labels.get(row, ""), Ink.AXIS), *cells] for row, cells in enumerate(self._cells)]
        lines = [[(text.rjust(self._margin - 1) + " ", ink), *cells] for (text, ink), *cells in lines]
        days = [self._week_at(column).day for column in range(self._columns)]
        return [*lines, [(" " * self._margin + month_line(days, self._columns), Ink.AXIS)]]

    def _labels(self) -> dict[int, str]:
        """Numbers at the axis by row: the targets before the greatest, and nought."""
        labels = {self._row(self._chart.top): str(self._chart.top), self._rows - 1: "0"}
        return labels | {self._row(item.target): str(item.target) for item in self._chart.milestones}

    def _week_at(self, column: float) -> Week:
        weeks = self._chart.weeks
        return weeks[round(column / max(1, self._columns - 1) * (len(weeks) - 1))]

    def _column(self, day: date) -> int:
        weeks = self._chart.weeks
        passed = (day - weeks[0].day).days / 7 / max(1, len(weeks) - 1)
        return min(self._columns - 1, max(0, round(passed * (self._columns - 1))))

    def _row(self, value: int) -> int:
        return self._rows - 1 - self._dot(value) // DOTS_HIGH

    def _dot(self, value: int) -> int:
        """How many rows of dots lie below a value."""
        return round(value / self._chart.top * (self._rows * DOTS_HIGH - 1))

    def _forecast(self) -> None:
        band = self._chart.band
        if not band:
            return
        for column in range(self._column(band[0].day), self._columns):
            week = self._week_at(column).day
            found = band[min(len(band) - 1, max(0, (week - band[0].day).days // 7))]
            for row in range(self._row(found.done.high), self._row(found.done.low) + 1):
                self._cells[row][column] = (FORECAST, Ink.FORECAST)

    def _targets(self) -> None:
        for milestone in self._chart.milestones:
            row, end = self._row(milestone.target), self._column(milestone.by)
            for column in range(end):
                self._cells[row][column] = (TARGET, Ink.TARGET)
            self._cells[row][end] = (TARGET_END, Ink.TARGET)

    def _plan(self) -> None:
        """A line of dots from the week of the planning date on, without gaps where it climbs."""
        is_past = [week.done is not None for week in self._chart.weeks]
        first = self._column(self._chart.weeks[max(0, sum(is_past) - 1)].day)
        bits: dict[tuple[int, int], int] = {}
        before = None
        for step in range(first * DOTS_WIDE, self._columns * DOTS_WIDE):
            dot = self._dot(self._week_at(min(self._columns - 1, step / DOTS_WIDE)).finished)
            for level in range(dot if before is None else min(before + 1, dot), dot + 1):
                row, part = self._rows - 1 - level // DOTS_HIGH, DOTS_HIGH - 1 - level % DOTS_HIGH
                place = (row, step // DOTS_WIDE)
                bits[place] = bits.get(place, 0) | DOTS[part][step % DOTS_WIDE]
            before = dot
        for (row, column), dots in bits.items():
            self._cells[row][column] = (chr(BRAILLE + dots), Ink.PLANNED)

    def _done(self) -> None:
        for column in range(self._columns):
            done = self._week_at(column).done
            if done is None:
                return
            eighths = round(done / self._chart.top * self._rows * EIGHTHS)
            for row in range(self._rows):
                level = min(EIGHTHS, max(0, eighths - (self._rows - 1 - row) * EIGHTHS))
                if level:
                    self._cells[row][column] = (BLOCKS[level], Ink.DONE)
