"""The cheapest way to each number of shops, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.cli.sweep_charts import Measure
from planner.studies.grid import Grid
from planner.studies.sweep_results import Step
from planner.wording.amounts import number_text
from planner.wording.translation import gettext, ngettext, pgettext


@dataclass(frozen=True, slots=True)
class FrontierLine:
    """So many shops are done, at what figure, with which values, and what is open about that."""

    planned: int
    figure: str
    values: str
    doubts: str

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The line as the cells of a table."""
        return str(self.planned), self.figure, self.values, self.doubts


def frontier_headings() -> tuple[str, ...]:
    """What the cells of a line are, for the head of a table."""
    return gettext("Shops"), pgettext("frontier", "At"), pgettext("frontier", "With"), pgettext("frontier", "Open")


def frontier_lines(grid: Grid, steps: Sequence[Step], measure: Measure) -> list[FrontierLine]:
    """A line for each step, fewest shops first."""
    return [_line(grid, step, measure) for step in steps]


def _line(grid: Grid, step: Step, measure: Measure) -> FrontierLine:
    figure = measure.of(step.result)
    doubts = []
    if step.rivals:
        text = ngettext(
            "{number} other point may do it as well", "{number} other points may do it as well", len(step.rivals)
        )
        doubts.append(text.format(number=number_text(len(step.rivals))))
    if step.maybe:
        text = ngettext(
            "{number} point with fewer may get there", "{number} points with fewer may get there", len(step.maybe)
        )
        doubts.append(text.format(number=number_text(len(step.maybe))))
    return FrontierLine(
        step.planned,
        measure.text(figure) if figure is not None else "",
        grid.name_of(step.result.point),
        "; ".join(doubts),
    )
