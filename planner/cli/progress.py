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
from planner.wording.amounts import day_text, gap_text, money_text, time_text


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
        stage = f"{progress.stage.capitalize()}: {self._rest(progress, self._now() - received)}"
        return Text(f"{stage}\n{printable(self._best(progress))}", no_wrap=True, overflow="ellipsis")

    def _rest(self, progress: Progress, since: float) -> str:
        if self._limits.deterministic:
            return f"{progress.seconds:.1f} of {progress.limit:g} units of work"
        return f"{time_text(max(0.0, progress.limit - progress.seconds - since))} left"

    def _best(self, progress: Progress) -> str:
        if progress.value is None:
            return "No plan yet"
        parts = [
            f"Best: {progress.shortfall} short, {progress.unplanned} undated",
            self._figure(progress.value),
        ]
        if progress.bound is not None:
            parts.append(f"bound {self._figure(progress.bound)}")
        if progress.gap is not None:
            parts.append(f"gap {gap_text(progress.gap)}")
        return ", ".join(parts)

    def _figure(self, value: int) -> str:
        if self._rollout.objective is Objective.COST:
            return money_text(value, self._rollout.currency, with_cents=False)
        return f"finish {day_text(self._rollout.today + timedelta(days=value))}"
