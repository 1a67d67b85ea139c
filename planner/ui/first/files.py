"""A dialog that asks for a folder: typed, or chosen in a tree."""

from collections.abc import Iterable
from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import DirectoryTree, Footer, Input, Label, Static

from planner.exchange.text import printable
from planner.ui.keys import PlannerDialog, key
from planner.wording.translation import gettext, later


class FolderTree(DirectoryTree):
    """Folders, without hidden ones."""

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """The folders."""
        return [path for path in paths if path.is_dir() and not path.name.startswith(".")]


class FolderDialog(PlannerDialog[Path]):
    """Returns the path of the folder chosen."""

    HELP = later("Type the path, or choose it in the tree below. A folder opens by the space bar.")
    BINDINGS = [key("ctrl+s", "take", later("Take"), later("Take the path that is written."), "program.take")]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._heading = title
        self._begin = Path.cwd()

    def compose(self) -> ComposeResult:
        """The path, what is wrong with it, and the tree."""
        with Vertical(classes="dialog -tall"):
            yield Label(Text(self._heading), classes="dialog-title")
            yield Input(str(self._begin), id="path")
            yield Static("", id="mistake", classes="mistake")
            yield FolderTree(self._begin)
            yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """The path can be typed at once."""
        self.query_one(Input).focus()

    def on_directory_tree_directory_selected(self, event: DirectoryTree.DirectorySelected) -> None:
        """Writes the folder into the line."""
        self.query_one(Input).value = str(event.path)

    def on_input_submitted(self) -> None:
        """Takes the path."""
        self.action_take()

    def action_take(self) -> None:
        """Returns the path, or says what is wrong with it."""
        path = Path(self.query_one(Input).value.strip()).expanduser()
        mistake = self._mistake(path)
        if mistake:
            self.query_one("#mistake", Static).update(Text(printable(mistake)))
        else:
            self.dismiss(path)

    def _mistake(self, path: Path) -> str:
        try:
            return "" if path.is_dir() else gettext("There is no folder {path}.").format(path=path)
        except OSError as error:
            return str(error)
