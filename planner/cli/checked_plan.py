"""The plan of a folder, checked anew before it goes out to anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.cli.endings import ExitCode, say_problems
from planner.cli.messages import say
from planner.cli.scenarios import read_with_scenarios
from planner.domain.plan import Plan, PlanStatus
from planner.domain.rollout import Rollout
from planner.exchange.plan_json import read_plan
from planner.review.check import check
from planner.wording.amounts import counted
from planner.wording.translation import gettext

PLAN_IN_FOLDER = Path("out") / "plan.json"
VIOLATIONS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class CheckedPlan:
    """A rollout and a plan of it that passes the check."""

    rollout: Rollout
    plan: Plan


def read_checked_plan(
    folder: Path,
    path: Path | None,
    *,
    scenarios: Sequence[str] = (),
    quiet: bool = False,
    with_dates: bool = True,
) -> CheckedPlan | ExitCode:
    """The rollout in `folder` and its plan (at `path`, or where `planner run` puts it), or why there is none to use.

    `scenarios` are applied to the rollout first. `with_dates` asks for a plan that is not infeasible.

    Raises InputError.
    """
    read = read_with_scenarios(folder, scenarios)
    rollout = read.rollout
    if not quiet:
        say_problems(read.warnings)
    place = path or folder / PLAN_IN_FOLDER
    return checked_plan(rollout, read_plan(place), place.name, "`planner run`", with_dates=with_dates)


def checked_plan(
    rollout: Rollout, plan: Plan, name: str, remedy: str, *, with_dates: bool = True, against: Rollout | None = None
) -> CheckedPlan | ExitCode:
    """A plan that passes the check; for another one, says what is wrong with the plan of this name, and the remedy.

    `against` is the rollout to check the plan against, where that is not `rollout` as it is now.
    """
    violations = check(rollout if against is None else against, plan)
    for violation in violations[:VIOLATIONS_SHOWN]:
        say(f"{violation.rule}: {violation.text}")
    if violations:
        text = gettext("{name} does not fit the rollout ({violations}), so nothing was done. Plan again with {remedy}.")
        say(text.format(name=name, violations=counted(len(violations), "violation"), remedy=remedy))
        return ExitCode.FAILED
    if with_dates and plan.status is PlanStatus.INFEASIBLE:
        text = gettext(
            "{name} has no dates, because fixed dates conflict; nothing was done. Settle them and plan again."
        )
        say(text.format(name=name))
        return ExitCode.CONFLICT
    return CheckedPlan(rollout, plan)
