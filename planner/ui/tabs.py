"""The line at the top: the panes with their keys, and what is worked on."""

from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from planner.exchange.text import printable

SEPARATOR = " · "
LEAST_NAME = 3
"""Of a name, no fewer cells than this are shown, its ellipsis included."""


class Tab(Static):
    """A pane's key and name; a click shows the pane."""

    @dataclass
    class Chosen(Message):
        """A tab was clicked."""

        pane: str

    def __init__(self, number: int, pane: str, title: str) -> None:
        super().__init__(Text.assemble((str(number), "bold"), f" {title}"), id=f"tab-{pane}", classes="tab")
        self._pane = pane

    def on_click(self, event: events.Click) -> None:
        """Asks for the pane."""
        event.stop()
        self.post_message(self.Chosen(self._pane))


class TabLine(Horizontal):
    """The tabs, and at the right what is worked on."""

    def __init__(self, titles: dict[str, str]) -> None:
        super().__init__(id="tabs")
        self._titles = titles
        self._rollout = ""
        self._plan = ""

    def compose(self) -> ComposeResult:
        """A tab a pane."""
        for number, (pane, title) in enumerate(self._titles.items(), start=1):
            yield Tab(number, pane, title)
        yield Static("", id="subject")

    def mark(self, pane: str) -> None:
        """Marks the pane in sight, by more than a colour."""
        for tab in self.query(Tab):
            tab.set_class(tab.id == f"tab-{pane}", "-active")

    def show_subject(self, name: str, plan: str) -> None:
        """Says what is worked on: the rollout, whose name is cut where there is no room, and the plan."""
        self._rollout, self._plan = printable(name), printable(plan)
        self._place()

    def on_resize(self) -> None:
        """Cuts the subject anew."""
        self._place()

    def _place(self) -> None:
        taken = sum(cell_len(title) + 4 for title in self._titles.values())
        room = max(0, self.size.width - taken - 2)
        self.query_one("#subject", Static).update(subject_text(self._rollout, self._plan, room))


def subject_text(name: str, plan: str, room: int) -> Text:
    """A rollout's name and its plan in `room` cells: it is the name that is cut, or left out, to keep the plan."""
    left = room - cell_len(SEPARATOR) - cell_len(plan)
    parts = [plan]
    if left >= LEAST_NAME or cell_len(name) <= left:
        short = Text(name, no_wrap=True)
        short.truncate(left, overflow="ellipsis")
        parts.insert(0, short.plain)
    subject = Text(SEPARATOR.join(filter(None, parts)), no_wrap=True)
    subject.truncate(max(0, room), overflow="ellipsis")
    return subject
