"""The chart on the screen: rows by group, columns by day, headings and labels that stay while it scrolls."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Size
from textual.message import Message
from textual.strip import Strip

from planner.ui.keys import key
from planner.ui.schedule.bars import Bar
from planner.ui.schedule.chart import Chart
from planner.ui.schedule.lines import foot_line, head_line, row_line
from planner.ui.schedule.looks import COMPONENT_CLASSES, make_styles
from planner.ui.schedule.painter import Sight
from planner.ui.schedule.rows import Row, row_of
from planner.ui.schedule.timescale import Zoom
from planner.ui.schedule.view import View
from planner.ui.widgets.line_view import LineView
from planner.ui.widgets.own_lines import KeptLines
from planner.wording.translation import later

HEAD = 2
NARROW = 24
WIDE = 34
WIDE_FROM = 110
UNITS_BEFORE = 6
"""How many columns (or days) before a day stay in sight when the chart goes there."""
PLAIN_STEPS = ("row", "page", "edge", "time", "fold", "fold_all", "group", "done", "zoom", "today", "centre")
WHILE_CARRYING = ("page", "zoom")


class Gantt(KeptLines, LineView, can_focus=True, inherit_bindings=False):
    """Draws a chart line by line, so that it scrolls thousands of remodels like a few."""

    HELP = later(
        "Each row is a remodel: letters are its phases (small where the shop stays open), dots are waits. ◆ is a fixed"
        " date, ▶ in progress, ✓ done, ! a clash, ↻ changed since the plan was made, ○ the start partners were told;"
        " ░ weekend, ▒ holiday, ╱ blackout, ╳ shutdown, │ today, ◇ a milestone."
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENT_CLASSES
    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "row(-1)", later("Up"), later("Go a row up."), "schedule.up", show=False),
        key("down", "row(1)", later("Down"), later("Go a row down."), "schedule.down", show=False),
        key("pageup", "page(-1)", later("Page up"), later("Go a page up."), "schedule.page-up", show=False),
        key("pagedown", "page(1)", later("Page down"), later("Go a page down."), "schedule.page-down", show=False),
        key("home", "edge(-1)", later("First row"), later("Go to the first row."), "schedule.first", show=False),
        key("end", "edge(1)", later("Last row"), later("Go to the last row."), "schedule.last", show=False),
        key("left", "time(-1)", later("Earlier"), later("Show what is earlier."), "schedule.earlier", show=False),
        key("right", "time(1)", later("Later"), later("Show what is later."), "schedule.later", show=False),
        key(
            "shift+left", "time(-4)", later("Earlier"), later("Show what is much earlier."), "schedule.back", show=False
        ),
        key("shift+right", "time(4)", later("Later"), later("Show what is much later."), "schedule.forth", show=False),
        key(
            "plus,equals_sign",
            "zoom(-1)",
            later("Zoom in"),
            later("Show fewer days, larger."),
            "schedule.zoom-in",
            show=False,
        ),
        key("minus", "zoom(1)", later("Zoom out"), later("Show more days, smaller."), "schedule.zoom-out", show=False),
        key(
            "g", "group", later("Group"), later("Group by region, crew, partner, trade."), "schedule.group", show=False
        ),
        key("space", "fold", later("Fold"), later("Fold or unfold the group."), "schedule.fold", show=False),
        key(
            "a",
            "fold_all",
            later("Fold all"),
            later("Fold all groups, or unfold them."),
            "schedule.fold-all",
            show=False,
        ),
        key("t", "today", later("Today"), later("Show today."), "schedule.today", show=False),
        key(
            "c", "centre", later("Centre"), later("Bring the remodel's days into sight."), "schedule.centre", show=False
        ),
        key(
            "d", "done", later("Done"), later("Show the shops done before, or hide them."), "schedule.done", show=False
        ),
    ]

    @dataclass
    class Pointed(Message):
        """The cursor went to another row."""

        row: Row | None

        def can_replace(self, message: Message) -> bool:
            """Whether it makes `message` needless."""
            return isinstance(message, Gantt.Pointed)

    @dataclass
    class Opened(Message):
        """A row was clicked twice; `on_chart` says whether right of the labels."""

        row: Row
        on_chart: bool

    @dataclass
    class DayClicked(Message):
        """A day was clicked in the header, or anywhere while a remodel is carried."""

        day: date

    def __init__(self, widget_id: str) -> None:
        super().__init__(id=widget_id)
        self.view: View | None = None
        self.cursor = 0
        self._first_sight: Callable[[], object] | None = None
        self._look_styles: dict[int, Style] = {}
        self._laid_out = Size()

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.view.rows[self.cursor] if self.view and self.cursor < len(self.view.rows) else None

    @property
    def _room(self) -> Size:
        """What the scroll bars leave."""
        return self.scrollable_content_region.size

    @property
    def label_width(self) -> int:
        """The width of the labels at the left."""
        return WIDE if self._room.width >= WIDE_FROM else NARROW

    @property
    def body_height(self) -> int:
        """How many rows are in sight."""
        return max(1, self._room.height - HEAD - (self.view.foot_height if self.view else 0))

    # What is shown

    def show(self, chart: Chart) -> None:
        """Shows a chart, with the cursor on the row it was on; the first one from today on."""
        if self.view is not None:
            self._change(lambda view: view.take(chart))
            return
        self.view = View(chart, self._chart_width)
        self.cursor = next((number for number, row in enumerate(self.view.rows) if row.bar), 0)
        self._lay_out()
        self._point(self.cursor)
        self._first_sight = self.action_today
        self._begin()

    def hold(self, bar: Bar | None) -> None:
        """Shows a remodel in another place than it has; None again where it is."""
        if self.view is not None:
            self.view.hold(bar)
            self._lay_out()

    def go_to_shop(self, shop_id: str) -> None:
        """Brings a shop's row and days into sight."""
        number = self.view.row_showing(shop_id) if self.view else None
        if number is not None:
            self._lay_out()
            self._point(number)
            self._see(self.action_centre)

    def go_to_day(self, day: date) -> None:
        """Brings a day into sight."""
        self._see(lambda: self._scroll_to_day(day))

    def _scroll_to_day(self, day: date) -> None:
        if self.view is not None:
            scale = self.view.scale
            before = UNITS_BEFORE * (scale.columns if scale.days == 1 else 1)
            self._scroll_columns(scale.column_of(day.toordinal()) - before)

    def show_days(self, first: int, last: int) -> None:
        """Scrolls as little as brings these days, given as ordinals, into sight; the first at least."""
        if self.view is not None:
            left, right = self.view.scale.column_of(first) - 2, self.view.scale.end_of(last) + 3
            self._scroll_columns(min(left, max(round(self.scroll_x), right - self._chart_width)))

    @property
    def _chart_width(self) -> int:
        return max(1, self._room.width - self.label_width)

    def _scroll_columns(self, left: int) -> None:
        self.scroll_to(x=max(0, left), animate=False, force=True, immediate=True)

    def _change(self, change: Callable[[View], object]) -> None:
        """Changes what is shown; the day at the left stays, and the cursor on its row, or else on the heading."""
        if self.view is None:
            return
        row, scale = self.row, self.view.scale
        left, _ = scale.days_of(min(scale.width - 1, round(self.scroll_x)))
        change(self.view)
        number = self.cursor
        if row is not None:
            same = row_of(self.view.rows, row.bar.shop.id, row.group.key) if row.bar else None
            heading = row_of(self.view.rows, None, row.group.key)
            number = next((found for found in (same, heading) if found is not None), number)
        self._lay_out()
        if self.view.scale != scale:
            self._scroll_columns(self.view.scale.column_of(left))
        self._point(number)

    def _lay_out(self) -> None:
        self._laid_out = self._room
        if self.view is not None:
            if self._room:  # else it is out of sight, and keeps the room that it had
                self.view.set_room(self._chart_width)
            height = HEAD + len(self.view.rows) + self.view.foot_height
            self.virtual_size = Size(self.label_width + self.view.scale.width, height)
            self.draw_anew()

    def on_resize(self) -> None:
        """Lays the columns out anew, unless it only came into sight again."""
        if self._room != self._laid_out:
            self._lay_out()
            self._point(self.cursor)
        self._begin()

    def _begin(self) -> None:
        """Goes to today, or to what was asked for since, once it is known how large the chart is."""
        if self._first_sight is not None and self.size.width:
            self.call_after_refresh(self._see_first)

    def _see_first(self) -> None:
        first_sight, self._first_sight = self._first_sight, None
        if first_sight is not None:
            first_sight()

    def _see(self, bring_into_sight: Callable[[], object]) -> None:
        """Scrolls through time; a chart that is only being shown does so once it is there."""
        if self._first_sight is None:
            bring_into_sight()
        else:
            self._first_sight = bring_into_sight

    def notify_style_update(self) -> None:
        """Takes the colours of another theme."""
        super().notify_style_update()
        self._look_styles = {}

    def line_at(self, y: int) -> Strip:
        """A line of what is in sight."""
        width, view = self._room.width, self.view
        if view is None or width <= self.label_width:
            return Strip.blank(width, self.rich_style)
        styles = self._look_styles = self._look_styles or make_styles(self.get_component_rich_style)
        left = min(round(self.scroll_x), max(0, view.scale.width - 1))
        sight = Sight(view.scale, left, left + self._chart_width, view.chart.rollout.today.toordinal())
        number = round(self.scroll_y) + y - HEAD
        if y < HEAD:
            segments = head_line(view, sight, y, self.label_width, styles)
        elif y >= HEAD + self.body_height:
            segments = foot_line(view, sight, y - HEAD - self.body_height, self.label_width, styles)
        elif number < len(view.rows):
            here = number == self.cursor
            segments = row_line(view, sight, view.rows[number], self.label_width, styles, is_here=here)
        else:
            return Strip.blank(width, self.rich_style)
        return Strip(segments, width)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a chart there is nothing to do; while a remodel is carried, the arrows move it."""
        if action not in PLAIN_STEPS:
            return super().check_action(action, parameters)
        return self.view is not None and (self.view.carried is None or action in WHILE_CARRYING)

    def _point(self, number: int) -> None:
        """Puts the cursor on a row and brings it into sight."""
        if self.view is None:
            return
        self.cursor = max(0, min(number, len(self.view.rows) - 1))
        top = round(self.scroll_y)
        if self._room and not top <= self.cursor < top + self.body_height:
            y = self.cursor if self.cursor < top else self.cursor - self.body_height + 1
            self.scroll_to(y=y, animate=False, immediate=True)
        self.draw_anew()
        self.post_message(self.Pointed(self.row))

    def action_row(self, step: int) -> None:
        """Goes rows up or down."""
        self._point(self.cursor + step)

    def action_page(self, step: int) -> None:
        """Goes a page up or down."""
        self.scroll_to(y=round(self.scroll_y) + step * self.body_height, animate=False, immediate=True)
        self._point(self.cursor + step * self.body_height)

    def action_edge(self, step: int) -> None:
        """Goes to the first or the last row."""
        self._point(0 if step < 0 or self.view is None else len(self.view.rows) - 1)

    def action_time(self, step: int) -> None:
        """Scrolls the columns: by days, weeks or four weeks, as the zoom is."""
        if self.view is not None:
            columns = {Zoom.DAY: 3, Zoom.WEEK: 7, Zoom.MONTH: 4 * self.view.scale.columns}[self.view.zoom]
            self._scroll_columns(round(self.scroll_x) + step * columns)

    def action_zoom(self, step: int) -> None:
        """Shows fewer or more days; the remodel under the cursor, or else the day in the middle, stays in sight."""
        if self.view is None:
            return
        half = self._chart_width // 2
        middle, _ = self.view.scale.days_of(min(self.view.scale.width - 1, round(self.scroll_x) + half))
        self._change(lambda view: view.zoom_by(step))
        self._scroll_columns(self.view.scale.column_of(middle) - half)

    def action_group(self) -> None:
        """Groups by the next thing."""
        shop = self.row.bar.shop.id if self.row and self.row.bar else None
        self._change(lambda view: view.group_by_next())
        number = row_of(self.view.rows, shop) if self.view and shop else None
        self._point(0 if number is None else number)

    def action_done(self) -> None:
        """Shows or hides the shops done before."""
        self._change(lambda view: view.toggle_done())

    def action_fold(self) -> None:
        """Folds or unfolds the group of the row."""
        row = self.row
        if row is not None:
            self._change(lambda view: view.toggle(row.group.key))

    def action_fold_all(self) -> None:
        """Folds all groups, or unfolds them where all are folded."""
        self._change(lambda view: view.toggle_all())

    def action_today(self) -> None:
        """Brings today into sight."""
        if self.view is not None:
            self.go_to_day(self.view.chart.rollout.today)

    def action_centre(self) -> None:
        """Brings the days of the remodel under the cursor into sight."""
        if self.row is not None and self.row.bar is not None and self.row.bar.days is not None:
            self.show_days(*self.row.bar.days)

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """Puts the cursor where it was clicked; a heading folds, a second click opens, the header goes to a day."""
        place = event.get_content_offset(self)
        if self.view is None or place is None:
            return
        day = self._day_at(place)
        number = round(self.scroll_y) + place.y - HEAD
        if self.view.carried is not None or place.y < HEAD:
            if day is not None:
                self.post_message(self.DayClicked(day))
        elif place.y < HEAD + self.body_height and number < len(self.view.rows):
            self._click_row(number, is_second=event.chain == 2, on_chart=day is not None)

    def _click_row(self, number: int, *, is_second: bool, on_chart: bool) -> None:
        self._point(number)
        row = self.row
        if row is not None and row.bar is None:
            self.action_fold()
        elif row is not None and is_second:
            self.post_message(self.Opened(row, on_chart))

    def _day_at(self, place: Offset) -> date | None:
        if self.view is None or place.x < self.label_width:
            return None
        column = round(self.scroll_x) + place.x - self.label_width
        scale = self.view.scale
        return date.fromordinal(scale.days_of(column)[0]) if column < scale.width else None
