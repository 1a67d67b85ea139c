"""The small dialogs that all screens share: a message, a question, a line of text."""

from collections.abc import Callable, Sequence

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input, Label, Static

from planner.exchange.text import printable
from planner.ui.keys import PlannerDialog
from planner.wording.translation import gettext, later

MOST_LINES = 500


class MessageDialog(PlannerDialog[None]):
    """Lines to read, and a button to go on."""

    HELP = later("Something to read. Enter or Escape goes on.")
    BINDINGS = [Binding("enter", "leave", show=False)]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The title, the lines, and the button."""
        with Vertical(classes="dialog"):
            yield Label(Text(printable(self._title)), classes="dialog-title")
            with VerticalScroll(classes="dialog-body"):
                yield Static(Text("\n".join(printable(line) for line in self._shown())))
            with Horizontal(classes="dialog-buttons"):
                yield Button(gettext("Close"), variant="primary")

    def _shown(self) -> list[str]:
        shown = list(self._lines[:MOST_LINES])
        if len(self._lines) > MOST_LINES:
            shown.append(gettext("… and {number} more").format(number=len(self._lines) - MOST_LINES))
        return shown

    def on_mount(self) -> None:
        """The button takes Enter."""
        self.query_one(Button).focus()

    def on_button_pressed(self) -> None:
        """Goes on."""
        self.dismiss(None)


class QuestionDialog(PlannerDialog[bool]):
    """A question: what is done if agreed to, and Cancel. Only for what cannot be undone, or is meant to be counted."""

    HELP = later("A question before something is done. Enter agrees, Escape leaves all as it is.")

    def __init__(self, title: str, lines: Sequence[str], agree: str) -> None:
        super().__init__()
        self._title = title
        self._lines = lines
        self._agree = agree

    def compose(self) -> ComposeResult:
        """The title, the lines, and the two buttons."""
        with Vertical(classes="dialog"):
            yield Label(Text(printable(self._title)), classes="dialog-title")
            with VerticalScroll(classes="dialog-body"):
                yield Static(Text("\n".join(printable(line) for line in self._lines)))
            with Horizontal(classes="dialog-buttons"):
                yield Button(Text(self._agree), variant="primary", id="agree")
                yield Button(gettext("Cancel"), id="cancel")

    def on_mount(self) -> None:
        """Enter agrees."""
        self.query_one("#agree").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answers the question."""
        self.dismiss(event.button.id == "agree")


class TextDialog(PlannerDialog[str]):
    """A line of text to type; Enter takes it. `check` returns a sentence about what is wrong with it, or nothing."""

    HELP = later("Type the text. Enter takes it, Escape leaves all as it is.")

    def __init__(
        self, title: str, label: str, value: str = "", check: Callable[[str], str | None] = lambda _: None
    ) -> None:
        super().__init__()
        self._title = title
        self._label = label
        self._value = value
        self._check = check

    def compose(self) -> ComposeResult:
        """The title, the line, and what is wrong with it."""
        with Vertical(classes="dialog"):
            yield Label(Text(printable(self._title)), classes="dialog-title")
            yield Label(Text(printable(self._label)))
            yield Input(self._value)
            yield Static("", id="mistake", classes="mistake")

    def on_mount(self) -> None:
        """The line takes what is typed."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Takes the text, or says what is wrong with it."""
        event.stop()
        mistake = self._check(event.value)
        if mistake:
            self.query_one("#mistake", Static).update(Text(printable(mistake)))
        else:
            self.dismiss(event.value)


def show_error(app: App[object], lines: Sequence[str], title: str = "") -> None:
    """Shows what went wrong."""
    app.push_screen(MessageDialog(title or gettext("That did not work"), lines))
