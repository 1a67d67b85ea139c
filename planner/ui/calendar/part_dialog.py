"""The choice of whose days are shown: all shops, those of a state, or those of a region."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label, OptionList

from planner.domain.query_fields import GERMAN_STATES
from planner.domain.rollout import Rollout
from planner.exchange.text import printable
from planner.studies.almanac import Part
from planner.ui.keys import PlannerDialog, key
from planner.ui.widgets.choice_list import ChoiceList
from planner.wording.translation import gettext, later


class PartList(ChoiceList):
    """All shops, the states, and the regions."""

    HELP = later("Whose days the calendar shows: all shops, those of a state, or those of a region.")
    BINDINGS = [key("enter", "select", later("Show"), later("Show the days of these shops."), "calendar.show-part")]


class PartDialog(PlannerDialog[Part]):
    """Asks for a part of the shops."""

    def __init__(self, rollout: Rollout, part: Part) -> None:
        super().__init__()
        self._parts = parts_of(rollout)
        self._part = part

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical(classes="dialog"):
            yield Label(gettext("Whose days are shown?"), classes="dialog-title")
            yield PartList(id="part-list")

    def on_mount(self) -> None:
        """The cursor is on what is shown now."""
        parts = self.query_one(PartList)
        parts.show([(str(place), Text(part_text(part))) for place, part in enumerate(self._parts)])
        parts.highlighted = self._parts.index(self._part) if self._part in self._parts else 0
        parts.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Takes the choice."""
        event.stop()
        self.dismiss(self._parts[event.option_index])


def parts_of(rollout: Rollout) -> list[Part]:
    """All shops, those of each state, and those of each region that is no state."""
    states = sorted({shop.state for shop in rollout.shops} - {""})
    regions = sorted({shop.region for shop in rollout.shops} - {"", *states})
    return [Part(), *(Part(state=state) for state in states), *(Part(region=region) for region in regions)]


def part_text(part: Part) -> str:
    """How people call a part of the shops."""
    if part.state:
        name = GERMAN_STATES.get(part.state)
        return printable(f"{part.state} · {name}" if name else part.state)
    if part.region:
        return gettext("Region {region}").format(region=printable(part.region))
    return gettext("All shops")
