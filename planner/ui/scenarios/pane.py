"""The scenarios pane: the plans and scenarios that are kept, and what can be done with them."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import DataTable

from planner.store.records import Changed, PlanInfo, StoredScenario
from planner.studies.comparison import Answer
from planner.ui.background import in_background
from planner.ui.keys import key
from planner.ui.messages import GoTo, PlanChosen
from planner.ui.moved.screen import MovedScreen
from planner.ui.pane import Pane
from planner.ui.scenarios.choosing import Kept, plans_to_compare, plans_to_review, scenarios_to_compare
from planner.ui.scenarios.detail_panel import DetailPanel
from planner.ui.scenarios.plan_rows import plan_columns, plan_lines, plan_name
from planner.ui.scenarios.plan_tasks import PlanTasks
from planner.ui.scenarios.scenario_rows import newest_plan, scenario_columns, scenario_lines
from planner.ui.scenarios.scenario_tasks import ScenarioTasks
from planner.ui.scenarios.side_screen import SideScreen
from planner.ui.tell import tell
from planner.ui.widgets.mark_table import MarkTable
from planner.ui.workspace import Loaded, Workspace
from planner.wording.translation import gettext, later

WIDE = 120
OF_SCENARIOS = frozenset({"run", "edit", "adopt"})
OF_PLANS = frozenset({"note", "publish", "moved"})


class ScenariosPane(Pane):
    """The scenarios above, the plans below, and all about the one of the cursor."""

    HELP = later(
        "Above are the scenarios: what could be otherwise, each with the newest plan made under it. Below are all plans"
        " that are kept; mark two to four of either with space and press c to see them side by side."
    )
    BINDINGS = [
        key("n", "new", later("New"), later("Make a scenario from the present state."), "scenarios.new"),
        key("r", "run", later("Run"), later("Plan under the scenario, or those marked."), "scenarios.run"),
        key("e", "edit", later("Edit"), later("Change what the scenario changes."), "scenarios.edit"),
        key("a", "adopt", later("Adopt"), later("Make the scenario's changes in the rollout."), "scenarios.adopt"),
        key("space", "mark", later("Mark"), later("Mark it to be compared, or take the mark away."), "scenarios.mark"),
        key("c", "compare", later("Compare"), later("Show the marked ones side by side."), "scenarios.compare"),
        key("v", "moved", later("Moved"), later("List what moved between two plans, and why."), "plan.moved"),
        key("t", "note", later("Note"), later("Write down what the plan is for."), "plan.note"),
        key("P", "publish", later("Publish"), later("Make the plan the one that partners are told."), "plan.publish"),
        key("d", "drop", later("Drop"), later("Drop it; undo brings it back."), "scenarios.drop"),
    ]

    def __init__(self, workspace: Workspace, pane_id: str) -> None:
        super().__init__(workspace, pane_id)
        self._kept = Kept()
        self._loaded: Loaded | None = None
        self._wanted = ""
        self._tells_of_scenario = False
        self._plan_tasks = PlanTasks(self, workspace)
        self._scenario_tasks = ScenarioTasks(self, workspace, self.go_to)

    def compose(self) -> ComposeResult:
        """The two lists, and all about the row of the cursor."""
        with Vertical(id="scenario-lists"):
            yield MarkTable(scenario_columns(), "scenario-table")
            yield MarkTable(plan_columns(), "plan-table")
        yield DetailPanel(self.workspace)

    def on_mount(self) -> None:
        """Names the parts."""
        self.query_one("#scenario-table").border_title = gettext("Scenarios")
        self.query_one("#plan-table").border_title = gettext("Plans")

    def on_resize(self) -> None:
        """Puts the details beside the lists where there is room."""
        self.set_class(self.size.width >= WIDE, "-wide")

    def take_loaded(self, loaded: Loaded) -> None:
        """Follows the rollout and which plan is shown."""
        self._loaded = loaded
        self._read()

    def take_changes(self, changed: Changed) -> None:
        """Follows the store, whatever it was that changed."""
        del changed
        self._read()

    def focus_first(self) -> None:
        """The list that was used last, or the scenarios."""
        (self._table if self._table.has_focus else self.query_one("#scenario-table")).focus()

    def go_to(self, target: str) -> None:
        """Goes to a scenario by its name, or to a plan by its number, as soon as it is in its list."""
        self._wanted = target
        self._list_of(target).focus()
        self._reach_wanted()

    def _list_of(self, target: str) -> MarkTable:
        return self.query_one("#plan-table" if target.isdecimal() else "#scenario-table", MarkTable)

    def _reach_wanted(self) -> None:
        if self._wanted and self._list_of(self._wanted).go_to(self._wanted):
            self._wanted = ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are valid for the list in focus."""
        del parameters
        if action in OF_SCENARIOS:
            return self._is_on_scenarios
        if action in OF_PLANS:
            return not self._is_on_scenarios
        return True

    @property
    def plan(self) -> PlanInfo | None:
        """The plan of the cursor."""
        return self._kept.plan(self.query_one("#plan-table", MarkTable).here)

    @property
    def scenario(self) -> StoredScenario | None:
        """The scenario of the cursor."""
        return self._kept.scenario(self.query_one("#scenario-table", MarkTable).here)

    @property
    def _shown(self) -> PlanInfo | None:
        """The plan that is shown."""
        number = self._loaded.info.number if self._loaded and self._loaded.info else None
        return self._kept.plan(str(number))

    @property
    def _is_on_scenarios(self) -> bool:
        return self._table.id == "scenario-table"

    @property
    def _table(self) -> MarkTable:
        plans = self.query_one("#plan-table", MarkTable)
        return plans if plans.has_focus else self.query_one("#scenario-table", MarkTable)

    def _read(self) -> None:
        backlog = self.workspace.backlog
        in_background(self, lambda: Kept(backlog.plans.all(), backlog.scenarios()), self._take_kept, group="kept")

    def _take_kept(self, kept: Kept) -> None:
        self._kept = kept
        self.query_one("#scenario-table", MarkTable).fill(scenario_lines(kept.scenarios, kept.plans))
        self.query_one("#plan-table", MarkTable).fill(plan_lines(kept.plans, self._shown))
        self._reach_wanted()
        self._show_detail()

    def on_descendant_focus(self) -> None:
        """Another list, with other keys."""
        self.refresh_bindings()
        if self._is_on_scenarios != self._tells_of_scenario:
            self._show_detail()

    def on_data_table_row_highlighted(self) -> None:
        """Another row: all about it."""
        self._show_detail()

    def _show_detail(self) -> None:
        panel = self.query_one(DetailPanel)
        self._tells_of_scenario = self._is_on_scenarios
        if self._tells_of_scenario:
            panel.show_scenario(self.scenario)
        else:
            currency = self._loaded.rollout.currency if self._loaded else ""
            panel.show_plan(self.plan, currency, is_shown=self.plan == self._shown)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter: shows the plan, or the plan that was made under the scenario."""
        event.stop()
        info = self.plan
        if self._is_on_scenarios:
            item = self.scenario
            info = newest_plan(item.name, self._kept.plans) if item else None
            if item is not None and info is None:
                tell(self, gettext("There is no plan under this scenario yet; press r to make one."))
        if info is not None:
            self.post_message(PlanChosen(info.number))
            tell(self, gettext("{plan} is shown now.").format(plan=plan_name(info)))

    def action_mark(self) -> None:
        """Marks the row."""
        self._table.toggle()

    def action_compare(self) -> None:
        """Shows the marked plans, or those of the marked scenarios beside the base, side by side."""
        meant = self._marked_or_here()
        wanted = scenarios_to_compare if self._is_on_scenarios else plans_to_compare
        plans = wanted(self._kept, meant)
        if isinstance(plans, str):
            tell(self, plans, severity="warning")
        else:
            self.app.push_screen(SideScreen(lambda: [self._answer(info) for info in plans]), self._go_to_shop)

    def _marked_or_here(self) -> list[str]:
        table = self._table
        return list(table.marked) or ([table.here] if table.here else [])

    def _answer(self, info: PlanInfo) -> Answer:
        used = self.workspace.backlog.plans.to_show(info.number)
        return Answer(plan_name(info), used.rollout, used.plan)

    def _go_to_shop(self, shop: str | None) -> None:
        if shop:
            self.post_message(GoTo("schedule", shop))

    def action_moved(self) -> None:
        """What moved between the two marked plans, or else from the one that is shown to the one of the cursor."""
        marked = self.query_one("#plan-table", MarkTable).marked
        numbers = plans_to_review(self._kept, marked, self.plan, self._shown)
        if isinstance(numbers, str):
            tell(self, numbers, severity="warning")
        else:
            self.app.push_screen(MovedScreen(self.workspace, *numbers), self._take_decision)

    def _take_decision(self, messages: Sequence[Message] | None) -> None:
        for message in messages or ():
            self.post_message(message)

    def action_note(self) -> None:
        """Notes what the plan is for."""
        if self.plan is not None:
            self._plan_tasks.note(self.plan)

    def action_publish(self) -> None:
        """Publishes the plan."""
        if self.plan is not None and self._loaded is not None:
            self._plan_tasks.publish(self.plan, self._loaded.rollout)

    def action_drop(self) -> None:
        """Drops the plan or the scenario."""
        if not self._is_on_scenarios and self.plan is not None:
            self._plan_tasks.drop(self.plan)
        elif self._is_on_scenarios and self.scenario is not None:
            self._scenario_tasks.drop(self.scenario)

    def action_new(self) -> None:
        """Makes a scenario."""
        self._scenario_tasks.new()

    def action_edit(self) -> None:
        """Changes the scenario."""
        if self.scenario is not None:
            self._scenario_tasks.edit(self.scenario)

    def action_run(self) -> None:
        """Plans under the marked scenarios, one after another, or under the one of the cursor."""
        for name in self._marked_or_here():
            self._scenario_tasks.run(name)

    def action_adopt(self) -> None:
        """Makes the scenario's changes in the rollout."""
        if self.scenario is not None:
            self._scenario_tasks.adopt(self.scenario)
