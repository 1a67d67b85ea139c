"""Rollout folders taken in: as a new rollout, or as changes to one that is there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, insert, select, update

from planner.exchange.problems import Problem
from planner.exchange.text import quoted
from planner.store.cells import Cells
from planner.store.change import Change, cell_changes
from planner.store.checking import Checked
from planner.store.errors import NotAllowedError
from planner.store.folders import FolderContent
from planner.store.held import TABLES, all_held
from planner.store.records import Action, CellChange, RecordKind
from planner.store.state import SETTINGS_KEY, State, check_name, find_state, settings_cells, unknown_text
from planner.store.tables import ROLLOUT
from planner.store.writing import Note, write_changes
from planner.wording.kept import kept
from planner.wording.translation import gettext

NO_ROW = 0
MANY_SHOPS = 1000
"""From so many new shops on, a server looks at the tables anew."""
ROWS = (RecordKind.CREW, RecordKind.SHOP, RecordKind.ABSENCE, RecordKind.SCENARIO)


@dataclass(frozen=True)
class Update:
    """What taking in a folder would change in a rollout as of `revision`: nothing is done yet."""

    content: FolderContent
    revision: int
    changes: tuple[Change, ...]

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What may not mean what the folder's author thinks."""
        return self.content.warnings

    @property
    def cell_changes(self) -> tuple[CellChange, ...]:
        """All that changes, cell by cell."""
        return tuple(
            cell
            for change in self.changes
            for cell in cell_changes(change.kind, change.key, change.before, change.after)
        )

    @cached_property
    def edited(self) -> frozenset[tuple[RecordKind, str]]:
        """The records that are there before and after."""
        return frozenset(
            (change.kind, change.key)
            for change in self.changes
            if change.before is not None and change.after is not None
        )

    @property
    def added(self) -> list[tuple[RecordKind, str]]:
        """The records that come."""
        return [(change.kind, change.key) for change in self.changes if change.before is None]

    @property
    def removed(self) -> list[tuple[RecordKind, str]]:
        """The records that go."""
        return [(change.kind, change.key) for change in self.changes if change.after is None]

    @property
    def counts(self) -> dict[tuple[RecordKind, str], int]:
        """How many records of each kind are `added`, `changed` and `removed`."""
        return Counter((change.kind, _verb(change)) for change in self.changes)


def _verb(change: Change) -> str:
    return "added" if change.before is None else "removed" if change.after is None else "changed"


def check_new(connection: Connection, name: str) -> None:
    """Raises NotAllowedError where there is a rollout of this name, or the database cannot take the name."""
    if connection.execute(select(ROLLOUT.c.pk).where(ROLLOUT.c.name == name)).first():
        text = gettext(
            "The database already has a rollout {name}; to bring it up to date, add --update, or give the folder's"
            " rollout.toml another name."
        )
        raise NotAllowedError(text.format(name=quoted(name)))
    check_name(connection, name, NO_ROW)


def add_rollout(connection: Connection, content: FolderContent, who: str, source: str) -> State:
    """Adds a folder as a new rollout; raises NotAllowedError where there is one of its name."""
    name = content.rollout.name
    check_new(connection, name)
    connection.execute(
        insert(ROLLOUT).values(
            name=name,
            settings=content.toml,
            settings_version=1,
            unknown_columns=unknown_text(content.unknown),
            remembered="{}",
            revision=0,
            next_position=0,
            next_absence=1,
            next_plan=1,
            past_jobs=content.past_jobs or None,
        )
    )
    state = find_state(connection, name)
    changes, checked = _additions(content, state)
    note = Note(who=who, action=Action.NEW, what=kept("import of {source}", source=source))
    write_changes(connection, state, changes, checked, note, keep_records=False)
    return state


