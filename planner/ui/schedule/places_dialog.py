"""A list of places that a remodel could be fixed at, of which one is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import DataTable, Label

from planner.exchange.text import printable
from planner.ui.keys import PlannerDialog
from planner.wording.translation import gettext, later


@dataclass(frozen=True, slots=True)
class Place:
    """The days to fix a remodel at, and what is told of them, a text for each column; and the rules they break."""

    start: date
    finish: date
    cells: tuple[str, ...]
    breaks: tuple[str, ...] = ()


class PlacesDialog(PlannerDialog[Place]):
    """Places a line each, best first; Enter or a click takes one."""

    HELP = later("Places where the remodel could be fixed, with what each would do. Enter takes one, Escape none.")

    def __init__(self, title: str, note: str, headings: Sequence[str], places: Sequence[Place]) -> None:
        super().__init__()
        self._title = title
        self._note = note
        self._headings = headings
        self._places = places

    def compose(self) -> ComposeResult:
        """The title, what the list is, and the list."""
        with Vertical(classes="dialog places"):
            yield Label(Text(printable(self._title)), classes="dialog-title")
            yield Label(Text(printable(self._note)))
            yield DataTable(cursor_type="row", id="places")
            yield Label(Text(gettext("Enter fixes the remodel there, Escape leaves it.")), classes="hint")

    def on_mount(self) -> None:
        """Fills the list."""
        table = self.query_one(DataTable)
        table.add_columns(*(Text(heading) for heading in self._headings))
        for place in self._places:
            table.add_row(*(Text(printable(cell)) for cell in place.cells))
        table.focus()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Takes the place of the line."""
        event.stop()
        self.dismiss(self._places[event.cursor_row])
