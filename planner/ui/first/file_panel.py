"""The file to import: its path typed with completion, or chosen in a tree."""

from dataclasses import dataclass
from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import DirectoryTree, Input, Static

from planner.exchange.text import printable
from planner.ui.first.files import FileTree, PathSuggester, is_folder_or_sheet
from planner.wording.translation import gettext


class FilePanel(Vertical):
    """Asks for a file; `about` says which one is meant."""

    @dataclass
    class Chosen(Message):
        """A file is to be opened."""

        path: Path

    @dataclass
    class Told(Message):
        """Why no file can be opened."""

        sentence: str

    def __init__(self, about: str, panel_id: str) -> None:
        super().__init__(id=panel_id)
        self._about = about
        self._begin = Path.cwd()

    def compose(self) -> ComposeResult:
        """Which file is meant, its path, and the tree."""
        yield Static(Text(printable(self._about)), id="import-about")
        yield Input(f"{self._begin}/", id="import-path", suggester=PathSuggester(is_folder_or_sheet))
        yield FileTree(self._begin, is_folder_or_sheet)

    @property
    def _line(self) -> Input:
        return self.query_one(Input)

    def focus_first(self) -> None:
        """The path takes the keys."""
        self._line.focus()

    def offer(self, path: str) -> None:
        """Offers the file of last time, unless something was typed."""
        if path and self._line.value == f"{self._begin}/":
            self._line.value = path
            self._line.action_select_all()

    def on_directory_tree_file_selected(self, event: DirectoryTree.FileSelected) -> None:
        """Takes the file."""
        event.stop()
        self._line.value = str(event.path)
        self.take()

    def on_directory_tree_directory_selected(self, event: DirectoryTree.DirectorySelected) -> None:
        """Writes the folder into the line."""
        event.stop()
        self._line.value = f"{event.path}/"

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Takes the file that was typed."""
        event.stop()
        self.take()

    def take(self) -> None:
        """Asks for the file to be opened, or says why it cannot be; the tree goes on from a folder."""
        path = Path(self._line.value.strip()).expanduser().absolute()
        try:
            if path.is_dir():
                self.query_one(FileTree).path = path
                told = gettext("That is a folder: choose a file in the tree, or type its name.")
            else:
                told = "" if path.is_file() else gettext("There is no file {path}.").format(path=path)
        except OSError as error:
            told = str(error)
        self.post_message(self.Told(told) if told else self.Chosen(path))