def _additions(content: FolderContent, state: State) -> tuple[list[Change], Checked]:
    checked = content.checked
    changes = []
    for kind in ROWS:
        for number, (key, cells) in enumerate(content.records[kind].items()):
            key_here = str(state.next_absence + number) if kind is RecordKind.ABSENCE else key
            changes.append(Change(kind, key_here, None, cells))
    checked.absences = {
        str(state.next_absence + number): absence for number, absence in enumerate(content.rollout.absences)
    }
    state.next_absence += len(content.rollout.absences)
    return changes, checked


def compare(connection: Connection, state: State, content: FolderContent) -> Update:
    """What would change if the rollout became what the folder says."""
    changes: list[Change] = []
    settings = settings_cells(content.toml, content.unknown, content.past_jobs)
    if settings != state.cells:
        changes.append(Change(RecordKind.SETTINGS, SETTINGS_KEY, state.cells, settings))
    for kind in (RecordKind.CREW, RecordKind.SHOP, RecordKind.SCENARIO):
        changes += _keyed_changes(connection, state, kind, content.records[kind])
    changes += _absence_changes(connection, state, list(content.records[RecordKind.ABSENCE].values()))
    return Update(content, state.revision, tuple(changes))


def _keyed_changes(
    connection: Connection, state: State, kind: RecordKind, records: Mapping[str, Cells]
) -> list[Change]:
    present = all_held(connection, state, kind)
    changes = [Change(kind, key, record.cells, None, record) for key, record in present.items() if key not in records]
    for key, cells in records.items():
        record = present.get(key)
        change = Change(kind, key, record.cells if record else None, cells, record)
        if not change.is_needless:
            changes.append(change)
    return changes


def _absence_changes(connection: Connection, state: State, records: Sequence[Cells]) -> list[Change]:
    """Absences have no names in a folder: one that says the same is the same, any other is new or gone."""
    present = all_held(connection, state, RecordKind.ABSENCE)
    wanted = Counter(_content(cells) for cells in records)
    changes = []
    for key, record in present.items():
        if wanted[_content(record.cells)]:
            wanted[_content(record.cells)] -= 1
        else:
            changes.append(Change(RecordKind.ABSENCE, key, record.cells, None, record))
    number = state.next_absence
    for content in wanted.elements():
        changes.append(Change(RecordKind.ABSENCE, str(number), None, dict(content)))
        number += 1
    return changes


def _content(cells: Cells) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(cells.items()))


def apply_update(connection: Connection, state: State, folder: Update, who: str, what: str, why: str) -> int:
    """Makes the changes of an update; raises NotAllowedError where the rollout has changed since it was compared."""
    if state.revision != folder.revision:
        raise NotAllowedError(
            gettext("The rollout was changed since it was looked at for this; nothing was changed. Look again.")
        )
    content = folder.content
    checked = content.checked
    new = [change for change in folder.changes if change.kind is RecordKind.ABSENCE and change.after is not None]
    by_content = {
        _content(cells): absence
        for cells, absence in zip(content.records[RecordKind.ABSENCE].values(), content.rollout.absences, strict=True)
    }
    checked.absences = {change.key: by_content[_content(change.after or {})] for change in new}
    state.next_absence += len(new)
    note = Note(who=who, action=Action.CHANGE, what=what, why=why)
    revision = write_changes(connection, state, folder.changes, checked, note)
    for kind in (RecordKind.CREW, RecordKind.SHOP):
        _reorder(connection, state, kind, list(content.records[kind]))
    return revision


def _reorder(connection: Connection, state: State, kind: RecordKind, keys: Sequence[str]) -> None:
    """Puts records into the folder's order, where they are not. An order is no change that the journal keeps."""
    table, key = TABLES[kind]
    own = table.c.rollout == state.pk
    query = select(table.c.pk, table.c[key].label("key"), table.c.position).where(own).order_by(table.c.position)
    rows = {row.key: row for row in connection.execute(query)}
    if list(rows) == list(keys):
        return
    positions = sorted(row.position for row in rows.values())
    for name, position in zip(keys, positions, strict=True):
        if rows[name].position != position:
            connection.execute(update(table).where(table.c.pk == rows[name].pk).values(position=position))
