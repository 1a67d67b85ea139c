"""`planner import`: the group of commands that take in what other programs wrote."""

import typer

import_app = typer.Typer(
    name="import",
    help="Take in what other programs wrote.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
