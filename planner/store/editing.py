"""Edits asked for, to changes: merged with what is there, unless somebody else was quicker."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from planner.exchange.csv_row import LIST_SEPARATOR
from planner.exchange.problems import InputError, Problem
from planner.exchange.text import Names, clean, quoted
from planner.store.cells import Cells, absence_cells, crew_cells, shop_cells
from planner.store.change import Change
from planner.store.checking import Checked, check_changes
from planner.store.conflicts import conflict_of
from planner.store.errors import EditConflict, EditConflictError, NotFoundError
from planner.store.held import Held, held
from planner.store.record_words import noun, record_name
from planner.store.records import Edit, RecordKind
from planner.store.state import State
from planner.store.stored_rows import COLUMNS
from planner.wording.translation import gettext, pgettext

MAX_NAMED = 10


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of an edit: what is wrong with it, and, where nothing is, what is odd."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()


def make_changes(connection: Connection, state: State, edits: Sequence[Edit]) -> tuple[list[Change], Checked]:
    """The changes that `edits` come to, checked; those that change nothing are left out.

    Raises NotFoundError, InputError, and EditConflictError where a record is not at its expected version.
    """
    edits = _merged([_with_key(state, edit) for edit in edits])
    _check_columns(state, edits)
    present = {kind: _held(connection, state, kind, edits) for kind in {edit.kind for edit in edits}}
    _check_present(connection, state, edits, present)
    changes = [_change(edit, present[edit.kind].get(edit.key)) for edit in edits]
    changes = [change for change in changes if not change.is_needless]
    if not changes:
        return [], Checked()
    checked = check_changes(connection, state, changes)
    changes = [_as_read(state, change, checked) for change in changes]
    return [change for change in changes if not change.is_needless], checked


def judge(connection: Connection, state: State, edit: Edit) -> Judgement:
    """What the rules say of an edit that is still being written; nothing is changed.

    Who else has changed the record does not matter yet. Raises NotFoundError where it is not there.
    """
    edit = _with_key(state, edit)
    record = held(connection, state, edit.kind, [edit.key]).get(edit.key)
    if record is None and not edit.is_new:
        raise NotFoundError(_missing([edit]))
    taken = [_taken(edit)] if edit.is_new and record is not None else []
    try:
        _check_columns(state, [edit])
        checked = check_changes(connection, state, [_change(edit, None if edit.is_new else record)])
    except InputError as error:
        return Judgement((*taken, *error.problems))
    return Judgement(tuple(taken), checked.warnings)


def _taken(edit: Edit) -> Problem:
    text = gettext("there is already a {kind} {key}").format(kind=noun(edit.kind), key=quoted(edit.key))
    return Problem(noun(edit.kind), None, "id", text)


def tagged(cells: Mapping[str, str], column: str, add: Iterable[str], remove: Iterable[str]) -> str:
    """The list in `column` with items added at its end, and others taken out."""
    items = [item for item in cells.get(column, "").split(LIST_SEPARATOR) if item]
    dropped = set(remove)
    return LIST_SEPARATOR.join(dict.fromkeys(item for item in (*items, *add) if item not in dropped))


def _with_key(state: State, edit: Edit) -> Edit:
    """A new record's key: the id it is given, or for an absence the next number."""
    if not edit.is_new or edit.cells is None:
        return edit
    if edit.kind is RecordKind.ABSENCE:
        state.next_absence += 1
        return replace(edit, key=str(state.next_absence - 1))
    if edit.kind is RecordKind.SCENARIO:
        return edit
    key = clean(edit.cells.get("id", edit.key))
    return replace(edit, key=key, cells={**edit.cells, "id": key})


