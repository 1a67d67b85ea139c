"""`planner export`: the group of commands that write a rollout or its plan for other programs."""

import typer

from planner.wording.translation import gettext

export_app = typer.Typer(
    name="export",
    help=gettext("Write a rollout or its plan for other programs."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
