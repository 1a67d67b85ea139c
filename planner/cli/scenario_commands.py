"""`planner scenario`: the group of commands about what-if scenarios, as typer sees it.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from planner.cli.store_options import (
    DbOption,
    ExpectOption,
    JsonOption,
    RolloutOption,
    StoreChoice,
    WhyOption,
    YesOption,
    choice_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.cli.endings import ExitCode
    from planner.cli.scenario_shelf import Shelf

scenario_app = typer.Typer(
    name="scenario",
    help="What-if scenarios: small TOML texts that name what differs from a rollout.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The scenario, as the list shows it.")]
FOLDER_AND_NAME = 2


def add_to(app: typer.Typer) -> None:
    """Adds the group to the `planner` command."""
    app.add_typer(scenario_app)


@scenario_app.command(name="list", short_help="List the scenarios a rollout comes with.")
def list_command(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[FOLDER]", help="The rollout folder; the database if not given.", show_default=False),
    ] = None,
    *,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """List the scenarios in FOLDER/scenarios, or in the database: what each is called, what it is, and why.

    Exit codes: 0 listed; 2 wrong input or usage.
    """
    from planner.cli.scenario_show import list_scenarios  # noqa: PLC0415 - see above

    on_shelf(folder, db, rollout, context, lambda shelf: list_scenarios(shelf, as_json=as_json))


@scenario_app.command(short_help="Show what a scenario changes.")
def show(
    context: typer.Context,
    arguments: Annotated[
        list[str],
        typer.Argument(
            metavar="[FOLDER] SCENARIO",
            help="With a rollout folder, a scenario file or the name of one in FOLDER/scenarios; without, the name of"
            " one in the database.",
        ),
    ],
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the TOML of one in the database to this file instead.")
    ] = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Show in plain words what a scenario changes in the rollout, and in what it builds on.

    A scenario is TOML:

    name = "…" and, if wanted, why = "…"; builds_on = ["other.toml"]; drop = ['blackout."Christmas trading"'];

    below [set], values by path: costs.footfall = 1.0, milestone."Year end".target = 100, crews.South.builder = "+1",
    blackout."Christmas trading".first = "-7 days";

    [[shops]], [[crews]] and [[absences]] with where = … and set.COLUMN = … or drop = true;

    [[add.crews]], [[add.absences]], [[add.blackout]] and so on with what is new.

    Exit codes: 0 shown; 2 wrong input or usage.
    """
    if len(arguments) > FOLDER_AND_NAME:
        raise typer.BadParameter("name one scenario, after the FOLDER if there is one")
    folder = Path(arguments[0]) if len(arguments) == FOLDER_AND_NAME else None
    name = arguments[-1]
    if out is not None:
        if folder is not None:
            raise typer.BadParameter("--out is for scenarios in the database; in a FOLDER they are files already")
        from planner.cli.store_scenarios import write_scenario  # noqa: PLC0415 - see above
        from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

        choice = choice_of(context, db, rollout)
        raise typer.Exit(on_backlog(choice, lambda backlog: write_scenario(backlog, name, out)))
    from planner.cli.scenario_show import show_scenario  # noqa: PLC0415 - see above

    on_shelf(folder, db, rollout, context, lambda shelf: show_scenario(shelf, name, as_json=as_json))


@scenario_app.command(short_help="Keep a scenario in the database.")
def save(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The scenario, as TOML.")],
    *,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="What to call it.", show_default="the file's name")
    ] = None,
    why: WhyOption = "",
    expect: ExpectOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Keep a scenario in the database, as a new one or in the place of the one of its name; undo takes that back.

    It must fit the rollout as it is. What it builds on must be kept already.

    Exit codes: 0 saved; 2 wrong input or usage.
    """
    from planner.cli.store_scenarios import SaveRequest, save_scenario  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    request = SaveRequest(file=file, name=name, why=why, expect=expect, as_json=as_json)
    choice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: save_scenario(backlog, request)))


@scenario_app.command(short_help="Drop a scenario from the database.")
def drop(
    context: typer.Context,
    name: NameArgument,
    *,
    why: WhyOption = "",
    expect: ExpectOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Drop a scenario from the database; undo brings it back.

    Exit codes: 0 dropped; 2 wrong input or usage, or another scenario builds on it.
    """
    from planner.cli.store_scenarios import drop_scenario  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    choice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: drop_scenario(backlog, name, why, expect, as_json=as_json)))


@scenario_app.command(short_help="Make a scenario's changes in the rollout.")
def adopt(
    context: typer.Context,
    name: NameArgument,
    *,
    why: WhyOption = "",
    yes: YesOption = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Make the changes of a scenario in the database, and of those it builds on, in the rollout: one step of undo.

    It shows what would change and asks. The scenario itself goes then, unless another one builds on it: its changes
    are the rollout's own.

    Exit codes: 0 adopted, or shown by --dry-run; 2 wrong input or usage, or not agreed to.
    """
    from planner.cli.store_scenarios import AdoptRequest, adopt_scenario  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    request = AdoptRequest(name=name, why=why, yes=yes, dry_run=dry_run, as_json=as_json)
    raise typer.Exit(on_backlog(choice_of(context, db, rollout), lambda backlog: adopt_scenario(backlog, request)))


def on_shelf(
    folder: Path | None,
    db: str | None,
    rollout: str | None,
    context: typer.Context,
    work: "Callable[[Shelf], ExitCode]",
) -> NoReturn:
    """Does the work on the scenarios of a folder, or without one of the database, and ends the command."""
    from planner.cli.scenario_shelf import FolderShelf, StoreShelf  # noqa: PLC0415 - see above

    if folder is not None:
        if db or rollout:
            raise typer.BadParameter("give a FOLDER, or --db and --rollout for the database, not both")
        from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - see above

        shelf = FolderShelf(folder)
        raise typer.Exit(run_to_its_end(lambda: work(shelf)))
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    choice: StoreChoice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: work(StoreShelf(backlog))))
