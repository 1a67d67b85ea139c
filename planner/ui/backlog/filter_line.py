"""The line in which shops are looked for: what is typed is told apart, completed and explained at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from planner.domain.query import Completion, Query, QueryError, QueryMistake, completions, parse
from planner.exchange.text import printable
from planner.ui.keys import key
from planner.wording.translation import gettext, later

MOST_OFFERED = 60
HELP_COLUMN = 24


class FilterInput(Input):
    """Where a query is typed. The keys for what is offered under it are told to the line around it."""

    HELP = later(
        "Type what the shops must have: words, or a field and a value as in state:BY. Down and Tab take what is"
        " offered, Enter goes to the table, Escape clears the line."
    )

    BINDINGS = [
        Binding("down", "line('down')", show=False),
        Binding("up", "line('up')", show=False),
        key("tab", "line('complete')", later("Complete"), later("Take what is offered first."), "find.complete"),
        key("enter", "submit", later("To the table"), later("Go to the shops found."), "find.table"),
        key("escape", "line('leave')", later("Clear"), later("Clear the line; again to leave it."), "find.clear"),
    ]

    # What is typed scrolls in the line, which stays as wide as it is: Textual would lay out the screen for each key.
    virtual_size = Reactive(Size())

    @dataclass
    class Asked(Message):
        """A key asked for something: `down`, `up`, `complete` or `leave`."""

        what: str

    def action_line(self, what: str) -> None:
        """Asks the line around."""
        self.post_message(self.Asked(what))


class FilterLine(Vertical):
    """The query, what could be written next, what is wrong with it, and how many shops it finds."""

    @dataclass
    class Changed(Message):
        """Another query was typed, or none any more."""

        query: Query

    class Left(Message):
        """The user is done here: the table is next."""

    def __init__(self) -> None:
        super().__init__(id="filter")
        self._known: Mapping[str, Sequence[str]] = {}
        self._offered: list[Completion] = []
        self._query = ""
        self._count, self._count_room, self._quick = "", 0, ""
        self._mistakes = ""

    def compose(self) -> ComposeResult:
        """The line, and below it what is wrong, and what is offered."""
        with Horizontal(id="filter-line"):
            yield Static("/", id="filter-sign")
            yield FilterInput(
                placeholder=gettext("Find shops: a word, or state:BY status:backlog"), id="filter-input", compact=True
            )
            yield Static("", id="filter-quick", classes="-empty")
            yield Static("", id="filter-count")
        yield Static("", id="filter-mistake", classes="mistake")
        yield FilterOffers(id="filter-offers")

    @property
    def text(self) -> str:
        """The query as it is written."""
        return self.query_one(FilterInput).value

    def take_known(self, known: Mapping[str, Sequence[str]]) -> None:
        """Offers values that shops do have, by the name of the query's field."""
        self._known = known

    def write(self, text: str) -> None:
        """Writes a query into the line and asks it."""
        line = self.query_one(FilterInput)
        line.value = text
        line.cursor_position = len(text)
        self._ask()

    def show_text(self, text: str) -> None:
        """Writes a query into the line that is asked already."""
        self._query = text.strip()
        self.query_one(FilterInput).value = text

    def tell_count(self, text: str, quick: str) -> None:
        """Says how many shops are listed, and which quick filter they pass besides."""
        if text != self._count:
            is_longer = len(text) > self._count_room
            self._count, self._count_room = text, max(len(text), self._count_room)
            # It never gets narrower, so that the screen is not laid out anew for each key that is typed.
            self.query_one("#filter-count", Static).update(Text(text.rjust(self._count_room)), layout=is_longer)
        if quick != self._quick:
            self._quick = quick
            sign = self.query_one("#filter-quick", Static)
            sign.update(Text(f" {printable(quick)} " if quick else ""))
            sign.set_class(not quick, "-empty")

    def begin(self) -> None:
        """Takes what is typed."""
        self.query_one(FilterInput).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Follows what is typed."""
        event.stop()
        self._offer()
        self._ask()

    def on_descendant_focus(self) -> None:
        """Offers fields as soon as something could be typed."""
        self._offer()

    def on_descendant_blur(self) -> None:
        """Offers nothing to somebody who is elsewhere, and says all that is wrong."""
        self._offered = []
        self.query_one(FilterOffers).display = False
        self._ask()

    def _ask(self) -> None:
        """Asks the query if it is one, and says what is wrong with it if not."""
        try:
            query = parse(self.text)
        except QueryError as error:
            self._tell_mistakes(error.mistakes)
            return
        self._tell_mistakes(())
        if query.text.strip() != self._query:
            self._query = query.text.strip()
            self.post_message(self.Changed(query))

    def _tell_mistakes(self, mistakes: Sequence[QueryMistake]) -> None:
        """Says what is wrong; what is still being written, and may be completed, is not told yet."""
        begun = (
            self._offered[0].start if self._offered and self.query_one(FilterInput).has_focus else len(self.text) + 1
        )
        told = [item for item in mistakes if item.column <= begun]
        lines = [gettext("At {column}: {text}").format(column=item.column, text=item.text) for item in told]
        text = printable(" · ".join(lines))
        if text != self._mistakes:
            self._mistakes = text
            line = self.query_one("#filter-mistake", Static)
            line.update(Text(text))
            line.display = bool(text)

    def _offer(self) -> None:
        line = self.query_one(FilterInput)
        if not line.has_focus:
            return
        found = completions(line.value, line.cursor_position, self._known)
        before = self._offered
        self._offered = [item for item in found if item.text != line.value[item.start : item.end]][:MOST_OFFERED]
        offers = self.query_one(FilterOffers)
        if [(item.text, item.help) for item in before] != [(item.text, item.help) for item in self._offered]:
            offers.clear_options()
            offers.add_options([Option(_offer_text(item)) for item in self._offered])
        offers.highlighted = None
        offers.display = bool(self._offered)

    def on_filter_input_asked(self, event: FilterInput.Asked) -> None:
        """Does what a key asked for."""
        event.stop()
        offers = self.query_one(FilterOffers)
        if event.what == "leave":
            self._leave(offers)
        elif event.what == "complete":
            self._complete(offers.highlighted or 0)
        elif offers.display:
            offers.action_cursor_down() if event.what == "down" else offers.action_cursor_up()
        elif event.what == "down":
            self.post_message(self.Left())

    def _leave(self, offers: "FilterOffers") -> None:
        if self.text:
            self.write("")
            return
        offers.display = False
        self.post_message(self.Left())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Takes what is marked among the offers, or goes to the table."""
        event.stop()
        offers = self.query_one(FilterOffers)
        if offers.display and offers.highlighted is not None:
            self._complete(offers.highlighted)
        else:
            self.post_message(self.Left())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Takes what was clicked."""
        event.stop()
        self._complete(event.option_index)

    def _complete(self, place: int) -> None:
        if not 0 <= place < len(self._offered):
            return
        chosen = self._offered[place]
        line = self.query_one(FilterInput)
        is_value = not chosen.text.endswith((":", "=", "<", ">"))
        text = chosen.text + (" " if is_value and chosen.end == len(line.value) else "")
        line.value = line.value[: chosen.start] + text + line.value[chosen.end :]
        line.cursor_position = chosen.start + len(text)
        line.focus()


class FilterOffers(OptionList, can_focus=False):
    """What could be written next, each with what it means."""

    # How many there are is known when they are laid out: Textual would lay out the screen once more for it.
    virtual_size = Reactive(Size())


def _offer_text(item: Completion) -> Text:
    text = Text(printable(item.text), no_wrap=True, overflow="ellipsis")
    text.pad_right(max(2, HELP_COLUMN - text.cell_len))
    return text.append(printable(item.help), style="dim")
