"""What can be done now: two sentences about the thing in focus, its keys, and the way to the first steps."""

from collections.abc import Callable
from importlib.resources import files

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import Vertical, VerticalScroll
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Label, Static

from planner.ui.keys import PlannerDialog, key
from planner.wording.translation import gettext, later, spoken


def help_text(widget: Widget | None) -> str:
    """What the widget, or else the nearest thing around it, says about itself."""
    for node in widget.ancestors_with_self if widget is not None else ():
        text = getattr(node, "HELP", None)
        if isinstance(text, str) and text:
            return gettext(text)
    return ""


class HelpDialog(PlannerDialog[None]):
    """The help on `screen` as it is: what is in focus, and every key that is valid now."""

    BINDINGS = [
        key("question_mark,f1", "leave", later("Close"), later("Close the help."), "help.close"),
        key("g", "first_steps", later("First steps"), later("Read how to get started."), "help.first-steps"),
    ]

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._text = help_text(screen.focused) or help_text(getattr(screen, "pane", None))
        self._keys = list(screen.active_bindings.values())

    def compose(self) -> ComposeResult:
        """The sentences, the keys, and what to do next."""
        with Vertical(classes="dialog"):
            yield Label(gettext("Help"), classes="dialog-title")
            with VerticalScroll(classes="dialog-body", can_focus=True):
                yield Static(Text(self._text), id="help-text")
                yield Static(keys_table(self._keys, self.app.get_key_display))

    def on_mount(self) -> None:
        """The text scrolls by the keys."""
        self.query_one(VerticalScroll).focus()

    def action_first_steps(self) -> None:
        """Shows the first steps."""
        self.app.push_screen(FirstStepsDialog())


class FirstStepsDialog(PlannerDialog[None]):
    """The first steps, a page to read."""

    HELP = later("How to get started, step by step. The arrow keys scroll, Escape closes the page.")

    def compose(self) -> ComposeResult:
        """The page."""
        from textual.widgets import Markdown  # noqa: PLC0415 - a parser, only for who reads the page

        with Vertical(classes="dialog"), VerticalScroll(classes="dialog-body", can_focus=True):
            yield Markdown(first_steps(), open_links=False)

    def on_mount(self) -> None:
        """The page scrolls by the keys."""
        self.query_one(VerticalScroll).focus()


def first_steps() -> str:
    """The page on how to get started, in the language in use."""
    return (files(__package__) / "pages" / f"first_steps.{spoken().value}.md").read_text(encoding="utf-8")


def keys_table(active: list[ActiveBinding], key_display: Callable[[Binding], str]) -> Table:
    """Keys and what they do, a row each command, and the name it is remapped by; Textual's own come last."""
    table = Table.grid(padding=(0, 2))
    keys: dict[tuple[DOMNode, str], list[str]] = {}
    shown: dict[tuple[DOMNode, str], ActiveBinding] = {}
    for item in active:
        if item.binding.description and not item.binding.system:
            place = (item.node, item.binding.action)
            keys.setdefault(place, []).append(key_display(item.binding))
            shown[place] = item
    for place, item in sorted(shown.items(), key=lambda row: not row[1].tooltip):
        does = item.tooltip or item.binding.description
        table.add_row(Text(" ".join(keys[place]), "bold"), Text(does), Text(item.binding.id or "", "dim"))
    return table
