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
from planner.wording.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.cli.endings import ExitCode
    from planner.cli.scenario_shelf import Shelf

scenario_app = typer.Typer(
    name="scenario",
    help=gettext("What-if scenarios: small TOML texts that name what differs from a rollout."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help=gettext("The scenario, as the list shows it."))]
FOLDER_AND_NAME = 2


def add_to(app: typer.Typer) -> None:
    """Adds the group to the `planner` command."""
    app.add_typer(scenario_app)


@scenario_app.command(
    name="list",
    short_help=gettext("List the scenarios a rollout comes with."),
    help=gettext(
        "List the scenarios in FOLDER/scenarios, or in the database: what each is called, what it is, and"
        " why.\n\n"
        "Exit codes: 0 listed; 2 wrong input or usage."
    ),
)
def list_command(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]", help=gettext("The rollout folder; the database if not given."), show_default=False
        ),
    ] = None,
    *,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """List the scenarios in FOLDER/scenarios, or in the database: what each is called, what it is, and why."""
    from planner.cli.scenario_show import list_scenarios  # noqa: PLC0415 - see above

    on_shelf(folder, db, rollout, context, lambda shelf: list_scenarios(shelf, as_json=as_json))


@scenario_app.command(
    short_help=gettext("Show what a scenario changes."),
    help=gettext(
        "Show in plain words what a scenario changes in the rollout, and in what it builds on.\n\n"
        "A scenario is TOML:\n\n"
        'name = "…" and, if wanted, why = "…"; builds_on = ["other.toml"]; drop = [\'blackout."Christmas'
        " trading\"'];\n\n"
        'below [set], values by path: costs.footfall = 1.0, milestone."Year end".target = 100,'
        ' crews.South.builder = "+1", blackout."Christmas trading".first = "-7 days";\n\n'
        "[[shops]], [[crews]] and [[absences]] with where = … and set.COLUMN = … or drop = true;\n\n"
        "[[add.crews]], [[add.absences]], [[add.blackout]] and so on with what is new.\n\n"
        "Exit codes: 0 shown; 2 wrong input or usage."
    ),
)
def show(
    context: typer.Context,
    arguments: Annotated[
        list[str],
        typer.Argument(
            metavar="[FOLDER] SCENARIO",
            help=gettext(
                "With a rollout folder, a scenario file or the name of one in FOLDER/scenarios; without, the name"
                " of one in the database."
            ),
        ),
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=gettext("Write the TOML of one in the database to this file instead.")),
    ] = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Show in plain words what a scenario changes in the rollout, and in what it builds on."""
    if len(arguments) > FOLDER_AND_NAME:
        raise typer.BadParameter(gettext("name one scenario, after the FOLDER if there is one"))
    folder = Path(arguments[0]) if len(arguments) == FOLDER_AND_NAME else None
    name = arguments[-1]
    if out is not None:
        if folder is not None:
            raise typer.BadParameter(
                gettext("--out is for scenarios in the database; in a FOLDER they are files already")
            )
        from planner.cli.store_scenarios import write_scenario  # noqa: PLC0415 - see above
        from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

        choice = choice_of(context, db, rollout)
        raise typer.Exit(on_backlog(choice, lambda backlog: write_scenario(backlog, name, out)))
    from planner.cli.scenario_show import show_scenario  # noqa: PLC0415 - see above

    on_shelf(folder, db, rollout, context, lambda shelf: show_scenario(shelf, name, as_json=as_json))


@scenario_app.command(
    short_help=gettext("Keep a scenario in the database."),
    help=gettext(
        "Keep a scenario in the database, as a new one or in the place of the one of its name; undo takes"
        " that back.\n\n"
        "It must fit the rollout as it is. What it builds on must be kept already.\n\n"
        "Exit codes: 0 saved; 2 wrong input or usage."
    ),
)
def save(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=gettext("The scenario, as TOML."))],
    *,
    name: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=gettext("What to call it."), show_default=gettext("the file's name")),
    ] = None,
    why: WhyOption = "",
    expect: ExpectOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Keep a scenario in the database, as a new one or in the place of the one of its name; undo takes that back."""
    from planner.cli.store_scenarios import SaveRequest, save_scenario  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    request = SaveRequest(file=file, name=name, why=why, expect=expect, as_json=as_json)
    choice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: save_scenario(backlog, request)))


@scenario_app.command(
    short_help=gettext("Drop a scenario from the database."),
    help=gettext(
        "Drop a scenario from the database; undo brings it back.\n\n"
        "Exit codes: 0 dropped; 2 wrong input or usage, or another scenario builds on it."
    ),
)
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
    """Drop a scenario from the database; undo brings it back."""
    from planner.cli.store_scenarios import drop_scenario  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    choice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: drop_scenario(backlog, name, why, expect, as_json=as_json)))


@scenario_app.command(
    short_help=gettext("Make a scenario's changes in the rollout."),
    help=gettext(
        "Make the changes of a scenario in the database, and of those it builds on, in the rollout: one"
        " step of undo.\n\n"
        "It shows what would change and asks. The scenario itself goes then, unless another one builds on"
        " it: its changes are the rollout's own.\n\n"
        "Exit codes: 0 adopted, or shown by --dry-run; 2 wrong input or usage, or not agreed to."
    ),
)
def adopt(
    context: typer.Context,
    name: NameArgument,
    *,
    why: WhyOption = "",
    yes: YesOption = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=gettext("Only show what would change."))] = False,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Make the changes of a scenario in the database, and of those it builds on, in the rollout: one step of undo."""
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
            raise typer.BadParameter(gettext("give a FOLDER, or --db and --rollout for the database, not both"))
        from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - see above

        shelf = FolderShelf(folder)
        raise typer.Exit(run_to_its_end(lambda: work(shelf)))
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    choice: StoreChoice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: work(StoreShelf(backlog))))
