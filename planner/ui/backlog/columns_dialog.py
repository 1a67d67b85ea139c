"""The dialog in which one chooses which columns are shown, and in what order."""

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, OptionList
from textual.widgets.option_list import Option

from planner.exchange.text import printable
from planner.ui.backlog.columns import FROZEN, SHOWN_AT_FIRST, ShopColumn
from planner.ui.keys import PlannerDialog, key
from planner.wording.translation import gettext, later


class ColumnList(OptionList):
    """The columns; Enter is done with them."""

    BINDINGS = [Binding("enter", "screen.finish", show=False)]


class ColumnsDialog(PlannerDialog[list[str]]):
    """Every column there is, those shown first; the result is the keys of those to show."""

    HELP = later(
        "The columns of the table, in their order. Space shows a column or hides it, shift with the arrows moves it;"
        " number and name always come first."
    )

    BINDINGS = [
        key("space", "turn", later("Show or hide"), later("Show this column, or hide it."), "columns.turn"),
        key("shift+up,K", "move(-1)", later("Up"), later("Move the column to the left."), "columns.up"),
        key("shift+down,J", "move(1)", later("Down"), later("Move the column to the right."), "columns.down"),
        key("r", "reset", later("As at first"), later("Choose the columns shown at first."), "columns.reset"),
    ]

    def __init__(self, present: dict[str, ShopColumn], shown: Sequence[str]) -> None:
        super().__init__()
        self._present = present
        self._order: list[str] = []
        self._shown: set[str] = set()
        self._arrange(shown)

    def _arrange(self, shown: Sequence[str]) -> None:
        free = [name for name in self._present if name not in FROZEN]
        first = [name for name in shown if name in free]
        self._order = [*first, *(name for name in free if name not in first)]
        self._shown = set(first)

    def compose(self) -> ComposeResult:
        """The columns, and the buttons."""
        with Vertical(classes="dialog"):
            yield Label(gettext("Columns"), classes="dialog-title")
            yield ColumnList(*(Option(self._line(name)) for name in self._order), id="columns", compact=True)
            yield Label(
                gettext("Space: show or hide · shift+↑↓: move · r: as at first"),
                classes="dialog-hint",
            )
            with Horizontal(classes="dialog-buttons"):
                yield Button(gettext("Show these"), variant="primary", id="agree", compact=True)
                yield Button(gettext("Cancel"), id="cancel", compact=True)

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.query_one(OptionList).focus()

    def _line(self, name: str) -> Text:
        mark = "[x]" if name in self._shown else "[ ]"
        column = self._present[name]
        text = Text(f"{mark} {printable(column.title)}", no_wrap=True)
        if column.is_from_plan:
            text.append(f"  {gettext('from the plan')}", style="dim")
        return text

    def action_turn(self) -> None:
        """Shows the column, or hides it."""
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self._shown ^= {self._order[place]}
            self._show(place)

    def action_move(self, step: int) -> None:
        """Moves the column."""
        place = self.query_one(OptionList).highlighted
        if place is None or not 0 <= place + step < len(self._order):
            return
        order = self._order
        order[place], order[place + step] = order[place + step], order[place]
        self._show(place + step)

    def action_reset(self) -> None:
        """Chooses what is shown at first."""
        self._arrange(SHOWN_AT_FIRST)
        self._show(0)

    def _show(self, place: int) -> None:
        offers = self.query_one(OptionList)
        for number, name in enumerate(self._order):
            offers.replace_option_prompt_at_index(number, self._line(name))
        offers.highlighted = place

    def on_option_list_option_selected(self) -> None:
        """A click on a line shows or hides it."""
        self.action_turn()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Done, or not."""
        if event.button.id == "agree":
            self.action_finish()
        else:
            self.dismiss(None)

    def action_finish(self) -> None:
        """Shows the columns as chosen."""
        self.dismiss([name for name in self._order if name in self._shown])