def _merged(edits: Sequence[Edit]) -> list[Edit]:
    """Several edits of one record as one, the later on top; two that add the same record stay two."""
    merged: dict[tuple[RecordKind, str, int], Edit] = {}
    for number, edit in enumerate(edits, start=1):
        place = (edit.kind, edit.key, number if edit.is_new else 0)
        earlier = merged.get(place)
        if earlier is None or earlier.cells is None or edit.cells is None:
            merged[place] = edit
        else:
            merged[place] = replace(edit, cells={**earlier.cells, **edit.cells})
    return list(merged.values())


def _check_columns(state: State, edits: Sequence[Edit]) -> None:
    problems: dict[str, Problem] = {}
    known = {
        kind: Names(pgettext("noun", "column"), (*columns.known, *state.unknown_in(kind)))
        for kind, columns in COLUMNS.items()
        if any(edit.kind is kind for edit in edits)
    }
    for edit in edits:
        if edit.kind not in known:
            continue
        columns = known[edit.kind]
        for column in edit.cells or ():
            if column not in columns:
                problems[column] = Problem(noun(edit.kind), None, None, columns.unknown(column))
            elif column == "id" and not edit.is_new and edit.cells and edit.cells[column] != edit.key:
                text = gettext("the id stays as it is; add another one instead, and cancel or remove this")
                problems[column] = Problem(record_name(edit.kind, edit.key), None, column, text)
    if problems:
        raise InputError(problems.values())


def _held(connection: Connection, state: State, kind: RecordKind, edits: Sequence[Edit]) -> dict[str, Held]:
    return held(connection, state, kind, [edit.key for edit in edits if edit.kind is kind])


def _check_present(
    connection: Connection, state: State, edits: Sequence[Edit], present: Mapping[RecordKind, Mapping[str, Held]]
) -> None:
    """New records must be new, and others there and at their expected version."""
    taken: list[Problem] = []
    missing: list[Edit] = []
    conflicts: list[EditConflict] = []
    seen: set[tuple[RecordKind, str]] = set()
    for edit in edits:
        record = present[edit.kind].get(edit.key)
        if edit.is_new and (record is not None or (edit.kind, edit.key) in seen):
            taken.append(_taken(edit))
        elif edit.expected is not None and (record is None or record.version != edit.expected):
            conflicts.append(conflict_of(connection, state, edit, record))
        elif record is None and not edit.is_new:
            missing.append(edit)
        seen.add((edit.kind, edit.key))
    if taken:
        raise InputError(taken)
    if conflicts:
        raise EditConflictError(tuple(conflicts))
    if missing:
        raise NotFoundError(_missing(missing))


def _missing(edits: Sequence[Edit]) -> str:
    named = ", ".join(quoted(edit.key) for edit in edits[:MAX_NAMED])
    if len(edits) > MAX_NAMED:
        named = gettext("{names} and {number} more").format(names=named, number=len(edits) - MAX_NAMED)
    text = gettext("There is no {kind} {names} in this rollout; nothing was changed.")
    return text.format(kind=noun(edits[0].kind), names=named)


def _change(edit: Edit, record: Held | None) -> Change:
    before = record.cells if record else None
    if edit.cells is None:
        return Change(edit.kind, edit.key, before, None, record)
    merged = {column: text for column, text in {**(before or {}), **edit.cells}.items() if text}
    return Change(edit.kind, edit.key, before, merged, record)


def _as_read(state: State, change: Change, checked: Checked) -> Change:
    """The change with its cells as they are after reading: spaces trimmed, numbers and lists in one form."""
    if change.after is None:
        return change
    cells = change.after
    extra = (
        {column: cells[column] for column in state.unknown_in(change.kind) if cells.get(column)}
        if (change.kind in (RecordKind.CREW, RecordKind.ABSENCE))
        else {}
    )
    after: Cells
    match change.kind:
        case RecordKind.SHOP:
            after = shop_cells(checked.shops[change.key])
        case RecordKind.CREW:
            after = crew_cells(checked.crews[change.key], extra)
        case RecordKind.ABSENCE:
            after = absence_cells(checked.absences[change.key], extra)
        case _:
            return change
    return change.with_after(after)
