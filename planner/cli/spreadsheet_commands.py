"""The commands for spreadsheets: their options, and what `--help` says of them.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.export_app import export_app

FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="The rollout folder.")]
PlanOption = Annotated[
    Path | None, typer.Option(metavar="PLAN.json", help="Add the dates, crews and costs of this plan to the shops.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Write the result as JSON to standard output.")]


def add_to(app: typer.Typer) -> None:  # noqa: ARG001 - all commands are in the group of exports
    """Adds the commands for spreadsheets to the command line."""
    export_app.command("xlsx", short_help="Write the shops as an Excel workbook.")(export_xlsx_command)
    export_app.command("csv", short_help="Write the shops as CSV.")(export_csv_command)


def export_xlsx_command(
    folder: FolderArgument,
    *,
    plan: PlanOption = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The file to write.", show_default="FOLDER/out/shops.xlsx")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write the shops in FOLDER as a workbook: dates and numbers typed, a filter on each column, no formulas.

    `planner import` reads the file back, also after it was edited; the columns of a plan are then left out.

    Exit codes: 0 written; 1 the plan fails its check; 2 wrong input or usage; 3 the plan has no dates.
    """
    from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - see above
    from planner.cli.export_spreadsheet import SpreadsheetExport, export_xlsx  # noqa: PLC0415 - see above

    request = SpreadsheetExport(folder=folder, plan=plan, out=out or folder / "out" / "shops.xlsx", as_json=as_json)
    raise typer.Exit(run_to_its_end(lambda: export_xlsx(request)))


def export_csv_command(
    folder: FolderArgument,
    *,
    plan: PlanOption = None,
    german: Annotated[
        bool,
        typer.Option("--german", help="Semicolons, decimal commas and 31.12.2021, as German Excel opens it."),
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The file to write.", show_default="FOLDER/out/shops.csv")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write the shops in FOLDER as CSV for spreadsheets (UTF-8 with a BOM).

    Text that a spreadsheet would run as a formula begins with an apostrophe, which `planner import` takes away again.

    Exit codes: 0 written; 1 the plan fails its check; 2 wrong input or usage; 3 the plan has no dates.
    """
    from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - see above
    from planner.cli.export_spreadsheet import SpreadsheetExport, export_csv_file  # noqa: PLC0415 - see above

    request = SpreadsheetExport(folder=folder, plan=plan, out=out or folder / "out" / "shops.csv", as_json=as_json)
    raise typer.Exit(run_to_its_end(lambda: export_csv_file(request, german=german)))
