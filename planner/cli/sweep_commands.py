"""`planner sweep` as typer sees it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import check_gap, check_seed, check_time_limit, check_workers, default_workers
from planner.wording.translation import gettext


class TableFormat(StrEnum):
    """The form of the table of results."""

    CSV = "csv"
    PARQUET = "parquet"


def add_to(app: typer.Typer) -> None:
    """Adds the command to the `planner` command."""
    app.command(
        short_help=gettext("Plan a rollout for every combination of some values."),
        help=gettext(
            "Plan the rollout in FOLDER for every combination of the values that are varied.\n\n"
            'Paths are those of scenarios: costs.footfall, milestone."Year end".target, crews.South.builder'
            " (the units of all builder crews whose first region is South), crews.B-S1.units. Each point begins"
            " from the plan of a neighbour.\n\n"
            "Finished points are kept as they come: a sweep that was ended goes on when the same command is"
            " given again. The results are a table, sweep.html, and each point's plan.\n\n"
            "Exit codes: 0 all points are planned; 1 a plan failed its own check; 2 wrong input or usage, or no"
            " cluster; 4 some points have no plan; 130 interrupted."
        ),
    )(sweep)


def sweep(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=gettext("The rollout folder."))],
    *,
    vary: Annotated[
        list[str],
        typer.Option(
            metavar="PATH=VALUES",
            help=gettext(
                "What to vary, and the values to give it: 2..6, 80..110:5, 2021-11-12..2021-11-26:7 or a list such"
                " as 0.7,0.8,0.9. May be given again; all combinations are planned."
            ),
        ),
    ],
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE", help=gettext("Apply a scenario first. May be given again: in order."), show_default=False
        ),
    ] = None,
    price: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH=EUR",
            help=gettext(
                "What each unit of a varied value costs, which plans do not know of, such as the wages of one more"
                " crew. Counts in the search for the cheapest way. May be given again."
            ),
            show_default=False,
        ),
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option(
            metavar="SECONDS", help=gettext("Search at most this long for each point."), callback=check_time_limit
        ),
    ] = 20.0,
    gap: Annotated[
        float,
        typer.Option(
            metavar="FRACTION", help=gettext("Stop once a plan is proved this close to the best."), callback=check_gap
        ),
    ] = 0.001,
    workers: Annotated[
        int | None,
        typer.Option(metavar="N", help=gettext("Threads for each search."), show_default="1", callback=check_workers),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help=gettext("Searches to run at once on this machine."),
            show_default=gettext("as many as there are processors for"),
            callback=check_workers,
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help=gettext("Run on the Dask cluster at this address, such as tcp://10.0.0.1:8786.")
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(metavar="N", help=gettext("Where random choices begin."), callback=check_seed)
    ] = 1,
    allow_conflicts: Annotated[
        bool,
        typer.Option("--allow-conflicts", help=gettext("Plan the other shops even where fixed dates break a rule.")),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=gettext("Where finished points are kept and results go."),
            show_default="FOLDER/out/sweep",
        ),
    ] = None,
    table: Annotated[TableFormat, typer.Option(help=gettext("The form of the table of results."))] = TableFormat.CSV,
    restart: Annotated[
        bool,
        typer.Option("--restart", help=gettext("Forget the points that are kept from another sweep, and begin anew.")),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=gettext("Write the results as JSON to standard output."))
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help=gettext("Show neither progress nor warnings."))] = False,
) -> None:
    """Plan the rollout in FOLDER for every combination of the values that are varied."""
    from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - loaded when the command runs
    from planner.cli.sweep import run_sweep  # noqa: PLC0415 - as above
    from planner.cli.sweep_options import SweepRequest  # noqa: PLC0415 - as above
    from planner.scheduling.limits import Limits  # noqa: PLC0415 - as above

    threads = workers or 1
    request = SweepRequest(
        folder=folder,
        vary=tuple(vary),
        prices=tuple(price or ()),
        scenarios=tuple(scenario or ()),
        limits=Limits(seconds=time_limit, gap=gap, workers=threads, seed=seed, allow_conflicts=allow_conflicts),
        jobs=jobs or max(1, default_workers() // threads),
        out=out or folder / "out" / "sweep",
        cluster=cluster,
        as_parquet=table is TableFormat.PARQUET,
        restart=restart,
        as_json=as_json,
        quiet=quiet,
    )
    raise typer.Exit(run_to_its_end(lambda: run_sweep(request)))
