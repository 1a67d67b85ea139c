"""A short table whose rows can be marked, which keeps its place when it is filled anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.binding import Binding
from textual.coordinate import Coordinate
from textual.widgets import DataTable

from planner.exchange.text import printable
from planner.wording.translation import later

Align = Literal["left", "right"]
Layout = list[tuple[int, int]]
"""The columns that are shown, by their number, each with its width."""
LEAST_WIDTH = 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, how wide it is at least, and where its text stands. One with a `share` takes what is left.

    `rank` says which columns go first where there is no room: those with the highest.
    """

    heading: str
    width: int
    align: Align = "left"
    share: bool = False
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its texts, one for each column, and the style they are in."""

    texts: Sequence[str]
    style: str = ""


class MarkTable(DataTable[Text]):
    """A table for fewer than 500 rows, each known by a key. The first cell shows whether the row is marked."""

    BINDINGS = [Binding("enter", "select_cursor", later("Open"), tooltip=later("Open what the cursor is on."))]

    def __init__(self, columns: Sequence[Column], table_id: str, mark: str = "●") -> None:
        super().__init__(id=table_id, cursor_type="row", cell_padding=0)
        self._all_columns = columns
        self._mark = mark
        self._lines: Mapping[str, Line] = {}
        self.marked: list[str] = []
        self._filled_width = 0
        self._rows: dict[str, list[Text]] = {}
        self._layout: Layout = []

    def fill(self, lines: Mapping[str, Line]) -> None:
        """Shows these rows, by key, with the cursor on the row it was on, or near it."""
        here = self.here
        self._lines = lines
        self.marked = [key for key in self.marked if key in lines]
        self._draw(here)

    @property
    def here(self) -> str | None:
        """The key of the row the cursor is on."""
        keys = list(self._lines)
        return keys[self.cursor_row] if 0 <= self.cursor_row < len(keys) else None

    def go_to(self, key: str) -> bool:
        """Puts the cursor on a row; whether there is one of this key."""
        if key not in self._lines:
            return False
        self.move_cursor(row=list(self._lines).index(key))
        return True

    def toggle(self) -> None:
        """Marks the row of the cursor, or takes its mark away; the cursor goes on to the next."""
        key = self.here
        if key is None:
            return
        if key in self.marked:
            self.marked.remove(key)
        else:
            self.marked.append(key)
        self._draw(key)
        self.action_cursor_down()

    def on_resize(self) -> None:
        """Gives the columns the new room."""
        if self._room != self._filled_width:
            self._draw(self.here)

    @property
    def _room(self) -> int:
        """The width there is for columns, beside a scroll bar if one is needed."""
        is_long = len(self._lines) + self.header_height > self.size.height
        return self.size.width - (self.scrollbar_size_vertical if is_long else 0)

    def _draw(self, here: str | None) -> None:
        """Fills the table, with the cursor on the row of the key `here`."""
        self._filled_width = self._room
        layout = self._fitting(self._filled_width)
        rows = {name: self._cells(name, line, layout) for name, line in self._lines.items()}
        with self.app.batch_update():
            if layout == self._layout and list(rows) == list(self._rows):
                self._update(rows)
            else:
                self._fill_anew(rows, layout, here)
        self._rows, self._layout = rows, layout

    def _cells(self, name: str, line: Line, layout: Layout) -> list[Text]:
        texts = (self._mark if name in self.marked else "", *line.texts)
        return [
            Text(_cell(texts[number], width, self._all_columns[number].align), style=line.style, no_wrap=True)
            for number, width in layout
        ]

    def _update(self, rows: Mapping[str, list[Text]]) -> None:
        """Shows what changed in rows that are there already, which leaves everything where it is."""
        for number, (name, cells) in enumerate(rows.items()):
            for place, (old, new) in enumerate(zip(self._rows[name], cells, strict=True)):
                if (old.plain, old.style) != (new.plain, new.style):
                    self.update_cell_at(Coordinate(number, place), new)

    def _fill_anew(self, rows: Mapping[str, list[Text]], layout: Layout, here: str | None) -> None:
        place = self.cursor_row
        self.clear(columns=True)
        for number, width in layout:
            column = self._all_columns[number]
            self.add_column(Text(_cell(column.heading, width, column.align)), width=width)
        for name, cells in rows.items():
            self.add_row(*cells, key=name)
        keys = list(rows)
        self.move_cursor(row=keys.index(here) if here in keys else min(place, len(keys) - 1), animate=False)

    def _fitting(self, room: int) -> Layout:
        """The columns there is room for, and their widths: wide enough for their texts, the rest to the sharing one."""
        wanted = [self._wanted(number) for number in range(len(self._all_columns))]
        shown = list(range(len(self._all_columns)))
        while len(shown) > 1 and sum(wanted[number] for number in shown) > room:
            last = max(shown, key=lambda number: (self._all_columns[number].rank, number))
            if self._all_columns[last].rank == 0:
                break
            shown.remove(last)
        left = room - sum(wanted[number] for number in shown)
        if left < 0:
            # What is too much is cut where it shows: an ellipsis within the table, not a letter less at its edge.
            wanted[shown[-1]] = max(LEAST_WIDTH, wanted[shown[-1]] + left)
            left = 0
        sharing = [number for number in shown if self._all_columns[number].share]
        return [(number, wanted[number] + (left // len(sharing) if number in sharing else 0)) for number in shown]

    def _wanted(self, number: int) -> int:
        column = self._all_columns[number]
        if column.share:
            return column.width
        texts = [line.texts[number - 1] for line in self._lines.values()] if number else [self._mark]
        return max([column.width, cell_len(column.heading) + 1, *(cell_len(printable(text)) + 1 for text in texts)])


def _cell(text: str, width: int, align: Align) -> str:
    """`text` in `width` cells, the last of them a space; cut with `…` where it is longer."""
    room = max(0, width - 1)
    text = printable(text)
    if cell_len(text) > room:
        text = set_cell_size(text, max(0, room - 1)).rstrip() + "…"
    if align == "right":
        return " " * (room - cell_len(text)) + text + " "
    return set_cell_size(text, width)
