"""`planner run`: a rollout folder in, a checked plan out."""

import gc
import sys
from concurrent.futures import wait
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path

from planner.cli.background import on_a_thread
from planner.cli.confident import ConfidentRequest, SurePlan, sure_data, sure_plan, sure_text
from planner.cli.earlier_plan import EarlierPlan, changes_data, changes_text, read_earlier_plan
from planner.cli.endings import ExitCode, say_problems
from planner.cli.interrupts import Interrupts
from planner.cli.messages import error_console, say, show, show_json
from planner.cli.plan_language import language_of_plan
from planner.cli.progress import ProgressLines
from planner.cli.risk_text import wrapped
from planner.cli.scenarios import read_with_scenarios
from planner.cli.summary import LABEL_WIDTH, Line, summary_data, summary_lines
from planner.domain.plan import Plan, PlanStatus
from planner.domain.rollout import Rollout
from planner.exchange.files_beside import FILE_NAMES, FilesBeside
from planner.exchange.whole_files import prepare_folder, write_whole
from planner.review.check import check
from planner.scheduling.limits import Limits, NoPlanError
from planner.wording.amounts import counted, plain_number_text
from planner.wording.language import Language, language_of_locale
from planner.wording.translation import gettext, pgettext, speaking

REFRESH_SECONDS = 0.25
REMAINS: list[object] = []
"""What the last search worked on. It goes with the process: taking it apart would only keep somebody waiting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """What `planner run` was asked for; `earlier` is a plan to begin from."""

    folder: Path
    out: Path
    limits: Limits
    scenarios: tuple[str, ...] = ()
    earlier: Path | None = None
    confidence: float | None = None
    quiet: bool = False
    as_json: bool = False


def run_folder(request: RunRequest) -> ExitCode:
    """Plans the rollout in the request's folder, checks the plan, writes it and sums it up.

    Raises InputError and CannotWriteError; KeyboardInterrupt at a second signal, or before the search.
    """
    with Interrupts() as interrupts:
        read = read_with_scenarios(request.folder, request.scenarios)
        rollout = read.rollout
        if not request.quiet:
            say_problems(read.warnings)
        earlier = read_earlier_plan(request.earlier, rollout) if request.earlier else None
        prepare_folder(request.out)
        with FilesBeside(rollout) as files:
            interrupts.keep_the_plan()
            try:
                sure = search_sure(rollout, request, interrupts) if request.confidence is not None else None
                found = sure.plan if sure else _search(rollout, request, interrupts, earlier)
            except NoPlanError as error:
                return no_plan(error, request.limits, interrupted=interrupts.stop.is_set())
            plan = replace(found, scenario=read.scenarios or None)
            files.begin(plan, _stamp(rollout, request.limits), report_language(request.limits))
            if not passes_check(rollout, plan):
                return ExitCode.FAILED
            interrupted = interrupts.stop.is_set()
            written = [request.out / name for name in FILE_NAMES]
            # While the files are still being made.
            words = summary(rollout, plan, written, sure, earlier, interrupted=interrupted, as_json=request.as_json)
            write_whole(request.out, files.contents())
    show_summary(words)
    if plan.status is PlanStatus.INFEASIBLE:
        return ExitCode.CONFLICT
    if sure and not sure.reached and not interrupted:
        return ExitCode.FAILED
    return ExitCode.INTERRUPTED if interrupted else ExitCode.OK


def _search(rollout: Rollout, request: RunRequest, interrupts: Interrupts, earlier: EarlierPlan | None) -> Plan:
    start = earlier.plan if earlier else None
    return search(rollout, request.limits, interrupts, quiet=request.quiet, start=start)


def search(rollout: Rollout, limits: Limits, interrupts: Interrupts, *, quiet: bool, start: Plan | None = None) -> Plan:
    """Solves on a thread of its own, from `start` if given, while this one shows progress and takes signals.

    Raises KeyboardInterrupt where a signal comes before there is anything to save.
    """
    live = sys.stderr is not None and sys.stderr.isatty() and not quiet
    language = language_of_plan(limits)
    REMAINS.clear()
    with ProgressLines(rollout, limits, error_console() if live else None) as lines:

        def solve_rollout() -> Plan:
            # Loading the solver takes a second, which wrong input and --help need not wait for.
            from planner.scheduling.solve import solve  # noqa: PLC0415

            earlier = {} if start is None else {"start": start}
            with speaking(language):
                return solve(
                    rollout, limits, on_progress=lines.report, stop=interrupts.stop, remains=REMAINS, **earlier
                )

        result = on_a_thread(solve_rollout, "search")
        told = False
        while not result.done():
            wait([result], timeout=REFRESH_SECONDS)
            if interrupts.stop.is_set() and lines.is_preparing:
                raise KeyboardInterrupt
            if interrupts.stop.is_set() and not told:
                lines.say(gettext("Stopping; writing the best plan so far (once more to end at once)."))
                told = True
            lines.refresh()
        gc.freeze()
        return result.result()


def search_sure(rollout: Rollout, request: RunRequest, interrupts: Interrupts) -> SurePlan:
    """Solves until a plan is as sure as asked, saying what each one on the way comes to."""
    asked = ConfidentRequest(limits=request.limits, levels=(request.confidence or 0.0,), quiet=request.quiet)
    return sure_plan(rollout, asked, interrupts)


def no_plan(error: NoPlanError, limits: Limits, *, interrupted: bool) -> ExitCode:
    """Says that there is nothing to write, and why."""
    if interrupted:
        say(gettext("Interrupted before there was any plan; nothing was written."))
        return ExitCode.INTERRUPTED
    text = gettext("No plan within the limit of {seconds} s ({error}); nothing was written. Raise --time-limit.")
    if limits.deterministic:
        text = gettext(
            "No plan within the limit of {seconds} units of work ({error}); nothing was written. Raise --time-limit."
        )
    say(text.format(seconds=plain_number_text(limits.seconds), error=error))
    return ExitCode.NO_PLAN


def passes_check(rollout: Rollout, plan: Plan) -> bool:
    """Whether the plan stands before the checker, which shares no code with the search; says what does not."""
    violations = check(rollout, plan)
    for violation in violations:
        say(f"{violation.rule}: {violation.text}")
    if violations:
        text = gettext(
            "The plan failed its own check ({violations}), so nothing was written. This is a mistake in the planner:"
            " please report it, with the rollout folder."
        )
        say(text.format(violations=counted(len(violations), "violation")))
    return not violations


def _stamp(rollout: Rollout, limits: Limits) -> datetime:
    """When the plan's calendar was made: under a deterministic limit, which must give the same bytes, always alike."""
    return datetime.combine(rollout.today, time(), UTC) if limits.deterministic else datetime.now(UTC)


