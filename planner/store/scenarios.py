"""The scenarios of a rollout in the database: read, and applied to the rollout as it is."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from planner.exchange.folder import in_order, read_files
from planner.exchange.problems import InputError, ProblemLog
from planner.exchange.scenario_file import SUFFIX, read_kept_scenarios
from planner.exchange.scenarios import ReadRollout, apply_scenarios
from planner.exchange.text import Names
from planner.exchange.toml_reader import parse_toml
from planner.store.errors import NotAllowedError, NotFoundError
from planner.store.held import all_held
from planner.store.reading import rollout_files
from planner.store.records import Applied, RecordKind, StoredScenario
from planner.store.scenario_texts import TEXT
from planner.store.state import State
from planner.wording.quotation import in_quotes
from planner.wording.translation import gettext, pgettext


def texts_of(connection: Connection, state: State) -> dict[str, str]:
    """The TOML of all scenarios, by name."""
    return {name: record.cells[TEXT] for name, record in all_held(connection, state, RecordKind.SCENARIO).items()}


def stored(connection: Connection, state: State) -> list[StoredScenario]:
    """All scenarios, by name."""
    held = all_held(connection, state, RecordKind.SCENARIO)
    texts = {name: record.cells[TEXT] for name, record in held.items()}
    found = []
    for name, record in held.items():
        values = parse_toml(texts[name], name + SUFFIX, ProblemLog()) or {}
        bases = tuple(str(base).removesuffix(SUFFIX) for base in values.get("builds_on", ()))
        scenario = read_kept_scenarios(texts, [name])[-1]
        found.append(StoredScenario(name, texts[name], scenario, bases, record.version))
    return found


def named(connection: Connection, state: State, name: str) -> StoredScenario:
    """A scenario; raises NotFoundError."""
    everything = stored(connection, state)
    found = next((item for item in everything if item.name == name), None)
    if found is None:
        raise NotFoundError(unknown(name, [item.name for item in everything]))
    return found


def unknown(name: str, names: Sequence[str]) -> str:
    """The sentence that says there is no such scenario."""
    text = gettext("There is no such scenario in this rollout: {unknown}")
    if not names:
        text = gettext(
            "There is no such scenario in this rollout: {unknown}. Save one by: planner scenario save FILE.toml"
        )
    return text.format(unknown=Names(pgettext("noun", "scenario"), names).unknown(name))


def read_base(connection: Connection, state: State) -> ReadRollout:
    """The rollout as it is, ready for scenarios."""
    log = ProblemLog()
    files = rollout_files(connection, state, log)
    rollout = read_files(files, log)
    if rollout is None:
        raise InputError(in_order(log.errors))
    return ReadRollout(rollout, files, in_order(log.warnings))


def applied(base: ReadRollout, revision: int, texts: Mapping[str, str], names: Sequence[str]) -> Applied:
    """`base` with scenarios applied; raises NotFoundError, and InputError with all that is wrong."""
    for name in names:
        if name not in texts:
            raise NotFoundError(unknown(name, list(texts)))
    read = apply_scenarios(base, read_kept_scenarios(texts, names))
    return Applied(
        rollout=read.rollout,
        revision=revision,
        names=tuple(names),
        titles=read.scenarios,
        effects=read.effects,
        warnings=read.warnings[len(base.warnings) :],
    )


def check_droppable(connection: Connection, state: State, name: str) -> None:
    """Raises NotFoundError, or NotAllowedError where another scenario builds on this one."""
    named(connection, state, name)
    above = [item.name for item in stored(connection, state) if name in item.builds_on]
    if above:
        listed = ", ".join(map(in_quotes, above))
        text = gettext("Scenario '{name}' cannot be dropped: {others} builds on it; drop that first.")
        raise NotAllowedError(text.format(name=name, others=listed))
