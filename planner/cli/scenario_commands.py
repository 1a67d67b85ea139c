"""`planner scenario`: the group of commands about what-if scenarios, as typer sees it."""

from pathlib import Path
from typing import Annotated

import typer

scenario_app = typer.Typer(
    name="scenario",
    help="Show what-if scenarios: small files that name what differs from a rollout.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="The rollout folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Write the result as JSON to standard output.")]


def add_to(app: typer.Typer) -> None:
    """Adds the group to the `planner` command."""
    app.add_typer(scenario_app)


@scenario_app.command(name="list", short_help="List the scenarios a rollout comes with.")
def list_scenarios(folder: FolderArgument, *, as_json: JsonOption = False) -> None:
    """List the scenarios in FOLDER/scenarios: the name to call each by, what it is, and why one would ask.

    Exit codes: 0 listed; 2 wrong input or usage.
    """
    from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - loaded when the command runs
    from planner.cli.scenario_show import list_folder  # noqa: PLC0415 - as above

    raise typer.Exit(run_to_its_end(lambda: list_folder(folder, as_json=as_json)))


@scenario_app.command(short_help="Show what a scenario changes.")
def show(
    folder: FolderArgument,
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="A scenario file, or the name of one in FOLDER/scenarios.")
    ],
    *,
    as_json: JsonOption = False,
) -> None:
    """Show in plain words what a scenario changes in the rollout in FOLDER, and in what it builds on.

    A scenario file is TOML:

    name = "…" and, if wanted, why = "…"; builds_on = ["other.toml"]; drop = ['blackout."Christmas trading"'];

    below [set], values by path: costs.footfall = 1.0, milestone."Year end".target = 100, crews.South.builder = "+1",
    blackout."Christmas trading".first = "-7 days";

    [[shops]], [[crews]] and [[absences]] with where = … and set.COLUMN = … or drop = true;

    [[add.crews]], [[add.absences]], [[add.blackout]] and so on with what is new.

    Exit codes: 0 shown; 2 wrong input or usage.
    """
    from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - loaded when the command runs
    from planner.cli.scenario_show import show_scenario  # noqa: PLC0415 - as above

    raise typer.Exit(run_to_its_end(lambda: show_scenario(folder, scenario, as_json=as_json)))
