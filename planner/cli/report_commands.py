"""The commands that show a plan in other forms: `report`, and `export mspdi`.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.export_app import export_app
from planner.cli.store_options import DbOption, RolloutOption, StoreChoice, choice_of
from planner.wording.translation import gettext

if TYPE_CHECKING:
    from planner.cli.plan_file import PlanForm


class LanguageChoice(StrEnum):
    """A language the page opens in."""

    ENGLISH = "en"
    GERMAN = "de"


FolderArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FOLDER]", help=gettext("The rollout folder; without one, the database."), show_default=False
    ),
]
PlanOption = Annotated[
    str | None,
    typer.Option(
        metavar="PLAN.json|NUMBER",
        help=gettext("The plan: a file, or without FOLDER the number of a plan in the database."),
        show_default=gettext("FOLDER/out/plan.json, or the newest in the database"),
    ),
]
ScenarioOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE",
        help=gettext(
            "A scenario that the folder's plan was made with: a file, or the name of one in FOLDER/scenarios."
            " Repeatable."
        ),
        show_default=False,
    ),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help=gettext("The file to write."),
        show_default=gettext("beside the plan, or in the current folder"),
    ),
]


def add_to(app: typer.Typer) -> None:
    """Adds these commands to the command line."""
    app.command(
        short_help=gettext("Write a plan as a page to look at."),
        help=gettext(
            "Write a plan as one HTML page, report.html: milestones, Gantt chart, load, map, money, and all"
            " shops.\n\n"
            "The page asks nothing of the network, so it can be mailed or put on any server, and prints on A4"
            " or A3.\n\n"
            "Exit codes: 0 written; 1 the plan fails its check; 2 wrong input or usage."
        ),
    )(report)
    export_app.command(
        "mspdi",
        short_help=gettext("Write a plan for MS Project or ProjectLibre."),
        help=gettext(
            "Write a plan as MS Project XML, project.xml, which MS Project and ProjectLibre open.\n\n"
            "A task for each shop with one for each of its phases, the crews as resources, working days as"
            " calendars, fixed dates as constraints. Shops without a date are not in it.\n\n"
            "Exit codes: 0 written; 1 the plan fails its check; 2 wrong input or usage; 3 the plan has no dates."
        ),
    )(export_mspdi)


def report(
    context: typer.Context,
    folder: FolderArgument = None,
    *,
    plan: PlanOption = None,
    scenario: ScenarioOption = None,
    lang: Annotated[
        LanguageChoice | None,
        typer.Option(
            "--lang",
            help=gettext("The language the page opens in; it has both."),
            show_default=gettext("by your locale"),
        ),
    ] = None,
    out: OutOption = None,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Write a plan as one HTML page, report.html: milestones, Gantt chart, load, map, money, and all shops."""
    from planner.cli.plan_forms import report_form  # noqa: PLC0415 - see above
    from planner.wording.language import Language, language_of_locale  # noqa: PLC0415 - see above

    form = report_form(Language(lang.value) if lang else language_of_locale())
    _write(folder, plan, tuple(scenario or ()), form, out, choice_of(context, db, rollout))


def export_mspdi(
    context: typer.Context,
    folder: FolderArgument = None,
    *,
    plan: PlanOption = None,
    scenario: ScenarioOption = None,
    out: OutOption = None,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Write a plan as MS Project XML, project.xml, which MS Project and ProjectLibre open."""
    from planner.cli.plan_forms import project_form  # noqa: PLC0415 - see above

    _write(folder, plan, tuple(scenario or ()), project_form(), out, choice_of(context, db, rollout))


def _write(
    folder: Path | None,
    plan: str | None,
    scenarios: tuple[str, ...],
    form: "PlanForm",
    out: Path | None,
    store: StoreChoice,
) -> None:
    """Writes a plan of the folder, or where there is none of the database, and ends the command."""
    from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - see above
    from planner.cli.plan_file import FolderPlan, write_folder_plan  # noqa: PLC0415 - see above

    if folder is not None:
        source = FolderPlan(folder=folder, path=None if plan is None else Path(plan), scenarios=scenarios)
        raise typer.Exit(run_to_its_end(lambda: write_folder_plan(source, form, out)))
    if scenarios:
        raise typer.BadParameter(gettext("scenarios belong to a folder; give FOLDER, or leave --scenario out"))
    if plan is not None and not plan.isdecimal():
        what = gettext("without FOLDER, --plan is the number of a plan in the database, such as 3, not {plan}").format(
            plan=plan
        )
        raise typer.BadParameter(what)
    number = None if plan is None else int(plan)

    from planner.cli.kept_plan_file import write_kept_plan  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    raise typer.Exit(on_backlog(store, lambda backlog: write_kept_plan(backlog, number, form, out)))
