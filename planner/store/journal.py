"""The journal read: entries, what they changed, and what has changed since a revision."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select, update

from planner.store.cells import Cells
from planner.store.change import cell_changes
from planner.store.errors import NotFoundError
from planner.store.held import in_statements
from planner.store.many_values import among
from planner.store.records import Action, CellChange, Changed, Entry, EntryState, RecordKind
from planner.store.state import State
from planner.store.tables import ENTRY, ENTRY_RECORD
from planner.wording.kept import Kept
from planner.wording.translation import gettext

FEW_RECORDS = 3


@dataclass(frozen=True, slots=True)
class Noted:
    """What an entry did to one record: the cells that changed, or all where it was added or removed."""

    revision: int
    kind: RecordKind
    key: str
    position: int | None
    before: Cells | None
    after: Cells | None


def entries(
    connection: Connection,
    state: State,
    *,
    shop: str | None = None,
    after: int | None = None,
    before: int | None = None,
    limit: int | None = None,
    newest_first: bool = True,
) -> list[Entry]:
    """Entries, of one shop or of all, with revisions between `after` and `before` (both excluded)."""
    query = select(ENTRY).where(ENTRY.c.rollout == state.pk)
    if shop is not None:
        touched = select(ENTRY_RECORD.c.revision).where(
            ENTRY_RECORD.c.rollout == state.pk,
            ENTRY_RECORD.c.kind == RecordKind.SHOP.value,
            ENTRY_RECORD.c.key == shop,
        )
        query = query.where(ENTRY.c.revision.in_(touched))
    if after is not None:
        query = query.where(ENTRY.c.revision > after)
    if before is not None:
        query = query.where(ENTRY.c.revision < before)
    query = query.order_by(ENTRY.c.revision.desc() if newest_first else ENTRY.c.revision).limit(limit)
    return [_entry(row) for row in connection.execute(query).mappings()]


def entry(connection: Connection, state: State, revision: int) -> Entry | None:
    """The entry of a revision."""
    return _one(connection, select(ENTRY).where(ENTRY.c.rollout == state.pk, ENTRY.c.revision == revision))


def last_entry(
    connection: Connection, state: State, who: str, actions: Iterable[Action], entry_state: EntryState
) -> Entry | None:
    """The newest entry of a user of one of these kinds that is in this state."""
    query = (
        select(ENTRY)
        .where(
            ENTRY.c.rollout == state.pk,
            ENTRY.c.who == who,
            ENTRY.c.action.in_([action.value for action in actions]),
            ENTRY.c.state == entry_state.value,
        )
        .order_by(ENTRY.c.revision.desc())
        .limit(1)
    )
    return _one(connection, query)


def mark(connection: Connection, state: State, revision: int, entry_state: EntryState) -> None:
    """Notes that an entry was undone, redone, or done again."""
    connection.execute(
        update(ENTRY).where(ENTRY.c.rollout == state.pk, ENTRY.c.revision == revision).values(state=entry_state.value)
    )


def drop_redos(connection: Connection, state: State, who: str) -> None:
    """After a new change of a user, what the user undid before can no longer be redone."""
    connection.execute(
        update(ENTRY)
        .where(
            ENTRY.c.rollout == state.pk,
            ENTRY.c.who == who,
            ENTRY.c.action == Action.UNDO.value,
            ENTRY.c.state == EntryState.DONE.value,
        )
        .values(state=EntryState.DROPPED.value)
    )


def noted(connection: Connection, state: State, revision: int, limit: int | None = None) -> list[Noted]:
    """What the entry of a revision did, record by record, in order."""
    query = (
        select(ENTRY_RECORD)
        .where(ENTRY_RECORD.c.rollout == state.pk, ENTRY_RECORD.c.revision == revision)
        .order_by(ENTRY_RECORD.c.pk)
        .limit(limit)
    )
    return [_noted(row) for row in connection.execute(query).mappings()]


def noted_since(
    connection: Connection,
    state: State,
    revision: int,
    kind: RecordKind,
    keys: Sequence[str],
    until: int | None = None,
) -> dict[str, list[Noted]]:
    """What later entries, or those of them up to `until`, did to these records, oldest first, by key."""
    found: dict[str, list[Noted]] = {}
    for part in in_statements(connection, keys):
        query = (
            select(ENTRY_RECORD)
            .where(
                ENTRY_RECORD.c.rollout == state.pk,
                ENTRY_RECORD.c.kind == kind.value,
                among(connection, ENTRY_RECORD.c.key, part),
                ENTRY_RECORD.c.revision > revision,
            )
            .order_by(ENTRY_RECORD.c.revision)
        )
        if until is not None:
            query = query.where(ENTRY_RECORD.c.revision <= until)
        for row in connection.execute(query).mappings():
            found.setdefault(row["key"], []).append(_noted(row))
    return found


def entry_at(connection: Connection, state: State, revision: int) -> Entry:
    """The entry of a revision; raises NotFoundError."""
    found = entry(connection, state, revision)
    if found is None:
        raise NotFoundError(gettext("There is no entry {revision} in the history.").format(revision=revision))
    return found


def full_entry(connection: Connection, state: State, revision: int) -> Entry:
    """The entry of a revision with all its changes; raises NotFoundError."""
    found = entry_at(connection, state, revision)
    return replace(found, changes=_cell_changes(noted(connection, state, revision)))


def with_changes(
    connection: Connection, state: State, shop: str | None, before: int | None, limit: int | None
) -> list[Entry]:
    """Entries, the newest first, with the changes of the shop, or of each entry's first few records."""
    found = entries(connection, state, shop=shop, before=before, limit=limit)
    if shop is not None and found:
        oldest, newest = found[-1].revision, found[0].revision
        of_shop = noted_since(connection, state, oldest - 1, RecordKind.SHOP, [shop], until=newest).get(shop, [])
        changes = {record.revision: [record] for record in of_shop}
        return [replace(item, changes=_cell_changes(changes.get(item.revision, []))) for item in found]
    return [
        replace(item, changes=_cell_changes(noted(connection, state, item.revision, limit=FEW_RECORDS)))
        for item in found
    ]


