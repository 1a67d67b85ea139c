"""The small dialogs that all screens share: a message, a question, a line of text."""

from collections.abc import Callable, Sequence

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ScreenResultType
from textual.widgets import Button, Input, Label, Static

from planner.exchange.text import printable
from planner.ui.keys import PlannerDialog, key
from planner.wording.translation import gettext, later

MOST_LINES = 500


class LinesDialog(PlannerDialog[ScreenResultType]):
    """Lines to read, as many as there are: keys scroll them while a button has the focus."""

    BINDINGS = [
        key(
            "pagedown",
            "scroll_lines('page_down')",
            later("Further down"),
            later("Scroll the lines by a page; Page Up, the arrow keys, Home and End scroll them as well."),
            "dialog.page",
        ),
        Binding("pageup", "scroll_lines('page_up')", show=False),
        Binding("down", "scroll_lines('down')", show=False),
        Binding("up", "scroll_lines('up')", show=False),
        Binding("home", "scroll_lines('home')", show=False),
        Binding("end", "scroll_lines('end')", show=False),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Scrolls only where there is more than fits."""
        return action != "scroll_lines" or any(body.max_scroll_y for body in self.query(".dialog-body"))

    def on_mount(self) -> None:
        """Whether all lines fit is known once they are laid out."""
        self.call_after_refresh(self.refresh_bindings)

    def on_resize(self) -> None:
        """More or fewer lines fit."""
        self.call_after_refresh(self.refresh_bindings)

    def action_scroll_lines(self, way: str) -> None:
        """Scrolls the lines `up`, `down`, `page_up`, `page_down`, to their `home` or their `end`."""
        getattr(self.query_one(".dialog-body"), f"scroll_{way}")(animate=False)


class MessageDialog(LinesDialog[None]):
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


class QuestionDialog(LinesDialog[bool]):
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
