"""The panel above the footer that shows how a search for a plan stands, while everything else goes on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Button, Static
from textual.worker import get_current_worker

from planner.domain.plan import Plan
from planner.domain.rollout import Objective, Rollout
from planner.exchange.text import printable
from planner.scheduling.limits import Limits, Progress, Stage
from planner.studies.beside import SearchBeside, SearchLostError
from planner.ui.failures import EXPECTED, sentences
from planner.ui.planning.gap_chart import gap_chart
from planner.wording.amounts import day_text, gap_text, money_text, time_text
from planner.wording.translation import gettext, later

STAGES = {
    Stage.PREPARING: later("Preparing"),
    Stage.BOUNDING: later("Bounding"),
    Stage.CONSTRUCTING: later("First plan"),
    Stage.IMPROVING: later("Improving"),
}
REFRESH_SECONDS = 0.5
CHART_WIDTH = 12
BETWEEN = "  "


@dataclass(frozen=True, slots=True)
class Task:
    """A plan to search: of `rollout` as it was at `revision`, from `start` if there is one.

    `scenarios` are what those that were applied call themselves, `kept_under` the names they are kept by.
    """

    rollout: Rollout
    revision: int
    limits: Limits
    start: Plan | None = None
    scenarios: tuple[str, ...] = ()
    kept_under: tuple[str, ...] = ()
    label: str = ""


class PlanningPanel(Horizontal):
    """Shows and steers one search at a time; not in sight while there is none."""

    @dataclass
    class Reported(Message):
        """How the search stands. A newer one takes the place of one that waits."""

        progress: Progress

        def can_replace(self, message: Message) -> bool:
            """Whether it makes `message` needless."""
            return isinstance(message, PlanningPanel.Reported)

    @dataclass
    class Finished(Message):
        """The search came to an end: with a plan, or with the sentences why there is none."""

        task: Task
        plan: Plan | None
        why: list[str]

    def __init__(self, panel_id: str) -> None:
        super().__init__(id=panel_id)
        self.display = False
        self._search: SearchBeside | None = None
        self._wanted: Task | None = None
        self._progress: Progress | None = None
        self._told_at = 0.0
        self._gaps: list[float] = []
        self._is_stopping = False
        self._clock: Timer | None = None

    def compose(self) -> ComposeResult:
        """The line, and the button that stops the search."""
        yield Static("", id="planning-line")
        yield Button(gettext("Stop"), id="planning-stop", compact=True)

    @property
    def is_planning(self) -> bool:
        """Whether a search is under way."""
        return self._search is not None

    def begin(self, task: Task) -> None:
        """Begins a search; one under way is to be stopped first."""
        self._wanted = task
        self._progress = Progress(stage=Stage.PREPARING, seconds=0.0, limit=task.limits.seconds)
        self._told_at = monotonic()
        self._gaps = []
        self._is_stopping = False
        self._search = search = SearchBeside(task.rollout, task.limits, start=task.start, scenarios=task.scenarios)
        self.display = True
        self._clock = self.set_interval(REFRESH_SECONDS, self._show)
        self._show()
        self.run_worker(lambda: self._follow(search, task), name="search", group="search", thread=True)

    def stop(self) -> None:
        """Ends the search with the best plan so far; at once if asked twice."""
        if self._search is None:
            return
        if self._is_stopping:
            self._search.end()
        else:
            self._is_stopping = True
            self._search.stop()
            self._show()

    def _follow(self, search: SearchBeside, task: Task) -> None:
        worker = get_current_worker()
        while not worker.is_cancelled:
            try:
                told = search.wait()
            except (*EXPECTED, SearchLostError) as error:
                self.post_message(self.Finished(task, None, sentences(error)))
                return
            if isinstance(told, Plan):
                self.post_message(self.Finished(task, told, []))
                return
            self.post_message(self.Reported(told))

    def on_planning_panel_reported(self, event: "PlanningPanel.Reported") -> None:
        """Keeps what the search tells, for the line."""
        event.stop()
        self._progress = event.progress
        self._told_at = monotonic()
        if event.progress.gap is not None:
            self._gaps.append(event.progress.gap)
        self._show()

    def on_planning_panel_finished(self) -> None:
        """Leaves the sight; the main screen takes the plan."""
        if self._search is not None:
            self._search.end()
        self._search = None
        self.display = False
        if self._clock is not None:
            self._clock.stop()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Stops the search."""
        event.stop()
        self.stop()

    def on_unmount(self) -> None:
        """Ends the search with the screen."""
        if self._search is not None:
            self._search.end()

    def _show(self) -> None:
        if self._progress is not None and self._wanted is not None:
            line = self._line(self._progress, self._wanted)
            # A line stays a line: nothing has to be laid out anew.
            self.query_one("#planning-line", Static).update(line, layout=False)

    def _line(self, progress: Progress, task: Task) -> Text:
        """What is known, in as many whole parts as there is room for: rather the gap and its course than the bound."""
        left = max(0.0, progress.limit - progress.seconds - (monotonic() - self._told_at))
        stage = gettext("Stopping") if self._is_stopping else gettext(STAGES[progress.stage])
        parts = [Part(4, printable(task.label))] if task.label else []
        parts.append(Part(0, gettext("{stage}: {time} left").format(stage=stage, time=time_text(left))))
        parts += _figures(progress, task.rollout)
        if self._gaps:
            parts.append(Part(2, gap_chart(self._gaps, CHART_WIDTH)))
        room = self.query_one("#planning-line").size.width or self.app.size.width
        return Text(fitting(parts, room), no_wrap=True, overflow="ellipsis")


class Part(NamedTuple):
    """A part of a line; one of a lower `rank` matters more."""

    rank: int
    text: str


def fitting(parts: Sequence[Part], room: int) -> str:
    """As many of the parts as `room` cells hold, those that matter most first, in the order in which they stand."""
    kept: list[int] = []
    for place in sorted(range(len(parts)), key=lambda place: parts[place].rank):
        line = BETWEEN.join(parts[number].text for number in sorted([*kept, place]))
        if not kept or cell_len(line) <= room:
            kept.append(place)
    return BETWEEN.join(parts[number].text for number in sorted(kept))


def _figures(progress: Progress, rollout: Rollout) -> Iterator[Part]:
    """What is said of the best plan and the bound."""
    if progress.value is None:
        yield Part(0, gettext("no plan yet"))
    else:
        yield Part(0, gettext("best {figure}").format(figure=_figure(rollout, progress.value)))
        if progress.shortfall:
            yield Part(1, gettext("{number} short").format(number=progress.shortfall))
        if progress.unplanned:
            yield Part(1, gettext("{number} without a date").format(number=progress.unplanned))
    if progress.gap is not None:
        yield Part(1, gettext("gap {gap}").format(gap=gap_text(progress.gap)))
    if progress.bound is not None:
        yield Part(3, gettext("bound {figure}").format(figure=_figure(rollout, progress.bound)))


def _figure(rollout: Rollout, value: int) -> str:
    if rollout.objective is Objective.COST:
        return money_text(value, rollout.currency, with_cents=False)
    return day_text(rollout.today + timedelta(days=value))
