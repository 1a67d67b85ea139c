"""The preview of an import on the screen: what there is to know above, the rows of the sheet below."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from planner.exchange.text import printable
from planner.ui.backlog.columns import LABELS
from planner.ui.first.preview import Note, Preview, Sign, summary
from planner.ui.widgets.line_cells import LineColumn
from planner.ui.widgets.line_table import Line, LineTable
from planner.wording.translation import gettext, later

LEAST, MOST, ROWS_MEASURED = 3, 24, 200
SIGN_WIDTH, FROZEN = 1, 3
WRONG = "✗ "
TEXT_COLUMN = 3
ROOM_FOR_NOTE = 4
"""Lines besides the notes: the header, the whole sentence of one of them."""


class NoteLines:
    """The notes as lines of a table."""

    def __init__(self) -> None:
        self.notes: Sequence[Note] = ()

    def count(self) -> int:
        """How many notes there are."""
        return len(self.notes)

    def line(self, row: int) -> Line | None:
        """A note: its sign, where, the column, and the sentence."""
        note = self.notes[row]
        return Line((note.sign.value, note.place, note.column, note.text))


class RowLines:
    """The rows of the sheet as lines of a table."""

    def __init__(self) -> None:
        self.preview: Preview | None = None

    def count(self) -> int:
        """How many rows there are."""
        return len(self.preview.rows) if self.preview else 0

    def line(self, row: int) -> Line | None:
        """A row: its number, what becomes of its shop, and its cells, wrong ones marked."""
        if self.preview is None:
            return None
        item = self.preview.rows[row]
        cells = [f"{WRONG}{text}" if place in item.wrong else text for place, text in enumerate(item.cells)]
        return Line((str(item.number), gettext(item.fate.value), *cells))


class NotesPanel(Vertical):
    """The notes, and the whole sentence of the one under the cursor."""

    HELP = later(
        "What is wrong with the sheet, by cell, then what to look at, then what an import would change. The row below"
        " follows the cursor; mend mistakes in the spreadsheet program, save, and press F5."
    )

    class Chosen(Message):
        """The cursor is on another note."""

        def __init__(self, note: Note) -> None:
            super().__init__()
            self.note = note

    def __init__(self) -> None:
        super().__init__(id="import-notes")
        self._lines = NoteLines()

    def compose(self) -> ComposeResult:
        """The table, and the sentence."""
        yield LineTable(self._lines, frozen=0, widget_id="import-note-table")
        yield Static("", id="import-note")

    @property
    def notes(self) -> Sequence[Note]:
        """The notes that are shown."""
        return self._lines.notes

    @property
    def table(self) -> LineTable:
        """The table."""
        return self.query_one(LineTable)

    def show(self, notes: Sequence[Note]) -> None:
        """Shows these notes, from the first."""
        self._lines.notes = notes
        self.display = bool(notes)
        self._lay_out()
        self.table.move_cursor(0, TEXT_COLUMN)

    def on_resize(self) -> None:
        """The sentences take what is left."""
        self._lay_out()

    def _lay_out(self) -> None:
        notes = self._lines.notes
        place = _width((note.place for note in notes[:ROWS_MEASURED]), gettext("Where"))
        column = _width((note.column for note in notes[:ROWS_MEASURED]), gettext("Column"))
        rest = max(20, self.size.width - SIGN_WIDTH - place - column - 8)
        self.table.show_columns(
            [
                LineColumn("sign", "", SIGN_WIDTH),
                LineColumn("place", gettext("Where"), place),
                LineColumn("column", gettext("Column"), column),
                LineColumn("text", gettext("What"), rest),
            ]
        )

    def on_line_table_moved(self, event: LineTable.Moved) -> None:
        """Tells the whole sentence, and which row it is about."""
        event.stop()
        if self._lines.notes:
            note = self._lines.notes[min(self.table.cursor_row, len(self._lines.notes) - 1)]
            where = " ".join(filter(None, (note.place, note.column and f"({note.column})")))
            self.query_one("#import-note", Static).update(Text(f"{note.sign.value} {where}: {note.text}"))
            self.post_message(self.Chosen(note))


class PreviewPanel(Vertical):
    """All of the preview."""

    HELP = later(
        "The rows of the sheet as they will be. Nothing is written before you import, and a mistake anywhere keeps all"
        " of it from being imported."
    )

    def __init__(self, panel_id: str) -> None:
        super().__init__(id=panel_id)
        self._rows = RowLines()
        self._told = Text()

    def compose(self) -> ComposeResult:
        """What would happen, the notes, and the rows."""
        yield Static("", id="import-summary")
        yield NotesPanel()
        yield LineTable(self._rows, frozen=FROZEN, widget_id="import-rows")

    @property
    def rows(self) -> LineTable:
        """The table of rows."""
        return self.query_one("#import-rows", LineTable)

    def show(self, preview: Preview, assumed: Sequence[str]) -> None:
        """Shows a preview; `assumed` is what a new rollout is told besides its shops."""
        told = Text(printable(summary(preview)), "bold")
        if not preview.signs.get(Sign.MISTAKE):  # until they are mended, they need the room
            told.append("".join(f"\n{printable(line)}" for line in assumed), "not bold dim")
        self._told = told
        self.query_one("#import-summary", Static).update(told)
        self._rows.preview = preview
        self.rows.empty_text = gettext("No rows could be read.")
        self.rows.show_columns(_columns(preview))
        self.rows.move_cursor(0, 0)
        notes = self.query_one(NotesPanel)
        notes.show(preview.notes)
        self.on_resize()
        (notes.table if preview.notes else self.rows).focus()

    def on_resize(self) -> None:
        """The notes take what they need, at most half of the room."""
        notes = self.query_one(NotesPanel)
        told_lines = len(self._told.wrap(self.app.console, max(1, self.size.width)))
        room = max(0, self.size.height - told_lines)
        notes.styles.height = min(len(notes.notes) + ROOM_FOR_NOTE, room // 2)

    def on_notes_panel_chosen(self, event: NotesPanel.Chosen) -> None:
        """Brings the row that a note is about into sight."""
        event.stop()
        note, preview = event.note, self._rows.preview
        if preview is None or note.row is None:
            return
        titles = [column.title for column in self.rows.columns]
        self.rows.move_cursor(note.row, titles.index(note.column) if note.column in titles else None)

    def on_line_table_moved(self, event: LineTable.Moved) -> None:
        """The rows move by themselves."""
        event.stop()


def printable_lines(lines: Sequence[str]) -> str:
    """Lines of text, each printable."""
    return "\n".join(map(printable, lines))


def _columns(preview: Preview) -> list[LineColumn]:
    numbers = (str(row.number) for row in preview.rows[-1:])
    fates = [gettext(fate.value) for fate in preview.fates]
    columns = [
        LineColumn("row", gettext("Row"), _width(numbers, gettext("Row")), is_right=True),
        LineColumn("fate", "", max(map(cell_len, fates), default=0)),
    ]
    for place, key in enumerate(preview.columns):
        label = LABELS.get(key)
        title = gettext(label) if label else printable(key)
        texts = (f"{WRONG if place in row.wrong else ''}{row.cells[place]}" for row in preview.rows[:ROWS_MEASURED])
        columns.append(LineColumn(key, title, _width(texts, title)))
    return columns


def _width(texts: Iterable[str], title: str) -> int:
    widths = map(cell_len, texts)
    return min(MOST, max(LEAST, cell_len(title), *widths, 0))
