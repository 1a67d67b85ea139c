"""The dialog that asks what a column of a sheet is."""

from collections.abc import Iterator, Mapping

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from planner.exchange.spreadsheet.headings import LEFT_OUT, TARGETS, Heading, MatchedBy
from planner.exchange.text import printable
from planner.ui.first.sheet_columns import label_of, target_of
from planner.ui.keys import PlannerDialog
from planner.wording.translation import gettext, later

AS_ITS_NAME = "by its name"
"""Chosen where a heading is to mean what it means by itself: an unknown one is kept as it is."""


class FieldDialog(PlannerDialog[str]):
    """Returns what the column is to be: a name that mappings use, or AS_ITS_NAME."""

    HELP = later(
        "Choose what this column of the sheet is. A letter goes to the next line that begins with it; columns that are"
        " chosen for something else already say so."
    )

    def __init__(self, heading: Heading, taken: Mapping[str, str]) -> None:
        super().__init__()
        self._column = heading
        self._taken = taken

    def compose(self) -> ComposeResult:
        """The heading, and what it can be."""
        title = gettext("Column {letters}: {heading}")
        with Vertical(classes="dialog"):
            yield Label(
                Text(title.format(letters=self._column.letters, heading=printable(self._column.text))),
                classes="dialog-title",
            )
            yield OptionList(*self._options(), id="fields", compact=True, markup=False)

    def on_mount(self) -> None:
        """The list takes the keys, on what the column is now."""
        fields = self.query_one(OptionList)
        fields.focus()
        now = target_of(self._column)
        fields.highlighted = fields.get_option_index(AS_ITS_NAME if now is None else f"={now}")
        if now is None and self._column.meant:
            fields.highlighted = fields.get_option_index(f"={self._column.meant}")

    def _options(self) -> Iterator[Option]:
        if self._column.by is MatchedBy.MAPPING:
            yield Option(gettext("(what its heading says)"), id=AS_ITS_NAME)
        elif target_of(self._column) is None:
            yield Option(gettext("(keep it as it is)"), id=AS_ITS_NAME)
        yield Option(gettext("(do not read it)"), id=f"={LEFT_OUT}")
        for target in TARGETS:
            text = Text(label_of(target), end="")
            text.append(f"  {target}", "dim")
            taken = self._taken.get(target)
            if taken:
                text.append("  " + gettext("now {heading}").format(heading=printable(taken)), "dim")
            yield Option(text, id=f"={target}")

    def on_key(self, event: events.Key) -> None:
        """A letter goes to the next line that begins with it."""
        if event.character is None or not event.character.isalpha():
            return
        event.stop()
        fields = self.query_one(OptionList)
        begin = (fields.highlighted or 0) + 1
        places = [(begin + step) % fields.option_count for step in range(fields.option_count)]
        letter = event.character.casefold()
        for place in places:
            if str(fields.get_option_at_index(place).prompt).casefold().startswith(letter):
                fields.highlighted = place
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Takes the line."""
        self.dismiss((event.option_id or "").removeprefix("="))
