"""A file made of a plan in the database."""

from pathlib import Path

from planner.cli.checked_plan import CheckedPlan
from planner.cli.endings import ExitCode
from planner.cli.plan_file import PlanForm, checked_target, write_form
from planner.review.check import check
from planner.store.backlog import Backlog
from planner.store.errors import NotFoundError
from planner.store.kept_plans import FailedCheckError
from planner.wording.translation import gettext


def write_kept_plan(backlog: Backlog, number: int | None, form: PlanForm, out: Path | None) -> ExitCode:
    """Writes a plan of the database, the newest where no `number` is given, to `out` or the current folder.

    Raises InputError, CannotWriteError, and StoreError where there is no such plan, or it fits the rollout no more.
    """
    target = checked_target(out or Path(form.name), form)
    number = number_to_use(backlog, number)
    kept_plan = backlog.plans.to_use(number)
    violations = check(kept_plan.against, kept_plan.plan)
    if violations:
        text = gettext("Plan {number} fits the rollout no more, so nothing was written:")
        raise FailedCheckError(text.format(number=number), violations)
    return write_form(CheckedPlan(kept_plan.rollout, kept_plan.plan), form, target)


def number_to_use(backlog: Backlog, number: int | None) -> int:
    """The number of the newest plan, where none is given; raises NotFoundError where there is no plan."""
    if number is not None:
        return number
    newest = backlog.plans.newest()
    if newest is None:
        raise NotFoundError(gettext("There is no plan yet; make one by: planner plan"))
    return newest.number
