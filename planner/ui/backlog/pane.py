"""The backlog pane: the shops as a table that is filtered, sorted, selected and edited."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Input

from planner.domain.query import FIELDS, Query
from planner.store.records import Changed, RecordKind
from planner.ui.background import in_background
from planner.ui.backlog.body import BacklogBody
from planner.ui.backlog.cell_editing import CellEditing
from planner.ui.backlog.cell_editor import Cell, CellEditor
from planner.ui.backlog.cell_line import CellLine
from planner.ui.backlog.changes import ShopChanges
from planner.ui.backlog.clipboard import cells_of_text
from planner.ui.backlog.columns import SHOWN_AT_FIRST, all_columns, shown_columns
from planner.ui.backlog.columns_dialog import ColumnsDialog
from planner.ui.backlog.commits import Commits
from planner.ui.backlog.detail.dossier import Ground
from planner.ui.backlog.detail.view import ShopDetail
from planner.ui.backlog.filter_line import FilterLine
from planner.ui.backlog.filters import narrowed, quick_title, saved_filters
from planner.ui.backlog.filters_dialog import FilterChoice, FiltersDialog
from planner.ui.backlog.form.opening import ShopForms
from planner.ui.backlog.look import Look
from planner.ui.backlog.messages import (
    EmptyWanted,
    ListChanged,
    Pasted,
    ShopEditWanted,
)
from planner.ui.backlog.plan_figures import PlanFigures, plan_figures
from planner.ui.backlog.shop_table import ShopTable
from planner.ui.keys import key
from planner.ui.messages import Edited
from planner.ui.pane import Pane
from planner.ui.tell import tell
from planner.ui.workspace import Loaded, Workspace
from planner.wording.amounts import number_text
from planner.wording.translation import gettext, later

if TYPE_CHECKING:
    from planner.ui.first.sheet_source import Imported

COLUMNS_CHOSEN = "ui.backlog.columns.{who}"
COMPLETED = ("tag", "partner", "city", "region", "format", "crew", "name")
QUERY_SIGN = "?"
WIDE = 130


class BacklogPane(Pane):
    """The backlog."""

    HELP = later(
        "The shops of the rollout, as many as there are. Look for some with /, edit cells in place, select shops with"
        " space and change all of them with b."
    )

    BINDINGS = [
        key("slash", "filter", later("Find"), later("Find shops by what they have."), "backlog.find"),
        key(
            "f", "filters", later("Filters"), later("Choose a filter that has a name, or save one."), "backlog.filters"
        ),
        key("c", "columns", later("Columns"), later("Choose and order the columns."), "backlog.columns"),
        key("n,insert", "add", later("New"), later("Add a shop."), "backlog.add"),
        key("b", "bulk", later("Change"), later("Change all shops selected, or this one."), "backlog.change"),
        key(
            "ctrl+c", "copy", later("Copy"), later("Copy the shops selected, or this cell."), "backlog.copy", show=False
        ),
        key("ctrl+v", "paste", later("Paste"), later("Paste what was copied here."), "backlog.paste", show=False),
        key(
            "f6",
            "import_sheet",
            later("Import spreadsheet"),
            later("Take the shops of a spreadsheet in the place of these, after a look at what changes."),
            "backlog.import",
            show=False,
        ),
    ]

    def __init__(self, workspace: Workspace, pane_id: str) -> None:
        super().__init__(workspace, pane_id)
        self._backlog = workspace.backlog
        self._query = Look().query
        self._quick = ""
        self._present = all_columns()
        self._has_begun = False
        self._has_known = False
        self._wanted = ""

    def compose(self) -> ComposeResult:
        """The filter, the table, all about a shop, and a line on the cell under the cursor."""
        yield FilterLine()
        yield BacklogBody(self._backlog)
        yield CellLine()

    def on_mount(self) -> None:
        """Has the parts work together."""
        commits = Commits(self, self._backlog)
        self._changes = ShopChanges(self, self._backlog, self.table, commits, self._tell_busy)
        self._forms = ShopForms(self, self._backlog, commits, self.go_to)
        editor = self.query_one(CellEditor)
        editor.keep, editor.give_back = self._keep_cell, self._leave_cell
        self._editing = CellEditing(self.table, editor, commits, self.query_one(CellLine).tell_mistake)
        self._make_room(self.screen.size.width)

    def begin(self) -> None:
        """Reads which columns to show, and the first shops."""
        topic = COLUMNS_CHOSEN.format(who=self._backlog.who)
        in_background(
            self,
            lambda: (self._backlog.recall(topic), self._backlog.columns(RecordKind.SHOP)),
            lambda read: self._take_columns_read(*read),
            group="begin",
        )

    def _take_columns_read(self, chosen: object, columns: Sequence[str]) -> None:
        self._present = all_columns([name for name in columns if name not in self._present])
        self.table.all_columns = list(self._present.values())
        names = [str(name) for name in chosen] if isinstance(chosen, list) else SHOWN_AT_FIRST
        self.table.show(shown_columns(names, self._present))
        self._has_begun = True
        if self._wanted:
            self.go_to(self._wanted)
        else:
            self.table.list_shops(self.table.rows.look)

    def _read_known(self) -> dict[str, list[str]]:
        columns = {field.name: field.column for field in FIELDS if field.name in COMPLETED}
        return {name: self._backlog.values(column) for name, column in columns.items()}

    def _take_known(self, known: dict[str, list[str]]) -> None:
        self._editing.known = known
        self.query_one(FilterLine).take_known(known)

    # What the main screen asks for

    @property
    def table(self) -> ShopTable:
        """The table."""
        return self.query_one(BacklogBody).table

    @property
    def detail(self) -> ShopDetail:
        """All about the shop under the cursor."""
        return self.query_one(BacklogBody).detail

    def take_loaded(self, loaded: Loaded) -> None:
        """Shows what the plan says of each shop; at first, what shops have is read too, to complete what is typed."""
        if not self._has_known:
            self._has_known = True
            in_background(self, self._read_known, self._take_known, group="known")
        self._changes.country = self._editing.country = loaded.rollout.country
        self._forms.rollout = loaded.rollout
        before = self.table.rows.figures

        def work() -> tuple[PlanFigures, bool]:
            figures = plan_figures(loaded)
            return figures, figures != before

        in_background(self, work, lambda made: self._take_figures(loaded, *made), group="figures")

    def _take_figures(self, loaded: Loaded, figures: PlanFigures, are_others: bool) -> None:
        if are_others:
            self.table.show(figures=figures)
        self.detail.take_ground(Ground(loaded.rollout, loaded.info, figures))
        if self._quick:
            self._ask(keep_cursor=True)

    def take_changes(self, changed: Changed) -> None:
        """Reads what is in sight anew; the cursor stays on its shop."""
        if changed.keys.keys() & {RecordKind.SHOP, RecordKind.SETTINGS}:
            self.table.read_anew()
        self.detail.take_changes(changed)
        self._forms.take_changes(changed)

    def go_to(self, target: str) -> None:
        """Brings a shop into sight, or asks the query after `?`."""
        if not self._has_begun:
            self._wanted = target
        elif target.startswith(QUERY_SIGN):
            self._choose(FilterChoice(target.removeprefix(QUERY_SIGN)))
        else:
            self.table.go_to_shop(target, lambda look: self._arrived(target, look))

    def _arrived(self, target: str, look: Look | None) -> None:
        if look is None:
            tell(self, gettext("There is no shop {shop}.").format(shop=target), severity="warning")
        elif look.query.text != self._query.text or (self._quick and not look.query.terms):
            self._query, self._quick = look.query, ""
            self.query_one(FilterLine).show_text(look.query.text)
            self._tell_count()
        self.table.focus()

    def on_resize(self) -> None:
        """Details stand beside the table where there is room, else in its place."""
        self._make_room(self.size.width)

    def _make_room(self, width: int) -> None:
        is_wide = width >= WIDE
        self.set_class(not is_wide, "-narrow")
        self.detail.set_room(is_wide=is_wide)

    def focus_first(self) -> None:
        """The table takes the keys."""
        self.table.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """While something is typed, keys are text."""
        return not isinstance(self.screen.focused, Input)

    # The filter

    def action_filter(self) -> None:
        """Takes a query."""
        self.query_one(FilterLine).begin()

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """Lists the shops that the query finds."""
        event.stop()
        self._query = event.query
        self._ask()

    def on_filter_line_left(self, event: FilterLine.Left) -> None:
        """Goes back to the table."""
        event.stop()
        self.table.focus()

    def action_filters(self) -> None:
        """Shows the filters that have a name."""
        text = self.query_one(FilterLine).text
        in_background(
            self,
            lambda: saved_filters(self._backlog),
            lambda saved: self.app.push_screen(FiltersDialog(self._backlog, saved, text), self._choose),
            group="filters",
        )

    def _choose(self, choice: FilterChoice | None) -> None:
        if choice is None:
            return
        line = self.query_one(FilterLine)
        self._quick = choice.quick
        before = self._query
        line.write(choice.text)
        if not choice.text:
            self._query = Look().query
        if before.text.strip() == choice.text.strip():
            self._ask()

    def _ask(self, *, keep_cursor: bool = False) -> None:
        table, quick, query, figures = self.table, self._quick, self._query, self.table.rows.figures

        def then(asked: Query) -> None:
            look = replace(table.rows.look, query=asked)
            if not keep_cursor or asked.terms != table.rows.look.query.terms:
                table.list_shops(look)

        if quick:
            in_background(self, lambda: narrowed(self._backlog, quick, query, figures), then, group="ask")
        else:
            self.workers.cancel_group(self, "ask")
            then(query)

    def on_list_changed(self, event: ListChanged) -> None:
        """Says how many shops are listed and selected."""
        event.stop()
        self._tell_count()
        self._tell_cell()

    def _tell_count(self) -> None:
        table = self.table
        total, everything, selected = table.rows.count(), table.shops_in_all, len(table.rows.selected)
        text = gettext("{number} of {total}").format(number=number_text(total), total=number_text(everything))
        if selected:
            text += " · " + gettext("{number} selected").format(number=number_text(selected))
        self.query_one(FilterLine).tell_count(text, quick_title(self._quick))
        none_found = gettext("No shop is found. / and Escape clear the filter, f chooses another one.")
        none_there = gettext("No shops yet: n adds one.")
        table.empty_text = none_found if everything else none_there

    # Columns

    def action_columns(self) -> None:
        """Asks which columns are shown."""
        now = [column.key for column in self.table.rows.columns]
        self.app.push_screen(ColumnsDialog(self._present, now), self._take_columns)

    def _take_columns(self, names: list[str] | None) -> None:
        if names is None:
            return
        self.table.show(shown_columns(names, self._present))
        topic = COLUMNS_CHOSEN.format(who=self._backlog.who)
        in_background(self, lambda: self._backlog.remember(topic, names), lambda _: None, group="columns")

    # Cells

    def on_line_table_moved(self) -> None:
        """Says what the cell under the cursor holds, whole."""
        self._tell_cell()

    def _tell_busy(self, text: str) -> None:
        self.query_one(CellLine).tell_busy(text, self.table)

    def _tell_cell(self) -> None:
        if not self.query_one(CellEditor).is_open:  # else it may tell what is wrong with what was typed
            self.query_one(CellLine).tell_cell(self.table)

    def on_empty_wanted(self, event: EmptyWanted) -> None:
        """Empties the cell under the cursor."""
        event.stop()
        self._editing.store_here("")

    def _leave_cell(self) -> None:
        """The cell stays as it was."""
        self.screen.set_focus(self.table)
        self._tell_cell()

    def _keep_cell(self, cell: Cell, text: str | None, direction: str) -> None:
        """Stores the text, and goes on to the next cell meanwhile."""
        self.screen.set_focus(self.table)
        self.table.action_go(direction)
        if text is not None:
            self._editing.store(cell, text)

    # Several shops

    def action_bulk(self) -> None:
        """Changes the shops chosen."""
        self._changes.ask()

    def action_import_sheet(self) -> None:
        """Imports a spreadsheet."""
        from planner.ui.first.import_screen import ImportScreen  # noqa: PLC0415 - loads what reads spreadsheets

        screen = ImportScreen(self.workspace.store, self._backlog)
        self.app.push_screen(screen, self._take_imported)

    def _take_imported(self, imported: "Imported | None") -> None:
        if imported is not None:
            self.post_message(Edited(imported.told))

    def action_copy(self) -> None:
        """Copies the shops chosen, or the cell."""
        self._changes.copy()

    def action_paste(self) -> None:
        """Pastes what was copied in this program; from others, the terminal's own paste does it."""
        self.post_message(Pasted(self.app.clipboard))

    def on_pasted(self, event: Pasted) -> None:
        """Takes in cells: one is stored at once, several are shown before."""
        event.stop()
        grid = cells_of_text(event.text)
        if len(grid) == 1 and len(grid[0]) == 1:
            self._editing.store_here(grid[0][0])
        elif grid:
            self._changes.paste(grid)

    # All about a shop

    def action_add(self) -> None:
        """Adds a shop by a form."""
        self._forms.open()

    def on_shop_edit_wanted(self, event: ShopEditWanted) -> None:
        """Edits a shop in a form."""
        event.stop()
        self._forms.open(event.shop_id)
