"""The commands for plans in the database: their options, and what `--help` says of them.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.diff_commands import EveryShopOption, RowsOption, TabsOption
from planner.cli.options import GapOption, TimeLimitOption, WorkersOption, check_seed, default_workers
from planner.cli.store_options import DbOption, JsonOption, RolloutOption, WhyOption, WideOption, YesOption, choice_of
from planner.wording.translation import gettext

plans_app = typer.Typer(
    name="plans", help=gettext("The plans of a rollout in the database."), no_args_is_help=True, rich_markup_mode=None
)
MOST_COMPARED = 4
NumberArgument = Annotated[
    int, typer.Argument(metavar="PLAN", help=gettext("The plan's number, as the list shows it."))
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands for plans to the command line."""
    app.command(
        "plan",
        short_help=gettext("Plan a rollout in the database; the plan is kept as a draft."),
        help=gettext(
            "Plan the rollout in the database as it is now, and keep the plan as a draft.\n\n"
            "Others can go on working meanwhile; the list of plans says how many changes came since. The search"
            " begins from the newest plan that is kept. Ctrl-C ends it and keeps the best plan so far. A plan"
            " made under a scenario says so, and can be published only if it fits the rollout without it.\n\n"
            "Exit codes: 0 a plan was kept; 1 the plan failed its own check; 2 wrong input or usage; 3 fixed"
            " dates conflict; 4 no plan within the time limit; 130 interrupted."
        ),
    )(plan_command)
    app.add_typer(plans_app)


def plan_command(
    context: typer.Context,
    *,
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario",
            metavar="NAME",
            help=gettext(
                "Apply a scenario of the database first (see `planner scenario`). May be given again: in order."
            ),
            show_default=False,
        ),
    ] = None,
    note: Annotated[
        str, typer.Option(metavar="TEXT", help=gettext("What the plan is for, to know it by in lists."))
    ] = "",
    time_limit: TimeLimitOption = 60.0,
    gap: GapOption = 0.001,
    workers: WorkersOption = None,
    seed: Annotated[
        int, typer.Option(metavar="N", help=gettext("Where the search's random choices begin."), callback=check_seed)
    ] = 1,
    allow_conflicts: Annotated[
        bool,
        typer.Option("--allow-conflicts", help=gettext("Plan the other shops even where fixed dates break a rule.")),
    ] = False,
    deterministic: Annotated[
        bool,
        typer.Option(
            "--deterministic", help=gettext("Count the time limit in units of work; earlier plans play no part.")
        ),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help=gettext("Show no progress."))] = False,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Plan the rollout in the database as it is now, and keep the plan as a draft."""
    from planner.cli.store_plans import PlanRequest, make_plan  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above
    from planner.scheduling.limits import Limits  # noqa: PLC0415 - see above

    limits = Limits(
        seconds=time_limit,
        gap=gap,
        workers=workers or default_workers(),
        seed=seed,
        deterministic=deterministic,
        allow_conflicts=allow_conflicts,
    )
    request = PlanRequest(limits=limits, scenarios=tuple(scenario or ()), note=note, quiet=quiet, as_json=as_json)
    raise typer.Exit(on_backlog(choice_of(context, db, rollout), lambda backlog: make_plan(backlog, request)))


@plans_app.command("list", short_help=gettext("List the plans."), help=gettext("List the plans, the newest first."))
def list_command(
    context: typer.Context,
    *,
    everything: Annotated[bool, typer.Option("--all", help=gettext("Dropped ones too."))] = False,
    wide: WideOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """List the plans, the newest first."""
    from planner.cli.store_plans import list_plans  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    choice = choice_of(context, db, rollout)
    raise typer.Exit(
        on_backlog(choice, lambda backlog: list_plans(backlog, everything=everything, wide=wide, as_json=as_json))
    )


@plans_app.command(
    "show",
    short_help=gettext("Show a plan, or write its plan.json."),
    help=gettext("Show a plan's summary, or write its plan.json to a file."),
)
def show_command(
    context: typer.Context,
    plan: NumberArgument,
    *,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=gettext("Write the plan.json to this file."))] = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Show a plan's summary, or write its plan.json to a file."""
    from planner.cli.store_plans import show_plan  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    choice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: show_plan(backlog, plan, out, as_json=as_json)))


