"""Two to four plans side by side, as a screen of its own."""

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import DataTable, Static

from planner.exchange.text import printable
from planner.ui.background import in_background
from planner.ui.key_line import KeyLine
from planner.ui.keys import PlannerScreen, key
from planner.ui.scenarios.side_rows import LoadAnswers, SideBySide, SideRow, side_by_side
from planner.wording.translation import gettext, later

LABEL_WIDTH = 24
WIDE_LABEL_WIDTH = 36
LEAST_WIDTH = 13
MOST_WIDTH = 34
FIGURE_WIDTH = 14
DIFFERENCE_WIDTH = 12
SEPARATOR = " · "


class SideScreen(PlannerScreen[str]):
    """Plans beside the first of them. It leaves with the id of a shop to go to, or with none."""

    HELP = later(
        "Each column is a plan, with its difference to the first one below each figure. ≈ marks what may be due to the"
        " search alone, since neither plan is proved to be the best; below the figures are the shops on other days."
    )
    BINDINGS = [
        key("escape,q", "leave", later("Back"), later("Go back to the scenarios."), "comparison.leave"),
    ]

    def __init__(self, load: LoadAnswers) -> None:
        super().__init__()
        self._load = load
        self._shown: SideBySide | None = None

    def compose(self) -> ComposeResult:
        """The title, the table, what its marks mean, and the keys."""
        yield Static(Text(gettext("Side by side")), id="side-title")
        yield SideTable()
        yield Static(Text(gettext("Reading the plans …")), id="side-legend")
        yield KeyLine()

    def on_mount(self) -> None:
        """Reads the plans."""
        in_background(self, lambda: side_by_side(self._load()), self._show, group="side", on_error=self._fail)

    def _show(self, shown: SideBySide) -> None:
        self._shown = shown
        self.query_one(SideTable).show(shown)
        self.query_one("#side-legend", Static).update(Text("\n".join(shown.legend)))

    def _fail(self, lines: list[str]) -> None:
        self.query_one("#side-legend", Static).update(Text("\n".join(map(printable, lines))))

    def action_leave(self) -> None:
        """Goes back."""
        self.dismiss(None)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter, or a click on the row of the cursor: goes to the shop of the row, if it is one's."""
        event.stop()
        row = self.query_one(SideTable).row_here
        if row is not None and row.shop:
            self.dismiss(row.shop)


class SideTable(DataTable[Text]):
    """The table; its columns share the room there is."""

    BINDINGS = [Binding("enter", "select_cursor", later("Go to shop"), tooltip=later("Show the shop in the schedule."))]

    def __init__(self) -> None:
        super().__init__(id="side-table", cursor_type="row", cell_padding=0)
        self._shown: SideBySide | None = None

    @property
    def row_here(self) -> SideRow | None:
        """The row of the cursor."""
        rows = self._shown.rows if self._shown else ()
        return rows[self.cursor_row] if 0 <= self.cursor_row < len(rows) else None

    def show(self, shown: SideBySide) -> None:
        """Shows plans."""
        self._shown = shown
        self._draw()
        self.focus()

    def on_resize(self) -> None:
        """Gives the columns the new room."""
        self._draw()

    def _draw(self) -> None:
        if self._shown is None:
            return
        place, plans = self.cursor_row, len(self._shown.names)
        room = self.size.width - self.scrollbar_size_vertical
        label = LABEL_WIDTH if room < LABEL_WIDTH + plans * MOST_WIDTH else WIDE_LABEL_WIDTH
        width = min(MOST_WIDTH, max(LEAST_WIDTH, (room - label) // plans))
        has_scenarios = any(SEPARATOR in name for name in self._shown.names)
        self.clear(columns=True)
        self.header_height = 2 if has_scenarios else 1
        self.fixed_columns = 1
        self.add_column("", width=label)
        for name in self._shown.names:
            self.add_column(_heading(name, width, has_scenarios=has_scenarios), width=width)
        for row in self._shown.rows:
            cells = [_cell(figure, below, width) for figure, below in row.cells]
            height = max(text.plain.count("\n") for text in cells) + 1
            self.add_row(Text(_left(row.label, label), style="bold" if row.is_heading else ""), *cells, height=height)
        self.move_cursor(row=place, animate=False)


def _heading(name: str, width: int, *, has_scenarios: bool) -> Text:
    """A plan's name: its number, and below it what it was made under."""
    if _is_beside(width):
        width -= DIFFERENCE_WIDTH
    first, _, rest = name.partition(SEPARATOR)
    return Text(f"{_right(first, width)}\n{_right(rest, width)}" if has_scenarios else _right(first, width))


def _cell(figure: str, difference: str, width: int) -> Text:
    """A figure with its difference beside it, or below where there is no room."""
    if _is_beside(width):
        return Text(_right(figure, width - DIFFERENCE_WIDTH) + _right(difference, DIFFERENCE_WIDTH))
    return Text("\n".join(_right(text, width) for text in (figure, difference) if text))


def _is_beside(width: int) -> bool:
    """Whether a column has room for a difference beside its figure."""
    return width >= FIGURE_WIDTH + DIFFERENCE_WIDTH


def _left(text: str, width: int) -> str:
    text = printable(text)
    return set_cell_size(text, width) if cell_len(text) < width else set_cell_size(text, width - 2) + "… "


def _right(text: str, width: int) -> str:
    text = printable(text)
    if cell_len(text) > width - 1:
        text = set_cell_size(text, width - 2) + "…"
    return " " * (width - 1 - cell_len(text)) + text
