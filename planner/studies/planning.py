"""One plan among several: solved, named after its scenarios, and judged by the checker before anybody sees it."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.scheduling.limits import Limits, ReportProgress

if TYPE_CHECKING:
    # Only a type: a screen that may begin a search is not to load the checker.
    from planner.review.check import Violation


class FailedCheckError(Exception):
    """A plan breaks rules of its rollout: a mistake in the planner."""

    def __init__(self, violations: Sequence["Violation"]) -> None:
        super().__init__("; ".join(f"{violation.rule}: {violation.text}" for violation in violations))
        self.violations = tuple(violations)

    def __reduce__(self) -> tuple[type["FailedCheckError"], tuple[tuple["Violation", ...]]]:
        return FailedCheckError, (self.violations,)


def plan_checked(
    rollout: Rollout,
    limits: Limits,
    *,
    scenarios: Sequence[str] = (),
    start: Plan | None = None,
    on_progress: ReportProgress | None = None,
    stop: threading.Event | None = None,
) -> Plan:
    """The best plan within `limits`, checked; `start` is a plan of a rollout much like this one, to begin from.

    Raises NoPlanError where the limits leave no time for one, FailedCheckError where the plan does not pass.
    """
    from planner.review.check import check  # noqa: PLC0415 - see above
    from planner.scheduling.solve import solve  # noqa: PLC0415 - loading the solver takes a second

    plan = replace(solve(rollout, limits, on_progress, stop, start=start), scenario=tuple(scenarios) or None)
    violations = check(rollout, plan)
    if violations:
        raise FailedCheckError(violations)
    return plan
