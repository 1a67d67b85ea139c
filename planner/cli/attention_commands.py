"""`planner attention` and `planner agenda` as typer sees them."""

from datetime import datetime
from typing import Annotated

import typer

from planner.cli.store_options import DbOption, JsonOption, RolloutOption, choice_of
from planner.wording.translation import gettext

DAY = ["%Y-%m-%d"]
PlanNumber = Annotated[
    int | None,
    typer.Option("--plan", metavar="NUMBER", help=gettext("The plan's number."), show_default=gettext("the newest")),
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands to the command line."""
    app.command(
        "attention",
        short_help=gettext("List what needs attention in a rollout in the store."),
        help=gettext(
            "List what needs attention, the most pressing first.\n\n"
            "Fixed dates that clash, rules that a plan no longer keeps, milestones it misses, shops without a"
            " date, permits that are missing or come late, shops that finish late, partners near their target,"
            " and a plan that is older than the rollout or departs from what partners were told.\n\n"
            "Exit codes: 0 listed, whatever there is; 2 wrong usage, or no such rollout or plan."
        ),
    )(attention_command)
    app.command(
        "agenda",
        short_help=gettext("List starts, closures, reopenings and holidays day by day."),
        help=gettext(
            "List the days on which something happens: shops start, close, reopen, or there is a holiday or a"
            " blackout.\n\n"
            "Exit codes: 0 listed; 2 wrong usage, or no such rollout or plan."
        ),
    )(agenda_command)


def attention_command(
    context: typer.Context,
    *,
    plan: PlanNumber = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """List what needs attention, the most pressing first."""
    from planner.cli.attention import list_attention  # noqa: PLC0415 - loaded when the command runs
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - loaded when the command runs

    choice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: list_attention(backlog, plan, as_json=as_json)))


def agenda_command(
    context: typer.Context,
    *,
    first: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            formats=DAY,
            metavar="DAY",
            help=gettext("The first day."),
            show_default=gettext("the planning date"),
        ),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=1000, metavar="N", help=gettext("So many days."))] = 28,
    state: Annotated[str, typer.Option(metavar="STATE", help=gettext("Only shops of this state, such as BY."))] = "",
    region: Annotated[str, typer.Option(metavar="NAME", help=gettext("Only shops of this region."))] = "",
    plan: PlanNumber = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """List the days on which something happens: shops start, close, reopen, or there is a holiday or a blackout."""
    from planner.cli.attention import AgendaRequest, list_agenda  # noqa: PLC0415 - loaded when the command runs
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - loaded when the command runs

    request = AgendaRequest(first and first.date(), days, state, region, plan, as_json)
    raise typer.Exit(on_backlog(choice_of(context, db, rollout), lambda backlog: list_agenda(backlog, request)))
