"""The `planner` command: its options, and what `--help` says of them.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.attention_commands import add_to as add_attention_commands
from planner.cli.bottlenecks_commands import add_to as add_bottlenecks_commands
from planner.cli.calendar_commands import add_to as add_calendar_commands
from planner.cli.compare_commands import add_to as add_compare_commands
from planner.cli.crews_commands import add_to as add_crews_commands
from planner.cli.diff_commands import add_to as add_diff_commands
from planner.cli.explain_commands import add_to as add_explain_commands
from planner.cli.export_app import export_app
from planner.cli.folder_commands import add_to as add_folder_commands
from planner.cli.history_commands import add_to as add_history_commands
from planner.cli.import_app import import_app
from planner.cli.lang_option import LangOption
from planner.cli.messages import forgive_unknown_characters
from planner.cli.options import GapOption, TimeLimitOption, check_seed, check_workers, default_workers
from planner.cli.plans_commands import add_to as add_plans_commands
from planner.cli.report_commands import add_to as add_report_commands
from planner.cli.risk_commands import add_to as add_risk_commands
from planner.cli.risk_commands import check_confidence
from planner.cli.scenario_commands import add_to as add_scenario_commands
from planner.cli.screen import SCREEN, Screen
from planner.cli.shops_commands import add_to as add_shops_commands
from planner.cli.spreadsheet_commands import add_to as add_spreadsheet_commands
from planner.cli.store_options import DbOption, RolloutOption, StoreChoice
from planner.cli.sweep_commands import add_to as add_sweep_commands
from planner.cli.typer_words import end_in_our_words, teach_typer
from planner.cli.ui_commands import add_to as add_ui_commands
from planner.cli.ui_commands import open_screen
from planner.wording.translation import gettext

app = typer.Typer(
    name="planner",
    invoke_without_command=True,
    # Plain text: what users type or name their files is never taken for markup in a message.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def main(screen: Screen | None = None) -> None:
    """Runs the command line and exits with the command's code; `screen` is what `planner ui` opens."""
    forgive_unknown_characters()
    teach_typer()
    end_in_our_words(lambda: app(prog_name="planner", obj=screen, standalone_mode=False))


def show_version(wanted: bool) -> None:
    """Writes the installed version and ends, where `--version` was given."""
    if not wanted:
        return
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - only what runs is loaded

    try:
        number = version("remodel-planner")
    except PackageNotFoundError:
        number = gettext("(not installed)")
    typer.echo(f"planner {number}")
    raise typer.Exit


FolderArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER", help=gettext("The rollout folder: rollout.toml, shops.csv, crews.csv, perhaps absences.csv.")
    ),
]


ScenarioOption = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario",
        metavar="FILE",
        help=gettext(
            "Apply a scenario first: a file, or the name of one in FOLDER/scenarios. May be given again: in order."
        ),
        show_default=False,
    ),
]


@app.callback(
    help=gettext(
        "Plan the remodels of a chain of shops.\n\n"
        "Spreads the remodels over crews and weeks so that milestones are met at the least cost, says how"
        " far the plan can be from the best possible one, and checks every rule before anything is written.\n\n"
        "Without a command, it opens the terminal UI."
    )
)
def planner(
    context: typer.Context,
    db: DbOption = None,
    rollout: RolloutOption = None,
    _lang: LangOption = None,
    _version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=show_version, help=gettext("Show the version and exit.")),
    ] = False,
) -> None:
    """Plan the remodels of a chain of shops."""
    context.meta[SCREEN] = context.obj
    context.obj = StoreChoice(db, rollout)
    if context.invoked_subcommand is None:
        from planner.scheduling.limits import Limits  # noqa: PLC0415 - see above

        raise typer.Exit(open_screen(context, context.obj, Limits(workers=default_workers())))


