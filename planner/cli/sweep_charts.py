"""Figures of a sweep as charts: a line where one thing varies, heat maps where more do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from planner.domain.rollout import Rollout
from planner.studies.grid import Axis, Grid, Point
from planner.studies.sweep_results import PointResult, milestone_names, planned_by
from planner.wording.amounts import day_text, money_text, number_text
from planner.wording.translation import gettext

# From light to strong, all light enough for black figures, told apart by brightness alone too.
SHADES = ("#fff7e6", "#fde8c0", "#f9d59a", "#f2be78", "#e8a55d", "#da8b4b")


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of points: `of` yields it, `low` how low it may be for all that is proved, `text` how it reads.

    `coarse` is the same in a larger unit, for where there is little room.
    """

    name: str
    of: Callable[[PointResult], float | None]
    low: Callable[[PointResult], float | None]
    text: Callable[[float], str]
    coarse: "Measure | None" = None


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A measure over two axes, rows by columns, where the other axes have the values that `title` names."""

    title: str
    rows: Axis
    columns: Axis
    cells: tuple[tuple[PointResult, ...], ...]


def measures_of(rollout: Rollout, results: Sequence[PointResult]) -> list[Measure]:
    """What is worth showing: shops done by each milestone, and level 3."""
    measures = [_milestone_measure(name) for name in milestone_names(results)]
    if any(item.plan and item.plan.last_finish_day is not None for item in results):
        today = rollout.today.toordinal()

        def day_of(number: float) -> str:
            return day_text(type(rollout.today).fromordinal(today + round(number)))

        return [
            *measures,
            Measure(gettext("Last finish"), lambda item: item.value, lambda item: item.bound, day_of),
        ]
    name = gettext("Cost, {currency}")
    if any(item.price for item in results):
        name = gettext("Cost with prices, {currency}")
    cost = _money_measure(name.format(currency=rollout.currency), 1)
    thousands = _money_measure(name.format(currency=f"{number_text(1000)} {rollout.currency}"), 1000)
    return [*measures, replace(cost, coarse=thousands)]


def _money_measure(name: str, unit: int) -> Measure:
    return Measure(
        name,
        lambda item: item.value,
        lambda item: item.bound,
        lambda cents: money_text(round(cents / unit), with_cents=False),
    )


def _milestone_measure(name: str) -> Measure:
    def planned(item: PointResult) -> float | None:
        return planned_by(item.plan, name)

    return Measure(
        gettext("Done by {milestone}").format(milestone=name), planned, planned, lambda number: str(round(number))
    )


def heat_maps(grid: Grid, results: Mapping[Point, PointResult]) -> Iterator[HeatMap]:
    """A map over the first two axes for each combination of the others."""
    rows, columns, *others = grid.axes
    for rest in product(*(range(len(axis.values)) for axis in others)):
        named = zip(others, rest, strict=True)
        title = ", ".join(f"{axis.label}={axis.values[place]}" for axis, place in named)
        cells = tuple(
            tuple(results[row, column, *rest] for column in range(len(columns.values)))
            for row in range(len(rows.values))
        )
        yield HeatMap(title, rows, columns, cells)


def span_of(measure: Measure, results: Sequence[PointResult]) -> tuple[float, float] | None:
    """The least and the greatest figure; None where there is none."""
    figures = [figure for item in results if (figure := measure.of(item)) is not None]
    return (min(figures), max(figures)) if figures else None


def shade(figure: float, span: tuple[float, float]) -> str:
    """The colour of a figure between the least and the greatest one."""
    low, high = span
    part = (figure - low) / (high - low) if high > low else 0.0
    return SHADES[min(len(SHADES) - 1, int(part * len(SHADES)))]
