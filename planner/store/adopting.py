"""A scenario taken over: what it says could be otherwise becomes the rollout."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from planner.exchange.problems import Problem
from planner.exchange.scenario_file import read_kept_scenarios
from planner.exchange.scenarios import apply_scenarios
from planner.exchange.toml_edit import with_values
from planner.store import scenarios
from planner.store.folders import row_records
from planner.store.importing import Update, compare
from planner.store.reading import content
from planner.store.records import RecordKind, StoredScenario
from planner.store.state import State


@dataclass(frozen=True, slots=True)
class Adoption:
    """What adopting the scenario `name` would do: nothing is done yet.

    `effects` say in plain words what changes, `dropped` are the scenarios that go because their changes are then the
    rollout's own: a second time they would change it once more. `warnings` is what is odd about the result.
    """

    name: str
    title: str
    effects: tuple[str, ...]
    dropped: tuple[str, ...]
    warnings: tuple[Problem, ...]
    update: Update


def adoption(connection: Connection, state: State, name: str) -> Adoption:
    """What adopting a scenario, with those it builds on, would do; raises NotFoundError and InputError."""
    item = scenarios.named(connection, state, name)
    base = scenarios.read_base(connection, state)
    texts = scenarios.texts_of(connection, state)
    changed = apply_scenarios(base, read_kept_scenarios(texts, [name]))
    dropped = _needless(scenarios.stored(connection, state), name)
    present = content(connection, state)
    records = {kind: rows for kind, rows in present.records[RecordKind.SCENARIO].items() if kind not in dropped}
    wanted = replace(
        present,
        rollout=changed.rollout,
        toml=with_values(state.toml, changed.files.settings or {}),
        records={**row_records(changed.rollout, changed.files), RecordKind.SCENARIO: records},
    )
    return Adoption(
        name=name,
        title=item.scenario.name,
        effects=changed.effects,
        dropped=dropped,
        warnings=changed.warnings[len(base.warnings) :],
        update=compare(connection, state, wanted),
    )


def _needless(every: Sequence[StoredScenario], name: str) -> tuple[str, ...]:
    """The scenario and those it builds on, but for those that scenarios which stay build on as well."""
    bases = {item.name: item.builds_on for item in every}
    adopted = _with_bases(bases, [name])
    others = [item.name for item in every if item.name not in adopted]
    needed = _with_bases(bases, others)
    return tuple(item for item in adopted if item not in needed)


def _with_bases(bases: dict[str, tuple[str, ...]], names: Sequence[str]) -> dict[str, None]:
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found and name in bases:
            found[name] = None
            waiting += bases[name]
    return found