@app.command(
    short_help=gettext("Plan a rollout and write the plan."),
    help=gettext(
        "Plan the rollout in FOLDER and write plan.json, plan.csv, plan.ics and report.html.\n\n"
        "Ctrl-C ends the search and writes the best plan so far; a second one ends at once.\n\n"
        "Exit codes: 0 a plan was written; 1 the plan failed its own check, or none as sure as asked was"
        " found (the surest is written); 2 wrong input or usage; 3 fixed dates conflict; 4 no plan within"
        " the time limit; 130 interrupted."
    ),
)
def run(
    folder: FolderArgument,
    *,
    scenario: ScenarioOption = None,
    earlier: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="PLAN.json",
            help=gettext(
                "Begin from this plan, made earlier: what still holds of it stands until something better is found."
            ),
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=gettext("Where plan.json, plan.csv, plan.ics and report.html go."),
            show_default="FOLDER/out",
        ),
    ] = None,
    time_limit: TimeLimitOption = 60.0,
    gap: GapOption = 0.001,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help=gettext("Search with this many threads. With --deterministic, their number helps decide the plan."),
            show_default=gettext("one per processor, at most 8"),
            callback=check_workers,
        ),
    ] = None,
    seed: Annotated[
        int,
        typer.Option(
            metavar="N",
            help=gettext("Where the search's random choices begin: another seed, another search."),
            callback=check_seed,
        ),
    ] = 1,
    confidence: Annotated[
        float | None,
        typer.Option(
            metavar="PROBABILITY",
            help=gettext(
                "Make a plan that meets all milestones with at least this probability, such as 0.8, as [risk] in"
                " rollout.toml has it, at the least extra cost. The time limit is for all plans made on the way."
            ),
            callback=check_confidence,
            show_default=False,
        ),
    ] = None,
    allow_conflicts: Annotated[
        bool,
        typer.Option(
            "--allow-conflicts",
            help=gettext("Plan the other shops even where fixed dates break a rule, and list those."),
        ),
    ] = False,
    deterministic: Annotated[
        bool,
        typer.Option(
            "--deterministic",
            help=gettext(
                "Count the time limit in units of work instead of seconds: the same rollout, seed and number of"
                " workers then give the same files, byte for byte."
            ),
        ),
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option("--quiet", help=gettext("Show neither progress nor warnings; the summary and errors remain.")),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=gettext("Write the closing summary as JSON to standard output."))
    ] = False,
) -> None:
    """Plan the rollout in FOLDER and write plan.json, plan.csv, plan.ics and report.html."""
    from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - see above
    from planner.cli.run import RunRequest, run_folder  # noqa: PLC0415 - see above
    from planner.scheduling.limits import Limits  # noqa: PLC0415 - see above

    if earlier is not None and confidence is not None:
        raise typer.BadParameter(gettext("give --from or --confidence, not both"))
    limits = Limits(
        seconds=time_limit,
        gap=gap,
        workers=workers or default_workers(),
        seed=seed,
        deterministic=deterministic,
        allow_conflicts=allow_conflicts,
    )
    request = RunRequest(
        folder=folder,
        out=out or folder / "out",
        limits=limits,
        scenarios=tuple(scenario or ()),
        earlier=earlier,
        confidence=confidence,
        quiet=quiet,
        as_json=as_json,
    )
    raise typer.Exit(run_to_its_end(lambda: run_folder(request)))


@app.command(
    short_help=gettext("Check a plan against its rollout."),
    help=gettext(
        "Check a plan against its rollout: every rule, day by day, and every cost.\n\n"
        "The check shares no code with the search for plans. It names each violation in a line of its own.\n\n"
        "Exit codes: 0 the plan passes; 1 it does not; 2 wrong input or usage."
    ),
)
def check(
    folder: FolderArgument,
    plan: Annotated[
        Path, typer.Argument(metavar="PLAN.json", help=gettext("The plan to check, as `planner run` wrote it."))
    ],
    *,
    scenario: ScenarioOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=gettext("Write the result as JSON to standard output."))
    ] = False,
) -> None:
    """Check a plan against its rollout: every rule, day by day, and every cost."""
    from planner.cli.check import check_plan  # noqa: PLC0415 - see above
    from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - see above

    raise typer.Exit(run_to_its_end(lambda: check_plan(folder, plan, tuple(scenario or ()), as_json=as_json)))


add_ui_commands(app)
# Behind those above, so that the help begins with what a folder is planned and checked by.
add_folder_commands(app)
app.add_typer(export_app)
app.add_typer(import_app)
add_scenario_commands(app)
add_compare_commands(app)
add_diff_commands(app)
add_explain_commands(app)
add_bottlenecks_commands(app)
add_risk_commands(app)
add_sweep_commands(app)
add_calendar_commands(app)
add_report_commands(app)
add_spreadsheet_commands(app)
add_shops_commands(app)
add_crews_commands(app)
add_plans_commands(app)
add_history_commands(app)
add_attention_commands(app)
