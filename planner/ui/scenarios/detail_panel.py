"""All about the plan or scenario of the cursor, in words."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from planner.exchange.scenarios import ReadRollout
from planner.store.records import PlanInfo, StoredScenario
from planner.ui.background import in_background
from planner.ui.scenarios.plan_rows import plan_words
from planner.ui.scenarios.scenario_rows import told_of
from planner.ui.widgets.labelled import labelled
from planner.ui.workspace import Workspace
from planner.wording.translation import gettext

DELAY_SECONDS = 0.15
Lines = Sequence[tuple[str, str]]


class DetailPanel(VerticalScroll, can_focus=False):
    """Says what is known of one thing. What a scenario changes takes a moment, and follows."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(id="scenario-detail")
        self._workspace = workspace
        self._ground: tuple[int, ReadRollout, dict[str, str]] | None = None
        self._clock: Timer | None = None
        self._subject: StoredScenario | None = None

    def compose(self) -> ComposeResult:
        """The words."""
        yield Static("", id="scenario-words")

    def show_plan(self, info: PlanInfo | None, currency: str, *, is_shown: bool) -> None:
        """Shows a plan; None where there is none yet."""
        self._subject = None
        if info is None:
            self._say(gettext("There is no plan yet. Press p to make one; it takes the time limit at most."))
        else:
            self._tell(plan_words(info, currency, is_shown=is_shown))

    def show_scenario(self, item: StoredScenario | None) -> None:
        """Shows a scenario; None where there is none yet."""
        self._subject = item
        if item is None:
            self._say(gettext("A scenario says what could be otherwise. Press n to make one from the present state."))
            return
        self._tell([(gettext("Scenario"), item.scenario.name), (gettext("Why"), item.scenario.why)])
        if self._clock is not None:
            self._clock.stop()
        self._clock = self.set_timer(DELAY_SECONDS, lambda: self._work_out(item))

    def _work_out(self, item: StoredScenario) -> None:
        in_background(
            self,
            lambda: self._lines(item),
            lambda lines: self._tell_of(item, lines),
            group="detail",
            on_error=lambda lines: self._tell_of(item, [("", line) for line in lines]),
        )

    def _lines(self, item: StoredScenario) -> Lines:
        """A scenario in plain words; the rollout is read again only where it has changed, since that takes a while."""
        backlog = self._workspace.backlog
        revision = backlog.revision()
        if self._ground is None or self._ground[0] != revision:
            self._ground = (revision, *backlog.read())
        _, base, texts = self._ground
        return told_of(base, texts, item).lines()

    def _tell_of(self, item: StoredScenario, lines: Lines) -> None:
        """Tells of a scenario, unless the cursor has gone on meanwhile."""
        if self._subject == item:
            self._tell(lines)

    def _say(self, text: str) -> None:
        self._tell([("", text)])

    def _tell(self, lines: Lines) -> None:
        self.query_one("#scenario-words", Static).update(labelled(lines))
