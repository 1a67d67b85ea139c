"""A table of any number of rows, each one line high: only the lines in sight are ever made."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip

from planner.ui.widgets.line_cells import GAP, LineColumn, fitted
from planner.ui.widgets.line_painter import GUTTER, LinePainter
from planner.ui.widgets.line_view import LineView

SELECTED, PLAIN = "● ", "  "
ON_ITS_WAY = "…"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: a printable text a column. `muted` are the places of the cells that are told quietly."""

    cells: Sequence[str]
    is_selected: bool = False
    muted: frozenset[int] = frozenset()


class LineSource(Protocol):
    """Where a table's lines come from."""

    def count(self) -> int:
        """How many rows there are."""

    def line(self, row: int) -> Line | None:
        """The line of a row; None while it is on its way."""


def _move(keys: str, direction: str) -> tuple[Binding, Binding]:
    """Moves the cursor, or with shift marks the rows it passes."""
    shifted = ",".join(f"shift+{key}" for key in keys.split(","))
    return (
        Binding(keys, f"go('{direction}')", show=False),
        Binding(shifted, f"go('{direction}', True)", show=False),
    )


class LineTable(LineView, can_focus=True):
    """Shows lines of a source, with a cursor on one cell; the header and the first `frozen` columns stay in sight."""

    COMPONENT_CLASSES = {
        "line-table--plain",
        "line-table--header",
        "line-table--mark",
        "line-table--muted",
        "line-table--row",
        "line-table--cursor",
    }

    BINDINGS = [
        *_move("up", "up"),
        *_move("down", "down"),
        *_move("pageup", "page_up"),
        *_move("pagedown", "page_down"),
        *_move("ctrl+home", "top"),
        *_move("ctrl+end", "bottom"),
        Binding("left", "go('left')", show=False),
        Binding("right", "go('right')", show=False),
        Binding("home", "go('first')", show=False),
        Binding("end", "go('last')", show=False),
    ]

    class Moved(Message):
        """The cursor is on another cell, or other rows are in sight."""

    @dataclass
    class Ranged(Message):
        """Rows were marked from one to another, both included, with shift and a key or a click."""

        first: int
        last: int

    @dataclass
    class HeaderClicked(Message):
        """The title of a column was clicked."""

        column: int
        with_shift: bool

    class CellOpened(Message):
        """The cell under the cursor was clicked twice."""

    def __init__(self, source: LineSource, *, frozen: int = 1, widget_id: str | None = None) -> None:
        self._painter = LinePainter()
        self._styles_kept: dict[tuple[str, str], Style] = {}
        super().__init__(id=widget_id)
        self._source = source
        self._frozen = frozen
        self._columns: tuple[LineColumn, ...] = ()
        self._lefts: tuple[int, ...] = (0,)
        self._anchor: int | None = None
        self.cursor_row = 0
        self._page_rows_before = 0
        self.cursor_column = 0
        self.empty_text = ""
        """What is said where there is no row: why, and what to do."""

    # What is shown

    @property
    def columns(self) -> tuple[LineColumn, ...]:
        """The columns, from the left."""
        return self._columns

    @property
    def page_rows(self) -> int:
        """How many rows there is room for."""
        return max(1, self.scrollable_content_region.height - 1)

    @property
    def rows_in_sight(self) -> tuple[int, int]:
        """The first and the last row that there is room for."""
        first = self.scroll_offset.y
        return first, max(first, min(self._source.count(), first + self.page_rows) - 1)

    def show_columns(self, columns: Sequence[LineColumn]) -> None:
        """Shows other columns, or the same ones wider."""
        self._columns = tuple(columns)
        self._lefts = tuple(accumulate((column.width + GAP for column in columns), initial=GUTTER))
        self.cursor_column = max(0, min(self.cursor_column, len(columns) - 1))
        self.show_rows()

    def show_rows(self) -> None:
        """Shows the lines as the source now has them, however many they are."""
        self.fit_content(Size(self._virtual_width(), self._source.count() + 1))
        self.cursor_row = max(0, min(self.cursor_row, self._source.count() - 1))
        self.refresh()

    def _virtual_width(self) -> int:
        """As wide as all columns, and so much wider that one can scroll to the beginning of a column."""
        beyond = self._lefts[-1] - self.room
        return self._lefts[-1] if beyond <= 0 else self.room + self._snapped(beyond)

    def _snapped(self, x: int) -> int:
        """How far to scroll so that the first scrolled column in sight is whole, and at least to `x`."""
        edge = self._edge
        return next((left - edge for left in self._lefts[self._frozen :] if left - edge >= x), x)

    @property
    def _edge(self) -> int:
        """How wide the frozen columns are."""
        return self._lefts[min(self._frozen, len(self._columns))]

    def cell_region(self, row: int, column: int) -> Region:
        """Where a cell stands in the widget, as far as it is in sight."""
        left = self._lefts[column] - (self.scroll_offset.x if column >= self._frozen else 0)
        width = min(self._columns[column].width, self.room - left)
        return Region(left, 1 + row - self.scroll_offset.y, max(1, width), 1)

    # The cursor

    def move_cursor(self, row: int, column: int | None = None, *, keep_line: bool = False) -> None:
        """Puts the cursor on a cell and brings it into sight; `keep_line` keeps it on its line of the screen."""
        before = self.cursor_row, self.cursor_column, self.scroll_offset
        line = self.cursor_row - self.scroll_offset.y
        last = max(0, self._source.count() - 1)
        self.cursor_row = max(0, min(row, last))
        if column is not None:
            self.cursor_column = max(0, min(column, len(self._columns) - 1))
        top = self.cursor_row - line if keep_line else self.scroll_offset.y
        top = max(self.cursor_row - self.page_rows + 1, min(top, self.cursor_row))
        self.scroll_to(self._scroll_x_for_cursor(), max(0, top), animate=False, force=True)
        self._refresh_after(*before)
        self.post_message(self.Moved())

    def _refresh_after(self, row: int, column: int, offset: Offset) -> None:
        """Draws the lines that the cursor has left and come to; the header too where it changed its column."""
        if offset != self.scroll_offset:
            self.refresh()
            return
        lines = {1 + row - offset.y, 1 + self.cursor_row - offset.y} | ({0} if column != self.cursor_column else set())
        self.refresh(*(Region(0, line, self.size.width, 1) for line in lines if 0 <= line < self.size.height))

    def _scroll_x_for_cursor(self) -> int:
        now = self.scroll_offset.x
        if self.cursor_column < self._frozen or not self._columns:
            return now
        left, width = self._lefts[self.cursor_column], self._columns[self.cursor_column].width
        farthest = left - self._edge  # scrolled further, the cell would slip under the frozen columns
        needed = left + width - self.room
        return min(self._snapped(needed) if needed > now else now, farthest)

    def action_go(self, direction: str, ranging: bool = False) -> None:
        """Moves the cursor a step, a page, or to an end."""
        row, column, page = self.cursor_row, self.cursor_column, self.page_rows
        last_row, last_column = self._source.count() - 1, len(self._columns) - 1
        rows = {
            "up": row - 1,
            "down": row + 1,
            "page_up": row - page,
            "page_down": row + page,
            "top": 0,
            "bottom": last_row,
        }
        columns = {"left": column - 1, "right": column + 1, "first": 0, "last": last_column}
        anchor = self._anchor if self._anchor is not None else row
        if direction == "first":
            self.scroll_to(0, None, animate=False, force=True)
        if direction in ("page_up", "page_down"):
            self.scroll_to(None, self.scroll_offset.y + rows[direction] - row, animate=False, force=True)
        self.move_cursor(rows.get(direction, row), columns.get(direction, column))
        self._mark_to_cursor(anchor, ranging=ranging)

    def _mark_to_cursor(self, anchor: int, *, ranging: bool) -> None:
        self._anchor = anchor if ranging else None
        if ranging:
            self.post_message(self.Ranged(min(anchor, self.cursor_row), max(anchor, self.cursor_row)))

    def on_click(self, event: events.Click) -> None:
        """Puts the cursor where it was clicked; twice opens the cell, with shift marks the rows up to it."""
        column = self._column_at(event.x)
        row = self.scroll_offset.y + event.y - 1
        if event.y == 0:
            if column is not None:
                self.post_message(self.HeaderClicked(column, event.shift))
            return
        if row >= self._source.count():
            return
        anchor = self._anchor if self._anchor is not None else self.cursor_row
        self.move_cursor(row, column)
        self._mark_to_cursor(anchor, ranging=event.shift)
        if event.chain == 2 and column is not None:
            self.post_message(self.CellOpened())

    def _column_at(self, x: int) -> int | None:
        place = x if x < self._edge else x + self.scroll_offset.x
        for column, left in enumerate(self._lefts[:-1]):
            if left <= place < self._lefts[column + 1]:
                return column
        return None

    # Lines

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other rows come into sight."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """More or fewer rows are in sight: a cursor that was stays."""
        top = self.scroll_offset.y
        was_in_sight = top <= self.cursor_row < top + self._page_rows_before
        self._page_rows_before = self.page_rows
        if was_in_sight:
            self.move_cursor(self.cursor_row)
        else:
            self.post_message(self.Moved())

    def render_line(self, y: int) -> Strip:
        """A line of the widget, as far as the scroll bar: the header, a row, or nothing below the last."""
        row = y - 1 + self.scroll_offset.y
        self._painter.fit(self._columns, self._frozen, self.scroll_offset.x, self.room)
        if y == 0:
            return self._header()
        if row >= self._source.count():
            return self._below(row)
        line = self._source.line(row)
        is_here = row == self.cursor_row
        look = (line, is_here, self.cursor_column if is_here else -1, is_here and self.has_focus)
        return self._painter.kept(row, look) or self._painter.keep(row, look, self._row(row, line, is_here=is_here))

    def _row(self, row: int, line: Line | None, *, is_here: bool) -> Strip:
        base = "row" if is_here else "plain"
        if line is None:
            text = fitted(f"{PLAIN}{ON_ITS_WAY} {row + 1}", self.room)
            return Strip([Segment(text, self._style(base, "muted"))], self.room)
        plain = self._style(base)
        mark = Segment(SELECTED, self._style(base, "mark")) if line.is_selected else Segment(PLAIN, plain)
        if not line.muted and not is_here:
            return self._painter.plain(mark, line.cells, plain)
        quiet = self._style(base, "muted")
        styles = [quiet if place in line.muted else plain for place in range(len(line.cells))]
        if is_here and self._columns:
            here = self._style("cursor") if self.has_focus else plain + Style(underline=True)
            styles[self.cursor_column] = here
        return self._painter.styled(mark, line.cells, styles, plain)

    def _below(self, row: int) -> Strip:
        """A line below the last row: blank, unless there is no row at all."""
        text = self.empty_text if row == 1 and not self._source.count() else ""
        return Strip([Segment(fitted(f"{PLAIN}{text}", self.room), self._style("plain", "muted"))], self.room)

    def _header(self) -> Strip:
        base = self._style("header")
        titles = [f"{column.title} {column.mark}".rstrip() for column in self._columns]
        under = base + Style(underline=True)
        styles = [under if place == self.cursor_column else base for place in range(len(titles))]
        return self._painter.styled(Segment(PLAIN, base), titles, styles, base)

    def _style(self, part: str, ink: str = "") -> Style:
        """How a part looks; with `ink`, in the colour of that part's text on this one's background."""
        if (part, ink) not in self._styles_kept:
            style = self.get_component_rich_style(f"line-table--{part}")
            if ink:
                over = self.get_component_rich_style(f"line-table--{ink}")
                style += Style(color=over.color, bold=over.bold)
            self._styles_kept[part, ink] = style
        return self._styles_kept[part, ink]

    def notify_style_update(self) -> None:
        """Another theme: the styles are looked up anew, and the lines made anew."""
        self._styles_kept = {}
        self._painter.forget()
        super().notify_style_update()
