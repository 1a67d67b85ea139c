"""How the terminal UI is opened: in this terminal, or served to browsers. Light until then."""

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.wording.language import LANGUAGE_VARIABLE
from planner.wording.translation import spoken


class Address(Protocol):
    """Where browsers find what is served."""

    @property
    def host(self) -> str:
        """The address listened on."""

    @property
    def port(self) -> int:
        """The port listened on."""


@dataclass(frozen=True, slots=True)
class Door:
    """The way into the terminal UI."""

    def open(self, settings: StoreSettings, limits: Limits) -> int:
        """Shows it until the user leaves it, and returns the exit code; raises StoreError."""
        from planner.ui.app import PlannerApp  # noqa: PLC0415 - a third of a second, only when it is opened

        app = PlannerApp(settings, limits)
        app.run()
        return app.return_code or 0

    def serve(self, settings: StoreSettings, limits: Limits, address: Address) -> int:
        """Serves it to browsers until interrupted, each visit a process of its own, and returns the exit code."""
        from textual_serve.server import Server  # noqa: PLC0415 - only when it is served

        # By the environment, since a database's URL may hold a password, which everybody sees in a command.
        os.environ |= {"PLANNER_DB": settings.db, "PLANNER_ROLLOUT": settings.rollout, "PLANNER_USER": settings.user}
        os.environ[LANGUAGE_VARIABLE] = spoken().value
        options = ["--time-limit", str(limits.seconds), "--gap", str(limits.gap), "--workers", str(limits.workers)]
        command = shlex.join([sys.executable, "-m", "planner", "ui", *options])
        page = Path(__file__).with_name("web")
        Server(command, host=address.host, port=address.port, title="planner", templates_path=page).serve()
        return 0
