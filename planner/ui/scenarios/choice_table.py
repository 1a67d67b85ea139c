"""The form's table: what of the rollout a scenario can change."""

from dataclasses import dataclass

from textual.binding import Binding
from textual.message import Message

from planner.ui.keys import key
from planner.ui.scenarios.draft import form_columns
from planner.ui.widgets.mark_table import MarkTable
from planner.wording.translation import later


class ChoiceTable(MarkTable):
    """A row for each value; those that are changed are marked."""

    BINDINGS = [
        Binding("enter", "select_cursor", later("Change"), tooltip=later("Type what the value becomes.")),
        key("plus", "step(1)", later("More"), later("A step up: a unit, or a week later."), "scenarios.more"),
        key("minus", "step(-1)", later("Less"), later("A step down: a unit, or a week earlier."), "scenarios.less"),
        key("delete,backspace", "step(0)", later("As it is"), later("Leave it as it is now."), "scenarios.clear"),
    ]

    @dataclass
    class Stepped(Message):
        """The value of the cursor is to go a step up or down, or with 0 back to what it is now."""

        direction: int

    def __init__(self) -> None:
        super().__init__(form_columns(), "form-table", mark="✎")

    def action_step(self, direction: int) -> None:
        """Asks for the step."""
        self.post_message(self.Stepped(direction))
