"""How busy the crews of each trade and region are, week by week: a block a week, as high as the load."""

from collections.abc import Sequence
from datetime import date, timedelta

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from planner.exchange.report.load import TradeLoad
from planner.exchange.text import printable
from planner.ui.keys import hidden, key
from planner.ui.widgets.line_cells import fitted
from planner.ui.widgets.month_line import month_line
from planner.wording.amounts import day_in_year_text, number_text, percent_text
from planner.wording.translation import gettext, later

BLOCKS, FULL = "▁▂▃▄▅▆▇", "█"
NONE, IDLE = " ", "·"
MORE_BEFORE, MORE_AFTER = "‹", "›"
LEAST_LABEL, MOST_LABEL = 12, 30
BUSY = 0.5
SIX_DAYS = timedelta(days=6)


class LoadChart(ScrollView, can_focus=True):
    """Rows of trades and of the regions their crews serve, a column a week, with a cursor that tells the figures."""

    HELP = later(
        "How busy the crews of each trade are, a block a week: the higher, the busier, up to a whole block."
        " The line above says the crew days of the week the cursor is on; Enter shows that week in the schedule."
    )

    BINDINGS = [
        hidden("left", "go(0, -1)", later("Week before"), later("Go a week back."), "load.left"),
        hidden("right", "go(0, 1)", later("Week after"), later("Go a week on."), "load.right"),
        hidden("up", "go(-1, 0)", later("Up"), later("Go to the row above."), "load.up"),
        hidden("down", "go(1, 0)", later("Down"), later("Go to the row below."), "load.down"),
        hidden("home", "go(0, -9999)", later("First week"), later("Go to the first week."), "load.home"),
        hidden("end", "go(0, 9999)", later("Last week"), later("Go to the last week."), "load.end"),
        hidden("pageup", "go(-10, 0)", later("Page up"), later("Go up ten rows."), "load.pageup"),
        hidden("pagedown", "go(10, 0)", later("Page down"), later("Go down ten rows."), "load.pagedown"),
        key("enter", "open", later("Schedule"), later("Show this week in the schedule."), "load.open"),
    ]

    COMPONENT_CLASSES = {
        "load-chart--label",
        "load-chart--calm",
        "load-chart--busy",
        "load-chart--full",
        "load-chart--cursor",
        "load-chart--months",
    }

    class Opened(Message):
        """A week is to be shown."""

        def __init__(self, monday: date) -> None:
            super().__init__()
            self.monday = monday

    def __init__(self, chart_id: str) -> None:
        super().__init__(id=chart_id)
        self._is_filled = False
        self._loads: Sequence[TradeLoad] = ()
        self._weeks: Sequence[date] = ()
        self._row = 0
        self._week = 0
        # Cells of the labels, and of a week.
        self._label = LEAST_LABEL
        self._cells = 1
        self._placed_for = Size()

    def show(self, loads: Sequence[TradeLoad], weeks: Sequence[date]) -> None:
        """Shows these loads, the cursor where it was as far as there is such a place."""
        self._is_filled, self._loads, self._weeks = True, loads, weeks
        self._place()

    def on_resize(self) -> None:
        """As many cells a week as there is room for."""
        # Coming into sight again, it is told its size again too.
        if self.size != self._placed_for:
            self._place()

    def on_focus(self) -> None:
        """The cursor comes into sight, and what it tells."""
        self._tell()

    def on_blur(self) -> None:
        """The cursor goes."""
        self._tell()

    def _place(self) -> None:
        self._placed_for = self.size
        widest = max((cell_len(_label_of(load)) for load in self._loads), default=LEAST_LABEL)
        self._label = max(LEAST_LABEL, min(widest + 1, MOST_LABEL, self.size.width // 3))
        self._cells = max(1, min(3, (self.size.width - self._label) // max(1, len(self._weeks))))
        self._row = max(0, min(self._row, len(self._loads) - 1))
        self._week = max(0, min(self._week, len(self._weeks) - 1))
        width = self._label + self._cells * len(self._weeks)
        self.virtual_size = Size(width, len(self._loads) + 1)
        self._tell()

    def _tell(self) -> None:
        title = self._told() if self.has_focus and self._loads else gettext("Load by week")
        self.border_title = Text(printable(title))
        self.refresh()

    def _told(self) -> str:
        load = self._loads[self._row]
        held, available = load.held[self._week], load.available[self._week]
        return gettext("{held} of {available} crew days ({share}), {first} to {last}, {crews}").format(
            held=number_text(held),
            available=number_text(available),
            share=percent_text(held / available) if available else "–",
            first=day_in_year_text(self._weeks[self._week]),
            last=day_in_year_text(self._weeks[self._week] + SIX_DAYS),
            crews=_name_of(load),
        )

    def action_go(self, rows: int, weeks: int) -> None:
        """Moves the cursor."""
        self._row = max(0, min(self._row + rows, len(self._loads) - 1))
        self._week = max(0, min(self._week + weeks, len(self._weeks) - 1))
        self._show_cursor()

    def _show_cursor(self) -> None:
        room, height = self.size.width - self._label, self.size.height - 1
        left, (x, y) = self._week * self._cells, self.scroll_offset
        x = max(left + self._cells - room, min(x, left))
        y = max(self._row + 1 - height, min(y, self._row))
        self.scroll_to(max(0, x), max(0, y), animate=False, force=True)
        self._tell()

    def action_open(self) -> None:
        """Asks for the week the cursor is on."""
        if self._weeks:
            self.post_message(self.Opened(self._weeks[self._week]))

    def on_click(self, event: events.Click) -> None:
        """Moves the cursor to where was clicked; opens the week if clicked twice."""
        offset = event.get_content_offset(self)
        if offset is None or not self._loads:
            return
        row = offset.y - 1 + self.scroll_offset.y
        week = (offset.x - self._label + self.scroll_offset.x) // self._cells
        if offset.y < 1 or offset.x < self._label or row >= len(self._loads) or week >= len(self._weeks):
            return
        self._row, self._week = row, week
        self._tell()
        if event.chain > 1:
            self.action_open()

    def render_line(self, y: int) -> Strip:
        """The months, then a row a line; labels stay in sight however far one scrolls."""
        left, top = self.scroll_offset
        room = self.size.width - self._label
        if y == 0:
            return Strip([Segment(self._months(left, room), self._style("months"))])
        row = y - 1 + top
        if row >= len(self._loads):
            return Strip.blank(self.size.width, self.rich_style)
        label = Segment(fitted(_label_of(self._loads[row]), self._label), self._style("label"))
        weeks = Strip(self._week_segments(row)).crop(left, left + room)
        return Strip([label, *weeks]).adjust_cell_length(self.size.width, self.rich_style)

    def _months(self, left: int, room: int) -> str:
        """The months above the weeks in sight, with a sign on the sides where there are more."""
        if not self._weeks:
            return fitted(gettext("No plan yet.") if self._is_filled else "", self.size.width)
        days = [day for day in self._weeks for _ in range(self._cells)]
        months = month_line(days[left : left + room], room - 1)
        before, after = MORE_BEFORE if left else " ", MORE_AFTER if len(days) > left + room else " "
        return fitted(before.rjust(self._label) + months + after, self.size.width)

    def _week_segments(self, row: int) -> list[Segment]:
        load = self._loads[row]
        styles = {name: self._style(name) for name in ("calm", "busy", "full", "cursor")}
        segments = []
        for week in range(len(self._weeks)):
            block, name = _block(load, week)
            style = styles[name]
            if self.has_focus and (row, week) == (self._row, self._week):
                style, block = styles["cursor"], IDLE if block == NONE else block
            segments.append(Segment(block * self._cells, style))
        return segments

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"load-chart--{name}")


def _label_of(load: TradeLoad) -> str:
    """The trade; under it, indented, the regions that crews of it serve."""
    if load.area is None:
        return printable(load.trade)
    return "  " + (printable(", ".join(load.area)) or gettext("everywhere"))


def _name_of(load: TradeLoad) -> str:
    area = "" if load.area is None else f" {_label_of(load).strip()}"
    return printable(load.trade) + area


def _block(load: TradeLoad, week: int) -> tuple[str, str]:
    """The block of a week, and the name of its style."""
    held, available = load.held[week], load.available[week]
    if not held:
        return (IDLE if available else NONE), "calm"
    share = held / available if available else 1.0
    if load.is_full(week):
        return FULL, "full"
    return BLOCKS[round(share * (len(BLOCKS) - 1))], "busy" if share >= BUSY else "calm"
