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
from planner.wording.amounts import counted, gap_text, money_text


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
        say(f"{path.name} was made with {made}, but is checked against the rollout with {held}; see --scenario.")
    violations = check(rollout, plan)
    if as_json:
        show_json(verdict_data(violations))
    else:
        for line in verdict_lines(rollout, plan, path, violations):
            show(line)
    return ExitCode.FAILED if violations else ExitCode.OK


def _scenarios_text(names: tuple[str, ...]) -> str:
    return f"the scenario {', '.join(clip(name, NAME_WIDTH) for name in names)}" if names else "no scenario"


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
        return [*named, f"{path.name} fails: {counted(len(violations), 'violation')}."]
    if plan.status is PlanStatus.INFEASIBLE:
        return [f"{path.name} passes: no plan, {counted(len(plan.conflicts), 'conflict')} of fixed dates."]
    parts = [text for text in (milestones_text(plan), counted(len(plan.remodels), "remodel")) if text]
    if plan.total is not None:
        parts.append(money_text(plan.total, clip(rollout.currency, 3)))
    if plan.gap is not None:
        parts.append(f"gap {gap_text(plan.gap)}")
    return [f"{path.name} passes: {', '.join(parts)}."]
