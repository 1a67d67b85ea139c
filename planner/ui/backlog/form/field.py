"""A field of a form: its label, the line that is typed into, and what is said about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from planner.exchange.text import printable
from planner.ui.backlog.columns import ShopColumn
from planner.ui.backlog.form.fields import REQUIRED, without_value
from planner.ui.keys import key
from planner.ui.widgets.line_cells import fitted
from planner.wording.translation import later

LABEL_WIDTH = 17
CHANGED, SAME = "● ", "  "


class FormInput(Input):
    """The line of a field. The keys for what is offered under it are told to the form."""

    HELP = later(
        "A column of the shop; the line below the form says what it is for, and what is wrong is told beside it. Down"
        " shows what there is to choose from, Enter goes on to the next field, ctrl+s stores the shop."
    )

    BINDINGS = [
        key("down", "asked('down')", later("Choose"), later("Choose from what is offered."), "form.choose"),
        Binding("up", "asked('up')", show=False),
        Binding("enter", "asked('enter')", show=False),
        Binding("tab", "asked('tab')", show=False),
    ]

    @dataclass
    class Asked(Message):
        """A key asked for something: `down`, `up`, `enter` or `tab`."""

        column: str
        what: str

    def __init__(self, column: ShopColumn, text: str, *, is_given: bool) -> None:
        super().__init__(
            text, placeholder=without_value(column.key), compact=True, select_on_focus=False, disabled=is_given
        )
        self.column = column

    def action_asked(self, what: str) -> None:
        """Asks the form."""
        self.post_message(self.Asked(self.column.key, what))


class FormField(Widget):
    """A field. The number of a shop that is there already `is_given`: it cannot be changed."""

    def __init__(self, column: ShopColumn, text: str, *, is_given: bool = False) -> None:
        super().__init__(classes="form-field")
        self._column = column
        self._text = text
        self._is_given = is_given
        self._is_changed = False
        self._told: tuple[Sequence[str], Sequence[str]] = ((), ())

    def compose(self) -> ComposeResult:
        """The line."""
        yield FormInput(self._column, self._text, is_given=self._is_given)

    @property
    def line(self) -> FormInput:
        """What is typed into."""
        return self.query_one(FormInput)

    @property
    def errors(self) -> Sequence[str]:
        """What is told to be wrong with the text."""
        return self._told[0]

    def mark(self, *, is_changed: bool) -> None:
        """Shows whether the text is another one than it was."""
        if is_changed is not self._is_changed:
            self._is_changed = is_changed
            self.refresh()

    def tell(self, errors: Sequence[str], remarks: Sequence[str]) -> None:
        """Says what is wrong with the text, or may be meant otherwise."""
        if (errors, remarks) == self._told:
            return
        self._told = (errors, remarks)
        text = Text("\n".join([*(f"! {printable(text)}" for text in errors), *map(printable, remarks)]))
        self.set_class(bool(errors), "-mistaken")
        self._show_remark(text)

    def _show_remark(self, text: Text) -> None:
        """Shows what is said; room for it is only made when there is something, since a form has many fields."""
        if not self.query(".form-remark"):
            self.mount(Static(text, classes="form-remark"))
        remark = self.query_one(".form-remark", Static)
        remark.update(text)
        remark.display = bool(text)

    def render(self) -> Text:
        """The label; the rest lies over it."""
        star = " *" if self._column.key in REQUIRED and not self._is_given else ""
        label = fitted(f"{printable(self._column.title)}{star}", LABEL_WIDTH - len(SAME))
        return Text((CHANGED if self._is_changed else SAME) + label, style="bold" if self._told[0] else "")
