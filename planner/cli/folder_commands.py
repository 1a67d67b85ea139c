"""The commands that take rollouts in and write them out: their options, and what `--help` says of them.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.export_app import export_app
from planner.cli.import_app import BY_PATH, import_app
from planner.cli.store_options import DbOption, JsonOption, RolloutOption, WhyOption, YesOption, choice_of

rollouts_app = typer.Typer(
    name="rollouts", help="The rollouts in the database.", no_args_is_help=True, rich_markup_mode=None
)


def add_to(app: typer.Typer) -> None:
    """Adds the commands for rollouts to the command line."""
    import_app.command(BY_PATH, short_help="A rollout folder or a spreadsheet; the name may be left out.")(import_path)
    export_app.command("folder", short_help="Write a rollout of the database as a folder.")(export_folder_command)
    app.add_typer(rollouts_app)


def import_path(
    context: typer.Context,
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A rollout folder, or a spreadsheet of shops (.xlsx, .ods, .csv …).")
    ],
    *,
    update: Annotated[
        bool, typer.Option("--update", help="FOLDER: bring the rollout of its name (or --rollout) up to date.")
    ] = False,
    into: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Spreadsheet: into this rollout folder instead of the database."),
    ] = None,
    sheet: Annotated[str | None, typer.Option(metavar="NAME", help="Spreadsheet: the sheet with the shops.")] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="HEADING=COLUMN",
            help="Spreadsheet: what a heading means, such as 'Umsatz/Woche=weekly_revenue'. Repeatable; remembered.",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    yes: YesOption = False,
    why: WhyOption = "",
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Take in a rollout folder as a new rollout, or with --update as changes to one that is there.

    A spreadsheet of shops takes the place of the shops of the rollout in the database, or of a folder (--into): German
    or English headings, dates and numbers. What changes is shown before it is done. All or nothing: on any mistake
    nothing is changed.

    Exit codes: 0 done; 2 wrong input or usage.
    """
    from planner.cli.store_import import ImportRequest, import_anything  # noqa: PLC0415 - see above

    request = ImportRequest(
        path=path,
        update=update,
        into=into,
        sheet=sheet,
        maps=tuple(maps or ()),
        dry_run=dry_run,
        yes=yes,
        why=why,
        as_json=as_json,
    )
    raise typer.Exit(import_anything(choice_of(context, db, rollout), request))


def export_folder_command(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to write.")],
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a rollout that the folder has.")] = False,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Write a rollout of the database as a folder; taken in again, it is the same rollout."""
    from planner.cli.store_import import export_folder  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    choice = choice_of(context, db, rollout)
    raise typer.Exit(
        on_backlog(choice, lambda backlog: export_folder(backlog, folder, overwrite=overwrite, as_json=as_json))
    )


@rollouts_app.command("settings", short_help="Replace the rollout.toml of a rollout.")
def settings_command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The new rollout.toml.")],
    *,
    begun: Annotated[
        bool, typer.Option("--begun", help="Fixed shops whose start is before the new today are in progress.")
    ] = False,
    why: WhyOption = "",
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Replace the rollout.toml of a rollout: to move today on, or to change a rule or a price.

    `planner export folder` writes the one there is. All shops and crews are checked against the new one.
    """
    from planner.cli.store_import import replace_settings  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    choice = choice_of(context, db, rollout)
    raise typer.Exit(
        on_backlog(choice, lambda backlog: replace_settings(backlog, file, why, begun=begun, as_json=as_json))
    )


@rollouts_app.command("list", short_help="List the rollouts in the database.")
def list_command(context: typer.Context, *, as_json: JsonOption = False, db: DbOption = None) -> None:
    """List the rollouts in the database."""
    from planner.cli.store_import import list_rollouts  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_store  # noqa: PLC0415 - see above

    choice = choice_of(context, db, None)
    raise typer.Exit(on_store(choice, lambda store, _: list_rollouts(store, as_json=as_json)))
