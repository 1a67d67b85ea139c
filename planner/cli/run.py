"""`planner run`: a rollout folder in, a checked plan out."""

import sys
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from threading import Thread

from planner.cli.amounts import counted
from planner.cli.endings import ExitCode, say_problems
from planner.cli.interrupts import Interrupts
from planner.cli.messages import error_console, say, show, show_json
from planner.cli.progress import ProgressLines
from planner.cli.summary import LABEL_WIDTH, summary_data, summary_lines
from planner.domain.plan import Plan, PlanStatus
from planner.domain.rollout import Rollout
from planner.exchange.folder import read_folder
from planner.exchange.ical import plan_to_ical
from planner.exchange.plan_csv import plan_to_csv
from planner.exchange.plan_json import plan_to_json
from planner.exchange.whole_files import prepare_folder, write_whole
from planner.review.check import check
from planner.scheduling.limits import Limits, NoPlanError

REFRESH_SECONDS = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """What `planner run` was asked for."""

    folder: Path
    out: Path
    limits: Limits
    quiet: bool = False
    as_json: bool = False


def run_folder(request: RunRequest) -> ExitCode:
    """Plans the rollout in the request's folder, checks the plan, writes it and sums it up.

    Raises InputError and CannotWriteError; KeyboardInterrupt at a second signal, or before the search.
    """
    with Interrupts() as interrupts:
        rollout, warnings = read_folder(request.folder)
        if not request.quiet:
            say_problems(warnings)
        prepare_folder(request.out)
        interrupts.keep_the_plan()
        try:
            plan = search(rollout, request, interrupts)
        except NoPlanError as error:
            return no_plan(error, request.limits, interrupted=interrupts.stop.is_set())
        if not passes_check(rollout, plan):
            return ExitCode.FAILED
        written = write_plan(rollout, plan, request)
        interrupted = interrupts.stop.is_set()
    sum_up(rollout, plan, written, interrupted=interrupted, as_json=request.as_json)
    if plan.status is PlanStatus.INFEASIBLE:
        return ExitCode.CONFLICT
    return ExitCode.INTERRUPTED if interrupted else ExitCode.OK


def search(rollout: Rollout, request: RunRequest, interrupts: Interrupts) -> Plan:
    """Solves on a thread of its own, while this one shows progress and takes signals."""
    live = sys.stderr is not None and sys.stderr.isatty() and not request.quiet
    with ProgressLines(rollout, request.limits, error_console() if live else None) as lines:

        def solve_rollout() -> Plan:
            # Loading the solver takes a second, which wrong input and --help need not wait for.
            from planner.scheduling.solve import solve  # noqa: PLC0415

            return solve(rollout, request.limits, on_progress=lines.report, stop=interrupts.stop)

        result = on_a_thread(solve_rollout)
        told = False
        while not result.done():
            wait([result], timeout=REFRESH_SECONDS)
            if interrupts.stop.is_set() and not told:
                lines.say("Stopping; writing the best plan so far (once more to end at once).")
                told = True
            lines.refresh()
        return result.result()


def on_a_thread(work: Callable[[], Plan]) -> Future[Plan]:
    """Starts `work` on a thread that does not keep the process alive; the future has what it returns or raises."""
    future: Future[Plan] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # the waiting thread raises it again
            future.set_exception(error)

    Thread(target=run, name="search", daemon=True).start()
    return future


def no_plan(error: NoPlanError, limits: Limits, *, interrupted: bool) -> ExitCode:
    """Says that there is nothing to write, and why."""
    if interrupted:
        say("Interrupted before there was any plan; nothing was written.")
        return ExitCode.INTERRUPTED
    amount = f"{limits.seconds:g} units of work" if limits.deterministic else f"{limits.seconds:g} s"
    say(f"No plan within the limit of {amount} ({error}); nothing was written. Raise --time-limit.")
    return ExitCode.NO_PLAN


def passes_check(rollout: Rollout, plan: Plan) -> bool:
    """Whether the plan stands before the checker, which shares no code with the search; says what does not."""
    violations = check(rollout, plan)
    for violation in violations:
        say(f"{violation.rule}: {violation.text}")
    if violations:
        say(
            f"The plan failed its own check ({counted(len(violations), 'violation')}), so nothing was written."
            " This is a mistake in the planner: please report it, with the rollout folder."
        )
    return not violations


def write_plan(rollout: Rollout, plan: Plan, request: RunRequest) -> list[Path]:
    """Writes the plan in each of its forms, all or none, and returns where."""
    # The same rollout must give the same bytes under a deterministic limit, so the clock stays out of them.
    midnight = datetime.combine(rollout.today, time(), UTC)
    stamp = midnight if request.limits.deterministic else datetime.now(UTC)
    contents = {
        "plan.json": plan_to_json(plan),
        "plan.csv": plan_to_csv(rollout, plan),
        "plan.ics": plan_to_ical(rollout, plan, stamp),
    }
    write_whole(request.out, contents)
    return [request.out / name for name in contents]


def sum_up(rollout: Rollout, plan: Plan, written: list[Path], *, interrupted: bool, as_json: bool) -> None:
    """Shows the closing summary on standard output."""
    if as_json:
        show_json(summary_data(rollout, plan, written, interrupted=interrupted))
        return
    for label, text in summary_lines(rollout, plan, written, interrupted=interrupted):
        show(text, label=label.ljust(LABEL_WIDTH))
