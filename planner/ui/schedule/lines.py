"""The lines of the chart as segments: the header, a row, and the figures at the foot."""

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style

from planner.exchange.text import printable
from planner.ui.schedule.groups import NAMES, most_closed
from planner.ui.schedule.header import header_lines
from planner.ui.schedule.looks import Look
from planner.ui.schedule.painter import Sight, cut, empty_cells, label_text, paint_bar, paint_left_behind, paint_load
from planner.ui.schedule.rows import Row
from planner.ui.schedule.timescale import Zoom
from planner.ui.schedule.view import ALL, View
from planner.wording.translation import gettext, later

ZOOM_NAMES = {Zoom.DAY: later("days"), Zoom.WEEK: later("weeks"), Zoom.MONTH: later("months")}

Styles = dict[int, Style]


def head_line(view: View, sight: Sight, line: int, width: int, styles: Styles) -> list[Segment]:
    """A line of the header, its label `width` cells wide: how the chart is grouped and zoomed, with the keys for it."""
    text = header_lines(sight, [item.by for item in view.chart.rollout.milestones])[line]
    today = sight.today_columns
    label = f"g {gettext(NAMES[view.grouping])}" if line == 0 else f"+ - {gettext(ZOOM_NAMES[view.zoom])}"
    style = styles[Look.HEADER]
    segments = [Segment(set_cell_size(f" {label}", width), style)]
    if line == 0 or not today:
        return [*segments, Segment(text, style)]
    begin, end = today[0], today[-1] + 1
    marked = style + Style(reverse=True)
    return [*segments, Segment(text[:begin], style), Segment(text[begin:end], marked), Segment(text[end:], style)]


def row_line(view: View, sight: Sight, row: Row, width: int, styles: Styles, *, is_here: bool) -> list[Segment]:
    """A row, with the cursor on it or not."""
    plain = Look.CURSOR if is_here else Look.PLAIN
    if row.bar is None:
        return _heading(view, sight, row, width, styles, plain)
    bar, before = row.bar, None
    if view.carried is not None and view.carried[1].shop.id == bar.shop.id:
        before, bar = view.carried
    kinds = view.shading.of(bar.shop)
    cells = empty_cells(sight, kinds, plain)
    if before is not None:
        paint_left_behind(cells, sight, before)
    paint_bar(cells, sight, bar, kinds, row.group.parts.get(bar.shop.id))
    look = Look.LABEL if before is None else Look.MOVING
    return [_label(label_text(bar, width), styles[look], plain), *cells.segments(styles)]


def _heading(view: View, sight: Sight, row: Row, width: int, styles: Styles, plain: Look) -> list[Segment]:
    """A group's name, how many it has, and how many of them are closed from day to day."""
    sign = "▸" if row.is_folded else "▾"
    count = f" {len(row.group.bars)} "
    label = cut(f"{sign} {printable(row.group.title)}", width - len(count)) + count
    cells = empty_cells(sight, None, plain)
    closures, rollout = view.closures(row.group.key), view.chart.rollout
    days = [sight.timescale.days_of(column) for column in range(sight.left, sight.right)]
    limits = [most_closed(rollout, view.grouping, row.group.key, first) for first, _ in days]
    paint_load(cells, [closures.on(first, last) for first, last in days], limits)
    return [_label(label, styles[Look.GROUP], plain), *cells.segments(styles)]


def _label(text: str, style: Style, plain: Look) -> Segment:
    return Segment(text, style + Style(reverse=True) if plain is Look.CURSOR else style)


def foot_line(view: View, sight: Sight, line: int, width: int, styles: Styles) -> list[Segment]:
    """A line of the figures at the foot: the most that are closed on any day of a column's day or week."""
    scale = sight.timescale
    skip = sight.left % scale.columns
    units = [
        (scale.days_of(column)[0], scale.days_of(column + scale.columns - 1)[1])
        for column in range(sight.left - skip, sight.right, scale.columns)
    ]
    numbers = [view.closures(ALL).on(first, last) for first, last in units]
    limits = [most_closed(view.chart.rollout, ALL, "", first) for first, _ in units]
    segments = [Segment(set_cell_size(_foot_label(line, limits), width), styles[Look.FOOT])]
    room = sight.right - sight.left
    for place, (number, limit) in enumerate(zip(numbers, limits, strict=True)):
        text = (str(number) if number else "·").rjust(scale.columns * view.foot_height)
        begin, end = line * scale.columns, (line + 1) * scale.columns
        cut = max(0, (place + 1) * scale.columns - skip - room)
        piece = text[begin + (skip if place == 0 else 0) : end - cut]
        segments.append(Segment(piece, styles[Look.OVER if limit is not None and number > limit else Look.FOOT]))
    return segments


def _foot_label(line: int, limits: list[int | None]) -> str:
    if line > 0:
        return ""
    limit = next((limit for limit in limits if limit is not None), None)
    if limit is None:
        return " " + gettext("closed shops")
    return " " + gettext("closed (at most {limit})").format(limit=limit)
