"""A month as people know it: a row a week, Monday first, with the week's number, and a cursor on a day."""

from bisect import bisect_right
from datetime import date, timedelta

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from planner.studies.almanac import Almanac
from planner.ui.calendar.cells import cell_lines
from planner.ui.keys import hidden, key
from planner.ui.widgets.line_cells import fitted
from planner.ui.widgets.own_lines import KeptLines
from planner.wording.amounts import weekday_text
from planner.wording.translation import later

WEEK_CELLS, GAP, DAYS = 3, 1, 7
ONE_DAY = timedelta(days=1)
SATURDAY = 5


def weeks_of_month(day: date) -> list[date]:
    """The Mondays of the weeks that the month of `day` has days in."""
    first = day.replace(day=1)
    monday = first - timedelta(days=first.weekday())
    mondays = []
    while monday < next_month(first):
        mondays.append(monday)
        monday += timedelta(days=DAYS)
    return mondays


def next_month(day: date) -> date:
    """The first day of the month after that of `day`."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def same_day(day: date, months: int) -> date:
    """The same day some months on or back, or the month's last day where it has no such one."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), next_month(first) - ONE_DAY)


class MonthGrid(KeptLines, Widget, can_focus=True):
    """The month of the day that the cursor is on."""

    HELP = later(
        "A month of the rollout: ▶ shops that start, ▼ that close, ▲ that reopen, and how many are closed."
        " ● is a public holiday in all states and ○ in some, ≈ and ~ are school holidays, ■ days on which shops may not"
        " close, × days without work; [ ] is the planning date."
    )

    BINDINGS = [
        hidden("left", "go(-1)", later("Day before"), later("Go a day back."), "calendar.left"),
        hidden("right", "go(1)", later("Day after"), later("Go a day on."), "calendar.right"),
        hidden("up", "go(-7)", later("Week before"), later("Go a week back."), "calendar.up"),
        hidden("down", "go(7)", later("Week after"), later("Go a week on."), "calendar.down"),
        hidden("pageup", "go_month(-1)", later("Month before"), later("Go a month back."), "calendar.pageup"),
        hidden("pagedown", "go_month(1)", later("Month after"), later("Go a month on."), "calendar.pagedown"),
        hidden("home", "today", later("Today"), later("Go to the planning date."), "calendar.today"),
        key("enter", "open", later("Day"), later("List all that happens on this day."), "calendar.open"),
    ]

    COMPONENT_CLASSES = {
        "month-grid--weekday",
        "month-grid--head",
        "month-grid--day",
        "month-grid--free",
        "month-grid--outside",
        "month-grid--cursor",
    }

    class Moved(Message):
        """The cursor is on another day."""

    class Opened(Message):
        """The day under the cursor is to be listed."""

    def __init__(self, grid_id: str) -> None:
        super().__init__(id=grid_id)
        self._almanac: Almanac | None = None
        self.day = date.min
        self._cells: dict[tuple[date, int, int], list[str]] = {}

    def show(self, almanac: Almanac) -> None:
        """Shows the days of an almanac; the first time, with the cursor on the planning date."""
        if self._almanac is None:
            self.day = almanac.rollout.today
        self._almanac = almanac
        self._cells.clear()
        self.draw_anew()

    def go_to(self, day: date) -> None:
        """Puts the cursor on a day."""
        if 1 < day.year < date.max.year:
            before, self.day = self.day, day
            if (before.year, before.month) == (day.year, day.month):
                self.draw_anew(self._region(before), self._region(day))
            else:
                self.draw_anew()
            self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Days take the room there is."""
        self._cells.clear()

    def action_go(self, days: int) -> None:
        """Moves the cursor by days."""
        if self._almanac is not None:
            self.go_to(self.day + timedelta(days=days))

    def action_go_month(self, months: int) -> None:
        """Moves the cursor by months."""
        if self._almanac is not None:
            self.go_to(same_day(self.day, months))

    def action_today(self) -> None:
        """Moves the cursor to the planning date."""
        if self._almanac is not None:
            self.go_to(self._almanac.rollout.today)

    def action_open(self) -> None:
        """Asks for the list of the day."""
        if self._almanac is not None:
            self.post_message(self.Opened())

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """A month back."""
        event.stop()
        self.action_go_month(-1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """A month on."""
        event.stop()
        self.action_go_month(1)

    def on_click(self, event: events.Click) -> None:
        """Puts the cursor on the day clicked; lists it if clicked twice."""
        offset = event.get_content_offset(self)
        if offset is None or self._almanac is None:
            return
        week = bisect_right(self._tops(), offset.y) - 1
        column = bisect_right(self._lefts(), offset.x) - 1
        mondays = weeks_of_month(self.day)
        if 0 <= week < len(mondays) and 0 <= column < DAYS:
            self.go_to(mondays[week] + timedelta(days=column))
            if event.chain > 1:
                self.action_open()

    def _lefts(self) -> list[int]:
        """Where each day of a week begins, and where the last one ends."""
        room = self.size.width - WEEK_CELLS
        return [WEEK_CELLS + column * room // DAYS for column in range(DAYS + 1)]

    def _tops(self) -> list[int]:
        """Where each week begins, and where the last one ends."""
        weeks = len(weeks_of_month(self.day))
        room = max(weeks, self.size.height - 1)
        return [1 + week * room // weeks for week in range(weeks + 1)]

    def _region(self, day: date) -> Region:
        """Where a day of the month in sight stands."""
        lefts, tops = self._lefts(), self._tops()
        column, week = day.weekday(), (day - weeks_of_month(day)[0]).days // DAYS
        return Region(lefts[column], tops[week], lefts[column + 1] - lefts[column], tops[week + 1] - tops[week])

    def line_at(self, y: int) -> Strip:
        """The weekdays, then the weeks."""
        mondays = weeks_of_month(self.day) if self._almanac is not None else []
        tops = self._tops() if mondays else []
        week = bisect_right(tops, y) - 1
        if y == 0 and mondays:
            return self._line(
                [(weekday_text(mondays[0] + timedelta(days=column)), "weekday") for column in range(DAYS)]
            )
        if not 0 <= week < len(mondays):
            return Strip.blank(self.size.width, self.rich_style)
        line, height = y - tops[week], tops[week + 1] - tops[week]
        days = [mondays[week] + timedelta(days=column) for column in range(DAYS)]
        cells = [(self._cell(day, column, height)[line], self._look(day, line)) for column, day in enumerate(days)]
        return self._line(cells, f"{mondays[week].isocalendar().week:>2}" if line == 0 else "")

    def _line(self, cells: list[tuple[str, str]], number: str = "") -> Strip:
        segments = [Segment(fitted(number, WEEK_CELLS), self._style("weekday"))]
        lefts = self._lefts()
        for column, (text, look) in enumerate(cells):
            width = lefts[column + 1] - lefts[column] - GAP
            segments += [Segment(fitted(text, width), self._style(look)), Segment(" " * GAP, self.rich_style)]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _cell(self, day: date, column: int, height: int) -> list[str]:
        if self._almanac is None:
            return []
        lefts = self._lefts()
        width = max(1, lefts[column + 1] - lefts[column] - GAP)
        place = (day, width, height)
        if place not in self._cells:
            today, shops = self._almanac.rollout.today, self._almanac.rollout.shop_by_id
            self._cells[place] = cell_lines(self._almanac.notes(day), shops, width, height, is_today=day == today)
        return self._cells[place]

    def _look(self, day: date, line: int) -> str:
        if day == self.day:
            return "cursor"
        if day.month != self.day.month:
            return "outside"
        if line == 0:
            return "head"
        notes = self._almanac.notes(day) if self._almanac is not None else None
        is_free = notes is not None and (notes.shutdowns or any(holiday.is_everywhere for holiday in notes.public))
        return "free" if is_free or day.weekday() >= SATURDAY else "day"

    def _style(self, look: str) -> Style:
        return self.get_component_rich_style(f"month-grid--{look}")
