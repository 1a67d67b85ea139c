"""What each of the five panes is: a part of the main screen, shown by its key, that follows the rollout."""

from typing import ClassVar

from textual.containers import Vertical

from planner.store.records import Changed
from planner.ui.widgets.own_lines import Plain
from planner.ui.workspace import Loaded, Workspace

BESIDE = "beside"
"""The layer of panes that are laid out beside the screen: there they take no room from the one in sight."""
BELOW_ALL = (0, 1000)
"""How far they are off, lower than any screen is high."""


class Pane(Plain, Vertical):
    """One of the main screen's panes.

    It is made out of sight, perhaps long before it is wanted. `begin` comes once it is laid out, in sight or not. When
    it is shown, the main screen calls `take_loaded` as soon as the rollout has been read whole, and again whenever it
    was read anew; and `take_changes`, first and at once, when something in the store changed, by this user or another.
    Out of sight it may be told once what was loaded, so that it is ready; what it misses then, it is told when it is
    next shown.
    """

    HELP: ClassVar[str]
    """Two sentences on what it is for, marked by `later`."""

    def __init__(self, workspace: Workspace, pane_id: str) -> None:
        super().__init__(id=pane_id)
        self.workspace = workspace

    def lay_beside(self) -> None:
        """Has it laid out as if it was shown, where nobody sees it."""
        # A class would have the styles of all that is in it looked up anew.
        self.styles.layer, self.styles.offset = BESIDE, BELOW_ALL
        self.display = True

    def take_in(self) -> None:
        """Has it no longer laid out beside the screen."""
        self.styles.clear_rule("layer")
        self.styles.clear_rule("offset")

    @property
    def is_beside(self) -> bool:
        """Whether it is laid out beside the screen."""
        return self.styles.layer == BESIDE

    @property
    def is_in_sight(self) -> bool:
        """Whether it is the pane that is shown."""
        return self.display and not self.is_beside

    def begin(self) -> None:
        """Reads what it shows first, if that is little: it may come into sight soon."""

    def take_loaded(self, loaded: Loaded) -> None:
        """Shows the rollout and plan as they now are."""

    def take_changes(self, changed: Changed) -> None:
        """Shows what has changed in the store, without waiting for the whole rollout."""

    def go_to(self, target: str) -> None:
        """Brings a thing into sight, by its id: a shop, mostly."""

    def focus_first(self) -> None:
        """Gives the focus to what keys are meant for when the pane comes into sight."""
