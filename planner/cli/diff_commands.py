"""`planner diff` as typer sees it."""

from pathlib import Path
from typing import Annotated

import typer

from planner.wording.translation import gettext

EveryShopOption = Annotated[bool, typer.Option("--all", help=gettext("Show every shop, however many there are."))]
JsonOption = Annotated[bool, typer.Option("--json", help=gettext("Write JSON to standard output."))]
RowsOption = Annotated[
    bool, typer.Option("--csv", help=gettext("Write a row for each shop as CSV to standard output."))
]
TabsOption = Annotated[
    bool, typer.Option("--tsv", help=gettext("The same, separated by tabs: pastes into a spreadsheet's cells."))
]


def add_to(app: typer.Typer) -> None:
    """Adds the command to the `planner` command."""
    app.command(
        short_help=gettext("Show what differs between two plans, and why."),
        help=gettext(
            "Show what differs between two plans: dates, crews, what is new or gone, milestones and money.\n\n"
            "With --folder it says why: each shop is put back on its old date, all others as in the later plan,"
            " and the rule that this breaks is named, or what it would cost more.\n\n"
            "Exit codes: 0 compared, whatever differs; 2 wrong input or usage."
        ),
    )(diff)


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD.json", help=gettext("The earlier plan."))],
    new: Annotated[Path, typer.Argument(metavar="NEW.json", help=gettext("The later plan."))],
    *,
    folder: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help=gettext("The rollout folder the later plan is of: says why each date moved."),
            show_default=False,
        ),
    ] = None,
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario",
            metavar="FILE",
            help=gettext(
                "A scenario that the later plan was made with: a file, or the name of one in FOLDER/scenarios."
            ),
            show_default=False,
        ),
    ] = None,
    everything: EveryShopOption = False,
    as_json: JsonOption = False,
    as_csv: RowsOption = False,
    as_tsv: TabsOption = False,
) -> None:
    """Show what differs between two plans: dates, crews, what is new or gone, milestones and money."""
    from planner.cli.diff import DiffForm, DiffRequest, show_diff  # noqa: PLC0415 - loaded when the command runs
    from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - as above

    if as_json + as_csv + as_tsv > 1:
        raise typer.BadParameter(gettext("give one of --json, --csv and --tsv"))
    if scenario and folder is None:
        raise typer.BadParameter(gettext("--scenario goes with --folder"))
    request = DiffRequest(
        old=old,
        new=new,
        folder=folder,
        scenarios=tuple(scenario or ()),
        form=DiffForm(everything=everything, as_json=as_json, as_csv=as_csv, as_tsv=as_tsv),
    )
    raise typer.Exit(run_to_its_end(lambda: show_diff(request)))
