"""`planner risk` as typer sees it."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import check_gap, check_seed, check_time_limit, check_workers, default_workers
from planner.cli.store_options import DbOption, RolloutOption, choice_of
from planner.wording.translation import gettext

MIN_SAMPLES = 100
MAX_SAMPLES = 1_000_000
MAX_EARLY_DAYS = 365


def check_samples(samples: int) -> int:
    """Returns `samples` where so many say something and fit in memory."""
    if not MIN_SAMPLES <= samples <= MAX_SAMPLES:
        raise typer.BadParameter(
            gettext("{samples} is not a number of samples from {min_samples} to {max_samples}").format(
                samples=samples, min_samples=MIN_SAMPLES, max_samples=MAX_SAMPLES
            )
        )
    return samples


def check_early_days(days: int) -> int:
    """Returns `days` where a phase can begin so much before its date."""
    if not 0 <= days <= MAX_EARLY_DAYS:
        raise typer.BadParameter(
            gettext("{days} is not a number of days from 0 to {max_early_days}").format(
                days=days, max_early_days=MAX_EARLY_DAYS
            )
        )
    return days


def check_confidence(confidence: float | None) -> float | None:
    """Returns `confidence` where it is a probability that samples can tell from certainty."""
    if confidence is not None and not 0 < confidence <= 0.99:
        raise typer.BadParameter(
            gettext("{confidence:g} is not a probability above 0 and up to 0.99, such as 0.8").format(
                confidence=confidence
            )
        )
    return confidence


def add_to(app: typer.Typer) -> None:
    """Adds the command to the `planner` command."""
    app.command(
        short_help=gettext("Say how sure a plan is: its milestones, dates and what drives them."),
        help=gettext(
            "Say how sure a plan is: reality plays it many times, as [risk] in rollout.toml says it may.\n\n"
            "Phases take longer or shorter, permits slip, crews fall ill, kits come late. Crews do their jobs"
            " in the plan's order, nothing starts before its date, and every day rule holds: so what is late"
            " makes what follows late. Told are the probability of each milestone, the spread of each date,"
            " what drives it, and which buffer or crew helps most.\n\n"
            "Exit codes: 0 assessed; 1 the plan does not fit the rollout; 2 wrong input or usage; 3 the plan"
            " has no dates; 4 no plan within the time limit; 130 interrupted."
        ),
    )(risk)


def risk(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]", help=gettext("The rollout folder; without one, the database."), show_default=False
        ),
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PLAN.json]",
            help=gettext("The plan, as `planner run` wrote it."),
            show_default="FOLDER/out/plan.json",
        ),
    ] = None,
    *,
    number: Annotated[
        int | None,
        typer.Option(
            "--plan",
            metavar="NUMBER",
            help=gettext("Without FOLDER: the number of a plan in the database."),
            show_default=gettext("the newest"),
        ),
    ] = None,
    samples: Annotated[
        int, typer.Option(metavar="N", help=gettext("Let reality play the plan so many times."), callback=check_samples)
    ] = 10_000,
    seed: Annotated[
        int,
        typer.Option(
            metavar="N", help=gettext("Where chance begins: the same seed, the same answer."), callback=check_seed
        ),
    ] = 1,
    early: Annotated[
        int,
        typer.Option(
            metavar="DAYS",
            help=gettext(
                "Let phases begin up to so many days before their dates, where crews and permits allow. Fixed dates"
                " never do."
            ),
            callback=check_early_days,
        ),
    ] = 0,
    milestone: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=gettext("The milestone whose drivers and buffers are asked for."),
            show_default=gettext("the first"),
        ),
    ] = None,
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help=gettext("Apply a scenario first: a file, or the name of one in FOLDER/scenarios. May be given again."),
            show_default=False,
        ),
    ] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help=gettext("Write all of it as a page too."))] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=gettext("Write JSON to standard output instead of text."))
    ] = False,
    curve: Annotated[
        bool,
        typer.Option(
            "--curve",
            help=gettext("Make plans from cheap to sure instead, and show what each confidence costs (no PLAN.json)."),
        ),
    ] = False,
    time_limit: Annotated[
        float,
        typer.Option(
            metavar="SECONDS", help=gettext("With --curve: plan for so long in all."), callback=check_time_limit
        ),
    ] = 300.0,
    gap: Annotated[
        float,
        typer.Option(
            metavar="FRACTION",
            help=gettext("With --curve: a plan proved this close to the best will do."),
            callback=check_gap,
        ),
    ] = 0.001,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help=gettext("With --curve: search with this many threads."),
            show_default=gettext("one per processor, at most 8"),
            callback=check_workers,
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help=gettext("Show neither progress nor warnings."))] = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Say how sure a plan is: reality plays it many times, as [risk] in rollout.toml says it may."""
    from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - loaded when the command runs
    from planner.cli.risk import RiskRequest, assess_folder  # noqa: PLC0415 - as above
    from planner.cli.risk_curve import CurveRequest, curve_of_folder  # noqa: PLC0415 - as above
    from planner.scheduling.limits import Limits  # noqa: PLC0415 - as above

    store, scenarios = choice_of(context, db, rollout), tuple(scenario or ())
    if folder is not None and number is not None:
        raise typer.BadParameter(gettext("with FOLDER, the plan is a file: name it after FOLDER, without --plan"))
    if curve:
        if plan is not None or number is not None:
            raise typer.BadParameter(gettext("--curve makes its own plans; leave out PLAN.json"))
        limits = Limits(seconds=time_limit, gap=gap, workers=workers or default_workers(), seed=seed)
        asked = CurveRequest(limits=limits, html=html, as_json=as_json, quiet=quiet)
        if folder is not None:
            raise typer.Exit(run_to_its_end(lambda: curve_of_folder(folder, scenarios, asked)))

        from planner.cli.store_risk import curve_of_backlog  # noqa: PLC0415 - as above
        from planner.cli.store_session import on_backlog  # noqa: PLC0415 - as above

        raise typer.Exit(on_backlog(store, lambda backlog: curve_of_backlog(backlog, scenarios, asked)))
    request = RiskRequest(samples=samples, seed=seed, early_days=early, milestone=milestone, html=html, as_json=as_json)
    if folder is not None:
        raise typer.Exit(run_to_its_end(lambda: assess_folder(folder, plan, scenarios, request, quiet=quiet)))
    if scenarios:
        raise typer.BadParameter(gettext("a plan in the database knows its scenarios; leave out --scenario"))

    from planner.cli.store_risk import assess_kept_plan  # noqa: PLC0415 - as above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - as above

    raise typer.Exit(on_backlog(store, lambda backlog: assess_kept_plan(backlog, number, request)))
