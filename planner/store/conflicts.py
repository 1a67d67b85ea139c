"""What to tell somebody whose edit meets a record that was changed in the meantime."""

from sqlalchemy import Connection

from planner.store.errors import Disagreement, EditConflict
from planner.store.held import Held
from planner.store.journal import entry, noted_since
from planner.store.records import Edit
from planner.store.state import State


def conflict_of(connection: Connection, state: State, edit: Edit, record: Held | None) -> EditConflict:
    """The conflict of an edit with the record as it is now (None: removed), with both values of each column."""
    expected = edit.expected or 0
    later = noted_since(connection, state, expected, edit.kind, [edit.key]).get(edit.key, [])
    before: dict[str, str] = {}
    for change in later:
        for column, text in (change.before or {}).items():
            before.setdefault(column, text)
        for column in change.after or {}:
            before.setdefault(column, "")
    now = record.cells if record else {}
    columns = tuple(
        Disagreement(column, text, now.get(column, ""), None if edit.cells is None else edit.cells.get(column))
        for column, text in before.items()
        if text != now.get(column, "")
    )
    last = entry(connection, state, later[-1].revision) if later else None
    return EditConflict(
        kind=edit.kind.value,
        key=edit.key,
        expected=expected,
        actual=record.version if record else None,
        who=last.who if last else "",
        when=last.when if last else None,
        columns=columns,
    )
