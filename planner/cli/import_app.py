"""`planner import`: takes in a rollout folder or a spreadsheet by its path, or, by name, what other programs wrote."""

from typing import Any

import typer
from typer.core import TyperGroup

from planner.wording.translation import gettext

BY_PATH = "rollout"
HELP = ("--help",)


class PathOrCommand(TyperGroup):
    """A group whose commands go by their names; whatever else comes first is the path that `rollout` takes."""

    # Where the class of `ctx` comes from differs between versions of typer.
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts the name of the command for paths in front where no command is named."""
        if args and args[0] not in self.commands and args[0] not in HELP:
            args = [BY_PATH, *args]
        return super().parse_args(ctx, args)


import_app = typer.Typer(
    name="import",
    cls=PathOrCommand,
    help=gettext("Take in a rollout folder or a spreadsheet by its path, or what a command below names."),
    subcommand_metavar="PATH | COMMAND [ARGS]...",
    no_args_is_help=True,
    rich_markup_mode=None,
)
