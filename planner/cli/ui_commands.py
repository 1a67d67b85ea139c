"""`planner ui`, which is also what `planner` alone does."""

import os
import sys
from typing import Annotated

import typer

from planner.cli.lang_option import LangOption
from planner.cli.late_collection import collect_later
from planner.cli.messages import say
from planner.cli.options import GapOption, WorkersOption, check_time_limit, default_workers
from planner.cli.screen import WebAddress, screen_of
from planner.cli.store_options import DbOption, RolloutOption, StoreChoice, choice_of
from planner.scheduling.limits import Limits
from planner.wording.translation import gettext

LOCALHOST = "127.0.0.1"
PORT = 8000
BROWSER_DRIVER = "TEXTUAL_DRIVER"
"""Set in the environment of a terminal UI that is shown in a browser."""


def add_to(app: typer.Typer) -> None:
    """Adds the command to `app`."""

    @app.command(
        "ui",
        short_help=gettext("Open the terminal UI."),
        help=gettext(
            "Open the terminal UI: the backlog, the schedule and everything else at the keyboard.\n\n"
            "`planner` without a command does the same."
        ),
    )
    def ui(
        context: typer.Context,
        *,
        db: DbOption = None,
        rollout: RolloutOption = None,
        _lang: LangOption = None,
        web: Annotated[
            bool, typer.Option("--web", help=gettext("Serve it to a browser on this machine instead."))
        ] = False,
        host: Annotated[
            str,
            typer.Option(
                metavar="ADDRESS",
                help=gettext("With --web: where to listen. It asks for no password."),
            ),
        ] = LOCALHOST,
        port: Annotated[
            int, typer.Option(metavar="N", min=1, max=65535, help=gettext("With --web: the port to listen on."))
        ] = PORT,
        time_limit: Annotated[
            float,
            typer.Option(
                metavar="SECONDS", help=gettext("How long a plan is searched at most."), callback=check_time_limit
            ),
        ] = 60.0,
        gap: GapOption = 0.001,
        workers: WorkersOption = None,
    ) -> None:
        """Open the terminal UI: the backlog, the schedule and everything else at the keyboard."""
        limits = Limits(seconds=time_limit, gap=gap, workers=workers or default_workers())
        address = WebAddress(host, port) if web else None
        raise typer.Exit(open_screen(context, choice_of(context, db, rollout), limits, address))


def has_terminal() -> bool:
    """Whether there is a terminal to show the screen in, or a browser that stands for one."""
    return BROWSER_DRIVER in os.environ or (sys.stdin.isatty() and sys.stdout.isatty())


def open_screen(context: typer.Context, choice: StoreChoice, limits: Limits, address: WebAddress | None = None) -> int:
    """Opens the terminal UI, or serves it at `address`; the exit code."""
    collect_later()
    from planner.cli.endings import ExitCode, run_to_its_end  # noqa: PLC0415 - only what runs is loaded
    from planner.cli.store_session import settings_of, told  # noqa: PLC0415 - only what runs is loaded

    screen = screen_of(context)
    if address is None and not has_terminal():
        say(gettext("The terminal UI needs a terminal; `planner --help` shows the commands that do not."))
        return ExitCode.BAD_INPUT

    def run() -> ExitCode:
        settings = settings_of(choice)
        if address is None:
            return ExitCode(screen.open(settings, limits))
        return ExitCode(screen.serve(settings, limits, address))

    return run_to_its_end(lambda: told(run))
