"""The plan that a question is about: read with its rollout, new shops added, checked."""

from collections.abc import Sequence
from pathlib import Path

from planner.cli.checked_plan import CheckedPlan, checked_plan
from planner.cli.endings import ExitCode, say_problems
from planner.cli.messages import say
from planner.cli.scenarios import read_with_scenarios
from planner.exchange.plan_json import read_plan
from planner.studies.newcomers import with_newcomers
from planner.wording.translation import gettext

NAMES_SHOWN = 5


def read_asked_plan(
    folder: Path, path: Path, scenarios: Sequence[str], *, with_dates: bool = True
) -> CheckedPlan | ExitCode:
    """The rollout in `folder` and the plan at `path`, or why there is none to ask about.

    Raises InputError.
    """
    read = read_with_scenarios(folder, scenarios)
    say_problems(read.warnings)
    plan, new = with_newcomers(read.rollout, read_plan(path))
    if new:
        names = ", ".join(new[:NAMES_SHOWN])
        if len(new) > NAMES_SHOWN:
            names = gettext("{names} and {number} more").format(names=names, number=len(new) - NAMES_SHOWN)
        say(gettext("Not in {file}, so without a date: {names}.").format(file=path.name, names=names))
    return checked_plan(read.rollout, plan, path.name, "`planner run`", with_dates=with_dates)
