"""What the store hands out and takes in: plain records. Light: imports no database library."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from planner.domain.crew import Absence, Crew
from planner.domain.rollout import Rollout
from planner.domain.scenario import Scenario
from planner.domain.shop import Shop
from planner.exchange.problems import Problem
from planner.wording.kept import Kept, told


class RecordKind(StrEnum):
    """What a record of a rollout is."""

    SHOP = "shop"
    CREW = "crew"
    ABSENCE = "absence"
    SETTINGS = "settings"
    PLAN = "plan"
    SCENARIO = "scenario"


class Action(StrEnum):
    """What kind of thing an entry of the journal notes."""

    NEW = "new"
    CHANGE = "change"
    UNDO = "undo"
    REDO = "redo"
    PLAN = "plan"
    PUBLISH = "publish"


class EntryState(StrEnum):
    """Whether an entry still counts: `undone`, or, for an undo, `redone`; `dropped` undos can be redone no more."""

    DONE = "done"
    UNDONE = "undone"
    REDONE = "redone"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutInfo:
    """A rollout of the database: how many shops it has, its planning date, and the revision of its last change."""

    name: str
    shops: int
    today: date
    revision: int


@dataclass(frozen=True, slots=True)
class StoredShop:
    """A shop and its version: the revision of its last change."""

    shop: Shop
    version: int


@dataclass(frozen=True, slots=True)
class StoredCrew:
    """A crew, its columns that mean nothing to the planner, and its version."""

    crew: Crew
    extra: Mapping[str, str]
    version: int


@dataclass(frozen=True, slots=True)
class StoredAbsence:
    """An absence, the number it is known by, its unknown columns, and its version."""

    number: int
    absence: Absence
    extra: Mapping[str, str]
    version: int


@dataclass(frozen=True, slots=True)
class StoredScenario:
    """A scenario: `name` is what it is called by, as a file would be, `scenario` what its TOML says, and its version.

    `builds_on` are the names of those whose changes are made first.
    """

    name: str
    toml: str
    scenario: Scenario
    builds_on: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class Applied:
    """A rollout as of `revision` with scenarios applied, `names` as the database calls them.

    `titles` are the names that the scenarios give themselves, those they build on first; `effects` what each change
    did, in plain words; `warnings` what is odd about the result and was not before.
    """

    rollout: Rollout
    revision: int
    names: tuple[str, ...]
    titles: tuple[str, ...]
    effects: tuple[str, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A window on a list of shops: the rows from `offset` on, of `total` that match; as of `revision`."""

    total: int
    offset: int
    shops: tuple[StoredShop, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class Edit:
    """A change asked for: `cells` (column to text, as in the rollout folder) of the record `key`.

    Columns not named stay as they are, an empty text clears one; `cells` None removes the record. `expected` is the
    version the change was decided on, None to make it whatever the version is. `is_new` adds a record, which must not
    be there yet; the key of a new absence is not asked.
    """

    kind: RecordKind
    key: str
    cells: Mapping[str, str] | None
    expected: int | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class CellChange:
    """One column of one record, from `before` to `after`; a record that is added comes from empty cells."""

    kind: RecordKind
    key: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of the journal.

    `kept` is the line that says what was done, as it is kept (see `planner.wording.kept`); `records` is how many
    records it changed, `changes` their cells where they were asked for. `target` is the entry that an undo or redo is
    about.
    """

    revision: int
    when: datetime
    who: str
    action: Action
    kept: Kept
    why: str
    state: EntryState
    records: int
    target: int | None = None
    changes: tuple[CellChange, ...] = ()

    @property
    def what(self) -> str:
        """The line that says what was done, in the language in use."""
        return told(self.kept)


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed since a revision: the entries, and the keys of the records they touch, by kind."""

    revision: int
    entries: tuple[Entry, ...]
    keys: Mapping[RecordKind, frozenset[str]] = field(default_factory=dict)


class PlanState(StrEnum):
    """A plan is kept as a draft, then published or dropped; a later publication supersedes an earlier one."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInfo:
    """A plan that is kept, without its remodels. Money is in cents.

    `based_on` is the revision of the rollout it plans; `changes_since` how many changes of what is planned came
    after it, without its own publication and what was undone. `total` is None where the plan has none. `scenario` names
    the scenarios it was made under: none for a plan of the rollout as it is.
    """

    number: int
    state: PlanState
    made_at: datetime
    made_by: str
    note: str
    based_on: int
    changes_since: int
    status: str
    remodels: int
    unplanned: int
    shortfall: int | None
    total: int | None
    gap: float | None
    published_at: datetime | None = None
    published_by: str = ""
    scenario: tuple[str, ...] = ()
