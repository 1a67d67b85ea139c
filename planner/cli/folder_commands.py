"""The commands that take rollouts in and write them out: their options, and what `--help` says of them.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.export_app import export_app
from planner.cli.import_app import BY_PATH, import_app
from planner.cli.store_options import DbOption, JsonOption, RolloutOption, WhyOption, YesOption, choice_of
from planner.wording.translation import gettext

rollouts_app = typer.Typer(
    name="rollouts", help=gettext("The rollouts in the database."), no_args_is_help=True, rich_markup_mode=None
)


def add_to(app: typer.Typer) -> None:
    """Adds the commands for rollouts to the command line."""
    import_app.command(
        BY_PATH,
        short_help=gettext("A rollout folder or a spreadsheet; the name may be left out."),
        help=gettext(
            "Take in a rollout folder as a new rollout, or with --update as changes to one that is there.\n\n"
            "A spreadsheet of shops takes the place of the shops of the rollout in the database, or of a folder"
            " (--into): German or English headings, dates and numbers. What changes is shown before it is done."
            " All or nothing: on any mistake nothing is changed. Where there is no rollout yet, or with --new, the"
            " spreadsheet becomes a rollout of its own, with simple rules to begin with.\n\n"
            "Exit codes: 0 done; 2 wrong input or usage."
        ),
    )(import_path)
    export_app.command(
        "folder",
        short_help=gettext("Write a rollout of the database as a folder."),
        help=gettext("Write a rollout of the database as a folder; taken in again, it is the same rollout."),
    )(export_folder_command)
    app.add_typer(rollouts_app)


def import_path(
    context: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH", help=gettext("A rollout folder, or a spreadsheet of shops (.xlsx, .ods, .csv …).")
        ),
    ],
    *,
    update: Annotated[
        bool, typer.Option("--update", help=gettext("FOLDER: bring the rollout of its name (or --rollout) up to date."))
    ] = False,
    into: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help=gettext("Spreadsheet: into this rollout folder instead of the database.")),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(metavar="NAME", help=gettext("Spreadsheet: the sheet with the shops."))
    ] = None,
    new: Annotated[
        str | None, typer.Option(metavar="NAME", help=gettext("Spreadsheet: as a new rollout of this name."))
    ] = None,
    today: Annotated[
        str | None,
        typer.Option(metavar="DAY", help=gettext("New rollout: the planning date."), show_default=gettext("today")),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help=gettext("New rollout: nothing is planned past it."),
            show_default=gettext("the end of next year"),
        ),
    ] = None,
    days: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=1000,
            help=gettext("New rollout: working days that a remodel takes and closes its shop."),
            show_default="10",
        ),
    ] = None,
    crews: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=100_000,
            help=gettext("New rollout: how many crews there are, each for one remodel at a time."),
            show_default=gettext("2, or more where fixed dates need them"),
        ),
    ] = None,
    target: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=1_000_000,
            metavar="SHOPS",
            help=gettext("New rollout: a milestone, so many shops done by --last."),
        ),
    ] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="HEADING=COLUMN",
            help=gettext(
                "Spreadsheet: what a heading means, such as 'Umsatz/Woche=weekly_revenue'. Repeatable; remembered."
            ),
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=gettext("Show what would change, and change nothing."))
    ] = False,
    yes: YesOption = False,
    why: WhyOption = "",
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Take in a rollout folder as a new rollout, or with --update as changes to one that is there."""
    from planner.cli.sheet_rollout import NewRollout  # noqa: PLC0415 - see above
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
        new=NewRollout(name=new, today=today, last=last, days=days, crews=crews, target=target),
    )
    raise typer.Exit(import_anything(choice_of(context, db, rollout), request))


def export_folder_command(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=gettext("The folder to write."))],
    *,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=gettext("Replace a rollout that the folder has."))
    ] = False,
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


@rollouts_app.command(
    "settings",
    short_help=gettext("Replace the rollout.toml of a rollout."),
    help=gettext(
        "Replace the rollout.toml of a rollout: to move today on, or to change a rule or a price.\n\n"
        "`planner export folder` writes the one there is. All shops and crews are checked against the new"
        " one."
    ),
)
def settings_command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=gettext("The new rollout.toml."))],
    *,
    begun: Annotated[
        bool, typer.Option("--begun", help=gettext("Fixed shops whose start is before the new today are in progress."))
    ] = False,
    why: WhyOption = "",
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Replace the rollout.toml of a rollout: to move today on, or to change a rule or a price."""
    from planner.cli.store_import import replace_settings  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    choice = choice_of(context, db, rollout)
    raise typer.Exit(
        on_backlog(choice, lambda backlog: replace_settings(backlog, file, why, begun=begun, as_json=as_json))
    )


@rollouts_app.command(
    "list", short_help=gettext("List the rollouts in the database."), help=gettext("List the rollouts in the database.")
)
def list_command(context: typer.Context, *, as_json: JsonOption = False, db: DbOption = None) -> None:
    """List the rollouts in the database."""
    from planner.cli.store_import import list_rollouts  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_store  # noqa: PLC0415 - see above

    choice = choice_of(context, db, None)
    raise typer.Exit(on_store(choice, lambda store, _: list_rollouts(store, as_json=as_json)))
