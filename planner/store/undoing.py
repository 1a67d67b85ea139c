"""Undo and redo: an entry's changes the other way round, unless that would trample what came later."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from planner.exchange.problems import InputError
from planner.exchange.text import quoted
from planner.store.cells import Cells
from planner.store.change import Change
from planner.store.checking import check_changes
from planner.store.errors import CannotUndoError, Obstacle
from planner.store.held import Held, held
from planner.store.journal import Noted, entry, last_entry, mark, noted, noted_since
from planner.store.records import Action, Entry, EntryState, RecordKind
from planner.store.state import State
from planner.store.writing import Note, write_changes
from planner.wording.kept import kept
from planner.wording.translation import gettext

UNDOABLE = (Action.CHANGE,)
BARRIERS = (Action.CHANGE, Action.PUBLISH)
MAX_OBSTACLES = 100


def entry_to_undo(connection: Connection, state: State, who: str, revision: int | None) -> Entry:
    """The user's last change that is not undone, or the entry of `revision`, whoever made it."""
    if revision is None:
        found = last_entry(connection, state, who, BARRIERS, EntryState.DONE)
        if found is None:
            raise CannotUndoError(gettext("There is nothing of yours ({who}) to undo.").format(who=who))
    else:
        found = entry(connection, state, revision)
        if found is None:
            raise CannotUndoError(gettext("There is no entry {revision} in the history.").format(revision=revision))
    hindrance = _hindrance(found)
    if hindrance:
        raise CannotUndoError(hindrance.format(revision=found.revision, what=found.what))
    return found


def _hindrance(found: Entry) -> str:
    """Why an entry cannot be undone whatever came later; empty where it can."""
    if found.action is Action.PUBLISH:
        return gettext(
            "Entry {revision}, '{what}', cannot be undone: people were told. Publish another plan, or name the entry to"
            " undo."
        )
    if found.action not in UNDOABLE:
        return gettext("Entry {revision}, '{what}', is nothing that can be undone.")
    if found.state is EntryState.UNDONE:
        return gettext("Entry {revision}, '{what}', is already undone.")
    return ""


def undo_to_redo(connection: Connection, state: State, who: str) -> tuple[Entry, Entry]:
    """The user's last undo that may be redone, and the entry it undid."""
    undo = last_entry(connection, state, who, (Action.UNDO,), EntryState.DONE)
    target = entry(connection, state, undo.target) if undo and undo.target else None
    if undo is None or target is None:
        raise CannotUndoError(gettext("There is nothing of yours ({who}) to redo.").format(who=who))
    return undo, target


def undo(connection: Connection, state: State, who: str, target: Entry) -> int:
    """Undoes an entry; raises CannotUndoError with what stands in the way."""
    what = kept("undo of {revision}: {what}", revision=str(target.revision), what=target.kept)
    note = Note(who=who, action=Action.UNDO, what=what, target=target.revision)
    return _apply(connection, state, target, note, EntryState.UNDONE, backwards=True)


def redo(connection: Connection, state: State, who: str, undone: Entry, target: Entry) -> int:
    """Does an undone entry again; raises CannotUndoError with what stands in the way."""
    what = kept("redo of {revision}: {what}", revision=str(target.revision), what=target.kept)
    note = Note(who=who, action=Action.REDO, what=what, state=EntryState.REDONE, target=target.revision)
    revision = _apply(connection, state, target, note, EntryState.DONE, backwards=False)
    mark(connection, state, undone.revision, EntryState.REDONE)
    return revision


def _apply(
    connection: Connection, state: State, target: Entry, note: Note, target_state: EntryState, *, backwards: bool
) -> int:
    records = noted(connection, state, target.revision)
    changes: list[Change] = []
    obstacles: list[Obstacle] = []
    for kind in dict.fromkeys(record.kind for record in records):
        own = [_turned(record) if backwards else record for record in records if record.kind is kind]
        present = held(connection, state, kind, [record.key for record in own])
        obstacles += _obstacles(connection, state, kind, own, present)
        changes += [_change(record, present.get(record.key)) for record in own]
    if obstacles:
        text = gettext("Entry {revision}, '{what}', cannot be redone, since there were later changes:")
        if backwards:
            text = gettext("Entry {revision}, '{what}', cannot be undone, since there were later changes:")
        text = text.format(revision=target.revision, what=target.what)
        raise CannotUndoError(text, tuple(obstacles[:MAX_OBSTACLES]))
    try:
        checked = check_changes(connection, state, changes)
    except InputError as error:
        told = tuple(Obstacle(problem.file, "", _said(problem.column, problem.text)) for problem in error.problems)
        text = gettext("Entry {revision}, '{what}', cannot be redone, since the rollout would then be wrong:")
        if backwards:
            text = gettext("Entry {revision}, '{what}', cannot be undone, since the rollout would then be wrong:")
        text = text.format(revision=target.revision, what=target.what)
        raise CannotUndoError(text, told[:MAX_OBSTACLES]) from None
    revision = write_changes(connection, state, changes, checked, note)
    mark(connection, state, target.revision, target_state)
    return revision


def _said(column: str | None, text: str) -> str:
    return f"{column}: {text}" if column else text


def _turned(record: Noted) -> Noted:
    return Noted(record.revision, record.kind, record.key, record.position, record.after, record.before)


def _obstacles(
    connection: Connection, state: State, kind: RecordKind, records: Sequence[Noted], present: Mapping[str, Held]
) -> list[Obstacle]:
    """The records that are not as the entry left them, in the columns it is about."""
    stuck: dict[str, str] = {}
    for record in records:
        now = present.get(record.key)
        if record.before is None:
            if now is not None:
                stuck[record.key] = gettext("there is one of that name again")
        elif now is None:
            stuck[record.key] = gettext("it was removed")
        elif record.after is None:
            different = [column for column in now.cells if now.cells[column] != record.before.get(column, "")]
            different += [column for column in record.before if column not in now.cells]
            if different:
                stuck[record.key] = _changed(different, record.before, now.cells)
        else:
            different = [column for column, text in record.before.items() if now.cells.get(column, "") != text]
            if different:
                stuck[record.key] = _changed(different, record.before, now.cells)
    if not stuck:
        return []
    later = noted_since(connection, state, records[0].revision, kind, list(stuck)[:MAX_OBSTACLES])
    return [Obstacle(kind.value, key, text + _by(connection, state, later.get(key, []))) for key, text in stuck.items()]


def _changed(columns: Sequence[str], expected: Cells, now: Cells) -> str:
    text = gettext("{column} was {before} and is now {now}")
    parts = [
        text.format(column=column, before=quoted(expected.get(column, "")), now=quoted(now.get(column, "")))
        for column in columns
    ]
    return "; ".join(parts)


def _by(connection: Connection, state: State, later: Sequence[Noted]) -> str:
    if not later:
        return ""
    last = entry(connection, state, later[-1].revision)
    text = gettext(" (entry {revision}, by {who})")
    return "" if last is None else text.format(revision=last.revision, who=last.who)


def _change(record: Noted, now: Held | None) -> Change:
    if record.after is None or record.before is None:
        before = now.cells if now else None
        return Change(record.kind, record.key, before, record.after, now, record.position)
    cells = dict(now.cells) if now else {}
    after = {column: text for column, text in {**cells, **record.after}.items() if text}
    return Change(record.kind, record.key, cells, after, now)
