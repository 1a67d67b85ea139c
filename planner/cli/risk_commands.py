"""`planner risk` as typer sees it."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import check_gap, check_seed, check_time_limit, check_workers, default_workers

MIN_SAMPLES = 100
MAX_SAMPLES = 1_000_000
MAX_EARLY_DAYS = 365


def check_samples(samples: int) -> int:
    """Returns `samples` where so many say something and fit in memory."""
    if not MIN_SAMPLES <= samples <= MAX_SAMPLES:
        raise typer.BadParameter(f"{samples} is not a number of samples from {MIN_SAMPLES} to {MAX_SAMPLES}")
    return samples


def check_early_days(days: int) -> int:
    """Returns `days` where a phase can begin so much before its date."""
    if not 0 <= days <= MAX_EARLY_DAYS:
        raise typer.BadParameter(f"{days} is not a number of days from 0 to {MAX_EARLY_DAYS}")
    return days


def check_confidence(confidence: float | None) -> float | None:
    """Returns `confidence` where it is a probability that samples can tell from certainty."""
    if confidence is not None and not 0 < confidence <= 0.99:
        raise typer.BadParameter(f"{confidence:g} is not a probability above 0 and up to 0.99, such as 0.8")
    return confidence


def add_to(app: typer.Typer) -> None:
    """Adds the command to the `planner` command."""
    app.command(short_help="Say how sure a plan is: its milestones, dates and what drives them.")(risk)


def risk(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The rollout folder.")],
    plan: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PLAN.json]", help="The plan, as `planner run` wrote it.", show_default="FOLDER/out/plan.json"
        ),
    ] = None,
    *,
    samples: Annotated[
        int, typer.Option(metavar="N", help="Let reality play the plan so many times.", callback=check_samples)
    ] = 10_000,
    seed: Annotated[
        int, typer.Option(metavar="N", help="Where chance begins: the same seed, the same answer.", callback=check_seed)
    ] = 1,
    early: Annotated[
        int,
        typer.Option(
            metavar="DAYS",
            help="Let phases begin up to so many days before their dates, where crews and permits allow. Fixed dates"
            " never do.",
            callback=check_early_days,
        ),
    ] = 0,
    milestone: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="The milestone whose drivers and buffers are asked for.", show_default="the first"
        ),
    ] = None,
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="Apply a scenario first: a file, or the name of one in FOLDER/scenarios. May be given again.",
            show_default=False,
        ),
    ] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write all of it as a page too.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON to standard output instead of text.")] = False,
    curve: Annotated[
        bool,
        typer.Option(
            "--curve", help="Make plans from cheap to sure instead, and show what each confidence costs (no PLAN.json)."
        ),
    ] = False,
    time_limit: Annotated[
        float,
        typer.Option(metavar="SECONDS", help="With --curve: plan for so long in all.", callback=check_time_limit),
    ] = 300.0,
    gap: Annotated[
        float,
        typer.Option(
            metavar="FRACTION", help="With --curve: a plan proved this close to the best will do.", callback=check_gap
        ),
    ] = 0.001,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="With --curve: search with this many threads.",
            show_default="one per processor, at most 8",
            callback=check_workers,
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show neither progress nor warnings.")] = False,
) -> None:
    """Say how sure a plan is: reality plays it many times, as [risk] in rollout.toml says it may.

    Phases take longer or shorter, permits slip, crews fall ill, kits come late. Crews do their jobs in the plan's
    order, nothing starts before its date, and every day rule holds: so what is late makes what follows late. Told are
    the probability of each milestone, the spread of each date, what drives it, and which buffer or crew helps most.

    Exit codes: 0 assessed; 1 the plan does not fit the rollout; 2 wrong input or usage; 3 the plan has no dates; 4 no
    plan within the time limit; 130 interrupted.
    """
    from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - loaded when the command runs
    from planner.cli.risk import RiskRequest, assess_folder  # noqa: PLC0415 - as above
    from planner.cli.risk_curve import CurveRequest, curve_of_folder  # noqa: PLC0415 - as above
    from planner.scheduling.limits import Limits  # noqa: PLC0415 - as above

    scenarios = tuple(scenario or ())
    if curve:
        if plan is not None:
            raise typer.BadParameter("--curve makes its own plans; leave out PLAN.json")
        limits = Limits(seconds=time_limit, gap=gap, workers=workers or default_workers(), seed=seed)
        asked = CurveRequest(folder=folder, scenarios=scenarios, limits=limits, html=html, as_json=as_json, quiet=quiet)
        raise typer.Exit(run_to_its_end(lambda: curve_of_folder(asked)))
    request = RiskRequest(
        folder=folder,
        plan=plan,
        samples=samples,
        seed=seed,
        early_days=early,
        milestone=milestone,
        scenarios=scenarios,
        html=html,
        as_json=as_json,
        quiet=quiet,
    )
    raise typer.Exit(run_to_its_end(lambda: assess_folder(request)))
