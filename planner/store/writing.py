"""Checked changes into the tables, and their entry into the journal: in one transaction, one revision."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any, Protocol

from sqlalchemy import Connection, Table, delete, insert, select, update

from planner.domain.query import FREE_TEXT_COLUMNS
from planner.store.cells import Cells
from planner.store.change import Change
from planner.store.checking import Checked
from planner.store.held import NOTE, TABLES, in_statements
from planner.store.many_rows import ROW_PK, insert_rows, update_rows
from planner.store.many_values import among, is_server
from planner.store.records import Action, EntryState, RecordKind
from planner.store.rows import ENCODE, LISTS, Values, absence_values, crew_values, item_values, shop_values, text_values
from planner.store.state import PAST_JOBS, TOML, UNKNOWN_COLUMNS, State, check_name, save_state, unknown_of
from planner.store.tables import ENTRY, ENTRY_RECORD, SHOP, SHOP_ITEM, SHOP_TEXT

FEW_ROWS, FEW_ON_SERVER = 20, 1000


class ValuesOf(Protocol):
    """Gives the columns of a change's row."""

    def __call__(self, change: Change, only: Collection[str] | None = None, /) -> Values:
        """All of them, or `only` some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What an entry of the journal says beside its changes."""

    who: str
    action: Action
    what: str
    why: str = ""
    state: EntryState = EntryState.DONE
    target: int | None = None


def write_changes(
    connection: Connection,
    state: State,
    changes: Sequence[Change],
    checked: Checked,
    note: Note,
    *,
    keep_records: bool = True,
) -> int:
    """Writes the changes and their entry; the new revision, which is the version of all that changed.

    Without `keep_records` the journal notes only how many records there were: those of a new rollout, which has
    nothing to go back to.
    """
    state.revision += 1
    for change in changes:
        if change.kind is RecordKind.SETTINGS and change.after is not None:
            _write_settings(connection, state, change.after)
        elif change.kind is RecordKind.PLAN and change.held and change.after is not None:
            table, _ = TABLES[change.kind]
            values = {"state": change.after["state"], NOTE: change.after.get(NOTE, ""), "version": state.revision}
            connection.execute(update(table).where(table.c.pk == change.held.pk).values(values))
    for kind in (RecordKind.CREW, RecordKind.SHOP, RecordKind.ABSENCE, RecordKind.SCENARIO):
        own = [change for change in changes if change.kind is kind]
        if own:
            _write_rows(connection, state, kind, own, checked)
    write_entry(connection, state, changes, note, keep_records=keep_records)
    save_state(connection, state)
    return state.revision


def write_entry(
    connection: Connection, state: State, changes: Sequence[Change], note: Note, *, keep_records: bool = True
) -> None:
    """Writes the journal's entry of the state's revision."""
    connection.execute(
        insert(ENTRY).values(
            rollout=state.pk,
            revision=state.revision,
            moment=datetime.now(UTC),
            who=note.who,
            action=note.action.value,
            what=str(note.what),
            why=note.why,
            state=note.state.value,
            target=note.target,
            records=len(changes),
        )
    )
    records = [
        {
            "rollout": state.pk,
            "revision": state.revision,
            "kind": change.kind.value,
            "key": change.key,
            "position": change.held.position if change.held else change.position,
            "before": _journal_text(change.before, change),
            "after": _journal_text(change.after, change),
        }
        for change in changes
        if keep_records
    ]
    insert_rows(connection, ENTRY_RECORD, records)


def _journal_text(cells: Cells | None, change: Change) -> str | None:
    """All cells of a record that comes or goes, else those that change; empty ones are written as such."""
    if cells is None:
        return None
    if change.before is not None and change.after is not None:
        cells = {column: cells.get(column, "") for column in change.columns}
    return ENCODE(cells)


def _write_settings(connection: Connection, state: State, cells: Mapping[str, str]) -> None:
    state.toml = cells[TOML]
    state.past_jobs = cells.get(PAST_JOBS, "")
    state.unknown = unknown_of(cells[UNKNOWN_COLUMNS])
    state.name = state.settings.rollout.name
    check_name(connection, state.name, state.pk)
    state.settings_version = state.revision


def _write_rows(
    connection: Connection, state: State, kind: RecordKind, changes: Sequence[Change], checked: Checked
) -> None:
    table, _ = TABLES[kind]
    values_of = _values_by(kind, checked, state)
    _delete(connection, kind, [change.held.pk for change in changes if change.after is None and change.held])
    new: list[Values] = [
        {"rollout": state.pk, "version": state.revision, **_place(state, change), **values_of(change)}
        for change in changes
        if change.after is not None and change.held is None
    ]
    insert_rows(connection, table, new)
    kept = [change for change in changes if change.after is not None and change.held is not None]
    _update(connection, table, kept, values_of, state.revision)
    if kind is RecordKind.SHOP:
        _write_lookups(connection, state, [change for change in changes if change.after is not None], checked)


