"""A change of one record, as cells: what an edit asks for, what is written, and what the journal keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from planner.store.cells import Cells
from planner.store.held import Held
from planner.store.records import CellChange, RecordKind


@dataclass(frozen=True)
class Change:
    """From `before` to `after`: all cells of the record, None where it is not there.

    `held` is its row where it has one; `position` where it stands among its kind, None for the end.
    """

    kind: RecordKind
    key: str
    before: Cells | None
    after: Cells | None
    held: Held | None = None
    position: int | None = None

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns whose cells change."""
        return tuple(changed_columns(self.before, self.after))

    @property
    def is_needless(self) -> bool:
        """Whether nothing changes."""
        return self.before == self.after

    def with_after(self, after: Cells) -> "Change":
        """The same with other cells after it."""
        return Change(self.kind, self.key, self.before, after, self.held, self.position)


def changed_columns(before: Mapping[str, str] | None, after: Mapping[str, str] | None) -> list[str]:
    """The columns whose cells differ, in the order they are met."""
    before, after = before or {}, after or {}
    changed = [column for column, text in after.items() if before.get(column, "") != text]
    return changed + [column for column, text in before.items() if text and column not in after]


def cell_changes(
    kind: RecordKind, key: str, before: Mapping[str, str] | None, after: Mapping[str, str] | None
) -> tuple[CellChange, ...]:
    """A change column by column."""
    was, now = before or {}, after or {}
    return tuple(
        CellChange(kind, key, column, was.get(column, ""), now.get(column, ""))
        for column in changed_columns(before, after)
    )
