"""The overview's two lists: what needs attention, and what comes next."""

from collections.abc import Sequence

from rich.text import Text

from planner.ui.keys import key
from planner.ui.widgets.choice_list import ChoiceList
from planner.wording.translation import gettext, later


class MatterList(ChoiceList):
    """What needs attention, the most pressing first."""

    HELP = later(
        "What needs your attention, the most pressing first: ‼ now, ! soon, · good to know."
        " Enter leads to where it is mended."
    )
    BINDINGS = [key("enter", "select", later("Mend"), later("Go to where this is mended."), "overview.mend")]

    def __init__(self, list_id: str) -> None:
        super().__init__(id=list_id)
        self.border_title = gettext("Needs attention")

    def fill(self, lines: Sequence[Text]) -> None:
        """Shows these lines."""
        self.border_title = gettext("Needs attention ({number})").format(number=len(lines))
        self.show([(str(number), line) for number, line in enumerate(lines)], gettext("Nothing needs your attention."))


class ComingList(ChoiceList):
    """The next starts and reopenings."""

    HELP = later("The next starts (▶) and reopenings (▲), the nearest first. Enter shows the shop in the schedule.")
    BINDINGS = [key("enter", "select", later("Schedule"), later("Show this shop in the schedule."), "overview.show")]

    def __init__(self, list_id: str) -> None:
        super().__init__(id=list_id)
        self.border_title = gettext("Next: ▶ starts, ▲ reopenings")

    def fill(self, lines: Sequence[tuple[str, Text]]) -> None:
        """Shows these lines, by what they are about."""
        self.show(lines, gettext("Nothing starts or reopens any more."))
