"""Rollouts with scenarios: the changes are made to what the files say, and read by the rules that every folder is."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path as FilePath

from planner.domain.query import Comparison, FieldKind, Query, QueryError, parse
from planner.domain.rollout import Rollout
from planner.domain.scenario import Add, Change, ChangeRows, Drop, RowKind, Scenario, SetValue, Value
from planner.exchange.crew_pools import set_pool
from planner.exchange.folder import check_is_folder, in_order, read_files
from planner.exchange.problems import InputError, Problem, ProblemLog
from planner.exchange.rollout_files import RolloutFiles, load_files
from planner.exchange.scenario_paths import path_text
from planner.exchange.scenario_rows import Row, noun_of, sheet_of
from planner.exchange.scenario_settings import Tables, add_item, drop_value, set_value
from planner.exchange.scenario_values import cell_of
from planner.exchange.settings import states_of
from planner.exchange.text import Names, quoted
from planner.exchange.values import BadValue
from planner.wording.translation import gettext, pgettext

ROW_PATH = 3  # parts of a path to a cell: the kind of row, its id, the column


@dataclass(frozen=True, slots=True)
class ReadRollout:
    """A rollout, and what it was read from.

    `warnings` are those of the folder, `scenarios` the names of those applied, and `effects` what each of their
    changes did, in plain words.
    """

    rollout: Rollout
    files: RolloutFiles
    warnings: tuple[Problem, ...] = ()
    scenarios: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()


def read_rollout(folder: FilePath, scenarios: Sequence[Scenario] = ()) -> ReadRollout:
    """Read a rollout folder and apply scenarios to it, in order. Raises InputError with all mistakes."""
    check_is_folder(folder)
    log = ProblemLog()
    files = load_files(folder, log)
    rollout = read_files(files, log)
    if rollout is None:
        raise InputError(in_order(log.errors))
    return apply_scenarios(ReadRollout(rollout, files, in_order(log.warnings)), scenarios)


def apply_scenarios(base: ReadRollout, scenarios: Sequence[Scenario]) -> ReadRollout:
    """`base` with the changes of each scenario, which must leave a rollout that stands.

    Raises InputError with all that is wrong with the first scenario that does not: changes that cannot be made, and
    rules of the rollout folder that its result breaks.
    """
    for scenario in scenarios:
        base = _apply(base, scenario)
    return base


def effects_of_each(base: ReadRollout, scenarios: Sequence[Scenario]) -> list[tuple[Scenario, tuple[str, ...]]]:
    """Each scenario with what its changes do, in plain words, after those before it; raises InputError."""
    told = []
    for scenario in scenarios:
        changed = _apply(base, scenario)
        told.append((scenario, changed.effects[len(base.effects) :]))
        base = changed
    return told


def _apply(base: ReadRollout, scenario: Scenario) -> ReadRollout:
    log = ProblemLog()
    draft = _Draft(base)
    errors: list[Problem] = []
    effects: list[str] = []
    for change in scenario.changes:
        try:
            effects += draft.make(change)
        except BadValue as error:
            errors.append(Problem(scenario.source, None, place_of_change(change), str(error)))
    files = draft.files(log)
    rollout = read_files(files, log)
    if errors or rollout is None:
        raise InputError([*errors, *(_told_of(scenario, problem) for problem in in_order(log.errors))])
    known = {(problem.file, problem.column, problem.text) for problem in base.warnings}
    new = [problem for problem in in_order(log.warnings) if (problem.file, problem.column, problem.text) not in known]
    return ReadRollout(
        rollout,
        files,
        (*base.warnings, *(_told_of(scenario, problem) for problem in new)),
        (*base.scenarios, scenario.name),
        (*base.effects, *effects),
    )


def _told_of(scenario: Scenario, problem: Problem) -> Problem:
    """A problem of a file as the scenario's, which brought it in."""
    place = str(replace(problem, text="")).removesuffix(": ")
    return Problem(scenario.source, None, place, problem.text)


def place_of_change(change: Change) -> str:
    """How messages name a change of a scenario: where it is in the text."""
    match change:
        case SetValue(path, _):
            return f"set, {path_text(path)}"
        case Drop(path):
            return f"drop, {path_text(path)}"
        case Add(what, _):
            return f"add, {what}"
        case ChangeRows(kind, where, _):
            return f"{kind}, {quoted(where)}" if isinstance(where, str) else str(kind)


