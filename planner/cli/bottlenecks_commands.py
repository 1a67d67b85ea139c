"""`planner bottlenecks` as typer sees it."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import WorkersOption, check_seed, check_time_limit, default_workers
from planner.wording.translation import gettext

MOST_CHANGES = 100


def check_most(most: int) -> int:
    """Returns `most` where so many changes can be planned."""
    if not 1 <= most <= MOST_CHANGES:
        raise typer.BadParameter(
            gettext("{most} is not a number of changes from 1 to {most_changes}").format(
                most=most, most_changes=MOST_CHANGES
            )
        )
    return most


def add_to(app: typer.Typer) -> None:
    """Adds the command to the `planner` command."""
    app.command(
        short_help=gettext("Say what holds the rollout back, each answer confirmed by planning."),
        help=gettext(
            "Say what holds the rollout back, each answer confirmed by planning again with more of it.\n\n"
            "Asked about are one more crew of a trade in a region, more kits, a higher limit, a blackout less,"
            " earlier permits. The prices of the relaxation say where to look; then the plan as it is and each"
            " change are planned for the time limit, beginning from PLAN.json, and what differs is shown, the"
            " best change first. Ctrl-C ends it with the changes planned so far.\n\n"
            "Exit codes: 0 answered; 1 the plan fails its check; 2 wrong input or usage; 3 the plan has no"
            " dates; 4 no plan within the time limit; 130 interrupted."
        ),
    )(bottlenecks)


def bottlenecks(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=gettext("The rollout folder."))],
    plan: Annotated[Path, typer.Argument(metavar="PLAN.json", help=gettext("The plan, as `planner run` wrote it."))],
    *,
    most: Annotated[
        int,
        typer.Option(
            "-n", metavar="N", help=gettext("Plan so many changes, the most promising ones."), callback=check_most
        ),
    ] = 8,
    time_limit: Annotated[
        float,
        typer.Option(metavar="SECONDS", help=gettext("Plan this long for each change."), callback=check_time_limit),
    ] = 15.0,
    workers: WorkersOption = None,
    seed: Annotated[
        int, typer.Option(metavar="N", help=gettext("Where random choices begin."), callback=check_seed)
    ] = 1,
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help=gettext(
                "A scenario the plan was made with: a file, or the name of one in FOLDER/scenarios. May be given again."
            ),
            show_default=False,
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help=gettext("Show no progress."))] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=gettext("Write JSON to standard output instead of text."))
    ] = False,
) -> None:
    """Say what holds the rollout back, each answer confirmed by planning again with more of it."""
    from planner.cli.bottlenecks import BottlenecksRequest, show_bottlenecks  # noqa: PLC0415 - loads the solver
    from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - loads what commands print with
    from planner.scheduling.limits import Limits  # noqa: PLC0415 - loads the room of the solver

    limits = Limits(seconds=time_limit, workers=workers or default_workers(), seed=seed, allow_conflicts=True)
    request = BottlenecksRequest(
        folder=folder,
        plan=plan,
        limits=limits,
        most=most,
        scenarios=tuple(scenario or ()),
        quiet=quiet,
        as_json=as_json,
    )
    raise typer.Exit(run_to_its_end(lambda: show_bottlenecks(request)))
