"""Labelled lines to read, with the keys on the text so that it can be scrolled."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Label, Static

from planner.exchange.text import printable
from planner.ui.keys import PlannerDialog
from planner.wording.translation import gettext, later


class ReasonsDialog(PlannerDialog[None]):
    """Why something is as it is."""

    HELP = later("The reasons, the most telling first. Escape or Enter closes them.")
    BINDINGS = [Binding("enter", "leave", show=False)]

    def __init__(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The title, the lines, and how to leave."""
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(ratio=1)
        for label, text in self._lines:
            table.add_row(Text(printable(label), style="bold"), Text(printable(text)))
        with Vertical(classes="dialog reasons"):
            yield Label(Text(printable(self._title)), classes="dialog-title")
            with VerticalScroll(classes="dialog-body"):
                yield Static(table)
            yield Label(Text(gettext("Escape closes this.")), classes="hint")

    def on_mount(self) -> None:
        """The text takes the keys."""
        self.query_one(VerticalScroll).focus()