def _place(state: State, change: Change) -> Values:
    """Where a new record stands among its kind, and the number it is known by."""
    if change.kind is RecordKind.SCENARIO:
        return {}
    position = change.position
    if position is None:
        position, state.next_position = state.next_position, state.next_position + 1
    return {"position": position, **({"number": int(change.key)} if change.kind is RecordKind.ABSENCE else {})}


def _values_by(kind: RecordKind, checked: Checked, state: State) -> ValuesOf:
    """What gives the columns of a change's row; those of a shop only as far as they are asked for."""
    unknown = state.unknown_in(kind)

    def extra(change: Change) -> dict[str, str]:
        cells = change.after or {}
        return {column: cells[column] for column in unknown if cells.get(column)}

    match kind:
        case RecordKind.SHOP:
            return lambda change, only=None: shop_values(checked.shops[change.key], only)
        case RecordKind.CREW:
            return lambda change, _=None: crew_values(checked.crews[change.key], extra(change))
        case RecordKind.SCENARIO:
            return lambda change, _=None: {"name": change.key, **(change.after or {})}
        case _:
            return lambda change, _=None: absence_values(checked.absences[change.key], extra(change))


def _update(
    connection: Connection, table: Table, changes: Sequence[Change], values_of: ValuesOf, revision: int
) -> None:
    """Updates rows, and of an index on a file only the entries whose column changes."""
    columns_behind = cache(partial(_columns_behind, table))
    same: dict[tuple[tuple[str, Any], ...], list[int]] = {}
    for change in changes:
        columns = columns_behind(change.columns)
        values = values_of(change, columns)
        if change.held is not None:
            same.setdefault(tuple((column, values[column]) for column in columns), []).append(change.held.pk)
    single: dict[tuple[str, ...], list[Values]] = {}
    # What many rows get alike is sent once; a server takes rows that get any values in one statement, too.
    few = FEW_ON_SERVER if is_server(connection) else FEW_ROWS
    for new, pks in same.items():
        if len(pks) < few:
            names = tuple(column for column, _ in new)
            single.setdefault(names, []).extend({ROW_PK: pk, **dict(new)} for pk in pks)
            continue
        for part in in_statements(connection, pks):
            chosen = among(connection, table.c.pk, part)
            connection.execute(update(table).where(chosen).values({**dict(new), "version": revision}))
    for rows in single.values():
        update_rows(connection, table, rows, revision)


def _columns_behind(table: Table, changed: Sequence[str]) -> tuple[str, ...]:
    """The columns of a row that depend on cells: their own, the folded one, the text that is searched."""
    columns: dict[str, None] = {}
    for column in changed:
        if column not in table.c:
            columns["extra"] = None
            continue
        columns[column] = None
        if f"{column}_folded" in table.c:
            columns[f"{column}_folded"] = None
        if table is SHOP and column == "state":
            columns |= {"region": None, "region_folded": None}  # which is the state where none is given
    return tuple(sorted(columns))


def _delete(connection: Connection, kind: RecordKind, pks: Sequence[int]) -> None:
    table, _ = TABLES[kind]
    for part in in_statements(connection, pks):
        if kind is RecordKind.SHOP:
            connection.execute(delete(SHOP_ITEM).where(among(connection, SHOP_ITEM.c.shop, part)))
            connection.execute(delete(SHOP_TEXT).where(among(connection, SHOP_TEXT.c.shop, part)))
        connection.execute(delete(table).where(among(connection, table.c.pk, part)))


def _write_lookups(connection: Connection, state: State, changes: Sequence[Change], checked: Checked) -> None:
    """Writes anew what shops are looked up by, where their lists or texts changed."""
    columns = {change.key: set(change.columns) for change in changes}
    pks = {change.key: change.held.pk for change in changes if change.held is not None}
    for keys in in_statements(connection, [change.key for change in changes if change.held is None]):
        query = select(SHOP.c.id, SHOP.c.pk).where(SHOP.c.rollout == state.pk, among(connection, SHOP.c.id, keys))
        pks |= {row.id: row.pk for row in connection.execute(query)}
    relisted = [key for key in columns if columns[key] & set(LISTS)]
    renamed = [key for key in columns if columns[key] & set(FREE_TEXT_COLUMNS)]
    items = [row for key in relisted for row in item_values(state.pk, pks[key], checked.shops[key])]
    texts = [text_values(state.pk, pks[key], checked.shops[key]) for key in renamed]
    for table, keys, rows in ((SHOP_ITEM, relisted, items), (SHOP_TEXT, renamed, texts)):
        for part in in_statements(connection, [pks[key] for key in keys]):
            connection.execute(delete(table).where(among(connection, table.c.shop, part)))
        insert_rows(connection, table, rows)
