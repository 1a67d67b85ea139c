"""`planner risk`: a rollout and its plan in, how sure the plan is out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.cli.checked_plan import CheckedPlan, read_checked_plan
from planner.cli.endings import ExitCode
from planner.cli.messages import show, show_json
from planner.cli.risk_data import report_data
from planner.cli.risk_html import report_page
from planner.cli.risk_text import report_lines
from planner.cli.summary import LABEL_WIDTH
from planner.domain.rollout import Rollout
from planner.domain.rules import Milestone
from planner.exchange.problems import InputError, Problem
from planner.exchange.text import Names
from planner.exchange.whole_files import write_whole
from planner.review.risk.report import assess
from planner.wording.translation import gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRequest:
    """What `planner risk` was asked for, wherever the plan is."""

    samples: int
    seed: int
    early_days: int
    milestone: str | None
    html: Path | None
    as_json: bool


def assess_folder(
    folder: Path, path: Path | None, scenarios: Sequence[str], request: RiskRequest, *, quiet: bool
) -> ExitCode:
    """Assesses the plan of a folder, the one that `planner run` wrote if `path` is None, and shows how sure it is.

    Raises InputError and CannotWriteError.
    """
    read = read_checked_plan(folder, path, scenarios=scenarios, quiet=quiet)
    return assess_checked(read, request) if isinstance(read, CheckedPlan) else read


def assess_checked(checked: CheckedPlan, request: RiskRequest) -> ExitCode:
    """Assesses a plan that passes the check, and shows how sure it is."""
    rollout, plan = checked.rollout, checked.plan
    milestone = named_milestone(rollout, request.milestone)
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
        show(str(request.html), label=gettext("Written").ljust(LABEL_WIDTH))
    return ExitCode.OK


def named_milestone(rollout: Rollout, name: str | None) -> Milestone | None:
    """The milestone of that name, None where none is named. Raises InputError where there is no such one."""
    if name is None:
        return None
    for milestone in rollout.milestones:
        if milestone.name == name:
            return milestone
    names = Names(gettext("milestone"), (milestone.name for milestone in rollout.milestones))
    text = gettext("the rollout has no milestone; add one, or leave this out")
    if rollout.milestones:
        text = names.unknown(name)
    raise InputError([Problem("--milestone", None, None, text)])
