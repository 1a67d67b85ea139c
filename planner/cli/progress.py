"""The live lines on standard error while a plan is searched."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from planner.cli.messages import say
from planner.domain.rollout import Objective, Rollout
from planner.exchange.text import printable
from planner.scheduling.limits import Limits, Progress, Stage
from planner.wording.amounts import day_text, gap_text, money_text, number_text, plain_number_text, time_text
from planner.wording.translation import gettext, later

STAGES = {
    Stage.PREPARING: later("Preparing"),
    Stage.BOUNDING: later("Bounding"),
    Stage.CONSTRUCTING: later("First plan"),
    Stage.IMPROVING: later("Improving"),
}


class ProgressLines:
    """Two lines that say how a search stands, on `console`; None shows nothing.

    The search's thread calls `report`, which only keeps what it is given; the thread that waits calls `refresh`.
    So a slow terminal never holds up the search.
    """

    def __init__(
        self, rollout: Rollout, limits: Limits, console: Console | None, now: Callable[[], float] = monotonic
    ) -> None:
        self._rollout = rollout
        self._limits = limits
        self._now = now
        self._latest = (now(), Progress(stage=Stage.PREPARING, seconds=0.0, limit=limits.seconds))
        self._live = Live(console=console, auto_refresh=False, transient=True) if console else None

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
            self.refresh()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._live.stop()

    def report(self, progress: Progress) -> None:
        """Keeps the newest state of the search."""
        self._latest = (self._now(), progress)

    @property
    def is_preparing(self) -> bool:
        """Whether the search has not begun yet, so that there is nothing to save."""
        return self._latest[1].stage is Stage.PREPARING

    def refresh(self) -> None:
        """Shows the newest state."""
        if self._live:
            self._live.update(self.text(), refresh=True)

    def say(self, text: str) -> None:
        """Writes a line above the live ones, or to standard error where nothing is live."""
        if self._live:
            self._live.console.print(Text(printable(text)), soft_wrap=True)
        else:
            say(text)

    def text(self) -> Text:
        """The lines as they are now."""
        received, progress = self._latest
        stage = f"{gettext(STAGES[progress.stage])}: {self._rest(progress, self._now() - received)}"
        return Text(f"{stage}\n{printable(self._best(progress))}", no_wrap=True, overflow="ellipsis")

    def _rest(self, progress: Progress, since: float) -> str:
        if self._limits.deterministic:
            text = gettext("{done} of {limit} units of work")
            return text.format(done=number_text(progress.seconds, 1), limit=plain_number_text(progress.limit))
        return gettext("{time} left").format(time=time_text(max(0.0, progress.limit - progress.seconds - since)))

    def _best(self, progress: Progress) -> str:
        if progress.value is None:
            return gettext("No plan yet")
        parts = [
            gettext("Best: {short} short, {undated} undated").format(
                short=progress.shortfall, undated=progress.unplanned
            ),
            self._figure(progress.value),
        ]
        if progress.bound is not None:
            parts.append(gettext("bound {figure}").format(figure=self._figure(progress.bound)))
        if progress.gap is not None:
            parts.append(gettext("gap {gap}").format(gap=gap_text(progress.gap)))
        return ", ".join(parts)

    def _figure(self, value: int) -> str:
        if self._rollout.objective is Objective.COST:
            return money_text(value, self._rollout.currency, with_cents=False)
        return gettext("finish {day}").format(day=day_text(self._rollout.today + timedelta(days=value)))
