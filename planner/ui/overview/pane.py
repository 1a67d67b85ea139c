"""The overview pane: how far the rollout is, what comes next, and what needs attention."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import OptionList

from planner.ui.background import in_background
from planner.ui.keys import key
from planner.ui.messages import AllShown, GoTo
from planner.ui.overview.burn_up import BurnUp
from planner.ui.overview.burn_up_chart import BurnUpChart
from planner.ui.overview.figures import Ahead, Progress, progress_of, what_is_ahead
from planner.ui.overview.lists import ComingList, MatterList
from planner.ui.overview.load_chart import LoadChart
from planner.ui.overview.milestones import Milestones
from planner.ui.pane import Pane
from planner.ui.tell import tell
from planner.ui.workspace import Loaded
from planner.wording.translation import gettext, later

if TYPE_CHECKING:
    from planner.review.risk.report import RiskReport

SAMPLES, SEED = 10_000, 1
"""As many as `planner risk` plays, with its seed, so that both tell the same."""

PlanKey = tuple[int, int]
"""A plan's number and the revision of the rollout it was played in."""


class OverviewPane(Pane):
    """The overview."""

    HELP = later(
        "How far the rollout is, what comes next, and what needs your attention. Tab goes from one part to the next;"
        " Enter on a line leads to where it is mended."
    )

    BINDINGS = [
        key("r", "risk", later("Risk"), later("Play the plan many times to see how sure it is."), "overview.risk"),
    ]

    loaded: Loaded | None = None
    progress: Progress | None = None
    ahead: Ahead | None = None

    def compose(self) -> ComposeResult:
        """The parts, in the order of the screen."""
        with Horizontal(classes="overview-row"):
            yield Milestones("milestones")
            yield BurnUpChart("burn-up")
        yield MatterList("matters")
        with Horizontal(classes="overview-row"):
            yield ComingList("coming")
            yield LoadChart("load")

    def on_mount(self) -> None:
        """No plan has been played yet."""
        self._reports: dict[PlanKey, RiskReport] = {}
        self._playing: PlanKey | None = None

    def focus_first(self) -> None:
        """What needs attention comes first."""
        self.query_one(MatterList).focus()

    def take_loaded(self, loaded: Loaded) -> None:
        """Reckons all figures anew: how far the rollout is comes first, and is in sight while the rest is reckoned."""
        in_background(
            self, lambda: progress_of(loaded), lambda progress: self._show_progress(loaded, progress), group="progress"
        )

    async def _show_progress(self, loaded: Loaded, progress: Progress) -> None:
        self.loaded, self.progress = loaded, progress
        await self._show_outlook()
        self.call_after_refresh(self._look_ahead, loaded)

    def _look_ahead(self, loaded: Loaded) -> None:
        if loaded is self.loaded:
            in_background(
                self, lambda: what_is_ahead(loaded), lambda ahead: self._show_ahead(loaded, ahead), group="ahead"
            )

    def _show_ahead(self, loaded: Loaded, ahead: Ahead) -> None:
        from planner.ui.overview.lines import event_lines, matter_line  # noqa: PLC0415 - loads what judges a plan

        self.ahead = ahead
        self.query_one(MatterList).fill([matter_line(matter) for matter in ahead.matters])
        self.query_one(ComingList).fill(event_lines(ahead.coming, loaded.rollout.shop_by_id))
        self.query_one(LoadChart).show(ahead.loads, ahead.load_weeks)
        self.post_message(AllShown())

    @property
    def _plan_key(self) -> PlanKey | None:
        loaded = self.loaded
        return None if loaded is None or loaded.info is None else (loaded.info.number, loaded.revision)

    async def _show_outlook(self) -> None:
        """The figures that a risk run adds to."""
        loaded, progress, key_now = self.loaded, self.progress, self._plan_key
        if loaded is None or progress is None:
            return
        report = None if key_now is None else self._reports.get(key_now)
        outlooks = {} if report is None else {outlook.name: outlook for outlook in report.milestones}
        await self.query_one(Milestones).show(progress.milestones, outlooks, loaded.rollout.today)
        chart = BurnUp(progress.weeks, progress.milestones, () if report is None else report.band)
        is_playing = self._playing is not None and self._playing == key_now
        self.query_one(BurnUpChart).show(chart, is_playing=is_playing)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Goes where the line leads."""
        event.stop()
        if self.ahead is None:
            return
        if isinstance(event.option_list, MatterList):
            from planner.ui.overview.lines import way_to_mend  # noqa: PLC0415 - as above

            self.post_message(way_to_mend(self.ahead.matters[event.option_index]))
        else:
            self.post_message(GoTo("schedule", self.ahead.coming[event.option_index].shop))

    def on_load_chart_opened(self, event: LoadChart.Opened) -> None:
        """Shows the week in the schedule."""
        event.stop()
        self.post_message(GoTo("schedule", event.monday.isoformat()))

    async def action_risk(self) -> None:
        """Plays the plan in the background; what it tells is kept for as long as the program runs."""
        from planner.review.risk.report import varies  # noqa: PLC0415 - loads numpy, which nothing else here needs

        loaded, key_now = self.loaded, self._plan_key
        if loaded is None or loaded.plan is None or key_now is None:
            tell(self, gettext("There is no plan to play yet; press p to make one."), severity="warning")
        elif not varies(loaded.rollout):
            text = gettext("The rollout says nothing of how reality departs from a plan; see [risk] in its settings.")
            tell(self, text, severity="warning")
        elif key_now not in self._reports and self._playing != key_now:
            self._playing = key_now
            await self._show_outlook()
            in_background(
                self,
                lambda: _played(loaded),
                lambda report: self._take_report(key_now, report),
                group="risk",
            )

    async def _take_report(self, key_then: PlanKey, report: "RiskReport | None") -> None:
        self._playing = None
        if report is None:
            tell(self, gettext("The plan no longer fits the rollout; plan again first."), severity="warning")
        else:
            self._reports[key_then] = report
        await self._show_outlook()


def _played(loaded: Loaded) -> "RiskReport | None":
    """How sure the plan is; None where it does not fit the rollout."""
    from planner.review.check import check  # noqa: PLC0415 - only here

    if loaded.plan is None or check(loaded.against or loaded.rollout, loaded.plan):
        return None
    from planner.review.risk.report import assess  # noqa: PLC0415 - loads numpy, which nothing else here needs

    return assess(loaded.rollout, loaded.plan, samples=SAMPLES, seed=SEED)
