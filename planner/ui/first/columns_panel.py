"""The columns of a sheet and what each is read as, to be changed."""

from collections.abc import Mapping

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import DataTable, Select, Static

from planner.exchange.spreadsheet.grid import Grid
from planner.exchange.spreadsheet.headings import LEFT_OUT, Heading
from planner.exchange.text import printable
from planner.ui.first.field_dialog import AS_ITS_NAME, FieldDialog
from planner.ui.first.sheet_columns import (
    SheetColumns,
    faults,
    outcome,
    sheet_columns,
    table_columns,
    table_lines,
    target_of,
    with_meaning,
)
from planner.ui.first.sheet_source import OpenedFile
from planner.ui.keys import key
from planner.ui.widgets.mark_table import MarkTable
from planner.wording.translation import gettext, later


class HeadingTable(MarkTable):
    """A row for each column of the sheet."""

    HELP = later(
        "Each row is a column of the sheet, with what its first shops have there. Enter says what it is; what is not"
        " known is kept as it is, and can be looked at in the backlog."
    )
    BINDINGS = [
        Binding("enter", "select_cursor", later("Change"), tooltip=later("Choose what this column is.")),
        key("y", "agree", later("Agree"), later("It is what it perhaps is."), "import.agree"),
        key(
            "delete,backspace,minus", "leave_out", later("Leave out"), later("Do not read this column."), "import.omit"
        ),
    ]

    class Said(Message):
        """The column of the cursor is what it perhaps is, or is not to be read."""

        def __init__(self, *, is_left_out: bool) -> None:
            super().__init__()
            self.is_left_out = is_left_out

    def __init__(self) -> None:
        super().__init__(table_columns(), "import-headings", mark="")

    def action_agree(self) -> None:
        """Takes the near miss."""
        self.post_message(self.Said(is_left_out=False))

    def action_leave_out(self) -> None:
        """Leaves the column out."""
        self.post_message(self.Said(is_left_out=True))


class ColumnsPanel(Vertical):
    """Which sheet, its columns, and what is missing. `given` has what all shops get in columns that are not there."""

    def __init__(self, given: Mapping[str, str], panel_id: str) -> None:
        super().__init__(id=panel_id)
        self._given = given
        self._opened: OpenedFile | None = None
        self._sheet = 0
        self._columns: SheetColumns | None = None
        self.mapping: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The sheet, the table, and what is missing."""
        yield Static("", id="columns-about")
        yield Select[str]([("", "")], allow_blank=False, compact=True, id="columns-sheet")
        yield HeadingTable()
        yield Static("", id="columns-outcome")

    @property
    def grid(self) -> Grid:
        """The sheet that is read."""
        if self._columns is None:
            raise LookupError("no file is open")
        return self._columns.grid

    @property
    def faults(self) -> list[str]:
        """What keeps the columns from being read."""
        return faults(self._columns, self._given) if self._columns else []

    def show(self, opened: OpenedFile, mapping: Mapping[str, str], *, is_same: bool) -> None:
        """Shows a file that was opened; one that was opened before keeps its sheet."""
        before = self._opened.grids[self._sheet].name if self._opened else ""
        names = [grid.name for grid in opened.grids]
        self._opened = opened
        self._sheet = names.index(before) if is_same and before in names else opened.likely
        self.mapping = dict(mapping)
        choice = self.query_one(Select)
        # By name, since what is shown follows the value only where that changes.
        choice.set_options([(Text(printable(name)), name) for name in names])
        choice.value = names[self._sheet]
        choice.display = len(names) > 1
        self._columns = None
        self._draw()

    def focus_first(self) -> None:
        """The table takes the keys."""
        self.query_one(HeadingTable).focus()

    def on_select_changed(self, event: Select.Changed) -> None:
        """Another sheet."""
        event.stop()
        names = [grid.name for grid in self._opened.grids] if self._opened else []
        if event.value in names and names.index(event.value) != self._sheet:
            self._sheet, self._columns = names.index(event.value), None
            self._draw()

    def _draw(self) -> None:
        if self._opened is None:
            return
        self._columns = sheet_columns(self._opened.grids[self._sheet], self.mapping, self._columns)
        about = gettext("{file}: headings in row {row}").format(file=self._opened.path.name, row=self._columns.row)
        self.query_one("#columns-about", Static).update(Text(printable(about)))
        self.query_one(HeadingTable).fill(table_lines(self._columns))
        wrong = self.faults
        told = self.query_one("#columns-outcome", Static)
        told.update(Text("\n".join(map(printable, wrong or [outcome(self._columns, self._given)]))))
        told.set_class(bool(wrong), "mistake")

    @property
    def _here(self) -> Heading | None:
        here = self.query_one(HeadingTable).here
        return self._columns.heading(int(here)) if self._columns and here is not None else None

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter or a click: asks what the column is."""
        event.stop()
        heading, columns = self._here, self._columns
        if heading is None or columns is None:
            return
        others = ((target_of(other), other.text) for other in columns.headings if other is not heading)
        taken = {target: text for target, text in others if target}

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self._say(heading, None if chosen == AS_ITS_NAME else chosen)

        self.app.push_screen(FieldDialog(heading, taken), take)

    def on_heading_table_said(self, event: HeadingTable.Said) -> None:
        """The column is what it perhaps is, or is not to be read."""
        event.stop()
        heading = self._here
        if heading is None:
            return
        if event.is_left_out:
            self._say(heading, LEFT_OUT)
        elif heading.meant:
            self._say(heading, heading.meant)

    def _say(self, heading: Heading, target: str | None) -> None:
        if self._columns is not None:
            self.mapping = with_meaning(self._columns, self.mapping, heading, target)
            self._draw()