def report_language(limits: Limits) -> Language:
    """The same rollout must give the same bytes under a deterministic limit, so the locale stays out of them."""
    return Language.ENGLISH if limits.deterministic else language_of_locale()


def summary(
    rollout: Rollout,
    plan: Plan,
    written: list[Path],
    sure: SurePlan | None,
    earlier: EarlierPlan | None,
    *,
    interrupted: bool,
    as_json: bool,
) -> dict[str, object] | list[Line]:
    """The closing summary: its lines, or what `--json` shows."""
    if as_json:
        data = summary_data(rollout, plan, written, interrupted=interrupted)
        data |= {"confidence": sure_data(rollout, sure)} if sure else {}
        data |= {"changes": changes_data(rollout, earlier, plan)} if earlier else {}
        return data
    lines = list(summary_lines(rollout, plan, written, interrupted=interrupted))
    lines += wrapped(gettext("Confidence"), sure_text(rollout, sure)) if sure else ()
    lines += wrapped(pgettext("label", "Changes"), changes_text(rollout, earlier, plan)) if earlier else ()
    return lines


def show_summary(words: dict[str, object] | list[Line]) -> None:
    """Shows the closing summary on standard output."""
    if isinstance(words, dict):
        show_json(words)
        return
    for label, text in words:
        show(text, label=label.ljust(LABEL_WIDTH))
