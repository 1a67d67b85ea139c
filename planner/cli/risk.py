"""`planner risk`: a rollout and its plan in, how sure the plan is out."""

from dataclasses import dataclass
from pathlib import Path

from planner.cli.checked_plan import PLAN_IN_FOLDER, VIOLATIONS_SHOWN
from planner.cli.endings import ExitCode, say_problems
from planner.cli.messages import say, show, show_json
from planner.cli.risk_data import report_data
from planner.cli.risk_html import report_page
from planner.cli.risk_text import report_lines
from planner.cli.scenarios import read_with_scenarios
from planner.cli.summary import LABEL_WIDTH
from planner.domain.plan import PlanStatus
from planner.domain.rollout import Rollout
from planner.domain.rules import Milestone
from planner.exchange.plan_json import read_plan
from planner.exchange.problems import InputError, Problem
from planner.exchange.text import Names
from planner.exchange.whole_files import write_whole
from planner.review.check import check
from planner.review.risk.report import assess
from planner.wording.amounts import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRequest:
    """What `planner risk` was asked for; `plan` is None for the folder's own."""

    folder: Path
    plan: Path | None
    samples: int
    seed: int
    early_days: int
    milestone: str | None
    scenarios: tuple[str, ...]
    html: Path | None
    as_json: bool
    quiet: bool


def assess_folder(request: RiskRequest) -> ExitCode:
    """Assesses the plan and shows how sure it is.

    Raises InputError and CannotWriteError.
    """
    read = read_with_scenarios(request.folder, request.scenarios)
    rollout = read.rollout
    if not request.quiet:
        say_problems(read.warnings)
    milestone = named_milestone(rollout, request.milestone)
    place = request.plan or request.folder / PLAN_IN_FOLDER
    plan = read_plan(place)
    violations = check(rollout, plan)
    for violation in violations[:VIOLATIONS_SHOWN]:
        say(f"{violation.rule}: {violation.text}")
    if violations:
        count = counted(len(violations), "violation")
        say(f"{place.name} does not fit the rollout ({count}), so nothing was done. Plan again with `planner run`.")
        return ExitCode.FAILED
    if plan.status is PlanStatus.INFEASIBLE:
        say(f"{place.name} has no dates, because fixed dates conflict; nothing was done. Settle them and plan again.")
        return ExitCode.CONFLICT
    report = assess(
        rollout,
        plan,
        samples=request.samples,
        seed=request.seed,
        early_days=request.early_days,
        milestone=milestone,
    )
    if request.html is not None:
        write_whole(request.html.parent, {request.html.name: report_page(rollout, report)})
    if request.as_json:
        show_json(report_data(rollout, report))
        return ExitCode.OK
    for label, text in report_lines(rollout, report):
        show(text, label=label.ljust(LABEL_WIDTH))
    if request.html is not None:
        show(str(request.html), label="Written".ljust(LABEL_WIDTH))
    return ExitCode.OK


def named_milestone(rollout: Rollout, name: str | None) -> Milestone | None:
    """The milestone of that name, None where none is named. Raises InputError where there is no such one."""
    if name is None:
        return None
    for milestone in rollout.milestones:
        if milestone.name == name:
            return milestone
    names = Names("milestone", (milestone.name for milestone in rollout.milestones))
    text = names.unknown(name) if rollout.milestones else "the rollout has no milestone; add one, or leave this out"
    raise InputError([Problem("--milestone", None, None, text)])
