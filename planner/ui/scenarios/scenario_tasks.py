"""What can be done with a scenario: made, changed, planned under, adopted, dropped."""

from collections.abc import Callable

from textual.dom import DOMNode

from planner.store.adopting import Adoption
from planner.store.records import StoredScenario
from planner.ui.background import in_background
from planner.ui.dialogs import QuestionDialog
from planner.ui.messages import Edited, PlanWanted
from planner.ui.scenarios.form import ScenarioForm
from planner.ui.workspace import Workspace
from planner.wording.translation import gettext


class ScenarioTasks:
    """Does it on behalf of `node`, to which the messages go; `go_to` is told which scenario was saved."""

    def __init__(self, node: DOMNode, workspace: Workspace, go_to: Callable[[str], object]) -> None:
        self._node = node
        self._workspace = workspace
        self._go_to = go_to

    def new(self) -> None:
        """Opens the form for a new scenario."""
        self._node.app.push_screen(ScenarioForm(self._workspace), self._take_saved)

    def edit(self, item: StoredScenario) -> None:
        """Opens the form with a scenario."""
        self._node.app.push_screen(ScenarioForm(self._workspace, item), self._take_saved)

    def _take_saved(self, name: str | None) -> None:
        if name:
            self._go_to(name)
            self._node.post_message(Edited(gettext("Scenario {name} is saved; r plans it.").format(name=name)))

    def run(self, name: str) -> None:
        """Asks for a plan under a scenario."""
        self._node.post_message(PlanWanted((name,)))

    def drop(self, item: StoredScenario) -> None:
        """Drops a scenario, which undo brings back."""
        backlog = self._workspace.backlog
        told = gettext("Scenario {name} is dropped; undo brings it back.").format(name=item.name)
        in_background(
            self._node,
            lambda: backlog.drop_scenario(item.name, expected=item.version),
            lambda _: self._node.post_message(Edited(told)),
            group="scenario-task",
        )

    def adopt(self, item: StoredScenario) -> None:
        """Shows what adopting a scenario would change, and does it once that is agreed to."""
        backlog = self._workspace.backlog
        in_background(self._node, lambda: backlog.adoption(item.name), self._ask, group="scenario-task")

    def _ask(self, adoption: Adoption) -> None:
        title = gettext("Adopt “{scenario}”?").format(scenario=adoption.title)
        question = QuestionDialog(title, adoption_lines(adoption), gettext("Adopt"))
        self._node.app.push_screen(question, lambda agreed: self._adopt(adoption) if agreed else None)

    def _adopt(self, adoption: Adoption) -> None:
        backlog = self._workspace.backlog
        told = gettext("Scenario {name} is adopted; undo takes it back.").format(name=adoption.name)
        in_background(
            self._node,
            lambda: backlog.adopt(adoption),
            lambda _: self._node.post_message(Edited(told)),
            group="scenario-task",
        )


def adoption_lines(adoption: Adoption) -> list[str]:
    """What adopting a scenario would change, in words."""
    lines = [gettext("This changes in the rollout, as one step that undo takes back:")]
    lines += [f"  · {effect}" for effect in adoption.effects]
    lines += [str(problem) for problem in adoption.warnings]
    if adoption.dropped:
        gone = gettext("Part of the rollout then, and no scenario any more: {names}")
        lines += ["", gone.format(names=", ".join(adoption.dropped))]
    return lines
