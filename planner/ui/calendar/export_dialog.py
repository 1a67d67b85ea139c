"""The dialog that exports calendar files: what, and where to."""

from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Select, Static

from planner.exchange.text import printable
from planner.store.backlog import Backlog
from planner.studies.almanac import Part
from planner.ui.background import in_background
from planner.ui.calendar.export import Export, exports, is_foreign, write
from planner.ui.keys import PlannerDialog
from planner.ui.workspace import Loaded
from planner.wording.translation import gettext, later


class ExportDialog(PlannerDialog[str]):
    """Asks what is exported and where to, and does it; its result is the line that says so."""

    HELP = later(
        "Writes calendar files that Outlook, Google and others read. Written again under the same name, a file tells"
        " them what has moved and what was called off."
    )

    def __init__(self, backlog: Backlog, loaded: Loaded, part: Part) -> None:
        super().__init__()
        self._backlog = backlog
        self._loaded = loaded
        self._exports = exports(part)
        self._offered = ""
        self._agreed: Path | None = None

    def compose(self) -> ComposeResult:
        """What, where, what is wrong with it, and the buttons."""
        titles = [(Text(printable(title)), number) for number, (title, _) in enumerate(self._exports)]
        with Vertical(classes="dialog"):
            yield Label(gettext("Export calendar files"), classes="dialog-title")
            yield Label(gettext("What"))
            yield Select(titles, allow_blank=False, value=0, id="export-what")
            yield Label("", id="export-where-label")
            yield Input(id="export-where")
            yield Static("", id="export-mistake", classes="mistake")
            with Horizontal(classes="dialog-buttons"):
                yield Button(gettext("Export"), variant="primary", id="export")
                yield Button(gettext("Cancel"), id="cancel")

    def on_mount(self) -> None:
        """The choice of what comes first."""
        self._offer()
        self.query_one("#export-what").focus()

    @property
    def _export(self) -> Export:
        value = self.query_one("#export-what", Select).value
        return self._exports[value if isinstance(value, int) else 0][1]

    def on_select_changed(self) -> None:
        """Another choice goes to another place, unless one was typed."""
        self._offer()

    def _offer(self) -> None:
        where = self.query_one("#export-where", Input)
        if where.value == self._offered:
            self._offered = str(Path.cwd() / self._export.place(self._loaded))
            where.value = self._offered
        label = gettext("File") if self._export.per is None else gettext("Folder")
        self.query_one("#export-where-label", Label).update(label)

    def on_input_submitted(self) -> None:
        """Enter exports."""
        self._begin()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Exports, or leaves."""
        if event.button.id == "export":
            self._begin()
        else:
            self.dismiss(None)

    def _begin(self) -> None:
        text = self.query_one("#export-where", Input).value.strip()
        if not text:
            self._tell([gettext("Say where to write.")])
            return
        export, place = self._export, Path(text).expanduser().absolute()
        agreed = self._agreed == place

        def work() -> str | None:
            if not agreed and is_foreign(self._backlog, export, place):
                return None
            return write(self._backlog, self._loaded, export, place)

        in_background(self, work, lambda told: self._end(told, place), group="export", on_error=self._tell)

    def _end(self, told: str | None, place: Path) -> None:
        if told is not None:
            self.dismiss(told)
            return
        self._agreed = place
        self._tell([gettext("There is such a file, and the planner did not write it. Export again to replace it.")])

    def _tell(self, lines: list[str]) -> None:
        self.query_one("#export-mistake", Static).update(Text("\n".join(printable(line) for line in lines)))
