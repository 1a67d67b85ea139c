"""The plans that are wanted: searched one at a time, kept as drafts when they are found."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.screen import Screen

from planner.domain.plan import Plan, PlanStatus
from planner.scheduling.limits import Limits
from planner.ui.background import in_background
from planner.ui.dialogs import show_error
from planner.ui.messages import PlanWanted
from planner.ui.planning.panel import PlanningPanel, Task
from planner.ui.tell import tell
from planner.ui.workspace import Workspace
from planner.wording.amounts import span_text
from planner.wording.translation import gettext


@dataclass(frozen=True, slots=True)
class Kept:
    """A plan that was kept: under which scenarios, which plan was shown before, and how many shops it moves."""

    number: int
    scenarios: tuple[str, ...] = ()
    before: int | None = None
    moved: int = 0


class PlanningQueue:
    """Feeds the planning panel of a screen, and hands each plan that was kept to `take`."""

    def __init__(
        self, screen: Screen[None], workspace: Workspace, limits: Limits, take: Callable[[Kept], object]
    ) -> None:
        self._screen = screen
        self._workspace = workspace
        self._limits = limits
        self._take = take
        # The first one is under way.
        self._wanted: list[PlanWanted] = []

    @property
    def _panel(self) -> PlanningPanel:
        return self._screen.query_one(PlanningPanel)

    def want(self, event: PlanWanted) -> None:
        """Begins a search; plans under scenarios wait for their turn."""
        if not self._wanted:
            self._wanted.append(event)
            self._prepare()
        elif event.scenarios:
            self._wanted.append(event)
            tell(self._screen, gettext("{names} is planned next.").format(names=", ".join(event.scenarios)))
        else:
            tell(self._screen, gettext("A plan is being searched already; stop it first."), severity="warning")

    def stop(self) -> bool:
        """Ends the search under way with the best plan so far, and those that wait; False where there is none."""
        if not self._panel.is_planning:
            return False
        del self._wanted[1:]
        self._panel.stop()
        return True

    def take_finished(self, event: PlanningPanel.Finished) -> None:
        """Keeps the plan that was found, or says why there is none."""
        plan, task = event.plan, event.task
        if plan is None:
            self._fail(event.why)
            return

        if plan.status is PlanStatus.INFEASIBLE:
            self._fail(clash_lines(plan))
            return

        def keep() -> Kept:
            plans, before = self._workspace.backlog.plans, self._workspace.shown_plan()
            number = plans.keep(task.rollout, plan, task.revision, scenario=task.kept_under).number
            if task.kept_under or before is None or before.scenario:
                return Kept(number, task.kept_under)
            return Kept(number, before=before.number, moved=len(plans.difference(before.number, number).shops))

        in_background(self._screen, keep, self._go_on_with, group="keep", on_error=self._fail)

    def _go_on_with(self, kept: Kept) -> None:
        self._take(kept)
        self._go_on()

    def _go_on(self) -> None:
        del self._wanted[:1]
        if self._wanted:
            self._prepare()

    def _fail(self, why: list[str]) -> None:
        show_error(self._screen.app, why, gettext("No plan was made"))
        self._go_on()

    def _prepare(self) -> None:
        event, begin = self._wanted[0], self._panel.begin
        in_background(self._screen, lambda: self._task(event), begin, group="plan", on_error=self._fail)

    def _task(self, event: PlanWanted) -> Task:
        backlog, shown = self._workspace.backlog, self._workspace.shown_plan()
        start = backlog.plans.plan(shown.number) if shown else None
        if not event.scenarios:
            rollout, revision = backlog.load()
            return Task(rollout, revision, self._limits, start=start)
        under = backlog.under(event.scenarios)
        return Task(
            under.rollout,
            under.revision,
            self._limits,
            start=start,
            scenarios=under.titles,
            kept_under=under.names,
            label=under.titles[-1],
        )


def clash_lines(plan: Plan) -> list[str]:
    """Why there is no plan where given dates clash, and the ways out."""
    clashes = [f"! {conflict.text} ({span_text(conflict.first, conflict.last)})" for conflict in plan.conflicts]
    return [
        gettext("Dates that are given clash:"),
        *clashes,
        "",
        gettext("Change or free one date of each: in the schedule, m moves it and x gives it free; u takes it back."),
    ]
