"""Messages by which panes and dialogs ask the main screen for something."""

from dataclasses import dataclass

from textual.message import Message


@dataclass
class GoTo(Message):
    """Show the pane called `pane`, and in it the thing called `target`, if one is named.

    Targets are ids of shops; for the schedule also days as `2021-11-26`; for the backlog also a query, after `?`.
    """

    pane: str
    target: str = ""


@dataclass
class Edited(Message):
    """The store was changed from here: everything shown follows. `told` is a line for the user, if any."""

    told: str = ""


@dataclass
class AllShown(Message):
    """Everything the pane shows is in sight: there is time for what may be wanted next."""


@dataclass
class PlanChosen(Message):
    """Show this plan from now on; None shows the newest."""

    number: int | None


@dataclass
class PlanWanted(Message):
    """Plan the rollout in the background, from the plan that is shown; under these scenarios, if any are named."""

    scenarios: tuple[str, ...] = ()