def _cell_changes(records: Sequence[Noted]) -> tuple[CellChange, ...]:
    return tuple(
        change for record in records for change in cell_changes(record.kind, record.key, record.before, record.after)
    )


def changed_since(connection: Connection, state: State, revision: int) -> Changed:
    """The entries after `revision`, oldest first, and the keys of the records they touch."""
    if revision >= state.revision:
        return Changed(state.revision, ())
    query = (
        select(ENTRY_RECORD.c.kind, ENTRY_RECORD.c.key)
        .where(ENTRY_RECORD.c.rollout == state.pk, ENTRY_RECORD.c.revision > revision)
        .distinct()
    )
    keys: dict[RecordKind, set[str]] = {}
    for kind, key in connection.execute(query):
        keys.setdefault(RecordKind(kind), set()).add(key)
    found = entries(connection, state, after=revision, newest_first=False)
    return Changed(state.revision, tuple(found), {kind: frozenset(names) for kind, names in keys.items()})


def _one(connection: Connection, query: Select[Any]) -> Entry | None:
    row = connection.execute(query).mappings().first()
    return None if row is None else _entry(row)


def _entry(row: RowMapping) -> Entry:
    return Entry(
        revision=row["revision"],
        when=utc(row["moment"]),
        who=row["who"],
        action=Action(row["action"]),
        kept=Kept(row["what"]),
        why=row["why"],
        state=EntryState(row["state"]),
        records=row["records"],
        target=row["target"],
    )


def _noted(row: RowMapping) -> Noted:
    return Noted(
        revision=row["revision"],
        kind=RecordKind(row["kind"]),
        key=row["key"],
        position=row["position"],
        before=_cells(row["before"]),
        after=_cells(row["after"]),
    )


def _cells(text: str | None) -> Cells | None:
    if text is None:
        return None
    cells: Cells = json.loads(text)
    return cells


def utc(moment: datetime) -> datetime:
    """The moment in UTC; SQLite gives it back without a time zone."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
