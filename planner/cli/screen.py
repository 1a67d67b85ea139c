"""The terminal UI as the command line knows it: something that can be opened. Which, the entry point says."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import typer

from planner.wording.translation import gettext

if TYPE_CHECKING:
    # Only types: the help is to load neither.
    from planner.scheduling.limits import Limits
    from planner.store.settings import StoreSettings

SCREEN = "planner.screen"


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Where a browser finds the terminal UI."""

    host: str
    port: int


class Screen(Protocol):
    """The terminal UI."""

    def open(self, settings: "StoreSettings", limits: "Limits") -> int:
        """Shows it until the user leaves it, and returns the exit code."""

    def serve(self, settings: "StoreSettings", limits: "Limits", address: WebAddress) -> int:
        """Serves it to browsers until interrupted, and returns the exit code."""


def screen_of(context: typer.Context) -> Screen:
    """The terminal UI that the entry point named; raises typer.BadParameter where it named none."""
    screen: Screen | None = context.meta.get(SCREEN)
    if screen is None:
        raise typer.BadParameter(gettext("the terminal UI is not installed"))
    return screen
