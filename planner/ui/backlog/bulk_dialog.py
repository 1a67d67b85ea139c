"""The dialogs that change many shops: what to do, what it has to be told, and what it would change."""

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, OptionList, Select, Static
from textual.widgets.option_list import Option

from planner.exchange.problems import InputError
from planner.exchange.text import printable
from planner.ui.backlog.bulk import KINDS, BulkAction, BulkKind, set_action
from planner.ui.backlog.columns import ShopColumn
from planner.ui.keys import PlannerDialog
from planner.wording.amounts import number_text
from planner.wording.translation import gettext, later, ngettext


class BulkMenu(PlannerDialog[BulkKind]):
    """What can be done to the shops chosen; a letter or Enter chooses."""

    HELP = later(
        "What can be done to the shops selected, or to the one under the cursor. The letter before a line chooses it;"
        " what it would change is shown before anything is done."
    )

    def __init__(self, shops: int) -> None:
        super().__init__()
        self._shops = shops

    def compose(self) -> ComposeResult:
        """The actions."""
        title = ngettext("Change {number} shop", "Change {number} shops", self._shops)
        with Vertical(classes="dialog"):
            yield Label(title.format(number=number_text(self._shops)), classes="dialog-title")
            lines = (Text.assemble((kind.letter, "bold"), f"  {gettext(kind.title)}") for kind in KINDS)
            yield OptionList(*(Option(line) for line in lines), id="bulk", compact=True)

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.query_one(OptionList).focus()

    def on_key(self, event: events.Key) -> None:
        """A letter chooses."""
        kind = next((kind for kind in KINDS if kind.letter == event.character), None)
        if kind is not None:
            event.stop()
            self.dismiss(kind)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click chooses."""
        self.dismiss(KINDS[event.option_index])


class SetDialog(PlannerDialog[BulkAction]):
    """Which column is to be set, and to what."""

    HELP = later("Choose the column, then type the value that all shops get; an empty one empties the column.")

    def __init__(self, columns: Sequence[ShopColumn], column: ShopColumn | None, country: str) -> None:
        super().__init__()
        self._columns = {item.key: item for item in columns if item.is_editable}
        self._first = column.key if column is not None and column.is_editable else next(iter(self._columns))
        self._country = country

    def compose(self) -> ComposeResult:
        """The column, the value, and what is wrong with it."""
        options = [(Text(printable(column.title)), key) for key, column in self._columns.items()]
        with Vertical(classes="dialog"):
            yield Label(gettext("Set a column"), classes="dialog-title")
            yield Select(options, value=self._first, allow_blank=False, compact=True)
            yield Input(placeholder=gettext("The value; empty to clear the column"))
            yield Static("", classes="mistake")

    def on_mount(self) -> None:
        """The value comes first: the column is the one the cursor was on."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Takes the value, or says what is wrong with it."""
        event.stop()
        column = self._columns[str(self.query_one(Select).value)]
        try:
            self.dismiss(set_action(column, event.value, self._country))
        except InputError as error:
            lines = "\n".join(printable(problem.text) for problem in error.problems)
            self.query_one(".mistake", Static).update(Text(lines))
