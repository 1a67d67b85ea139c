"""The line below the table: what the cell under the cursor holds, what is under way, or what is wrong."""

from collections.abc import Sequence

from rich.text import Text
from textual.widgets import Static

from planner.exchange.text import printable
from planner.ui.backlog.cells import shown
from planner.ui.backlog.shop_table import ShopTable


class CellLine(Static):
    """Tells of one cell, whole, unless something is under way."""

    def __init__(self) -> None:
        super().__init__("", id="backlog-cell")
        self._busy = ""
        self._shown: str | None = ""
        """What is told now; None for a mistake."""

    def tell_busy(self, text: str, table: ShopTable) -> None:
        """Says what is under way until it is over, which an empty text tells."""
        self._busy = text
        self.tell_cell(table)

    def tell_cell(self, table: ShopTable) -> None:
        """Says what the cell under the cursor holds."""
        item, column = table.current, table.column
        if self._busy or item is None or column is None:
            self._tell(self._busy)
        else:
            self._tell(f"{item.shop.id} · {column.title}: {shown(item.shop, column, table.rows.figures)}")

    def _tell(self, text: str) -> None:
        if text == self._shown:
            return
        self._shown = text
        # A line stays a line: nothing has to be laid out anew.
        self.update(Text(printable(text), no_wrap=True, overflow="ellipsis"), layout=False)
        self.remove_class("mistake")

    def tell_mistake(self, lines: Sequence[str]) -> None:
        """Says what is wrong with what was typed."""
        self._shown = None
        self.update(Text("\n".join(map(printable, lines))))
        self.add_class("mistake")
