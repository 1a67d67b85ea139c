"""`planner sweep`: a grid of rollouts, planned side by side, kept as they come, and told as a whole."""

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from planner.cli.endings import ExitCode, say_problems
from planner.cli.interrupts import Interrupts
from planner.cli.messages import clip, error_console, say
from planner.cli.scenarios import read_each
from planner.cli.sweep_grid import Prices, price_at, read_grid, read_prices
from planner.cli.sweep_options import SweepRequest
from planner.cli.sweep_report import tell_results
from planner.domain.plan import Plan
from planner.domain.scenario import Scenario
from planner.exchange.folder import FILES
from planner.exchange.problems import InputError, Problem
from planner.exchange.scenarios import ReadRollout, apply_scenarios
from planner.exchange.sweep_folder import SweepFolder, digest_of
from planner.exchange.text import printable
from planner.exchange.tidy_table import NoParquetError, check_parquet
from planner.exchange.vary import ScenarioRollouts
from planner.studies.cluster_workers import ClusterWorkers, NoClusterError
from planner.studies.grid import Grid, Point
from planner.studies.local_workers import LocalProcesses
from planner.studies.sweep import Workers, sweep
from planner.studies.sweep_results import PointResult
from planner.studies.sweep_task import Job, Outcome, PointRollouts
from planner.wording.amounts import number_text
from planner.wording.translation import gettext, ngettext


def run_sweep(request: SweepRequest) -> ExitCode:
    """Plans all points of the request's grid that are not kept yet, and tells what all of them came to.

    Raises InputError and CannotWriteError; KeyboardInterrupt at a second signal, or before the search.
    """
    with Interrupts() as interrupts:
        try:
            if request.as_parquet:
                check_parquet()
            grid = read_grid(request.vary)
            prices = read_prices(request.prices, grid)
            base, chain = _read(request)
            rollouts = ScenarioRollouts(base)
            _check_points(grid, rollouts)
            folder = SweepFolder(request.out)
            limits = asdict(request.limits)
            folder.begin(_digests(request.folder, chain), limits, restart=request.restart)
            job = Job(PointRollouts(grid, rollouts.rollout), request.limits)
            interrupts.keep_the_plan()
            failed = _plan(request, grid, job, folder, interrupts)
        except (NoParquetError, NoClusterError) as error:
            say(f"{error}.")
            return ExitCode.BAD_INPUT
        interrupted = interrupts.stop.is_set()
        results = _results(grid, folder, failed, prices)
        if any(item.plan for item in results):
            tell_results(request, base.rollout, grid, results)
    return _ending(grid, results, interrupted=interrupted)


def _ending(grid: Grid, results: Sequence[PointResult], *, interrupted: bool) -> ExitCode:
    planned = sum(item.plan is not None for item in results)
    for item in results:
        if item.plan is None and item.reason:
            say(f"{grid.name_of(item.point)}: {item.reason}")
    if planned < len(grid):
        kept = ngettext(
            "{planned} of {number} point are planned and kept; the same command goes on from there.",
            "{planned} of {number} points are planned and kept; the same command goes on from there.",
            len(grid),
        ).format(planned=planned, number=number_text(len(grid)))
        say(gettext("Interrupted: {kept}").format(kept=kept) if interrupted else kept)
    if interrupted:
        return ExitCode.INTERRUPTED
    if any(item.failed_check for item in results):
        return ExitCode.FAILED
    return ExitCode.OK if planned == len(grid) else ExitCode.NO_PLAN


def _read(request: SweepRequest) -> tuple[ReadRollout, tuple[Scenario, ...]]:
    base, (chain,) = read_each(request.folder, [request.scenarios])
    read = apply_scenarios(base, chain)
    if not request.quiet:
        say_problems(read.warnings)
    return read, chain


def _check_points(grid: Grid, rollouts: ScenarioRollouts) -> None:
    """Read the rollout of every point before any is planned; all that is wrong, each thing once."""
    problems: dict[tuple[str | None, str], Problem] = {}
    for point in grid.points:
        try:
            rollouts.rollout(grid.scenario_at(point))
        except InputError as error:
            for problem in error.problems:
                problems.setdefault((problem.column, problem.text), problem)
    if problems:
        raise InputError(problems.values())


def _digests(folder: Path, chain: Sequence[Scenario]) -> dict[str, str]:
    """What the sweep is of: the rollout's files, and its scenarios."""
    files = {name: digest_of((folder / name).read_bytes()) for name in FILES if (folder / name).exists()}
    return files | {f"scenario {item.source}": digest_of(repr(item).encode()) for item in chain}


def _plan(
    request: SweepRequest, grid: Grid, job: Job, folder: SweepFolder, interrupts: Interrupts
) -> dict[Point, Outcome]:
    """Plan the points that are not kept; those that came to nothing are returned."""
    kept = _kept(grid, folder)
    outcomes: dict[Point, Outcome] = {}
    if len(kept) == len(grid):
        return outcomes
    live = sys.stderr is not None and sys.stderr.isatty() and not request.quiet
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=error_console(), disable=not live, transient=True) as progress:
        bar = progress.add_task(gettext("Points"), total=len(grid), completed=len(kept))

        def keep(outcome: Outcome) -> None:
            if outcome.plan is not None:
                facts = {"seconds": outcome.seconds, "began_from": _name(grid, outcome.start_point)}
                folder.keep(grid.name_of(outcome.point), outcome.plan, facts)
            progress.advance(bar)
            if not live and not request.quiet:
                done = len(kept) + len(outcomes) + 1
                text = gettext("{done} of {total}: {name}")
                say(text.format(done=done, total=len(grid), name=clip(grid.name_of(outcome.point), 100)))
            outcomes[outcome.point] = outcome

        told = False

        def on_wait() -> None:
            nonlocal told
            if interrupts.stop.is_set() and not told:
                say(gettext("Stopping; what is finished is kept."))
                told = True

        with _workers(request, job) as workers:
            sweep(grid, workers, kept, keep, interrupts.stop, on_wait)
    return {point: outcome for point, outcome in outcomes.items() if outcome.plan is None}


def _workers(request: SweepRequest, job: Job) -> AbstractContextManager[Workers]:
    return ClusterWorkers(job, request.cluster) if request.cluster else LocalProcesses(job, request.jobs)


def _kept(grid: Grid, folder: SweepFolder) -> dict[Point, Plan]:
    names = {grid.name_of(point): point for point in grid.points}
    return {names[name]: kept.plan for name, kept in folder.kept.items() if name in names}


def _name(grid: Grid, point: Point | None) -> str | None:
    return None if point is None else grid.name_of(point)


def _results(grid: Grid, folder: SweepFolder, failed: dict[Point, Outcome], prices: Prices) -> list[PointResult]:
    """All points, in the order of the grid: those kept, those that came to nothing, and those not begun."""
    results = []
    for point in sorted(grid.points):
        kept = folder.kept.get(grid.name_of(point))
        if kept:
            facts: dict[str, Any] = dict(kept.facts)
            results.append(
                PointResult(point, kept.plan, seconds=facts.get("seconds"), price=price_at(point, grid, prices))
            )
        else:
            outcome = failed.get(point, Outcome(point, None))
            results.append(PointResult(point, None, printable(outcome.reason), failed_check=outcome.failed_check))
    return results
