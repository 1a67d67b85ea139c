"""What the store cannot do, each as a sentence for people. Light: imports no database library.

What is wrong with the values of an edit is an `InputError` of `planner.exchange`, as it is for a folder.
"""

from dataclasses import dataclass
from datetime import datetime

from planner.exchange.text import quoted
from planner.store.record_words import record_name
from planner.wording.translation import gettext


class StoreError(Exception):
    """Something the store cannot do; the text says what and why, and what to do. Nothing was changed."""


class CannotOpenError(StoreError):
    """The database is not there, damaged, made by a newer program, or out of reach."""


class CannotSaveError(StoreError):
    """A change could not be saved: the disk is full, the file can only be read, or the connection was lost."""


class LostConnectionError(CannotSaveError):
    """The connection to the server broke; a change that was not acknowledged is there whole or not at all."""


class BusyError(StoreError):
    """Another program held the database for longer than one should wait."""


class NotFoundError(StoreError):
    """There is no such rollout, shop, crew, absence, plan or entry."""


class NotAllowedError(StoreError):
    """What is asked for cannot be done to this plan, rollout or entry."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A column that somebody else changed: what it was when you looked, what it is now, and what you would make it.

    `yours` is None where you would not change it. Texts are cells as in the rollout folder; empty is "not given".
    """

    column: str
    before: str
    theirs: str
    yours: str | None


@dataclass(frozen=True, slots=True)
class EditConflict:
    """A record that was changed since its `expected` version was read.

    `actual` is its version now, None where it was removed; `who` changed it last, and `when`.
    """

    kind: str
    key: str
    expected: int
    actual: int | None
    who: str
    when: datetime | None
    columns: tuple[Disagreement, ...]

    def __str__(self) -> str:
        if self.actual is None:
            text = gettext("{record} was removed since you read it")
            if self.who:
                text = gettext("{record} was removed by {who} since you read it")
        else:
            text = gettext("{record} was changed since you read it: {changes}")
            if self.who:
                text = gettext("{record} was changed by {who} since you read it: {changes}")
        changes = "; ".join(map(_said, self.columns))
        return text.format(record=record_name(self.kind, self.key), who=self.who, changes=changes)


def _said(column: Disagreement) -> str:
    text = gettext("{column} was {before} and is now {now}")
    if column.yours is not None:
        text = gettext("{column} was {before} and is now {now}, yours would be {yours}")
    before, now, yours = quoted(column.before), quoted(column.theirs), quoted(column.yours or "")
    return text.format(column=column.column, before=before, now=now, yours=yours)


class EditConflictError(StoreError):
    """Somebody else was quicker; `conflicts` has each record with both values. Nothing was changed.

    To go on, read the records again and repeat the edit, or repeat it with each `actual` version as the expected one.
    """

    def __init__(self, conflicts: tuple[EditConflict, ...]) -> None:
        super().__init__("\n".join(map(str, conflicts)))
        self.conflicts = conflicts


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way of an undo or a redo: the record is not what that change left behind."""

    kind: str
    key: str
    text: str

    def __str__(self) -> str:
        return f"{record_name(self.kind, self.key)}: {self.text}"


class CannotUndoError(StoreError):
    """An undo or redo would trample what came later; `obstacles` says what, one by one. Nothing was changed."""

    def __init__(self, what: str, obstacles: tuple[Obstacle, ...] = ()) -> None:
        super().__init__("\n".join((what, *map(str, obstacles))))
        self.what = what
        self.obstacles = obstacles
