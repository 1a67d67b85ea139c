"""The table of shops, and all about the shop under its cursor beside it, or in its place."""

from textual.app import ComposeResult
from textual.containers import Container

from planner.store.backlog import Backlog
from planner.ui.backlog.cell_editor import CellEditor
from planner.ui.backlog.detail.view import ShopDetail
from planner.ui.backlog.messages import ListStepped, ShopOpened, ShopPointed
from planner.ui.backlog.shop_table import ShopTable
from planner.ui.widgets.own_lines import Plain


class TableRoom(Plain, Container):
    """Where the table is."""


class BacklogBody(Plain, Container):
    """Has the details follow the table's cursor, and the cursor go where the details ask it to."""

    def __init__(self, backlog: Backlog) -> None:
        super().__init__(id="backlog-body")
        self.table = ShopTable(backlog)
        self.detail = ShopDetail(backlog)
        self._editor = CellEditor()

    def compose(self) -> ComposeResult:
        """The table with the editor that lies over a cell, and the details."""
        with TableRoom(id="backlog-table"):
            yield self.table
            yield self._editor
        yield self.detail

    def on_shop_pointed(self, event: ShopPointed) -> None:
        """The details follow the cursor."""
        event.stop()
        self.detail.follow(event.shop_id)

    def on_shop_opened(self, event: ShopOpened) -> None:
        """Shows all about a shop, and gives it the keys."""
        event.stop()
        self.detail.open(event.shop_id)

    def on_shop_detail_left(self, event: ShopDetail.Left) -> None:
        """Goes back to the table."""
        event.stop()
        self.table.focus()

    def on_list_stepped(self, event: ListStepped) -> None:
        """The cursor goes on to another shop, and the details with it."""
        event.stop()
        self.table.move_cursor(self.table.cursor_row + event.step)
