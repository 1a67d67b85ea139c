"""Where in the text of a scenario a mistake is, so that an editor can go there."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace

from planner.domain.scenario import Add, Change, ChangeRows, Drop, Scenario, SetValue
from planner.exchange.problems import Problem
from planner.exchange.scenario_paths import path_text
from planner.exchange.scenarios import place_of_change
from planner.exchange.toml_reader import Toml
from planner.exchange.toml_table import is_table

MOST_LINES = 2000
Holds = Callable[[Toml], bool]


def with_lines(text: str, file: str, scenario: Scenario | None, problems: Iterable[Problem]) -> list[Problem]:
    """Problems of the scenario that messages call `file`, each with the line it is about where that can be told."""
    return [
        replace(problem, row=_line_of(text, scenario, problem.column)) if _is_lineless(problem, file) else problem
        for problem in problems
    ]


def _is_lineless(problem: Problem, file: str) -> bool:
    return problem.file == file and problem.row is None and problem.column is not None


def _line_of(text: str, scenario: Scenario | None, place: str | None) -> int | None:
    """The line that a place is on: the first one up to which the text holds what the place names."""
    changes = scenario.changes if scenario else ()
    change = next((change for change in changes if place_of_change(change) == place), None)
    key = (place or "").split(",")[0].split(" ")[0]
    holds = _holds_change(change) if change else lambda values: key in values
    lines = text.splitlines(keepends=True)
    begin = 1
    for number in range(1, min(len(lines), MOST_LINES) + 1):
        try:
            values = tomllib.loads("".join(lines[:number]))
        except ValueError:
            continue  # in the middle of a list or a text over several lines
        if holds(values):
            return begin
        begin = number + 1
    return None


def _holds_change(change: Change) -> Holds:
    match change:
        case SetValue(path, _):
            return lambda values: _has(values.get("set"), path)
        case Drop(path):
            return lambda values: path_text(path) in values.get("drop", ()) or "drop" in values
        case Add(what, wanted):
            return lambda values: any(
                item and item.items() <= wanted.items() for item in _listed(values.get("add", {}).get(what))
            )
        case ChangeRows(kind, where, _):
            return lambda values: any(item.get("where") == where for item in _listed(values.get(kind)))


def _has(values: object, path: tuple[str, ...]) -> bool:
    for part in path:
        if not is_table(values) or part not in values:
            return False
        values = values[part]
    return True


def _listed(items: object) -> list[Toml]:
    return [item for item in items if is_table(item)] if isinstance(items, list) else []