@plans_app.command(
    "diff",
    short_help=gettext("Show what differs between two plans."),
    help=gettext(
        "Show what differs between two plans, and why: as `planner diff` does for files.\n\n"
        "One plan alone is compared with the baseline. Reasons are given where the later plan fits the"
        " rollout as it is now."
    ),
)
def diff_command(
    context: typer.Context,
    before: Annotated[
        int | None,
        typer.Argument(metavar="[BEFORE]", help=gettext("The earlier plan."), show_default=gettext("the baseline")),
    ] = None,
    after: Annotated[
        int | None,
        typer.Argument(metavar="[AFTER]", help=gettext("The later plan."), show_default=gettext("the newest draft")),
    ] = None,
    *,
    everything: EveryShopOption = False,
    as_json: JsonOption = False,
    as_csv: RowsOption = False,
    as_tsv: TabsOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Show what differs between two plans, and why: as `planner diff` does for files."""
    from planner.cli.diff import DiffForm  # noqa: PLC0415 - see above
    from planner.cli.store_diff import show_difference  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    if as_json + as_csv + as_tsv > 1:
        raise typer.BadParameter(gettext("give one of --json, --csv and --tsv"))
    form = DiffForm(everything=everything, as_json=as_json, as_csv=as_csv, as_tsv=as_tsv)
    choice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: show_difference(backlog, before, after, form)))


@plans_app.command(
    "compare",
    short_help=gettext("Show two to four plans side by side."),
    help=gettext(
        "Show plans that are kept side by side, as `planner compare` does for scenarios that it plans.\n\n"
        "A difference to the first plan that could be due to the plans not being the best possible is"
        " marked with ≈."
    ),
)
def compare_command(
    context: typer.Context,
    plans: Annotated[
        list[int], typer.Argument(metavar="PLAN...", help=gettext("The numbers of plans; the first is the base."))
    ],
    *,
    as_json: JsonOption = False,
    as_csv: RowsOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Show plans that are kept side by side, as `planner compare` does for scenarios that it plans."""
    from planner.cli.store_compare import compare_plans  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    numbers = list(dict.fromkeys(plans))
    if not 2 <= len(numbers) <= MOST_COMPARED:
        raise typer.BadParameter(gettext("name two to {most_compared} plans").format(most_compared=MOST_COMPARED))
    if as_json and as_csv:
        raise typer.BadParameter(gettext("give --json or --csv, not both"))
    choice = choice_of(context, db, rollout)
    raise typer.Exit(
        on_backlog(choice, lambda backlog: compare_plans(backlog, numbers, as_json=as_json, as_csv=as_csv))
    )


@plans_app.command(
    "note",
    short_help=gettext("Note what a plan is for."),
    help=gettext("Note what a plan is for, to know it by in lists; undo brings the note before back."),
)
def note_command(
    context: typer.Context,
    plan: NumberArgument,
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help=gettext("The note, in the place of the one before; may be empty."))
    ],
    *,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Note what a plan is for, to know it by in lists; undo brings the note before back."""
    from planner.cli.store_plans import annotate  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    choice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: annotate(backlog, plan, text, as_json=as_json)))


@plans_app.command(
    "publish",
    short_help=gettext("Make a draft the baseline."),
    help=gettext(
        "Make a draft the baseline: each shop's published start becomes the plan's. It is then never"
        " changed or dropped.\n\n"
        "Exit codes: 0 published; 1 the plan no longer fits the rollout; 2 wrong input or usage."
    ),
)
def publish_command(
    context: typer.Context,
    plan: NumberArgument,
    *,
    why: WhyOption = "",
    yes: YesOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Make a draft the baseline: each shop's published start becomes the plan's."""
    from planner.cli.store_plans import publish  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    choice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: publish(backlog, plan, why, yes=yes, as_json=as_json)))


@plans_app.command("drop", short_help=gettext("Drop drafts."), help=gettext("Drop drafts; undo brings them back."))
def drop_command(
    context: typer.Context,
    plans: Annotated[list[int], typer.Argument(metavar="PLAN...", help=gettext("The numbers of drafts."))],
    *,
    why: WhyOption = "",
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Drop drafts; undo brings them back."""
    from planner.cli.store_plans import drop  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    choice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: drop(backlog, plans, why, as_json=as_json)))
