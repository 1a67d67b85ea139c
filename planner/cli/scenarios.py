"""Rollout folders read with scenarios, as several commands do."""

from collections.abc import Sequence
from pathlib import Path

from planner.domain.scenario import Scenario
from planner.exchange.problems import InputError, Problem
from planner.exchange.scenario_file import read_scenarios, scenario_path
from planner.exchange.scenarios import ReadRollout, apply_scenarios, read_rollout


def read_with_scenarios(folder: Path, texts: Sequence[str]) -> ReadRollout:
    """The rollout in `folder` with the scenarios that `texts` name, each a file or one of the folder's own.

    Raises InputError with the mistakes of the folder and of all scenario files, or else with those of a scenario.
    """
    base, chains = read_each(folder, [texts])
    return apply_scenarios(base, chains[0])


def read_each(folder: Path, groups: Sequence[Sequence[str]]) -> tuple[ReadRollout, list[tuple[Scenario, ...]]]:
    """The rollout in `folder`, and for each group of texts the scenarios to apply, those they build on first.

    Raises InputError with all mistakes of all files.
    """
    problems: list[Problem] = []
    base: ReadRollout | None = None
    try:
        base = read_rollout(folder)
    except InputError as error:
        problems += error.problems
    chains: list[tuple[Scenario, ...]] = []
    for texts in groups:
        try:
            chains.append(read_scenarios([scenario_path(folder, text) for text in texts]))
        except InputError as error:
            problems += error.problems
    if base is None or problems:
        raise InputError(dict.fromkeys(problems))
    return base, chains
