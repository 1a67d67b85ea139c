"""The backlog's table: has the shops in sight read in the background, and keeps the cursor and the selection."""

from collections.abc import Callable, Iterable, Sequence

from textual import events

from planner.store.backlog import Backlog
from planner.store.records import StoredShop
from planner.ui.background import in_background
from planner.ui.backlog.columns import ShopColumn
from planner.ui.backlog.list_reads import ListRead, ListReads
from planner.ui.backlog.look import Look
from planner.ui.backlog.messages import (
    EmptyWanted,
    ListChanged,
    Pasted,
    ShopEditWanted,
    ShopOpened,
    ShopPointed,
)
from planner.ui.backlog.plan_figures import PlanFigures
from planner.ui.backlog.shop_rows import ShopRows
from planner.ui.backlog.windows import PAGE_ROWS
from planner.ui.dialogs import show_error
from planner.ui.keys import handed_on, hidden, key
from planner.ui.tell import tell
from planner.ui.widgets.line_table import LineTable
from planner.wording.translation import gettext, later


class ShopTable(LineTable):
    """The shops of the rollout; the windows in sight are read on a thread, so keys never wait for the database."""

    HELP = later(
        "The shops of the rollout, as in a spreadsheet: Enter or F2 edits the cell under the cursor (o shows all about"
        " the shop), space selects the shop, b changes all that are selected. / finds shops, s sorts by the column, c"
        " chooses the columns; cells pasted from a spreadsheet are shown before they are taken in."
    )

    BINDINGS = [
        key("enter,f2", "edit", later("Edit"), later("Edit the cell under the cursor."), "backlog.edit-cell"),
        key("delete", "empty", later("Empty"), later("Empty the cell under the cursor."), "backlog.empty", show=False),
        key("s", "sort", later("Sort"), later("Sort by this column; again the other way round."), "backlog.sort"),
        key(
            "S",
            "sort(True)",
            later("Then by"),
            later("Sort by this column where those sorted by already are alike."),
            "backlog.sort-then",
            show=False,
        ),
        key("space", "select", later("Select"), later("Select this shop, or no longer."), "backlog.select"),
        key(
            "ctrl+a",
            "select_all",
            later("All"),
            later("Select all shops that match."),
            "backlog.select-all",
            show=False,
        ),
        key(
            "escape",
            "select_none",
            later("Select none"),
            later("Select no shop any more."),
            "backlog.select-none",
            show=False,
        ),
        key("o", "open", later("Open"), later("Show all about the shop."), "backlog.open"),
        hidden("e", "edit_all", later("Form"), later("Edit the whole shop in a form."), "backlog.edit-shop"),
    ]

    def __init__(self, backlog: Backlog) -> None:
        self.rows = ShopRows()
        super().__init__(self.rows, frozen=2, widget_id="shops")
        self.reads = ListReads(backlog)
        """Where the list comes from."""
        self._is_reading = False
        self._is_stale = False
        self._ranged: set[str] = set()
        self._pointed = ""
        self._fitted_room = 0
        self.edit_from: Callable[[str | None], None] = lambda _: None
        """Begins to edit the cell under the cursor: as it is (None), or from a text on that was typed."""
        self.shops_in_all = 0
        self.all_columns: list[ShopColumn] = []
        """Every column there is, shown or not."""

    # What is listed

    def list_shops(self, look: Look) -> None:
        """Lists other shops, or the same ones in another order, from the first on."""
        in_background(self, lambda: self.reads.first_page(look), self._take_look, group="look")

    def _take_look(self, read: ListRead) -> None:
        self.rows.look = read.look
        self.rows.windows.clear()
        self._take(read)
        self.move_cursor(0)

    def _take(self, read: ListRead) -> None:
        if read.look is not self.rows.look:
            return
        windows, total = self.rows.windows, self.rows.count()
        windows.take(read.pages)
        if read.shops_in_all is not None:
            self.shops_in_all = read.shops_in_all
        first, last = self.rows_in_sight
        if total != windows.total or any(
            page.offset <= last and first < page.offset + PAGE_ROWS for page in read.pages
        ):
            self._fit()
            self.post_message(ListChanged())
        self.post_message(self.Moved())

    def _fit(self) -> None:
        """Makes the columns as wide as the lines in sight ask for."""
        self._fitted_room = self.room
        first, last = self.rows_in_sight
        for row in range(first, last + 1):
            self.rows.line(row)
        columns = tuple(self.rows.line_columns(self.room))
        if columns != self.columns:
            self.show_columns(columns)
        else:
            self.show_rows()

    def show(self, columns: Sequence[ShopColumn] | None = None, figures: PlanFigures | None = None) -> None:
        """Shows other columns, or another plan; the cursor stays on its column."""
        before = self.rows.columns[self.cursor_column].key if self.rows.columns else ""
        self.rows.show(columns, figures)
        if figures is not None:
            self.reads.figures = figures
            if self.rows.look.by_plan:
                self.read_anew()
        keys = [column.key for column in self.rows.columns]
        self.cursor_column = keys.index(before) if before in keys else 0
        self._fit()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """More or fewer cells are in sight."""
        super().on_resize()
        if self.rows.columns and self.room != self._fitted_room:
            self._fit()

    def on_line_table_moved(self) -> None:
        """Reads what is in sight and not yet at hand, and tells which shop the cursor is on."""
        if self._anchor is None:
            self._ranged = set()
        self._read()
        item = self.current
        if item is not None and item.shop.id != self._pointed:
            self._pointed = item.shop.id
            self.post_message(ShopPointed(item.shop.id))

    def _read(self) -> None:
        # One at a time: were a newer one to take its place, a key held down would never show anything.
        if self._is_reading:
            return
        look, item, row = self.rows.look, self.current, self.cursor_row
        first, last = self.rows_in_sight
        if self._is_stale:
            numbers = list(range(first // PAGE_ROWS, last // PAGE_ROWS + 1))
            shop_id = item.shop.id if item is not None else ""
            self._is_stale = False
            self._begin_reading(lambda: self.reads.anew(look, numbers, shop_id, row), row)
        elif numbers := self.rows.windows.missing(first, last):
            self._begin_reading(lambda: self.reads.pages(look, numbers), row)

    def _begin_reading(self, work: Callable[[], ListRead], row: int) -> None:
        self._is_reading = True
        in_background(
            self, work, lambda read: self._end_reading(read, row), group="windows", on_error=self._cannot_read
        )

    def _end_reading(self, read: ListRead, row: int) -> None:
        self._is_reading = False
        is_where_it_was = read.look is self.rows.look and self.cursor_row == row
        self._take(read)
        if is_where_it_was and read.row is not None and read.row != row:
            self.move_cursor(read.row, keep_line=True)

    def _cannot_read(self, lines: list[str]) -> None:
        self._is_reading = False
        show_error(self.app, lines)

    def read_anew(self) -> None:
        """Shows what has changed in the store; the cursor stays on its shop."""
        self.rows.windows.age()
        self._is_stale = True
        self._read()

    def go_to_shop(self, shop_id: str, found: Callable[[Look | None], object]) -> None:
        """Brings a shop into sight, listing all shops if need be; tells `found` the look that has it, None for none."""
        looks = (self.rows.look, Look(sort=self.rows.look.sort))

        def then(read: ListRead | None) -> None:
            if read is not None and read.row is not None:
                if read.look is not self.rows.look:
                    self.rows.look = read.look
                    self.rows.windows.clear()
                self._take(read)
                self.move_cursor(read.row)
            found(read.look if read is not None else None)

        in_background(self, lambda: self.reads.shop(looks, shop_id), then, group="look")

    # The cursor and the selection

    @property
    def current(self) -> StoredShop | None:
        """The shop under the cursor; None where there is none, or it is on its way."""
        return self.rows.shop(self.cursor_row)

    @property
    def column(self) -> ShopColumn | None:
        """The column under the cursor."""
        return self.rows.columns[self.cursor_column] if self.rows.columns else None

    def chosen(self) -> list[str]:
        """The shops that an action is for: those selected, or else the one under the cursor."""
        item = self.current
        return sorted(self.rows.selected) or ([item.shop.id] if item else [])

    def action_select(self) -> None:
        """Selects the shop under the cursor, or no longer, and goes on to the next."""
        item = self.current
        if item is not None:
            self.rows.toggle(item.shop.id)
            self.action_go("down")
            self._selection_changed()

    def action_select_none(self) -> None:
        """Selects nothing any more."""
        self.rows.select(())
        self._selection_changed()

    def action_select_all(self) -> None:
        """Selects all shops that match, at hand or not."""
        look = self.rows.look
        in_background(self, lambda: self.reads.ids(look), self._select, group="select")

    def _select(self, shops: Iterable[str]) -> None:
        self.rows.select(shops)
        self._selection_changed()

    def on_line_table_ranged(self, event: LineTable.Ranged) -> None:
        """Selects the rows marked in the place of those marked just before."""
        event.stop()
        ids = self.rows.ids_between(event.first, event.last)
        if ids is not None:
            self._take_range(ids)
            return
        look, first, after = self.rows.look, event.first, event.last + 1
        in_background(self, lambda: self.reads.ids(look)[first:after], self._take_range, group="select")

    def _take_range(self, ids: list[str]) -> None:
        self.rows.select((self.rows.selected - self._ranged).union(ids))
        self._ranged = set(ids)
        self._selection_changed()

    def _selection_changed(self) -> None:
        self.refresh()
        self.post_message(ListChanged())

    def take_shops(self, shops: Iterable[StoredShop]) -> None:
        """Shows shops as they are after a change, before the list is read anew."""
        for item in shops:
            self.rows.windows.put(item)
        self.refresh()

    # Keys and the mouse

    def action_sort(self, also: bool = False) -> None:
        """Sorts by the column under the cursor."""
        self._sort_by(self.cursor_column, also=also)

    def on_line_table_header_clicked(self, event: LineTable.HeaderClicked) -> None:
        """Sorts by the column that was clicked."""
        event.stop()
        self._sort_by(event.column, also=event.with_shift)

    def _sort_by(self, place: int, *, also: bool) -> None:
        column = self.rows.columns[place]
        if column.is_sortable:
            self.list_shops(self.rows.look.sorted_by(column.key, also=also))
        else:
            tell(self, gettext("{column} cannot be sorted by.").format(column=column.title), severity="warning")

    def action_edit(self) -> None:
        """Edits the cell as it is; where it cannot be edited, shows all about the shop."""
        if self.column is not None and not self.column.is_editable:
            self.action_open()
        else:
            # At once: keys that have arrived already are meant for the cell.
            self.edit_from(None)

    def action_empty(self) -> None:
        """Empties the cell."""
        self.post_message(EmptyWanted())

    def on_line_table_cell_opened(self, event: LineTable.CellOpened) -> None:
        """Edits the cell that was clicked twice."""
        event.stop()
        self.action_edit()

    def on_key(self, event: events.Key) -> None:
        """Begins to edit with what is typed, where it is no key of a command; what was typed on then goes there."""
        if handed_on(self, event):
            return
        bound = self.screen.active_bindings.get(event.key)
        if bound is not None and bound.node is self and bound.binding.action == "edit":
            # What comes after it is for the cell, also where it is here already.
            event.stop()
            event.prevent_default()
            self.action_edit()
        elif event.is_printable and event.character and bound is None:
            event.stop()
            self.edit_from(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Takes in cells from a spreadsheet."""
        event.stop()
        self.post_message(Pasted(event.text))

    def action_open(self) -> None:
        """Shows all about the shop."""
        if self.current is not None:
            self.post_message(ShopOpened(self.current.shop.id))

    def action_edit_all(self) -> None:
        """Edits the shop in a form."""
        if self.current is not None:
            self.post_message(ShopEditWanted(self.current.shop.id))
