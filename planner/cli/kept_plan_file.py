"""A file made of a plan in the database."""

from pathlib import Path

from planner.cli.checked_plan import CheckedPlan
from planner.cli.endings import ExitCode
from planner.cli.plan_file import PlanForm, checked_target, write_form
from planner.review.check import check
from planner.store.backlog import Backlog
from planner.store.errors import NotFoundError
from planner.store.kept_plans import FailedCheckError


def write_kept_plan(backlog: Backlog, number: int | None, form: PlanForm, out: Path | None) -> ExitCode:
    """Writes a plan of the database, the newest where no `number` is given, to `out` or the current folder.

    Raises InputError, CannotWriteError, and StoreError where there is no such plan, or it fits the rollout no more.
    """
    target = checked_target(out or Path(form.name), form)
    if number is None:
        newest = backlog.plans.newest()
        if newest is None:
            raise NotFoundError("There is no plan yet; make one by: planner plan")
        number = newest.number
    kept_plan = backlog.plans.to_use(number)
    violations = check(kept_plan.against, kept_plan.plan)
    if violations:
        raise FailedCheckError(f"Plan {number} fits the rollout no more, so nothing was written:", violations)
    return write_form(CheckedPlan(kept_plan.rollout, kept_plan.plan), form, target)
