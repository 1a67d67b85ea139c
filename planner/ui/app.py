"""The terminal UI's application: opens the store, asks which rollout if need be, and shows the main screen."""

import gc
import os
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import App
from textual.command import CommandPalette
from textual.notifications import SeverityLevel
from textual.theme import Theme, ThemeProvider

from planner.exchange.text import printable
from planner.exchange.whole_files import CannotWriteError
from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.studies.beside import make_ready
from planner.ui.dialogs import MessageDialog, QuestionDialog
from planner.ui.keys import hidden, key
from planner.ui.main_screen import MainScreen
from planner.ui.palette import PlannerCommands
from planner.ui.panes import PANES
from planner.ui.planning.panel import PlanningPanel
from planner.ui.preferences import preferences_path, read_preferences, write_preferences
from planner.ui.tell import tell
from planner.ui.terminal_title import BRING_BACK, KEEP, title_sequence
from planner.ui.themes import DEFAULT_THEME, THEMES
from planner.ui.workspace import Workspace
from planner.wording.translation import gettext, later

if TYPE_CHECKING:
    from planner.ui.first.screen import Opening

GARBAGE_AFTER = 20_000
"""So many more objects are made than went before garbage is looked for among them."""


class PlannerApp(App[None]):
    """The application. `settings` say which database and rollout, `limits` how long plans are searched.

    Raises StoreError where the database cannot be opened.
    """

    CSS_PATH = [f"styles/{name}.tcss" for name in ("frame", "dialogs", "first", *PANES, "moved")]
    TITLE = "planner"
    COMMANDS = {PlannerCommands}
    BINDINGS = [
        key("question_mark,f1", "help", later("Help"), later("Explain what is in focus, and its keys."), "help.keys"),
        hidden("f4", "first_steps", later("First steps"), later("Read how to get started."), "help.first-steps"),
        key("ctrl+p", "command_palette", later("Commands"), later("Find a command by its name."), "help.commands"),
        hidden("ctrl+t", "change_theme", later("Theme"), later("Choose other colours."), "view.theme"),
        hidden(
            "ctrl+o", "rollouts", later("Rollouts"), later("Open another rollout, or take one in."), "program.rollouts"
        ),
        key("ctrl+q", "quit", later("Quit"), later("Leave the program; everything is stored."), "program.quit"),
    ]

    def __init__(self, settings: StoreSettings, limits: Limits) -> None:
        make_ready()
        # A page of a table is thousands of small objects: looked through every 700, they cost a key two milliseconds.
        gc.set_threshold(GARBAGE_AFTER, 20, 20)
        self._settings = settings
        self._limits = limits
        self.workspace = Workspace(settings)
        super().__init__()
        self._preferences_path = preferences_path()
        self._preferences = read_preferences(self._preferences_path)
        for theme in THEMES:
            self.register_theme(theme)
        self._notified = ""
        self.theme = self._preferences.theme if self._preferences.theme in self.available_themes else DEFAULT_THEME
        self.set_keymap(self._preferences.keys)

    def on_mount(self) -> None:
        """Goes to the rollout named, or to the only one; else asks which, or for the first."""
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        self.to_terminal(KEEP)
        names = [info.name for info in self.workspace.store.rollouts()]
        wanted = self._settings.rollout or (names[0] if len(names) == 1 else "")
        if wanted in names:
            self.open_rollout(wanted)
        else:
            self._ask_which(missing=wanted)

    def _ask_which(self, missing: str = "") -> None:
        from planner.ui.first.screen import FirstScreen  # noqa: PLC0415 - only where it is shown, here and below

        self.push_screen(FirstScreen(self.workspace, missing=missing), self._take_first)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Shows a notice for some seconds; the same again takes the place of what is shown."""
        if message == self._notified:
            self.clear_notifications()
        self._notified = message
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def _take_first(self, opening: "Opening | None") -> None:
        if opening is not None:
            self.open_rollout(opening.rollout, opening.pane)
            if opening.told:
                self.push_screen(MessageDialog(gettext("What comes next"), opening.told))
        elif not self.workspace.has_rollout:
            self.exit()

    def open_rollout(self, name: str, pane: str = "") -> None:
        """Works on a rollout from now on; `pane` is the pane to show first, empty for the usual one."""
        self.workspace.choose(name)
        self.to_terminal(title_sequence(name))
        screen = MainScreen(self.workspace, self._limits, pane)
        if isinstance(self.screen, MainScreen):
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def action_rollouts(self) -> None:
        """Asks for another rollout, or takes one in; not while a plan is searched for this one."""
        if isinstance(self.screen, MainScreen):
            if self._is_planning():
                tell(self, gettext("A plan is being searched; stop it first."), severity="warning")
            else:
                self._ask_which()

    def action_help(self) -> None:
        """Explains what is in focus."""
        from planner.ui.help import HelpDialog  # noqa: PLC0415 - as above

        if not isinstance(self.screen, HelpDialog | CommandPalette):
            self.push_screen(HelpDialog(self.screen))

    def action_first_steps(self) -> None:
        """Shows how to get started."""
        from planner.ui.help import FirstStepsDialog  # noqa: PLC0415 - as above

        if not isinstance(self.screen, FirstStepsDialog):
            self.push_screen(FirstStepsDialog())

    def action_command_palette(self) -> None:
        """Lists all commands."""
        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            self.push_screen(CommandPalette(placeholder=gettext("Search for commands…"), id="--command-palette"))

    def search_themes(self) -> None:
        """Offers the themes."""
        self.push_screen(CommandPalette(providers=[ThemeProvider], placeholder=gettext("Search for themes…")))

    def action_help_quit(self) -> None:
        """Says how to leave, to those who try as in other programs."""
        tell(self, gettext("Leave with ctrl+q."))

    async def action_quit(self) -> None:
        """Leaves the program, after a question where a search would be lost."""
        if not self._is_planning():
            self.exit()
            return
        question = QuestionDialog(
            gettext("Leave?"),
            [gettext("A plan is being searched. Leaving now loses it; `p` stops it and keeps the best plan so far.")],
            gettext("Leave"),
        )
        self.push_screen(question, lambda agreed: self.exit() if agreed else None)

    def _is_planning(self) -> bool:
        screens = [screen for screen in self.screen_stack if isinstance(screen, MainScreen)]
        return any(screen.query_one(PlanningPanel).is_planning for screen in screens)

    def _remember_theme(self, theme: Theme) -> None:
        if theme.name == (self._preferences.theme or DEFAULT_THEME):
            return
        self._preferences = self._preferences.with_theme(theme.name)
        try:
            write_preferences(self._preferences_path, self._preferences)
        except CannotWriteError as error:
            tell(self, str(error), severity="warning")

    def on_unmount(self) -> None:
        """Closes the store, and leaves the terminal's title as it was."""
        self.workspace.close()
        self.to_terminal(BRING_BACK)

    def to_terminal(self, sequence: str) -> None:
        """Writes a sequence that shows nothing; headless, there is no terminal to write it to."""
        if self._driver is not None:
            self._driver.write(sequence)

    def _fatal_error(self) -> None:
        """Ends with a sentence in place of a traceback, which PLANNER_DEBUG=1 in the environment brings back."""
        error = self._exception
        if os.environ.get("PLANNER_DEBUG") or error is None:
            super()._fatal_error()
            return
        told = gettext(
            "Internal error: {kind}: {error}. All changes are stored. Please report it; PLANNER_DEBUG=1 in the"
            " environment shows the details."
        ).format(kind=type(error).__name__, error=printable(str(error)))
        self.bell()
        self._exit_renderables.append(Text(told))
        self._close_messages_no_wait()
