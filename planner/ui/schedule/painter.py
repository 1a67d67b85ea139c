"""Rows of the chart as characters and looks, column by column."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from planner.exchange.text import printable
from planner.ui.schedule.bars import Bar, Piece, Standing
from planner.ui.schedule.looks import LOOK_OF_DAY, Look
from planner.ui.schedule.shading import NOT_WORKED, SYMBOLS, Day
from planner.ui.schedule.timescale import Timescale, Zoom

WAITING = "·"
NOT_AT_WORK = "─"
TODAY = "│"
PUBLISHED = "○"
CLASH = "!"
STALE = "↻"
LEFT = "┄"
HEIGHTS = "▁▂▃▄▅▆▇█"


@dataclass(slots=True)
class Cells:
    """The columns in sight: a character and a look each."""

    chars: list[str]
    looks: list[int]

    def put(self, column: int, char: str, look: int) -> None:
        """Puts a character, if its column is in sight."""
        if 0 <= column < len(self.chars):
            self.chars[column] = char
            self.looks[column] = look

    def segments(self, styles: dict[int, Style]) -> list[Segment]:
        """Columns of one look that follow one another as one segment each."""
        found: list[Segment] = []
        begin = 0
        looks, chars = self.looks, self.chars
        for place in range(1, len(looks) + 1):
            if place == len(looks) or looks[place] != looks[begin]:
                found.append(Segment("".join(chars[begin:place]), styles[looks[begin]]))
                begin = place
        return found


@dataclass(frozen=True, slots=True)
class Sight:
    """What is in sight of a timescale: the columns from `left` to before `right`, and `today` among the days."""

    timescale: Timescale
    left: int
    right: int
    today: int

    @property
    def today_columns(self) -> range:
        """Today's columns, counted from the left."""
        return self.timescale.span(self.today, self.today, self.left, self.right)


def empty_cells(sight: Sight, kinds: Sequence[Day] | None, plain: int) -> Cells:
    """The days behind a bar, and today; `plain` is the look where there is nothing."""
    width = sight.right - sight.left
    if kinds is None:
        cells = Cells([" "] * width, [plain] * width)
    else:
        here = kinds[sight.left : sight.right]
        chars = [SYMBOLS[kind] for kind in here]
        looks: list[int] = [plain if kind is Day.WORK else LOOK_OF_DAY[kind] for kind in here]
        missing = width - len(here)
        cells = Cells(chars + [" "] * missing, looks + [plain] * missing)
    today = sight.today_columns
    if today:
        cells.put(today[0], TODAY, Look.TODAY)
    return cells


def paint_bar(cells: Cells, sight: Sight, bar: Bar, kinds: Sequence[Day], parts: Collection[int] | None) -> None:
    """Draws a bar over the days behind it; of `parts`, where given, only these pieces are drawn strong."""
    if bar.days is None:
        return
    scale, left, right = sight.timescale, sight.left, sight.right
    first, last = bar.days
    for column in scale.span(first, last, left, right):
        cells.put(column, "=" if bar.standing is Standing.DONE else WAITING, _between(bar, scale, column + left))
    for number, piece in _ordered(bar, scale):
        base = Look.PHASE if parts is None or number in parts else Look.FAINT
        _paint_piece(cells, sight, piece, kinds, base + piece.colour)
    _paint_marks(cells, sight, bar)


def _ordered(bar: Bar, scale: Timescale) -> list[tuple[int, Piece]]:
    """The pieces in the order they are drawn: where they share a column, the longest is drawn last."""
    numbered = list(enumerate(bar.pieces))
    if scale.zoom is Zoom.MONTH:
        numbered.sort(key=lambda item: item[1].last - item[1].first)
    return numbered


def _between(bar: Bar, scale: Timescale, column: int) -> int:
    if bar.standing is Standing.DONE:
        return Look.DONE
    first, last = scale.days_of(column)
    is_closed = bar.closed is not None and bar.closed[0] <= last and first <= bar.closed[1]
    return Look.CLOSED if is_closed else Look.WAIT


def _paint_piece(cells: Cells, sight: Sight, piece: Piece, kinds: Sequence[Day], look: int) -> None:
    scale = sight.timescale
    for column in scale.span(piece.first, piece.last, sight.left, sight.right):
        place = column + sight.left
        char = piece.letter
        if scale.days == 1:
            if place < len(kinds) and kinds[place] in NOT_WORKED:
                char = NOT_AT_WORK
            elif place % scale.columns:
                char = " "
        cells.put(column, char, look)


def _paint_marks(cells: Cells, sight: Sight, bar: Bar) -> None:
    """The published start where it is another, the mark of the standing, and where given dates clash."""
    if bar.days is None:
        return
    scale, left = sight.timescale, sight.left
    if bar.published is not None:
        cells.put(scale.column_of(bar.published) - left, PUBLISHED, Look.GHOST)
    match bar.standing:
        case Standing.FIXED | Standing.IN_PROGRESS:
            cells.put(scale.column_of(bar.days[0]) - left - 1, bar.standing.value, Look.FIXED)
        case Standing.DONE:
            cells.put(scale.end_of(bar.days[1]) - left, bar.standing.value, Look.DONE)
    for clash in bar.clashes:
        day = min(max(clash.day, bar.days[0]), bar.days[1])
        cells.put(scale.column_of(day) - left, CLASH, Look.CLASH)


def paint_left_behind(cells: Cells, sight: Sight, bar: Bar) -> None:
    """Where a bar stood before it was picked up."""
    if bar.days is not None:
        for column in sight.timescale.span(*bar.days, sight.left, sight.right):
            cells.put(column, LEFT, Look.GHOST)


def paint_load(cells: Cells, counts: Sequence[int], limits: Sequence[int | None]) -> None:
    """How many are closed in each column, as heights; those over the limit with an exclamation mark."""
    most = max([*counts, *(limit for limit in limits if limit is not None), 1])
    for column, (count, limit) in enumerate(zip(counts, limits, strict=True)):
        if limit is not None and count > limit:
            cells.put(column, CLASH, Look.OVER)
        elif count:
            cells.put(column, HEIGHTS[min(len(HEIGHTS) - 1, count * len(HEIGHTS) // (most + 1))], Look.GROUP)


def label_text(bar: Bar, width: int) -> str:
    """A bar's mark, whether it clashes or waits for a new plan, its id and its name, in exactly `width` cells."""
    warning = CLASH if bar.clashes else STALE if bar.is_stale else " "
    name = f" {bar.shop.name}" if bar.shop.name else ""
    return f"{bar.standing.value}{warning}{cut(printable(bar.shop.id + name), width - 3)} "


def cut(text: str, width: int) -> str:
    """`text` in exactly `width` cells, with an ellipsis where it is longer."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, max(0, width - 1)) + "…"[:width]
