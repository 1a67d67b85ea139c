"""Rows of a table as strips of segments: where each cell stands is worked out once, and rows drawn are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from planner.ui.widgets.line_cells import GAP, LineColumn, fitted

GUTTER = 2
FROZEN_EDGE = "│"
ROWS_KEPT = 2000


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cell in sight: which one, `width` cells wide, of which those from `skip` to `end`; and what stands after it."""

    place: int
    width: int
    is_right: bool
    skip: int
    end: int
    after: str

    def text(self, cell: str) -> str:
        """The cell as far as it is in sight."""
        text = fitted(cell, self.width, self.is_right)
        if self.skip:  # scrolled to its middle
            text = Strip([Segment(text)]).crop(self.skip).text
        return text if self.end == self.width else set_cell_size(text, self.end - self.skip)


class LinePainter:
    """Paints the cells that `fit` says are in sight, and keeps rows as they were painted while they look the same."""

    def __init__(self) -> None:
        self._fitted: tuple[Sequence[LineColumn], int, int, int] = ((), 0, 0, 0)
        self._pieces: list[_Piece] = []
        self._blank = ""
        self._rows: dict[int, tuple[object, Strip]] = {}

    def fit(self, columns: Sequence[LineColumn], frozen: int, shift: int, width: int) -> None:
        """Works out where cells stand: `frozen` columns stay, the others are scrolled by `shift`, in `width` cells."""
        if self._fitted == (columns, frozen, shift, width):
            return
        self._fitted = (columns, frozen, shift, width)
        self._rows.clear()
        self._pieces = []
        edge = GUTTER + sum(column.width + GAP for column in columns[:frozen])
        start, filled = GUTTER, GUTTER
        for place, column in enumerate(columns):
            is_frozen = place < frozen
            left = start - (0 if is_frozen else shift)
            start += column.width + GAP
            if left + column.width < edge and not is_frozen:
                continue
            if filled >= width:
                break
            end = min(column.width, width - left)
            after = FROZEN_EDGE if shift and place == frozen - 1 else " " * GAP
            after = after if left + end < width else ""
            self._pieces.append(_Piece(place, column.width, column.is_right, max(0, filled - left), end, after))
            filled = left + end + len(after)
        self._blank = " " * (width - filled)

    def forget(self) -> None:
        """Keeps no row any more."""
        self._rows.clear()

    def kept(self, row: int, look: object) -> Strip | None:
        """A row as it was painted, if it still looks the same."""
        kept = self._rows.get(row)
        return kept[1] if kept is not None and kept[0] == look else None

    def keep(self, row: int, look: object, strip: Strip) -> Strip:
        """Keeps a row as it was painted."""
        if len(self._rows) >= ROWS_KEPT:
            self._rows.clear()
        self._rows[row] = (look, strip)
        return strip

    def plain(self, mark: Segment, cells: Sequence[str], style: Style) -> Strip:
        """Cells side by side, all in one style."""
        text = "".join([part for piece in self._pieces for part in (piece.text(cells[piece.place]), piece.after)])
        if mark.style is style:
            return self._strip([Segment(mark.text + text + self._blank, style)])
        return self._strip([mark, Segment(text + self._blank, style)])

    def styled(self, mark: Segment, cells: Sequence[str], styles: Sequence[Style], base: Style) -> Strip:
        """Cells side by side, each in its style, `base` between them."""
        made = [(mark.text, mark.style or base)]
        for piece in self._pieces:
            made += ((piece.text(cells[piece.place]), styles[piece.place]), (piece.after, base))
        made.append((self._blank, base))
        # Few long segments cost the screen less than many short ones.
        alike = groupby(made, key=lambda item: item[1])
        return self._strip([Segment("".join(text for text, _ in part), style) for style, part in alike])

    def _strip(self, segments: list[Segment]) -> Strip:
        return Strip(segments, self._fitted[3])
