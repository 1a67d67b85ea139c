"""What a sweep came to: on the terminal, as JSON, and in files."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from planner.cli.messages import clip, output_console, show, show_json
from planner.cli.sweep_charts import HeatMap, Measure, heat_maps, measures_of, shade, span_of
from planner.cli.sweep_frontier import FrontierLine, frontier_headings, frontier_lines
from planner.cli.sweep_options import SweepRequest
from planner.cli.sweep_page import sweep_page
from planner.domain.rollout import Rollout
from planner.exchange.tidy_table import tidy_csv, tidy_parquet
from planner.exchange.whole_files import write_whole
from planner.studies.grid import Grid
from planner.studies.sweep_results import PointResult, frontier, milestone_names, tidy_rows
from planner.wording.translation import gettext

PAGE = "sweep.html"
LINE_WIDTH = 40
MAPS_SHOWN = 6
NAME_WIDTH = 60
STEPS_SHOWN = 12
NONE = "–"
ANY_WIDTH = 10_000


def tell_results(request: SweepRequest, rollout: Rollout, grid: Grid, results: Sequence[PointResult]) -> None:
    """Writes the table and the page, and shows the charts and the frontier, or JSON. Raises CannotWriteError."""
    steps = {name: frontier(results, name) for name in milestone_names(results)}
    rows = tidy_rows(grid, results, {name: {step.result.point for step in steps[name]} for name in steps})
    table = {"results.parquet": tidy_parquet(rows)} if request.as_parquet else {"results.csv": tidy_csv(rows)}
    measures = measures_of(rollout, results)
    lines = {name: frontier_lines(grid, found, measures[-1]) for name, found in steps.items()}
    page = sweep_page(rollout, grid, results, measures, lines)
    write_whole(request.out, {**table, PAGE: page})
    names = [*table, PAGE]
    if request.as_json:
        show_json({"points": rows, "files": [str(request.out / name) for name in names]})
        return
    console = output_console()
    for measure in measures:
        _show_chart(console, measure, grid, results)
    for name, found in lines.items():
        _show_frontier(console, name, found)
    show(gettext("Written: {files} in {folder}").format(files=", ".join(names), folder=request.out))


def _show_chart(console: Console, measure: Measure, grid: Grid, results: Sequence[PointResult]) -> None:
    span = span_of(measure, results)
    if span is None:
        return
    if len(grid.axes) == 1:
        show("", label=clip(measure.name, NAME_WIDTH))
        console.print(_line(measure, grid, results, span))
        return
    maps = list(heat_maps(grid, {item.point: item for item in results}))
    tables = [_map(measure, found, span) for found in maps[:MAPS_SHOWN]]
    name = measure.name
    if measure.coarse and any(_is_too_wide(console, table) for table in tables):
        name = measure.coarse.name
        tables = [_map(measure.coarse, found, span) for found in maps[:MAPS_SHOWN]]
    show("", label=clip(name, NAME_WIDTH))
    axes = gettext("{rows} down, {columns} across")
    show(axes.format(rows=clip(grid.axes[0].label, NAME_WIDTH), columns=clip(grid.axes[1].label, NAME_WIDTH)))
    for found, table in zip(maps, tables, strict=False):
        if found.title:
            show(found.title)
        console.print(table)
    if len(maps) > MAPS_SHOWN:
        text = gettext("and {number} more maps in {file}")
        show(text.format(number=len(maps) - MAPS_SHOWN, file=PAGE))


def _line(measure: Measure, grid: Grid, results: Sequence[PointResult], span: tuple[float, float]) -> Table:
    """A line turned on its side: a row for each value, a dot at the figure, and a stroke from what is proved to it."""
    (axis,) = grid.axes
    lows = [low for item in results if (low := measure.low(item)) is not None]
    left, right = min([span[0], *lows]), span[1]

    def place(figure: float) -> int:
        return round((figure - left) / (right - left) * (LINE_WIDTH - 1)) if right > left else 0

    grid_table = Table(box=None, padding=(0, 1, 0, 0), show_header=False)
    grid_table.add_column(justify="right")
    grid_table.add_column(width=LINE_WIDTH, no_wrap=True)
    grid_table.add_column(justify="right")
    for item in results:
        value = Text(clip(str(axis.values[item.point[0]]), NAME_WIDTH))
        figure = measure.of(item)
        if figure is None:
            grid_table.add_row(value, Text(""), Text(NONE))
            continue
        low = measure.low(item)
        begin = place(left if low is None else min(low, figure))
        stroke = " " * begin + "─" * (place(figure) - begin) + "●"
        grid_table.add_row(value, Text(stroke), Text(measure.text(figure)))
    return grid_table


def _map(measure: Measure, found: HeatMap, span: tuple[float, float]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column(no_wrap=True)
    for value in found.columns.values:
        table.add_column(Text(clip(str(value), NAME_WIDTH)), justify="right", no_wrap=True)
    for value, cells in zip(found.rows.values, found.cells, strict=True):
        table.add_row(Text(clip(str(value), NAME_WIDTH)), *(_map_cell(measure, item, span) for item in cells))
    return table


def _is_too_wide(console: Console, table: Table) -> bool:
    as_wide_as_it_likes = console.options.update(width=ANY_WIDTH)
    return console.measure(table, options=as_wide_as_it_likes).maximum > console.width


def _map_cell(measure: Measure, item: PointResult, span: tuple[float, float]) -> Text:
    figure = measure.of(item)
    return Text(NONE) if figure is None else Text(measure.text(figure), style=f"black on {shade(figure, span)}")


def _show_frontier(console: Console, milestone: str, lines: Sequence[FrontierLine]) -> None:
    title = gettext("The cheapest way to so many by {milestone}")
    show("", label=title.format(milestone=clip(milestone, NAME_WIDTH)))
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    for number, name in enumerate(frontier_headings()):
        table.add_column(name, justify="right" if number < 2 else "left")
    for line in lines[-STEPS_SHOWN:]:
        table.add_row(*map(Text, line.cells))
    console.print(table)
    if len(lines) > STEPS_SHOWN:
        text = gettext("and {number} with fewer shops in {file}")
        show(text.format(number=len(lines) - STEPS_SHOWN, file=PAGE))
