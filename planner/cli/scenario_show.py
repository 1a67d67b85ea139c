"""`planner scenario`: lists scenarios, and shows in plain words what they change."""

from collections.abc import Iterator
from pathlib import Path

from planner.cli.endings import ExitCode, say_problems
from planner.cli.messages import show, show_json
from planner.cli.scenarios import read_each
from planner.domain.scenario import Scenario
from planner.exchange.folder import check_is_folder
from planner.exchange.scenario_file import FOLDER, find_scenarios, read_scenarios
from planner.exchange.scenarios import ReadRollout, apply_scenarios

LABEL_WIDTH = 12


def list_folder(folder: Path, *, as_json: bool) -> ExitCode:
    """Lists the scenarios of a rollout folder. Raises InputError."""
    check_is_folder(folder)
    paths = find_scenarios(folder)
    scenarios = {scenario.source: scenario for scenario in read_scenarios(paths)}
    listed = [(path.stem, scenarios[path.name]) for path in paths]
    if as_json:
        show_json([{"scenario": stem, "name": item.name, "why": item.why} for stem, item in listed])
        return ExitCode.OK
    width = max((len(stem) for stem, _ in listed), default=0) + 2
    for stem, scenario in listed:
        show(scenario.name, label=stem.ljust(width))
        if scenario.why:
            show(" " * width + scenario.why)
    if not listed:
        show(f"There are no scenarios in {folder / FOLDER}.")
    return ExitCode.OK


def show_scenario(folder: Path, text: str, *, as_json: bool) -> ExitCode:
    """Shows what a scenario, and those it builds on, change in the rollout in `folder`. Raises InputError."""
    base, (chain,) = read_each(folder, [[text]])
    told = list(_told(base, chain))
    changed = apply_scenarios(base, chain)
    say_problems([problem for problem in changed.warnings if problem not in base.warnings])
    if as_json:
        show_json([{"name": item.name, "why": item.why, "changes": effects} for item, effects in told])
        return ExitCode.OK
    *bases, last = told
    show(last[0].name, label="Scenario".ljust(LABEL_WIDTH))
    if last[0].why:
        show(last[0].why, label="Why".ljust(LABEL_WIDTH))
    for scenario, effects in bases:
        show(scenario.name, label="Builds on".ljust(LABEL_WIDTH))
        _show_effects(effects)
    if bases:
        show("", label="Itself")
    _show_effects(last[1])
    return ExitCode.OK


def _told(base: ReadRollout, chain: tuple[Scenario, ...]) -> Iterator[tuple[Scenario, list[str]]]:
    """Each scenario with what it changes in those before it."""
    for scenario in chain:
        changed = apply_scenarios(base, [scenario])
        yield scenario, list(changed.effects[len(base.effects) :])
        base = changed


def _show_effects(effects: list[str]) -> None:
    for number, effect in enumerate(effects):
        show(effect, label=("" if number else "Changes").ljust(LABEL_WIDTH))
