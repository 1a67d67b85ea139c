"""`planner explain` and `planner slots` as typer sees them.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import check_time_limit
from planner.wording.translation import gettext

MOST_SLOTS = 1000

FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help=gettext("The rollout folder."))]
PlanArgument = Annotated[
    Path, typer.Argument(metavar="PLAN.json", help=gettext("The plan, as `planner run` wrote it."))
]
ScenarioOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE",
        help=gettext(
            "A scenario the plan was made with: a file, or the name of one in FOLDER/scenarios. May be given again."
        ),
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help=gettext("Write JSON to standard output instead of text."))]


def check_most(most: int) -> int:
    """Returns `most` where so many lines make sense."""
    if not 1 <= most <= MOST_SLOTS:
        raise typer.BadParameter(
            gettext("{most} is not a number of days from 1 to {most_slots}").format(most=most, most_slots=MOST_SLOTS)
        )
    return most


def add_to(app: typer.Typer) -> None:
    """Adds the commands to the `planner` command."""
    app.command(
        short_help=gettext("Say why a shop stands where it does, or what a plan lacks and why."),
        help=gettext(
            "Say why a shop stands where it does, or without SHOP, what the plan lacks and why.\n\n"
            "Of a shop: its days, crews and money, what binds it, and what being closed a week earlier or later"
            " would cost or displace; where the first phase can move without the closure, the same of the"
            " start. Without SHOP: why shops have no date, why milestones are missed, and which given dates"
            " clash.\n\n"
            "What is named as binding has been lifted to see what follows, with all other shops standing.\n\n"
            "Exit codes: 0 explained; 1 the plan fails its check; 2 wrong input or usage; 3 the plan has no"
            " dates."
        ),
    )(explain)
    app.command(
        short_help=gettext("List the best closures for one shop, all others standing."),
        help=gettext(
            "List the best closures for one shop, with everything else standing: days, start, crews, and money"
            " against now.\n\n"
            "A line is a first closed day, with the best start for it: the first day of the first phase, often"
            " a survey that leaves the shop open. A format that closes nothing has a line for each start."
            " --from and --to are about the start, --closed-from and --closed-to about the closure.\n\n"
            "Where no day is free, it says which would be if one thing gave way. A shop that was entered after"
            " the plan was made can be asked about too.\n\n"
            "Exit codes: 0 answered; 1 the plan fails its check; 2 wrong input or usage; 3 the plan has no dates."
        ),
    )(slots)


def _days(
    first: datetime | None, last: datetime | None, first_option: str, last_option: str
) -> tuple[date | None, date | None]:
    """The days of two options; a usage error where they are the wrong way round."""
    if first and last and last < first:
        raise typer.BadParameter(
            gettext("{last_option} {last:%Y-%m-%d} is before {first_option} {first:%Y-%m-%d}").format(
                last_option=last_option, last=last, first_option=first_option, first=first
            )
        )
    return first and first.date(), last and last.date()


def explain(
    folder: FolderArgument,
    plan: PlanArgument,
    shop: Annotated[
        str | None,
        typer.Argument(
            metavar="[SHOP]", help=gettext("The id of a shop."), show_default=gettext("what the plan lacks")
        ),
    ] = None,
    *,
    scenario: ScenarioOption = None,
    time_limit: Annotated[
        float,
        typer.Option(
            metavar="SECONDS",
            help=gettext("Without SHOP: plan again for this long each time, to find what misses a milestone."),
            callback=check_time_limit,
        ),
    ] = 5.0,
    as_json: JsonOption = False,
) -> None:
    """Say why a shop stands where it does, or without SHOP, what the plan lacks and why."""
    from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - see above
    from planner.cli.explain import ExplainRequest, explain_plan  # noqa: PLC0415 - see above

    request = ExplainRequest(
        folder=folder, plan=plan, shop=shop, scenarios=tuple(scenario or ()), seconds=time_limit, as_json=as_json
    )
    raise typer.Exit(run_to_its_end(lambda: explain_plan(request)))


def slots(
    folder: FolderArgument,
    plan: PlanArgument,
    shop: Annotated[str, typer.Argument(metavar="SHOP", help=gettext("The id of a shop, with a date or without."))],
    *,
    first: Annotated[
        datetime | None,
        typer.Option(
            "--from", metavar="DATE", formats=["%Y-%m-%d"], help=gettext("No remodel that begins before this day.")
        ),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option(
            "--to", metavar="DATE", formats=["%Y-%m-%d"], help=gettext("No remodel that begins after this day.")
        ),
    ] = None,
    closed_first: Annotated[
        datetime | None,
        typer.Option(
            "--closed-from", metavar="DATE", formats=["%Y-%m-%d"], help=gettext("Not closed before this day.")
        ),
    ] = None,
    closed_last: Annotated[
        datetime | None,
        typer.Option("--closed-to", metavar="DATE", formats=["%Y-%m-%d"], help=gettext("Not closed after this day.")),
    ] = None,
    fixed: Annotated[
        bool,
        typer.Option(
            "--fixed",
            help=gettext("Only what fixing the start leads to: all later phases then follow at their least waits."),
        ),
    ] = False,
    most: Annotated[
        int, typer.Option("-n", metavar="N", help=gettext("List so many closures, the best ones."), callback=check_most)
    ] = 10,
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the best closures for one shop, with everything else standing: days, start, crews, and money against now."""
    from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - see above
    from planner.cli.slots import SlotsRequest, show_slots  # noqa: PLC0415 - see above

    request = SlotsRequest(
        folder=folder,
        plan=plan,
        shop=shop,
        scenarios=tuple(scenario or ()),
        start=_days(first, last, "--from", "--to"),
        closed=_days(closed_first, closed_last, "--closed-from", "--closed-to"),
        as_fixed=fixed,
        most=most,
        as_json=as_json,
    )
    raise typer.Exit(run_to_its_end(lambda: show_slots(request)))
