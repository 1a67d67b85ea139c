"""A sweep as a page: its charts, the cheapest way to each number of shops, and every point."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from planner.cli.html_page import heading, page, paragraph, table
from planner.cli.sweep_charts import HeatMap, Measure, heat_maps, shade, span_of
from planner.cli.sweep_frontier import FrontierLine, frontier_headings
from planner.domain.rollout import Rollout
from planner.studies.grid import Grid
from planner.studies.sweep_results import PointResult
from planner.wording.amounts import gap_text, number_text
from planner.wording.translation import gettext, ngettext

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 300, 110, 50, 20, 40
MOST_LABELS = 10
NONE = "–"


def sweep_page(
    rollout: Rollout,
    grid: Grid,
    results: Sequence[PointResult],
    measures: Sequence[Measure],
    lines: Mapping[str, Sequence[FrontierLine]],
) -> bytes:
    """The page; `lines` are the frontiers by milestone."""
    planned = sum(item.plan is not None for item in results)
    text = ngettext("{planned} of {number} point planned.", "{planned} of {number} points planned.", len(results))
    parts = [paragraph(text.format(planned=planned, number=number_text(len(results))))]
    for measure in measures:
        parts += _chart(measure, grid, results)
    for name, found in lines.items():
        title = gettext("The cheapest way to so many by {milestone}").format(milestone=name)
        parts += [heading(title), table(frontier_headings(), [line.cells for line in found])]
    parts += [heading(gettext("All points")), _points(grid, results, measures)]
    return page(gettext("{rollout}: sweep").format(rollout=rollout.name), parts)


def _chart(measure: Measure, grid: Grid, results: Sequence[PointResult]) -> Iterator[str]:
    span = span_of(measure, results)
    if span is None:
        return
    yield heading(measure.name)
    if len(grid.axes) == 1:
        yield _line(measure, grid, results, span)
        return
    for found in heat_maps(grid, {item.point: item for item in results}):
        yield _map(measure, found, span)


def _map(measure: Measure, found: HeatMap, span: tuple[float, float]) -> str:
    head = "".join(f'<th scope="col">{escape(str(value))}</th>' for value in found.columns.values)
    text = gettext("{rows} by\n{columns}").format(rows=found.rows.label, columns=found.columns.label)
    corner = "<br>".join(map(escape, text.splitlines()))
    rows = "\n".join(
        f'<tr><th scope="row">{escape(str(value))}</th>{"".join(_map_cell(measure, item, span) for item in cells)}</tr>'
        for value, cells in zip(found.rows.values, found.cells, strict=True)
    )
    title = f"<caption>{escape(found.title)}</caption>" if found.title else ""
    return (
        f'<div class="wide"><table class="heat">{title}<thead><tr><th>{corner}</th>{head}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table></div>"
    )


def _map_cell(measure: Measure, item: PointResult, span: tuple[float, float]) -> str:
    figure = measure.of(item)
    if figure is None:
        return f"<td>{NONE}</td>"
    return f'<td style="background:{shade(figure, span)}">{escape(measure.text(figure))}</td>'


def _line(measure: Measure, grid: Grid, results: Sequence[PointResult], span: tuple[float, float]) -> str:
    """A line over the values of the one axis, with the range from what is proved to what was found at each."""
    (axis,) = grid.axes
    lows = [low for item in results if (low := measure.low(item)) is not None]
    bottom, top = min([span[0], *lows]), span[1]

    def across(place: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * place / max(1, len(axis.values) - 1)

    def down(figure: float) -> float:
        part = (figure - bottom) / (top - bottom) if top > bottom else 0.5
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * part

    marks: list[str] = []
    points: list[str] = []
    every = -(-len(axis.values) // MOST_LABELS)
    for item in results:
        place = item.point[0]
        x = across(place)
        value = escape(str(axis.values[place]))
        if place % every == 0:
            marks.append(f'<text x="{x:.1f}" y="{HEIGHT - 14}" text-anchor="middle">{value}</text>')
        figure = measure.of(item)
        if figure is None:
            continue
        y, low = down(figure), measure.low(item)
        points.append(f"{x:.1f},{y:.1f}")
        said = f"{value}: {escape(measure.text(figure))}"
        marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="currentColor"><title>{said}</title></circle>')
        if low is not None and low < figure:
            marks.append(f'<path d="M{x:.1f} {y:.1f}V{down(low):.1f}m-4 0h8" stroke="currentColor" fill="none"/>')
    for figure in dict.fromkeys((bottom, top)):
        text = escape(measure.text(figure))
        marks.append(f'<text x="{LEFT - 14}" y="{down(figure) + 4:.1f}" text-anchor="end">{text}</text>')
    line = f'<polyline points="{" ".join(points)}" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    label = escape(gettext("{measure} over {axis}").format(measure=measure.name, axis=axis.label))
    legend = escape(gettext("{axis}; a stroke reaches down to what is proved").format(axis=axis.label))
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img" aria-label="{label}">\n'
        f"{line}\n{''.join(marks)}\n</svg>\n"
        f"<p class=legend>{legend}</p>"
    )


def _points(grid: Grid, results: Sequence[PointResult], measures: Sequence[Measure]) -> str:
    header = [*(axis.label for axis in grid.axes), *(measure.name for measure in measures), gettext("Gap"), ""]
    rows = []
    for item in results:
        figures = [measure.of(item) for measure in measures]
        texts = [
            NONE if figure is None else measure.text(figure) for measure, figure in zip(measures, figures, strict=True)
        ]
        gap = gap_text(item.plan.gap) if item.plan and item.plan.gap is not None else NONE
        rows.append([*map(str, grid.values_at(item.point)), *texts, gap, item.reason])
    return table(header, rows)
