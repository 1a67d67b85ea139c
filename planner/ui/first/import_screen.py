"""A spreadsheet taken in, step by step: the file, its columns, what a new rollout needs, and what it will be."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import ContentSwitcher, ProgressBar, Static
from textual.worker import Worker

from planner.exchange.spreadsheet.beginning import ONE_FORMAT, Beginning
from planner.store.backlog import Backlog
from planner.store.spreadsheets import remembered_headings
from planner.store.store import Store
from planner.ui.background import in_background
from planner.ui.first.basics import BasicsForm
from planner.ui.first.columns_panel import ColumnsPanel
from planner.ui.first.file_panel import FilePanel
from planner.ui.first.preview_view import PreviewPanel, printable_lines
from planner.ui.first.sheet_source import (
    Imported,
    OpenedFile,
    Ready,
    import_ready,
    open_file,
    preview_new,
    preview_update,
)
from planner.ui.key_line import KeyLine
from planner.ui.keys import PlannerScreen, key
from planner.wording.amounts import number_text
from planner.wording.translation import gettext, later

Result = TypeVar("Result")
LAST_FILE = "ui.import.{who}"


def today() -> date:
    """The day it is for the user."""
    return date.today()  # noqa: DTZ011 - in the time zone of the machine


class Step(Enum):
    """A step of the import; its value is its title."""

    FILE = later("File")
    COLUMNS = later("Columns")
    BASICS = later("New rollout")
    PREVIEW = later("Preview")

    @property
    def part(self) -> str:
        """The id of its part of the screen."""
        return f"import-{self.name.lower()}"


class ImportScreen(PlannerScreen[Imported]):
    """Takes a spreadsheet into `backlog`, or where that is None into a new rollout; its result is what came of it."""

    AUTO_FOCUS = ""
    HELP = later(
        "Takes the shops of a spreadsheet into the database: choose the file, say what its columns are, look at what"
        " it would come to, and import it. Nothing is written before that, and Escape goes back a step."
    )
    BINDINGS = [
        key("ctrl+s", "next", later("Go on"), later("Go on to the next step."), "import.next"),
        key("ctrl+s", "import", later("Import"), later("Write what the preview shows."), "import.write"),
        key("f5", "again", later("Read again"), later("Read the file again, after it was mended."), "import.again"),
        key("escape", "back", later("Back"), later("Go back a step; stop what is being read."), "import.back"),
    ]

    def __init__(self, store: Store, backlog: Backlog | None) -> None:
        super().__init__()
        self._store = store
        self._backlog = backlog
        self._given: Mapping[str, str] = {} if backlog else ONE_FORMAT
        self._steps = [step for step in Step if backlog is None or step is not Step.BASICS]
        self.step = Step.FILE
        self._opened: OpenedFile | None = None
        self._beginning: Beginning | None = None
        self._ready: Ready | None = None
        self._work: Worker[None] | None = None
        self._works = 0
        self._is_writing = False

    # What is shown

    def compose(self) -> ComposeResult:
        """The steps, the part of the one in sight, and what is going on."""
        yield Static("", id="import-steps")
        with ContentSwitcher(initial=Step.FILE.part, id="import-parts"):
            yield FilePanel(self._about(), Step.FILE.part)
            yield ColumnsPanel(self._given, Step.COLUMNS.part)
            yield BasicsForm(Step.BASICS.part)
            yield PreviewPanel(Step.PREVIEW.part)
        yield ProgressBar(total=None, show_eta=False, show_percentage=False, id="import-progress")
        yield Static("", id="import-told")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begins with the file; of a rollout that has one, with the one of last time."""
        self.query_one(ProgressBar).display = False
        self._go(Step.FILE)
        backlog = self._backlog
        if backlog is not None:
            topic = LAST_FILE.format(who=backlog.who)
            offer = self.query_one(FilePanel).offer
            in_background(self, lambda: str(backlog.recall(topic) or ""), offer, group="recall")

    def _about(self) -> str:
        if self._backlog is None:
            return gettext("Which spreadsheet has the shops (.xlsx, .xls, .ods, .csv)? It becomes a new rollout.")
        text = gettext("Which spreadsheet has the shops? They take the place of those of {name}.")
        return text.format(name=self._backlog.name)

    def _go(self, step: Step) -> None:
        self.step = step
        titles = Text(gettext("Import a spreadsheet"), "bold")
        for number, item in enumerate(self._steps, start=1):
            titles.append("   ")
            titles.append(f" {number} {gettext(item.value)} ", "reverse" if item is step else "dim")
        self.query_one("#import-steps", Static).update(titles)
        self.query_one("#import-parts", ContentSwitcher).current = step.part
        self._tell([])
        if step is Step.FILE:
            self.query_one(FilePanel).focus_first()
        elif step is Step.COLUMNS:
            self.query_one(ColumnsPanel).focus_first()
        elif step is Step.BASICS:
            self.query_one(BasicsForm).focus_first()
        self.refresh_bindings()

    def _tell(self, lines: Sequence[str], *, is_mistake: bool = True) -> None:
        told = self.query_one("#import-told", Static)
        told.update(Text(printable_lines(lines)))
        told.set_class(is_mistake, "mistake")
        told.display = bool(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Which of the steps' keys are valid now."""
        if action == "import":
            return self.step is Step.PREVIEW and self._ready is not None and self._ready.preview.is_ready
        if action == "next":
            return self.step is not Step.PREVIEW
        return action != "again" or (self._opened is not None and self.step in (Step.COLUMNS, Step.PREVIEW))

    # Work in the background

    @property
    def is_busy(self) -> bool:
        """Whether something is being read or written."""
        return self._work is not None

    def _do(self, work: Callable[[], Result], then: Callable[[Result], object], told: str) -> None:
        """Works in the background, telling so; one thing at a time."""

        def end(result: Result) -> None:
            self._rest()
            then(result)

        def fail(lines: list[str]) -> None:
            self._rest()
            self._tell(lines)

        self._tell([told] if told else [], is_mistake=False)
        self.query_one(ProgressBar).display = bool(told)
        # What `end` begins is work of its own: of the same group, it would take the place of what ends there.
        self._works += 1
        self._work = in_background(self, work, end, group=f"import-{self._works}", on_error=fail)

    def _rest(self) -> None:
        self._work, self._is_writing = None, False
        self.query_one(ProgressBar).display = False
        self._tell([])

    def action_back(self) -> None:
        """Stops what is being read; else goes back a step, or leaves."""
        if self._is_writing:
            return
        if self._work is not None:
            self._work.cancel()
            self._rest()
            return
        place = self._steps.index(self.step)
        if place == 0:
            self.dismiss(None)
        else:
            self._go(self._steps[place - 1])

    # The file

    def on_file_panel_told(self, event: FilePanel.Told) -> None:
        """There is no such file."""
        self._tell([event.sentence])

    def on_file_panel_chosen(self, event: FilePanel.Chosen) -> None:
        """Opens the file."""
        if not self.is_busy:
            is_same = self._opened is not None and self._opened.path == event.path
            said = self.query_one(ColumnsPanel).mapping if is_same else None
            self._read(event.path, said, lambda: self._go(Step.COLUMNS))

    def action_next(self) -> None:
        """On to the next step."""
        if self.is_busy:
            return
        if self.step is Step.FILE:
            self.query_one(FilePanel).take()
        elif self.step is Step.COLUMNS:
            self._leave_columns()
        elif self.step is Step.BASICS:
            self._leave_basics()

    def _read(self, path: Path, said: Mapping[str, str] | None, then: Callable[[], object]) -> None:
        """Reads a file, its headings meaning what was `said`: None for what was said of earlier files."""
        backlog, given = self._backlog, self._given

        def work() -> tuple[OpenedFile, Mapping[str, str]]:
            remembered = remembered_headings(backlog) if backlog and said is None else {}
            mapping = remembered if said is None else said
            return open_file(path, mapping, given), mapping

        def take(read: tuple[OpenedFile, Mapping[str, str]]) -> None:
            is_same = self._opened is not None and self._opened.path == path
            self._opened, mapping = read
            self.query_one(ColumnsPanel).show(self._opened, mapping, is_same=is_same)
            then()

        self._do(work, take, gettext("Reading {file} …").format(file=path.name))

    def action_again(self) -> None:
        """Reads the file once more, and shows the same step of it."""
        if self._opened is None or self.is_busy:
            return
        then = self._preview if self.step is Step.PREVIEW else lambda: None
        self._read(self._opened.path, self.query_one(ColumnsPanel).mapping, then)

    # Columns and basics

    def _leave_columns(self) -> None:
        panel = self.query_one(ColumnsPanel)
        if panel.faults:  # which it says itself
            self.app.bell()
            panel.focus_first()
        elif self._backlog is not None:
            self._preview()
        elif self._opened is not None:
            self.query_one(BasicsForm).show(self._opened.path.stem, today())
            self._go(Step.BASICS)

    def on_basics_form_done(self) -> None:
        """Enter in the last field."""
        self.action_next()

    def _leave_basics(self) -> None:
        self._beginning = self.query_one(BasicsForm).read()
        if self._beginning is not None:
            self._preview()

    # The preview, and the import

    def _preview(self) -> None:
        panel, opened = self.query_one(ColumnsPanel), self._opened
        if opened is None or panel.faults:
            self._go(Step.COLUMNS)
            return
        file, grid, mapping = opened.path.name, panel.grid, dict(panel.mapping)
        backlog, beginning = self._backlog, self._beginning
        reading = gettext("Checking {number} rows …").format(number=number_text(len(grid.rows)))

        def work() -> Ready:
            if backlog is not None:
                return preview_update(backlog, file, grid, mapping)
            if beginning is None:
                raise LookupError("the form was not filled in")
            return preview_new(self._store, file, grid, mapping, beginning)

        self._ready = None
        self._do(work, self._show_preview, reading)

    def _show_preview(self, ready: Ready) -> None:
        self._ready = ready
        self._go(Step.PREVIEW)
        self.query_one(PreviewPanel).show(ready.preview, ready.assumed)
        update = ready.preview.update
        if update is not None and not update.changes:
            self._tell([gettext("Nothing would change: the rollout is what the sheet says.")], is_mistake=False)

    def action_import(self) -> None:
        """Writes what was previewed."""
        ready, backlog, opened = self._ready, self._backlog, self._opened
        if ready is None or opened is None or self.is_busy:
            return

        def work() -> Imported:
            imported = import_ready(self._store, backlog, ready)
            kept = backlog or self._store.backlog(imported.rollout)
            kept.remember(LAST_FILE.format(who=kept.who), str(opened.path))
            return imported

        self._do(work, self.dismiss, gettext("Writing …"))
        self._is_writing = True  # what is written cannot be stopped half-way, so it is waited for
