"""Changes of several shops from the table: bulk actions, cells pasted, and cells copied away."""

from collections.abc import Callable, Sequence
from datetime import date

from textual.dom import DOMNode

from planner.exchange.values import iso_form, parse_day
from planner.store.backlog import Backlog
from planner.store.records import Edit, StoredShop
from planner.ui.background import in_background
from planner.ui.backlog.bulk import (
    Asks,
    BulkAction,
    BulkKind,
    Prepared,
    fix_action,
    named,
    plain_action,
    prepare,
    tag_action,
)
from planner.ui.backlog.bulk_dialog import BulkMenu, SetDialog
from planner.ui.backlog.cells import problem_text
from planner.ui.backlog.clipboard import Paste, paste_into, text_of_cells
from planner.ui.backlog.commits import Commit, Commits
from planner.ui.backlog.shop_table import ShopTable
from planner.ui.dialogs import QuestionDialog, TextDialog, show_error
from planner.ui.tell import tell
from planner.wording.amounts import number_text
from planner.wording.kept import Kept, kept, told
from planner.wording.translation import gettext, ngettext

MOST_PREVIEWED = 200


class ShopChanges:
    """Asks what is to be done to the shops chosen in `table`, shows what it would change, and has it done.

    `tell_state` shows a line while something is under way, and an empty one when it is over.
    """

    def __init__(
        self,
        node: DOMNode,
        backlog: Backlog,
        table: ShopTable,
        commits: Commits,
        tell_state: Callable[[str], object],
    ) -> None:
        self._node = node
        self._backlog = backlog
        self._table = table
        self._commits = commits
        self._tell_state = tell_state
        self.country = "DE"

    # Bulk actions

    def ask(self) -> None:
        """Asks what is to be done to the shops chosen."""
        shops = self._table.chosen()
        if not shops:
            return
        self._node.app.push_screen(
            BulkMenu(len(shops)), lambda kind: self._ask_more(kind, shops) if kind is not None else None
        )

    def _ask_more(self, kind: BulkKind, shops: Sequence[str]) -> None:
        app, figures = self._node.app, self._table.rows.figures
        match kind.asks:
            case Asks.NOTHING:
                self._prepare(plain_action(kind.name, figures), shops)
            case Asks.DAY:
                dialog = TextDialog(
                    gettext("Fix the start"), gettext("First day of work, such as 2021-09-06"), "", _wrong_with_day
                )
                app.push_screen(dialog, lambda text: self._prepare(fix_action(_day(text)), shops) if text else None)
            case Asks.TAGS:
                remove = kind.name == "untag"
                title = gettext("Take tags away") if remove else gettext("Add tags")
                dialog = TextDialog(title, gettext("Tags, with commas between them"), "", _wrong_with_tags)
                app.push_screen(
                    dialog, lambda text: self._prepare(tag_action(text, remove=remove), shops) if text else None
                )
            case Asks.VALUE:
                app.push_screen(
                    SetDialog(self._table.rows.columns, self._table.column, self.country),
                    lambda action: self._prepare(action, shops) if action is not None else None,
                )

    def _prepare(self, action: BulkAction, shops: Sequence[str]) -> None:
        def report(read: int) -> None:
            state = gettext("Reading {read} of {number} shops …")
            text = state.format(read=number_text(read), number=number_text(len(shops)))
            self._node.app.call_from_thread(self._tell_state, text)

        in_background(
            self._node,
            lambda: prepare(self._backlog, shops, action, self._table.all_columns, report),
            self._preview,
            group="bulk",
            on_error=lambda lines: self._stop(lines, gettext("Nothing was changed")),
        )

    def _preview(self, prepared: Prepared) -> None:
        self._tell_state("")
        if prepared.problems:
            self._stop([problem_text(problem) for problem in prepared.problems], gettext("Nothing was changed"))
            return
        if not prepared.edits:
            tell(self._node, gettext("All of them are so already; nothing has to change."))
            return
        dialog = QuestionDialog(told(prepared.what), prepared.lines, gettext("Change them"))
        self._node.app.push_screen(dialog, lambda agreed: self._make(prepared.edits, prepared.what) if agreed else None)

    def _make(self, edits: Sequence[Edit], what: Kept) -> None:
        state = ngettext("Changing {number} shop …", "Changing {number} shops …", len(edits))
        self._tell_state(state.format(number=number_text(len(edits))))
        self._commits.add(
            Commit(edits, what, self._done, lambda lines: self._stop(lines, gettext("Nothing was changed")), told(what))
        )

    def _done(self, shops: list[StoredShop]) -> None:
        self._tell_state("")
        self._table.take_shops(shops)

    def _stop(self, lines: list[str], title: str) -> None:
        self._tell_state("")
        if lines:
            show_error(self._node.app, lines, title)

    # Paste and copy

    def paste(self, grid: Sequence[Sequence[str]]) -> None:
        """Shows what pasted cells would change, from the cursor down and to the right."""
        table, look = self._table, self._table.rows.look
        columns, row = table.rows.columns[table.cursor_column :], table.cursor_row

        def work() -> Paste:
            shops = table.reads.window(look, row, len(grid)).shops
            paste = paste_into(shops, columns, grid, self.country)
            return paste.judged(shops, self._backlog.mistakes(paste.edits))

        in_background(self._node, work, self._preview_paste, group="paste")

    def _preview_paste(self, paste: Paste) -> None:
        if paste.problems:
            self._stop([problem_text(problem) for problem in paste.problems], gettext("Nothing was pasted"))
            return
        if not paste.edits:
            tell(self._node, gettext("The cells are as those pasted already; nothing has to change."))
            return
        cells = sum(len(edit.cells or ()) for edit in paste.edits)
        number = ngettext("Pasting changes {number} cell", "Pasting changes {number} cells", cells)
        lines = paste.lines[:MOST_PREVIEWED]
        if len(paste.lines) > len(lines):
            lines.append(gettext("… and {number} more").format(number=number_text(len(paste.lines) - len(lines))))
        title = number.format(number=number_text(cells))
        what = kept("{shops}: cells pasted", shops=named([edit.key for edit in paste.edits]))
        dialog = QuestionDialog(title, lines, gettext("Paste"))
        self._node.app.push_screen(dialog, lambda agreed: self._take_paste(paste.edits, what) if agreed else None)

    def _take_paste(self, edits: Sequence[Edit], what: Kept) -> None:
        self._commits.add(
            Commit(edits, what, self._done, lambda lines: self._stop(lines, gettext("Nothing was pasted")), told(what))
        )

    def copy(self) -> None:
        """Copies the shops selected, or else the cell under the cursor, as cells that a spreadsheet takes in."""
        rows, reads, item, column = self._table.rows, self._table.reads, self._table.current, self._table.column
        selected, look, columns = set(rows.selected), rows.look, list(rows.columns)
        if not selected:
            if item is not None and column is not None:
                self._take_copy(text_of_cells([item], [column], rows.figures), gettext("The cell is copied."))
            return

        def work() -> str:
            order = [shop for shop in reads.ids(look) if shop in selected]
            return text_of_cells(self._backlog.shops(order), columns, rows.figures)

        copied = ngettext("{number} shop is copied.", "{number} shops are copied.", len(selected))
        in_background(
            self._node,
            work,
            lambda text: self._take_copy(text, copied.format(number=number_text(text.count("\n") + 1 if text else 0))),
            group="copy",
        )

    def _take_copy(self, text: str, copied: str) -> None:
        self._node.app.copy_to_clipboard(text)
        tell(self._node, copied)


def _day(text: str) -> date:
    return parse_day(iso_form(text.strip()) or text)


def _wrong_with_day(text: str) -> str | None:
    try:
        _day(text)
    except ValueError as error:
        return str(error)
    return None


def _wrong_with_tags(text: str) -> str | None:
    return None if text.strip(" ,;|") else gettext("Write at least one tag.")
