"""What each of the five panes is: a part of the main screen, shown by its key, that follows the rollout."""

from typing import ClassVar

from textual.containers import Vertical

from planner.store.records import Changed
from planner.ui.workspace import Loaded, Workspace


class Pane(Vertical):
    """One of the main screen's panes.

    It is made when it is first shown. The main screen then calls `take_loaded` as soon as the rollout has been read
    whole, and again whenever it was read anew, if the pane is in sight (else when it next is). `take_changes` comes
    first and at once: something in the store changed, by this user or another.
    """

    HELP: ClassVar[str]
    """Two sentences on what it is for, marked by `later`."""

    def __init__(self, workspace: Workspace, pane_id: str) -> None:
        super().__init__(id=pane_id)
        self.workspace = workspace

    def take_loaded(self, loaded: Loaded) -> None:
        """Shows the rollout and plan as they now are."""

    def take_changes(self, changed: Changed) -> None:
        """Shows what has changed in the store, without waiting for the whole rollout."""

    def go_to(self, target: str) -> None:
        """Brings a thing into sight, by its id: a shop, mostly."""

    def focus_first(self) -> None:
        """Gives the focus to what keys are meant for when the pane comes into sight."""
