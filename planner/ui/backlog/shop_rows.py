"""The rows of the backlog's table: shops at hand as lines, and which of them are selected."""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from planner.store.records import StoredShop
from planner.ui.backlog.cells import shown
from planner.ui.backlog.columns import Content, ShopColumn
from planner.ui.backlog.look import Look
from planner.ui.backlog.plan_figures import PlanFigures
from planner.ui.backlog.windows import Windows
from planner.ui.widgets.line_cells import LineColumn, Wish, widths_of
from planner.ui.widgets.line_painter import GUTTER
from planner.ui.widgets.line_table import Line

MOST_CELLS = 24
MOST_IN_NAME = 28
LINES_KEPT = 10_000


class ShopRows:
    """What the table shows: windows on the list, the columns, the plan's figures, and the selection.

    `unsaved` are texts typed into cells, by shop and column, while the store takes them in.
    """

    def __init__(self) -> None:
        self.look = Look()
        self.windows = Windows()
        self.selected: set[str] = set()
        self.unsaved: dict[tuple[str, str], str] = {}
        self._columns: list[ShopColumn] = []
        self._figures = PlanFigures()
        self._made: dict[str, tuple[StoredShop, tuple[str, ...]]] = {}
        self._longest: dict[str, int] = {}

    @property
    def columns(self) -> list[ShopColumn]:
        """The columns shown, from the left."""
        return self._columns

    @property
    def figures(self) -> PlanFigures:
        """What the plan says."""
        return self._figures

    def show(self, columns: Sequence[ShopColumn] | None = None, figures: PlanFigures | None = None) -> None:
        """Shows other columns, or another plan."""
        self._columns = list(columns) if columns is not None else self._columns
        self._figures = figures or self._figures
        self._made.clear()
        self._longest.clear()

    def count(self) -> int:
        """How many shops the list has."""
        return self.windows.total

    def shop(self, row: int) -> StoredShop | None:
        """The shop in a row; None while it is on its way."""
        return self.windows.shop(row)

    def line(self, row: int) -> Line | None:
        """The line of a row; None while it is on its way."""
        item = self.windows.shop(row)
        if item is None:
            return None
        cells: Sequence[str] = self.cells_of(item)
        if self.unsaved:
            typed = [self.unsaved.get((item.shop.id, column.key)) for column in self._columns]
            cells = [text if text is not None else cell for text, cell in zip(typed, cells, strict=True)]
        muted = frozenset(range(len(cells)) if item.shop.is_dropped else ())
        return Line(cells, item.shop.id in self.selected, muted)

    def cells_of(self, item: StoredShop) -> tuple[str, ...]:
        """The texts of a shop's cells, column by column."""
        made = self._made.get(item.shop.id)
        if made is not None and made[0] is item:
            return made[1]
        cells = tuple(shown(item.shop, column, self._figures) for column in self._columns)
        for column, text in zip(self._columns, cells, strict=True):
            self._longest[column.key] = max(self._longest.get(column.key, 0), cell_len(text))
        if len(self._made) >= LINES_KEPT:
            self._made.clear()
        self._made[item.shop.id] = (item, cells)
        return cells

    def line_columns(self, room: int) -> list[LineColumn]:
        """The columns as wide as the lines made so far ask for, in `room` cells."""
        titles = [(column, self.look.mark(column.key)) for column in self._columns]
        wishes = [
            Wish(
                cell_len(column.title) + (cell_len(mark) + 1 if mark else 0),
                self._longest.get(column.key, 0),
                _most(column),
            )
            for column, mark in titles
        ]
        widths = widths_of(wishes, room - GUTTER)
        return [
            LineColumn(column.key, column.title, width, column.is_right, mark)
            for (column, mark), width in zip(titles, widths, strict=True)
        ]

    def toggle(self, shop_id: str) -> None:
        """Selects a shop, or no longer."""
        self.selected ^= {shop_id}

    def select(self, shops: Iterable[str]) -> None:
        """Selects these shops and no others."""
        self.selected = set(shops)

    def ids_between(self, first: int, last: int) -> list[str] | None:
        """The shops from one row to another; None where not all are at hand."""
        found = list(self._shops_between(first, last))
        return [item.shop.id for item in found] if len(found) == last - first + 1 else None

    def _shops_between(self, first: int, last: int) -> Iterator[StoredShop]:
        for row in range(first, last + 1):
            item = self.windows.shop(row)
            if item is None:
                return
            yield item


def _most(column: ShopColumn) -> int:
    if column.key == "name":
        return MOST_IN_NAME
    return 12 if column.content is Content.PLAN_TEXT else MOST_CELLS