class _Draft:
    """The files of a rollout, free to change."""

    def __init__(self, base: ReadRollout) -> None:
        self._base = base
        self._settings: Tables = deepcopy(dict(base.files.settings or {}))
        self._tables = {
            RowKind.SHOPS: base.files.shops,
            RowKind.CREWS: base.files.crews,
            RowKind.ABSENCES: base.files.absences,
        }
        self._sheets = {kind: sheet_of(kind, table) for kind, table in self._tables.items()}

    def files(self, log: ProblemLog) -> RolloutFiles:
        """What the files would hold."""
        tables = {kind: sheet.table(self._tables[kind].file, log) for kind, sheet in self._sheets.items()}
        shops, crews, absences = tables[RowKind.SHOPS], tables[RowKind.CREWS], tables[RowKind.ABSENCES]
        return RolloutFiles(self._settings, shops, crews, absences, self._base.files.actuals)

    def make(self, change: Change) -> Iterator[str]:
        """Make a change; yields what it did. Raises BadValue."""
        match change:
            case SetValue(path, value):
                yield from self._set(path, value)
            case Drop(path) if path[0] in set(RowKind):
                yield from self._drop_row(path)
            case Drop(path):
                yield drop_value(self._settings, path)
            case Add(what, values) if what in set(RowKind):
                yield self._sheets[RowKind(what)].add(values)
            case Add(what, values):
                yield add_item(self._settings, what, deepcopy(dict(values)))
            case ChangeRows(kind, where, values, is_drop):
                rows = self._matching_shops(where) if isinstance(where, str) else self._matching(kind, where)
                yield from self._drop(kind, rows) if is_drop else self._set_cells(kind, rows, values)

    def _set(self, path: tuple[str, ...], value: Value) -> Iterator[str]:
        if path[0] not in set(RowKind):
            yield set_value(self._settings, path, deepcopy(value))
            return
        sheet = self._sheets[RowKind(path[0])]
        if len(path) != ROW_PATH or sheet.kind is RowKind.ABSENCES:
            wrong = gettext("{path} is not a path to a value; write crews.ID.COLUMN or shops.ID.COLUMN")
            raise BadValue(wrong.format(path=quoted(path_text(path))))
        rows = [row for row in sheet.rows if row.cells.get("id") == path[1]]
        if rows:
            yield sheet.set_cells(rows, path[2], value)
        elif sheet.kind is RowKind.CREWS:
            absences, shops = self._sheets[RowKind.ABSENCES], self._sheets[RowKind.SHOPS]
            yield from set_pool(sheet, absences, shops, path[1], path[2], value)
        else:
            known = Names(pgettext("noun", "shop"), (row.cells.get("id", "") for row in sheet.rows))
            raise BadValue(known.unknown(path[1]))

    def _set_cells(self, kind: RowKind, rows: Sequence[Row], values: Mapping[str, Value]) -> Iterator[str]:
        mistakes: list[str] = []
        for column, value in values.items():
            try:
                yield self._sheets[kind].set_cells(rows, column, value)
            except BadValue as error:
                mistakes.append(f"set.{column}: {error}")
        if mistakes:
            raise BadValue("; ".join(mistakes))

    def _drop_row(self, path: tuple[str, ...]) -> Iterator[str]:
        kind = RowKind(path[0])
        if len(path) != ROW_PATH - 1 or kind is RowKind.ABSENCES:
            raise BadValue(
                gettext("write crews.ID or shops.ID; absences are dropped by [[absences]] with where and drop = true")
            )
        yield from self._drop(kind, self._matching(kind, {"id": path[1]}))

    def _drop(self, kind: RowKind, rows: Sequence[Row]) -> Iterator[str]:
        """Drop rows; the absences of a crew go with it."""
        yield self._sheets[kind].drop(rows)
        absences = self._sheets[RowKind.ABSENCES]
        crews = {row.cells.get("id") for row in rows}
        orphans = [row for row in absences.rows if row.cells.get("crew") in crews]
        if kind is RowKind.CREWS and orphans:
            yield absences.drop(orphans)

    def _matching(self, kind: RowKind, where: Mapping[str, Value]) -> list[Row]:
        sheet = self._sheets[kind]
        rows = sheet.rows
        for column, value in where.items():
            if column not in sheet.known:
                raise BadValue(gettext("where: {unknown}").format(unknown=sheet.known.unknown(column)))
            cell = cell_of(value)
            matching = [row for row in rows if row.has(column, cell)]
            if not matching:
                present = Names(column, sorted({row.cells.get(column, "") for row in rows} - {""}))
                wrong = gettext("no {noun} matches: {unknown}")
                raise BadValue(wrong.format(noun=noun_of(kind), unknown=present.unknown(cell)))
            rows = matching
        return list(rows)

    def _matching_shops(self, where: str) -> list[Row]:
        shops = self._base.rollout.shops
        try:
            query = parse(where, states=list(states_of(self._base.rollout.country).names))
        except QueryError as error:
            raise BadValue("; ".join(map(str, error.mistakes))) from None
        wanted = {shop.id for shop in shops if query.matches(shop)}
        if not wanted:
            raise BadValue(gettext("no shop matches{hint}").format(hint=_why_none(query, self._base.rollout)))
        return [row for row in self._sheets[RowKind.SHOPS].rows if row.cells.get("id") in wanted]


def _why_none(query: Query, rollout: Rollout) -> str:
    """Which word of a query no shop fulfils, and what was probably meant."""
    for term in query.terms:
        if any(term.holds(shop) for shop in rollout.shops):
            continue
        if not isinstance(term, Comparison):
            return gettext("; no shop has a text that is looked for: check the spelling")
        column, kind = term.field.column, term.field.kind
        if kind not in (FieldKind.NAME, FieldKind.LIST, FieldKind.TEXT):
            return gettext("; no shop has such a {field}").format(field=term.field.name)
        values = [getattr(shop, column) for shop in rollout.shops]
        present = [item for value in values for item in (value if isinstance(value, tuple) else (value,)) if item]
        return f"; {Names(term.field.name, present).unknown(str(term.values[0]))}"
    return gettext("; each word is true of some shop, but all of them of none: leave one out")
