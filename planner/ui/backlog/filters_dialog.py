"""The dialog with the filters that have a name: to choose one, to save the present one, and to drop one."""

from collections.abc import Callable
from dataclasses import dataclass

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, OptionList
from textual.widgets.option_list import Option

from planner.domain.query import QueryError, parse
from planner.exchange.text import printable
from planner.store.backlog import Backlog
from planner.ui.background import in_background
from planner.ui.backlog.filters import QUICK, change_saved
from planner.ui.dialogs import TextDialog, show_error
from planner.ui.keys import PlannerDialog, key
from planner.wording.translation import gettext, later

NAME_COLUMN = 28


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """What to show: a query, and besides it a quick filter by name, if any."""

    text: str
    quick: str = ""


class FiltersDialog(PlannerDialog[FilterChoice]):
    """All shops, the quick filters, and the saved ones."""

    HELP = later(
        "Filters that have a name: Enter shows the shops of one. a saves what the filter line asks for now under a"
        " name, for everybody who works on this rollout; Delete drops a saved one."
    )

    BINDINGS = [
        key("a", "save", later("Save"), later("Save the present filter under a name."), "filters.save"),
        key("delete,d", "drop", later("Drop"), later("Drop the saved filter."), "filters.drop"),
    ]

    def __init__(self, backlog: Backlog, saved: dict[str, str], text: str) -> None:
        super().__init__()
        self._backlog = backlog
        self._saved = saved
        self._text = text.strip()

    def compose(self) -> ComposeResult:
        """The filters, and the buttons."""
        with Vertical(classes="dialog"):
            yield Label(gettext("Filters"), classes="dialog-title")
            yield OptionList(*self._options(), id="filters", compact=True)
            with Horizontal(classes="dialog-buttons"):
                yield Button(gettext("Save the present one (a)"), id="save", disabled=not self._text, compact=True)
                yield Button(gettext("Drop (d)"), id="drop", compact=True)
                yield Button(gettext("Close"), id="cancel", compact=True)

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.query_one(OptionList).focus()

    def _choices(self) -> list[FilterChoice]:
        quick = [FilterChoice("", item.name) for item in QUICK]
        return [FilterChoice(""), *quick, *(FilterChoice(text) for text in self._saved.values())]

    def _options(self) -> list[Option]:
        lines = [_line(gettext("All shops"), "")]
        lines += [_line(gettext(item.title), gettext(item.help)) for item in QUICK]
        lines += [_line(name, text) for name, text in self._saved.items()]
        return [Option(line) for line in lines]

    def _chosen_name(self) -> str | None:
        """The saved filter that is marked."""
        place = (self.query_one(OptionList).highlighted or 0) - 1 - len(QUICK)
        return list(self._saved)[place] if place >= 0 else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Shows the shops of a filter."""
        self.dismiss(self._choices()[event.option_index])

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Saves, drops, or closes."""
        match event.button.id:
            case "save":
                self.action_save()
            case "drop":
                self.action_drop()
            case _:
                self.dismiss(None)

    def action_save(self) -> None:
        """Asks for a name and saves the present filter under it; says what is wrong with one that finds nothing."""
        if not self._text:
            return
        try:
            parse(self._text)
        except QueryError as error:
            show_error(self.app, [str(error)])
            return

        def check(name: str) -> str | None:
            return None if name.strip() else gettext("Give it a name.")

        dialog = TextDialog(gettext("Save the filter"), gettext("Name for {query}").format(query=self._text), "", check)
        self.app.push_screen(dialog, lambda name: self._save(name.strip()) if name else None)

    def _save(self, name: str) -> None:
        text = self._text
        self._change(lambda filters: filters.update({name: text}))

    def action_drop(self) -> None:
        """Drops the saved filter that is marked."""
        name = self._chosen_name()
        if name is not None:
            self._change(lambda filters: filters.pop(name, None))

    def _change(self, change: Callable[[dict[str, str]], object]) -> None:
        backlog = self._backlog
        in_background(self, lambda: change_saved(backlog, change), self._take, group="filters")

    def _take(self, saved: dict[str, str]) -> None:
        self._saved = saved
        offers = self.query_one(OptionList)
        place = offers.highlighted or 0
        offers.clear_options()
        offers.add_options(self._options())
        offers.highlighted = min(place, offers.option_count - 1)


def _line(name: str, what: str) -> Text:
    text = Text(printable(name), no_wrap=True, overflow="ellipsis")
    text.truncate(NAME_COLUMN - 2, overflow="ellipsis")
    text.pad_right(NAME_COLUMN - text.cell_len)
    return text.append(printable(what), style="dim")
