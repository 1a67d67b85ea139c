"""The editor that lies over a cell of the table, as in a spreadsheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.suggester import SuggestFromList
from textual.widgets import Input

from planner.store.records import StoredShop
from planner.ui.backlog.columns import ShopColumn
from planner.ui.keys import handed_on, key
from planner.wording.translation import later

LEAST_WIDTH = 16


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table: the shop as it was read, and the column."""

    item: StoredShop
    column: ShopColumn


class CellEditor(Input):
    """Takes a cell's new text: Enter keeps it and goes down, Tab goes right, Escape leaves the cell as it was."""

    HELP = later(
        "Type the cell's new text: days as 2021-09-06 or 06.09.2021, items of a list with commas between them. Enter"
        " keeps it and goes down, Tab keeps it and goes right, Escape leaves the cell as it was."
    )

    BINDINGS = [
        key("enter", "keep('down')", later("Keep"), later("Store the text and go down."), "cell.keep"),
        key("tab", "keep('right')", later("Keep, right"), later("Store the text and go right."), "cell.keep-right"),
        key("escape", "leave", later("Leave"), later("Leave the cell as it was."), "cell.leave"),
        Binding("down", "keep('down')", show=False),
        Binding("up", "keep('up')", show=False),
        Binding("shift+tab", "keep('left')", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="cell-editor", compact=True, select_on_focus=False)
        self.display = False
        self._cell: Cell | None = None
        self._before = ""
        self.keep: Callable[[Cell, str | None, str], None] = lambda *_: None
        """Stores the text (None: it is as before), and goes on `down`, `up`, `right` or `left`, with the focus."""
        self.give_back: Callable[[], None] = lambda: None
        """Gives the focus back; the cell stays as it was."""

    def begin(
        self, cell: Cell, before: str, text: str, region: Region, room: int, suggestions: Sequence[str] = ()
    ) -> None:
        """Lies over the cell at `region` of a table `room` cells wide; `before` is what it holds, `text` is shown."""
        self._cell, self._before = cell, before
        self.suggester = SuggestFromList(suggestions, case_sensitive=False) if suggestions else None
        width = min(room, max(region.width + 1, LEAST_WIDTH))
        self.styles.width = width
        self.styles.offset = (max(0, min(region.x, room - width)), region.y)
        self.value = text
        self.cursor_position = len(text)
        self.display = True
        # At once: keys that have arrived already are meant for it.
        self.screen.set_focus(self)

    @property
    def is_open(self) -> bool:
        """Whether a cell is being edited."""
        return self._cell is not None

    def end(self) -> None:
        """Lies over nothing any more."""
        self._cell = None
        self.display = False

    async def on_key(self, event: events.Key) -> None:
        """Does what a key is bound to now: else text that was typed after it would be there before it."""
        if not self.is_open and handed_on(self, event):
            return
        bound = self.screen.active_bindings.get(event.key)
        if bound is not None and bound.node is self and not event.is_printable:
            event.stop()
            event.prevent_default()
            if bound.enabled:
                await self.run_action(bound.binding.action)

    def action_keep(self, direction: str) -> None:
        """Has the text stored where it differs, and goes on."""
        cell = self._cell
        if cell is None:
            return
        self.end()
        is_other = self.value.strip() != self._before.strip()
        self.keep(cell, self.value if is_other else None, direction)

    def action_leave(self) -> None:
        """Leaves the cell as it was."""
        self.end()
        self.give_back()
