"""`planner plans diff`: what differs between two plans in the database, and why."""

from collections.abc import Mapping

from planner.cli.diff import DiffForm, show_found
from planner.cli.endings import ExitCode
from planner.cli.messages import say
from planner.domain.plan import Plan
from planner.domain.plan_difference import PlanDifference, difference
from planner.review.check import check
from planner.store.backlog import Backlog
from planner.store.errors import StoreError
from planner.store.kept_plans import PlanToUse
from planner.store.records import PlanState
from planner.studies.why_moved import Why, why_moved
from planner.wording.translation import gettext


def show_difference(backlog: Backlog, before: int | None, after: int | None, form: DiffForm) -> ExitCode:
    """Shows what differs between two plans: by default from the baseline to the newest draft. Raises InputError."""
    first, second = _two_plans(backlog, before, after)
    earlier, later = backlog.plans.plan(first), backlog.plans.to_use(second)
    found = difference(earlier, later.plan)
    whys = _whys(second, earlier, later, found)
    names = (gettext("plan {number}").format(number=first), gettext("plan {number}").format(number=second))
    show_found(earlier, later.plan, found, whys, form, names=names, currency=later.rollout.currency)
    return ExitCode.OK


def _whys(number: int, earlier: Plan, later: PlanToUse, found: PlanDifference) -> Mapping[str, Why]:
    """Why each date moved; nothing where the later plan is none of the rollout, which would make reasons untrue."""
    if found.is_empty:
        return {}
    if check(later.against, later.plan):
        text = gettext("Plan {number} does not fit the rollout as it is now, so no reasons are given.")
        say(text.format(number=number))
        return {}
    return why_moved(later.against, earlier, later.plan, found)


def _two_plans(backlog: Backlog, before: int | None, after: int | None) -> tuple[int, int]:
    if before is not None and after is not None:
        return before, after
    kept = [info for info in backlog.plans.all() if not info.scenario]
    drafts = [info.number for info in kept if info.state is PlanState.DRAFT]
    numbers = [info.number for info in kept]
    first = backlog.plans.baseline()
    if before is not None:
        if first is None:
            first = next((number for number in numbers if number != before), None)
        second: int | None = before
    else:
        first = first if first is not None else next(iter(numbers[1:]), None)
        second = next(iter(drafts or numbers), None)
    if first is None or second is None or first == second:
        raise StoreError(gettext("There are not two plans to compare; name both, such as: planner plans diff 1 2"))
    return first, second
