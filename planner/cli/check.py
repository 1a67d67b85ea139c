"""`planner check`: judges a plan against its rollout."""

from pathlib import Path

from planner.cli.endings import ExitCode, say_problems
from planner.cli.messages import clip, say, show, show_json
from planner.cli.scenarios import read_with_scenarios
from planner.cli.summary import NAME_WIDTH, milestones_text
from planner.domain.plan import Plan, PlanStatus
from planner.domain.rollout import Rollout
from planner.exchange.plan_json import read_plan
from planner.review.check import Violation, check
from planner.wording.amounts import counted, gap_text, money_text, number_text
from planner.wording.translation import gettext, ngettext


def check_plan(folder: Path, path: Path, scenarios: tuple[str, ...] = (), *, as_json: bool) -> ExitCode:
    """Checks the plan in file `path` against the rollout in `folder`, with scenarios, and shows what is wrong with it.

    Raises InputError.
    """
    read = read_with_scenarios(folder, scenarios)
    rollout = read.rollout
    say_problems(read.warnings)
    plan = read_plan(path)
    if (plan.scenario or ()) != read.scenarios:
        made, held = (_scenarios_text(names) for names in (plan.scenario or (), read.scenarios))
        text = gettext("{file} was made with {made}, but is checked against the rollout with {held}; see --scenario.")
        say(text.format(file=path.name, made=made, held=held))
    violations = check(rollout, plan)
    if as_json:
        show_json(verdict_data(violations))
    else:
        for line in verdict_lines(rollout, plan, path, violations):
            show(line)
    return ExitCode.FAILED if violations else ExitCode.OK


def _scenarios_text(names: tuple[str, ...]) -> str:
    if not names:
        return gettext("no scenario")
    return gettext("the scenario {names}").format(names=", ".join(clip(name, NAME_WIDTH) for name in names))


def verdict_data(violations: tuple[Violation, ...]) -> dict[str, object]:
    """The verdict for --json."""
    named = [
        {
            "rule": violation.rule,
            "text": violation.text,
            "shops": list(violation.shops),
            "first": violation.first and violation.first.isoformat(),
            "last": violation.last and violation.last.isoformat(),
        }
        for violation in violations
    ]
    return {"passes": not violations, "violations": named}


def verdict_lines(rollout: Rollout, plan: Plan, path: Path, violations: tuple[Violation, ...]) -> list[str]:
    """One line a violation and how many they are, or one line that says what passes."""
    if violations:
        named = [f"{violation.rule}: {violation.text}" for violation in violations]
        text = gettext("{file} fails: {violations}.")
        return [*named, text.format(file=path.name, violations=counted(len(violations), "violation"))]
    if plan.status is PlanStatus.INFEASIBLE:
        text = ngettext(
            "{file} passes: no plan, {number} conflict of fixed dates.",
            "{file} passes: no plan, {number} conflicts of fixed dates.",
            len(plan.conflicts),
        )
        return [text.format(file=path.name, number=number_text(len(plan.conflicts)))]
    parts = [text for text in (milestones_text(plan), counted(len(plan.remodels), "remodel")) if text]
    if plan.total is not None:
        parts.append(money_text(plan.total, clip(rollout.currency, 3)))
    if plan.gap is not None:
        parts.append(gettext("gap {gap}").format(gap=gap_text(plan.gap)))
    return [gettext("{file} passes: {figures}.").format(file=path.name, figures=", ".join(parts))]
