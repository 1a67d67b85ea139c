"""Rollouts of every shape: does a plan come back in time, within memory, and past the checker?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.table import Table

from tests.benchmarks.contest import Task
from tests.benchmarks.race import Outcome, run_alone
from tests.benchmarks.rollouts import make_rollout
from tests.benchmarks.shapes import PLAIN, SHAPES
from tests.benchmarks.text import NOTHING, checked, megabytes, narrate, percent, seconds_text

OVERRUN_SECONDS = 2.0
NO_SHOPS = "no-shops"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One shape and what came of it."""

    shape: str
    shops: int
    limit: float
    outcome: Outcome

    @property
    def is_late(self) -> bool:
        """Whether the plan came back later than the limit allows."""
        return self.outcome.seconds > self.limit + OVERRUN_SECONDS

    @property
    def is_sound(self) -> bool:
        """Whether a plan came back in time and passes the checker."""
        found = self.outcome.found
        has_plan = found is not None and found.plan is not None
        return has_plan and not self.is_late and not self.outcome.violations


def trials(shapes: Sequence[str], sizes: Sequence[int], task: Task) -> Iterator[Trial]:
    """The planner on each shape and size, and once on no shops at all."""
    for shape, shops in [(NO_SHOPS, 0), *((shape, shops) for shape in shapes for shops in sizes)]:
        narrate(f"{shape}, {shops} shops: {task.limit:g} s")
        rollout = make_rollout(shops, task.seed, SHAPES.get(shape, PLAIN))
        yield Trial(shape=shape, shops=shops, limit=task.limit, outcome=run_alone("planner", rollout, task))


def shapes_table(found: Sequence[Trial]) -> Table:
    """A row a trial."""
    table = Table(title="Shapes: a checked plan within the limit and 2 s")
    table.add_column("Shape")
    for column in ("Shops", "Limit", "Back after", "First plan", "Short", "Undated", "Proved gap", "Peak MB"):
        table.add_column(column, justify="right")
    table.add_column("Checker")
    for trial in found:
        table.add_row(*_cells(trial))
    return table


def _cells(trial: Trial) -> list[str]:
    outcome = trial.outcome
    plan = outcome.found.plan if outcome.found else None
    back = seconds_text(outcome.seconds) + (" (late)" if trial.is_late else "")
    figures = [NOTHING] * 3
    if plan is not None:
        gap = NOTHING if plan.gap is None else percent(plan.gap)
        figures = [str(plan.shortfall or 0), str(len(plan.unplanned)), gap]
    return [
        trial.shape,
        str(trial.shops),
        f"{trial.limit:g} s",
        back,
        seconds_text(outcome.first_seconds),
        *figures,
        megabytes(outcome.peak_mb),
        checked(outcome),
    ]
