"""`planner risk` on the database: a plan that is kept there, or the curve of the rollout as it is now."""

from collections.abc import Sequence

from planner.cli.checked_plan import CheckedPlan, checked_plan
from planner.cli.endings import ExitCode
from planner.cli.interrupts import Interrupts
from planner.cli.kept_plan_file import number_to_use
from planner.cli.risk import RiskRequest, assess_checked
from planner.cli.risk_curve import CurveRequest, curve_of
from planner.store.backlog import Backlog
from planner.wording.translation import gettext


def assess_kept_plan(backlog: Backlog, number: int | None, request: RiskRequest) -> ExitCode:
    """Assesses a plan, the newest where no `number` is given, and shows how sure it is.

    Raises InputError, CannotWriteError and StoreError.
    """
    number = number_to_use(backlog, number)
    kept_plan = backlog.plans.to_use(number)
    name = gettext("Plan {number}").format(number=number)
    checked = checked_plan(kept_plan.rollout, kept_plan.plan, name, "`planner plan`", against=kept_plan.against)
    return assess_checked(checked, request) if isinstance(checked, CheckedPlan) else checked


def curve_of_backlog(backlog: Backlog, scenarios: Sequence[str], request: CurveRequest) -> ExitCode:
    """Makes plans of the rollout as it is now, with scenarios applied, and shows the curve.

    Raises InputError, CannotWriteError and StoreError.
    """
    with Interrupts() as interrupts:
        under = backlog.under(scenarios)
        return curve_of(under.rollout, under.warnings, request, interrupts)
