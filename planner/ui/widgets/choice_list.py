"""A list to choose from: a click selects, a double click or Enter opens."""

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class ChoiceList(OptionList):
    """Lines of text, each with an id; `OptionSelected` says which was opened. For short lists."""

    def on_click(self, event: events.Click) -> None:
        """Selects the line clicked on; opens it if clicked twice."""
        event.prevent_default()
        clicked = event.style.meta.get("option")
        if clicked is None or self.get_option_at_index(clicked).disabled:
            return
        self.highlighted = clicked
        if event.chain > 1:
            self.action_select()

    def show(self, lines: Sequence[tuple[str, Text]], empty: str = "") -> None:
        """Shows lines by id, the highlighted one of before as far as it is still there; `empty` if there are none."""
        at = self.highlighted
        before = None if at is None else self.get_option_at_index(at).id
        self.clear_options()
        self.add_options([Option(text, line) for line, text in lines])
        if not lines and empty:
            self.add_option(Option(Text(empty), disabled=True))
        places = {line: place for place, (line, _) in enumerate(lines)}
        if lines:
            self.highlighted = places.get(before or "", min(at or 0, len(lines) - 1))
