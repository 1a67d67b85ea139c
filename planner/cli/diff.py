"""`planner diff`: two plans read, compared and shown; with a folder, why each date moved."""

import csv
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.cli.diff_rows import HEADINGS, difference_data, difference_rows
from planner.cli.diff_text import difference_lines
from planner.cli.endings import ExitCode, say_problems
from planner.cli.messages import say, show, show_json
from planner.cli.scenarios import read_with_scenarios
from planner.cli.summary import LABEL_WIDTH
from planner.domain.plan import Plan, PlanStatus
from planner.domain.plan_difference import PlanDifference, difference
from planner.domain.rollout import Rollout
from planner.exchange.plan_csv import text_cell
from planner.exchange.plan_json import read_plan
from planner.exchange.problems import InputError, Problem
from planner.exchange.text import printable
from planner.exchange.values import NUMBER
from planner.review.check import check
from planner.studies.why_moved import Why, why_moved
from planner.wording.amounts import counted
from planner.wording.translation import gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffForm:
    """How a difference is shown; `everything` is every shop, however many there are."""

    everything: bool = False
    as_json: bool = False
    as_csv: bool = False
    as_tsv: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffRequest:
    """What `planner diff` was asked for."""

    old: Path
    new: Path
    folder: Path | None = None
    scenarios: tuple[str, ...] = ()
    form: DiffForm


def show_diff(request: DiffRequest) -> ExitCode:
    """Shows what differs from the request's old plan to its new one. Raises InputError."""
    before, after, rollout = _read(request)
    for path, plan in ((request.old, before), (request.new, after)):
        if plan.status is PlanStatus.INFEASIBLE:
            say(gettext("{file} has no dates, because fixed dates conflict.").format(file=path.name))
    found = difference(before, after)
    whys = {} if rollout is None else _whys(request, rollout, before, after, found)
    names = (request.old.name, request.new.name) if request.old.name != request.new.name else None
    show_found(before, after, found, whys, request.form, names=names, currency=rollout.currency if rollout else "")
    return ExitCode.OK


def show_found(
    before: Plan,
    after: Plan,
    found: PlanDifference,
    whys: Mapping[str, Why],
    form: DiffForm,
    *,
    names: tuple[str, str] | None,
    currency: str,
) -> None:
    """Shows what differs between two plans in the form asked for; `names` is what these are called."""
    if form.as_json:
        show_json(difference_data(before, after, found, whys))
    elif form.as_csv or form.as_tsv:
        _write_table([HEADINGS, *difference_rows(found, whys)], "\t" if form.as_tsv else ",")
    else:
        lines = difference_lines(before, after, found, whys, names=names, currency=currency, all_shops=form.everything)
        for label, text in lines:
            show(text, label=label.ljust(LABEL_WIDTH))


def _read(request: DiffRequest) -> tuple[Plan, Plan, Rollout | None]:
    """The two plans and the rollout, if a folder is given; all mistakes in all of them at once."""
    problems: list[Problem] = []
    plans: list[Plan] = []
    for path in (request.old, request.new):
        try:
            plans.append(read_plan(path))
        except InputError as error:
            problems += error.problems
    rollout = None
    if request.folder is not None:
        try:
            read = read_with_scenarios(request.folder, request.scenarios)
            rollout = read.rollout
            say_problems(read.warnings)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return plans[0], plans[1], rollout


def _whys(
    request: DiffRequest, rollout: Rollout, before: Plan, after: Plan, found: PlanDifference
) -> Mapping[str, Why]:
    """Why each date moved; nothing where the new plan is not one of the rollout, which would make reasons untrue."""
    violations = check(rollout, after)
    if violations:
        text = gettext(
            "{file} does not fit the rollout in {folder} ({violations}; see planner check), so no reasons are given."
        )
        violations_text = counted(len(violations), "violation")
        say(text.format(file=request.new.name, folder=request.folder, violations=violations_text))
        return {}
    return why_moved(rollout, before, after, found)


def _write_table(rows: Sequence[Sequence[str]], separator: str) -> None:
    """Writes rows to standard output; what a spreadsheet would run as a formula begins with an apostrophe."""
    writer = csv.writer(sys.stdout, delimiter=separator, lineterminator="\n")
    for row in rows:
        writer.writerow([cell if NUMBER.fullmatch(cell) else text_cell(printable(cell)) for cell in row])
