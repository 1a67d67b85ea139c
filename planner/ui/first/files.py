"""Choosing a folder or a spreadsheet: typed with completion, or in a tree."""

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.suggester import Suggester
from textual.widgets import DirectoryTree, Input, Label, Static

from planner.exchange.text import printable
from planner.ui.keys import PlannerDialog, key
from planner.wording.translation import gettext, later

SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt"})


def is_hidden(path: Path) -> bool:
    """Whether a path is one that file choosers leave out."""
    return path.name.startswith((".", "~$"))


def is_folder(path: Path) -> bool:
    """Whether a path is a folder that is shown."""
    return path.is_dir() and not is_hidden(path)


def is_folder_or_sheet(path: Path) -> bool:
    """Whether a path is a folder, or by its name a spreadsheet, that is shown."""
    return is_folder(path) or (path.suffix.casefold() in SPREADSHEETS and not is_hidden(path))


class FileTree(DirectoryTree):
    """The folders and files that `is_shown`."""

    def __init__(self, path: Path, is_shown: Callable[[Path], bool]) -> None:
        self._is_shown = is_shown
        super().__init__(path)

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """The paths to show."""
        return [path for path in paths if self._is_shown(path)]


class PathSuggester(Suggester):
    """Completes a path by the first one that `is_shown` and begins like it."""

    def __init__(self, is_shown: Callable[[Path], bool]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._is_shown = is_shown

    async def get_suggestion(self, value: str) -> str | None:
        """The whole path, or None."""
        return await asyncio.to_thread(self._complete, value)

    def _complete(self, value: str) -> str | None:
        folder, sign, begun = value.rpartition("/")
        if not begun:
            return None
        try:
            paths = sorted(Path(folder + sign).expanduser().iterdir())
            found = next((path for path in paths if path.name.startswith(begun) and self._is_shown(path)), None)
        except OSError:
            return None
        return None if found is None else f"{folder}{sign}{found.name}"


class FolderDialog(PlannerDialog[Path]):
    """Returns the path of the folder chosen."""

    HELP = later("Type the path, or choose it in the tree below. A folder opens by the space bar.")
    BINDINGS = [
        key("ctrl+s", "take", later("Take"), later("Take the path that is written."), "program.take"),
        key("escape", "leave", later("Cancel"), later("Leave without a choice."), "program.cancel"),
    ]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._heading = title
        self._begin = Path.cwd()

    def compose(self) -> ComposeResult:
        """The path, what is wrong with it, and the tree."""
        with Vertical(classes="dialog -tall"):
            yield Label(Text(self._heading), classes="dialog-title")
            yield Input(str(self._begin), id="path", suggester=PathSuggester(is_folder))
            yield Static("", id="mistake", classes="mistake")
            yield FileTree(self._begin, is_folder)

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
