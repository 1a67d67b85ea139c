"""The commands for spreadsheets: their options, and what `--help` says of them.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from planner.cli.export_app import export_app
from planner.cli.store_options import DbOption, RolloutOption, StoreChoice, choice_of
from planner.wording.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.cli.endings import ExitCode
    from planner.cli.export_spreadsheet import Reader

FolderArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FOLDER]", help=gettext("The rollout folder; the database if not given."), show_default=False
    ),
]
PlanOption = Annotated[
    str | None,
    typer.Option(
        metavar="PLAN.json|NUMBER",
        help=gettext("Add the dates, crews and costs of this plan to the shops: a file, or without FOLDER its number."),
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help=gettext("Write the result as JSON to standard output."))]


def add_to(app: typer.Typer) -> None:  # noqa: ARG001 - all commands are in the group of exports
    """Adds the commands for spreadsheets to the command line."""
    export_app.command(
        "xlsx",
        short_help=gettext("Write the shops as an Excel workbook."),
        help=gettext(
            "Write the shops as a workbook: dates and numbers typed, a filter on each column, no formulas.\n\n"
            "They are those in FOLDER, or without one in the database.\n\n"
            "`planner import` reads the file back, also after it was edited; the columns of a plan are then"
            " left out.\n\n"
            "Exit codes: 0 written; 1 the plan fails its check; 2 wrong input or usage; 3 the plan has no dates."
        ),
    )(export_xlsx_command)
    export_app.command(
        "csv",
        short_help=gettext("Write the shops as CSV."),
        help=gettext(
            "Write the shops as CSV for spreadsheets (UTF-8 with a BOM): those in FOLDER, or without one in the"
            " database.\n\n"
            "Text that a spreadsheet would run as a formula begins with an apostrophe, which `planner import`"
            " takes away again.\n\n"
            "Exit codes: 0 written; 1 the plan fails its check; 2 wrong input or usage; 3 the plan has no dates."
        ),
    )(export_csv_command)


def export_xlsx_command(
    context: typer.Context,
    folder: FolderArgument = None,
    *,
    plan: PlanOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=gettext("The file to write."),
            show_default=gettext("FOLDER/out/shops.xlsx, or shops.xlsx"),
        ),
    ] = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Write the shops as a workbook: dates and numbers typed, a filter on each column, no formulas."""
    from planner.cli.export_spreadsheet import SpreadsheetExport, export_xlsx  # noqa: PLC0415 - see above

    target = out or _place(folder) / "shops.xlsx"
    _export(
        folder,
        plan,
        choice_of(context, db, rollout),
        lambda read: export_xlsx(SpreadsheetExport(read=read, out=target, as_json=as_json)),
    )


def export_csv_command(
    context: typer.Context,
    folder: FolderArgument = None,
    *,
    plan: PlanOption = None,
    german: Annotated[
        bool,
        typer.Option("--german", help=gettext("Semicolons, decimal commas and 31.12.2021, as German Excel opens it.")),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=gettext("The file to write."),
            show_default=gettext("FOLDER/out/shops.csv, or shops.csv"),
        ),
    ] = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Write the shops as CSV for spreadsheets (UTF-8 with a BOM): those in FOLDER, or without one in the database."""
    from planner.cli.export_spreadsheet import SpreadsheetExport, export_csv_file  # noqa: PLC0415 - see above

    target = out or _place(folder) / "shops.csv"
    _export(
        folder,
        plan,
        choice_of(context, db, rollout),
        lambda read: export_csv_file(SpreadsheetExport(read=read, out=target, as_json=as_json), german=german),
    )


def _place(folder: Path | None) -> Path:
    return Path() if folder is None else folder / "out"


def _export(
    folder: Path | None, plan: str | None, store: StoreChoice, write: "Callable[[Reader], ExitCode]"
) -> NoReturn:
    """Writes the shops of a folder, or without one of the database, and ends the command."""
    from planner.cli.export_spreadsheet import from_database, from_folder  # noqa: PLC0415 - see above

    if folder is not None:
        from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - see above

        read = from_folder(folder, Path(plan) if plan else None)
        raise typer.Exit(run_to_its_end(lambda: write(read)))
    if plan is not None and not plan.isdecimal():
        raise typer.BadParameter(
            gettext("--plan must be the number of a plan in the database where no FOLDER is given")
        )
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    number = int(plan) if plan else None
    raise typer.Exit(on_backlog(store, lambda backlog: write(from_database(backlog, number))))
