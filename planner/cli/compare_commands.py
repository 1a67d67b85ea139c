"""`planner compare` as typer sees it."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import WorkersOption, check_gap, check_seed, check_time_limit, default_workers
from planner.cli.scenario_commands import on_shelf
from planner.cli.store_options import DbOption, RolloutOption
from planner.wording.translation import gettext


def add_to(app: typer.Typer) -> None:
    """Adds the command to the `planner` command."""
    app.command(
        short_help=gettext("Plan a rollout and scenarios of it, side by side."),
        help=gettext(
            "Plan the rollout in FOLDER, or in the database, as it is and with each scenario; show the plans"
            " side by side.\n\n"
            "Milestones, money by kind, gap, first and last dates, the busiest week of each trade, moved dates."
            " A difference that could be due to the plans not being the best possible is marked with ≈: it says"
            " nothing about the scenario.\n\n"
            "Exit codes: 0 compared; 1 a plan failed its own check; 2 wrong input or usage; 4 no plan within"
            " the time limit; 130 interrupted, with the plans made before compared."
        ),
    )(compare)


def compare(
    context: typer.Context,
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FOLDER] [SCENARIO ...]",
            help=gettext(
                "With a rollout folder, scenario files or names of some in FOLDER/scenarios; without, names of"
                " scenarios in the database. All that the rollout comes with, if none is named."
            ),
            show_default=False,
        ),
    ] = None,
    *,
    time_limit: Annotated[
        float,
        typer.Option(
            metavar="SECONDS", help=gettext("Stop searching after this long for each plan."), callback=check_time_limit
        ),
    ] = 60.0,
    gap: Annotated[
        float,
        typer.Option(
            metavar="FRACTION", help=gettext("Stop once a plan is proved this close to the best."), callback=check_gap
        ),
    ] = 0.001,
    workers: WorkersOption = None,
    seed: Annotated[
        int, typer.Option(metavar="N", help=gettext("Where random choices begin."), callback=check_seed)
    ] = 1,
    allow_conflicts: Annotated[
        bool,
        typer.Option("--allow-conflicts", help=gettext("Plan the other shops even where fixed dates break a rule.")),
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=gettext("Write the comparison as a page too, with all moved dates.")),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=gettext("Keep the plans here, each as plan.json under its own name.")),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=gettext("Write JSON to standard output instead of a table."))
    ] = False,
    as_csv: Annotated[
        bool,
        typer.Option(
            "--csv", help=gettext("Write CSV to standard output instead: a row for each scenario and figure.")
        ),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help=gettext("Show neither progress nor warnings."))] = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Plan the rollout in FOLDER, or in the database, as it is and with each scenario; show the plans side by side."""
    from planner.cli.compare import CompareRequest, compare_scenarios  # noqa: PLC0415 - loaded when the command runs
    from planner.scheduling.limits import Limits  # noqa: PLC0415 - as above

    if as_json and as_csv:
        raise typer.BadParameter(gettext("give --json or --csv, not both"))
    limits = Limits(
        seconds=time_limit,
        gap=gap,
        workers=workers or default_workers(),
        seed=seed,
        allow_conflicts=allow_conflicts,
    )
    folder, scenarios = _folder_and_scenarios(arguments or [])
    request = CompareRequest(
        scenarios=scenarios,
        limits=limits,
        html=html,
        out=out,
        as_json=as_json,
        as_csv=as_csv,
        quiet=quiet,
    )
    on_shelf(folder, db, rollout, context, lambda shelf: compare_scenarios(shelf, request))


def _folder_and_scenarios(arguments: list[str]) -> tuple[Path | None, tuple[str, ...]]:
    """The first argument is a folder where it is a path; the name of a scenario in the database never is one."""
    first = Path(arguments[0]) if arguments else None
    if first is not None and (first.is_dir() or len(first.parts) > 1 or first.is_absolute()):
        return first, tuple(arguments[1:])
    return None, tuple(arguments)
