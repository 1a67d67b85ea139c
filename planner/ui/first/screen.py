"""The screen one begins with: the rollouts there are, and ways to take one in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from planner.exchange.shipped import name_of, shipped_rollouts
from planner.exchange.text import printable
from planner.store.store import RolloutInfo, read_folder_content
from planner.ui.background import in_background
from planner.ui.first.files import FolderDialog
from planner.ui.key_line import KeyLine
from planner.ui.keys import PlannerScreen, key
from planner.ui.tell import tell
from planner.ui.workspace import Workspace
from planner.wording.amounts import counted, day_text
from planner.wording.translation import gettext, later

if TYPE_CHECKING:
    from planner.ui.first.sheet_source import Imported

ROLLOUT, SHIPPED, FOLDER, SPREADSHEET = "rollout:", "shipped:", "folder", "spreadsheet"


@dataclass(frozen=True, slots=True)
class Opening:
    """The rollout to work on; `pane` is the pane to show first, empty for the usual one, `told` what comes next."""

    rollout: str
    pane: str = ""
    told: Sequence[str] = ()


class Ways(OptionList):
    """The rollouts there are, and the ways to take one in."""

    BINDINGS = [Binding("enter", "select", later("Open"), tooltip=later("Open what the cursor is on."))]


class FirstScreen(PlannerScreen[Opening]):
    """Returns the rollout to work on, or None where the user leaves."""

    HELP = later(
        "Choose the rollout to work on, or take one in: the one that comes with the program, a rollout folder, or a"
        " spreadsheet of shops. What is taken in is stored in the database; the files stay as they are."
    )
    BINDINGS = [key("escape", "leave", later("Back"), later("Go back without a choice."), "program.back")]

    def __init__(self, workspace: Workspace, missing: str = "") -> None:
        super().__init__()
        self._workspace = workspace
        self._missing = missing

    def compose(self) -> ComposeResult:
        """What the database has, then the ways."""
        with Vertical(id="first"):
            yield Label(gettext("Which rollout?"), classes="dialog-title")
            yield Static(Text(self._greeting()), id="first-greeting")
            yield Ways(*self._options(), markup=False, id="first-ways")
        yield KeyLine()

    def on_mount(self) -> None:
        """Arrows and Enter choose."""
        self.query_one(Ways).focus()

    def _greeting(self) -> str:
        where = gettext("Database: {path}").format(path=printable(self._workspace.store.shown))
        if self._missing:
            there_is_none = gettext("There is no rollout called {name} in it.").format(name=printable(self._missing))
            return f"{where}\n{there_is_none}"
        if not self._workspace.store.rollouts():
            return f"{where}\n" + gettext("It is empty. Begin with one of these:")
        return where

    def _options(self) -> list[Option | None]:
        present = self._workspace.store.rollouts()
        options: list[Option | None] = [Option(_described(info), id=f"{ROLLOUT}{info.name}") for info in present]
        if present:
            options.append(None)
        names = {info.name for info in present}
        for name, folder in shipped_rollouts().items():
            if name_of(folder) not in names:
                text = gettext("Open {name}, which comes with the program, to look around").format(name=name)
                options.append(Option(Text(text), id=f"{SHIPPED}{name}"))
        options.append(Option(gettext("Take in a rollout folder (rollout.toml, shops.csv, crews.csv)"), id=FOLDER))
        options.append(Option(gettext("Import a spreadsheet of shops (Excel, OpenDocument, CSV)"), id=SPREADSHEET))
        return options

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Opens a rollout, or begins to take one in."""
        chosen = event.option_id or ""
        if chosen.startswith(ROLLOUT):
            self.dismiss(Opening(chosen.removeprefix(ROLLOUT)))
        elif chosen.startswith(SHIPPED):
            self._take_in(shipped_rollouts()[chosen.removeprefix(SHIPPED)])
        elif chosen == FOLDER:
            self.app.push_screen(FolderDialog(gettext("Take in a rollout folder")), self._take_folder)
        elif chosen == SPREADSHEET:
            self._import()

    def _take_folder(self, path: Path | None) -> None:
        if path is not None:
            self._take_in(path)

    def _import(self) -> None:
        from planner.ui.first.import_screen import ImportScreen  # noqa: PLC0415 - loads what reads spreadsheets

        self.app.push_screen(ImportScreen(self._workspace.store, None), self._take_imported)

    def _take_imported(self, imported: "Imported | None") -> None:
        if imported is not None:
            self.dismiss(Opening(imported.rollout, "backlog", next_steps()))

    def _take_in(self, folder: Path) -> None:
        tell(self, gettext("Reading {path} …").format(path=folder))
        in_background(self, lambda: self._add(folder), self.dismiss, group="take-in")

    def _add(self, folder: Path) -> Opening:
        return Opening(self._workspace.store.add(read_folder_content(folder), str(folder)).name)

    def action_leave(self) -> None:
        """Goes back without a choice."""
        self.dismiss(None)


def next_steps() -> list[str]:
    """What is left to do once a rollout was made from a spreadsheet alone."""
    return [
        gettext("The shops are in the backlog; p plans them. What the sheet did not say was assumed, so next:"),
        "",
        gettext(
            "Crews: who they are, where they work and when: `planner crews list`, `add` and `edit`; how many, also as a"
            " scenario (4, then n)."
        ),
        gettext(
            "Formats, holidays, blackouts, milestones and costs: `planner export folder now`, edit now/rollout.toml,"
            " then `planner rollouts settings now/rollout.toml`."
        ),
        gettext("A newer list of shops: ctrl+p, then backlog: Import. Changes are shown before they are made."),
    ]


def _described(info: RolloutInfo) -> Text:
    shops = counted(info.shops, "shop")
    told = gettext("{name}: {shops}, as of {day}").format(
        name=printable(info.name), shops=shops, day=day_text(info.today)
    )
    return Text(told)
