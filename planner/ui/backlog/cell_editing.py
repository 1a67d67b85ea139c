"""Cells edited one by one: typed over the table, stored at once, and opened again where the store says no."""

from collections.abc import Callable, Mapping, Sequence

from planner.domain.query import FIELDS
from planner.exchange.text import printable
from planner.store.records import Edit, RecordKind, StoredShop
from planner.ui.backlog.bulk import kept_change
from planner.ui.backlog.cell_editor import Cell, CellEditor
from planner.ui.backlog.cells import WORDS, as_typed, meant, problem_text, word
from planner.ui.backlog.columns import Content, ShopColumn
from planner.ui.backlog.commits import Commit, Commits
from planner.ui.backlog.shop_table import ShopTable
from planner.ui.dialogs import show_error
from planner.ui.tell import tell
from planner.wording.kept import kept
from planner.wording.translation import gettext


class CellEditing:
    """Edits the cell under the cursor of `table`; `tell_mistake` shows what is wrong with what was typed.

    `known` are texts that shops have, by the name of the query's field, to complete what is typed; `country` is the
    rollout's.
    """

    def __init__(
        self,
        table: ShopTable,
        editor: CellEditor,
        commits: Commits,
        tell_mistake: Callable[[Sequence[str]], object],
    ) -> None:
        self._table = table
        self._editor = editor
        self._commits = commits
        self._tell_mistake = tell_mistake
        self.known: Mapping[str, Sequence[str]] = {}
        self.country = "DE"
        table.edit_from = self.begin

    def begin(self, text: str | None = None) -> None:
        """Opens the cell under the cursor: as it is, or from `text` on, which was typed."""
        cell = self._cell_here()
        if cell is not None:
            self._open(cell, text)

    def _cell_here(self) -> Cell | None:
        item, column = self._table.current, self._table.column
        if item is None or column is None:
            return None
        if not column.is_editable:
            text = gettext("{column} cannot be changed here; it is worked out, or names the shop.")
            tell(self._table, text.format(column=column.title), severity="warning")
            return None
        return Cell(item, column)

    def _open(self, cell: Cell, text: str | None) -> None:
        table = self._table
        before = as_typed(cell.item.shop, cell.column, table.rows.figures)
        region = table.cell_region(table.cursor_row, table.cursor_column)
        shown = before if text is None else text
        self._editor.begin(cell, before, shown, region, table.room, self._suggestions(cell.column))

    def _suggestions(self, column: ShopColumn) -> Sequence[str]:
        if column.content is Content.WORD:
            return [word(column.key, code) for code in WORDS[column.key]]
        field = next((field.name for field in FIELDS if field.column == column.key), "")
        return () if column.content is Content.LIST else self.known.get(field, ())

    def store_here(self, text: str) -> None:
        """Stores a text in the cell under the cursor."""
        cell = self._cell_here()
        if cell is not None:
            self.store(cell, text)

    def store(self, cell: Cell, text: str) -> None:
        """Stores a typed text; it is shown meanwhile."""
        shop, rows = cell.item.shop, self._table.rows
        typed = meant(shop.id, self.country, [(cell.column, text)])
        if typed.problems:
            self._refuse(cell, text, [problem_text(problem) for problem in typed.problems])
            return
        place = (shop.id, cell.column.key)
        rows.unsaved[place] = printable(text)

        def done(shops: list[StoredShop]) -> None:
            rows.unsaved.pop(place, None)
            self._table.take_shops(shops)

        def given_up(lines: list[str]) -> None:
            rows.unsaved.pop(place, None)
            self._table.refresh()
            if lines:
                self._refuse(cell, text, lines)

        edit = Edit(RecordKind.SHOP, shop.id, typed.cells, cell.item.version)
        what = kept("{shops}: {what}", shops=shop.id, what=kept_change(cell.column, text))
        self._commits.add(Commit([edit], what, done, given_up))
        self._table.refresh()

    def _refuse(self, cell: Cell, text: str, lines: list[str]) -> None:
        """Opens the cell again with the text that cannot be stored, and says why."""
        table = self._table
        row = table.rows.windows.row_of(cell.item.shop.id)
        keys = [column.key for column in table.rows.columns]
        is_elsewhere = self._editor.is_open or table.app.screen is not table.screen
        if row is None or cell.column.key not in keys or is_elsewhere:
            show_error(table.app, [*lines, gettext("You typed: {text}").format(text=text)])
            return
        table.move_cursor(row, keys.index(cell.column.key))
        self._open(cell, text)
        self._tell_mistake(lines)
