"""Cells of a table as text of an exact width, and how wide the columns of a table are."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

GAP = 1
"""Blank cells between two columns."""


@dataclass(frozen=True, slots=True)
class LineColumn:
    """A column of a table: `mark` stands behind its title, such as ▲ where it is sorted by."""

    key: str
    title: str
    width: int
    is_right: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """How wide a column would be: at least `least`, best `best`, and `most` unless there is room to spare."""

    least: int
    best: int
    most: int


@lru_cache(maxsize=50_000)
def fitted(text: str, width: int, is_right: bool = False) -> str:
    """`text` in exactly `width` cells of a terminal, cut with an ellipsis where it is longer."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + "…" if width > 1 else set_cell_size("…", width)
    blank = " " * (width - length)
    return blank + text if is_right else text + blank


def widths_of(wishes: Sequence[Wish], room: int) -> list[int]:
    """The widths of columns in `room` cells, gaps included: what is to spare goes to those that are cut."""
    widths = [max(wish.least, min(wish.best, wish.most)) for wish in wishes]
    spare = room - sum(widths) - GAP * len(widths)
    for place, wish in enumerate(wishes):
        more = min(spare, wish.best - widths[place])
        if more > 0:
            widths[place] += more
            spare -= more
    return widths
