"""One rollout of the store: its shops, crews and absences, every change of them, and the way back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from planner.domain.query import Query
from planner.domain.rollout import Rollout
from planner.exchange.problems import Problem, ProblemLog
from planner.exchange.rollout_files import RolloutFiles
from planner.store import importing, journal, listing, reading, undoing
from planner.store.checking import READ
from planner.store.database import Database
from planner.store.editing import make_changes
from planner.store.errors import CannotUndoError
from planner.store.folders import FolderContent, folder_files
from planner.store.held import all_held, held
from planner.store.importing import Update
from planner.store.kept_plans import KeptPlans
from planner.store.listing import EVERYTHING, SortBy
from planner.store.records import Action, Changed, Edit, Entry, Page, RecordKind, StoredAbsence, StoredCrew, StoredShop
from planner.store.state import FILE_OF, State, recall, remember, state_at, toml_values
from planner.store.stored_rows import table_of
from planner.store.tables import ROLLOUT
from planner.store.writing import Note, write_changes


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit came to: its `entry`, None where nothing had to change, and what is odd about the records."""

    entry: Entry | None
    warnings: tuple[Problem, ...] = ()


class Backlog:
    """A rollout in the database, as `who` works on it. Each method is a transaction of its own."""

    def __init__(self, database: Database, pk: int, name: str, who: str) -> None:
        self._database = database
        self._pk = pk
        self.name = name
        self.who = who
        self.plans = KeptPlans(database, pk, who)

    def revision(self) -> int:
        """The revision of the last change: cheap enough to ask every second."""
        with self._database.reading() as connection:
            query = select(ROLLOUT.c.revision).where(ROLLOUT.c.pk == self._pk)
            revision: int = connection.execute(query).scalar_one()
            return revision

    def load(self) -> tuple[Rollout, int]:
        """The whole rollout, and the revision it is of."""
        with self._reading() as (connection, state):
            return reading.whole_rollout(connection, state), state.revision

    def page(
        self, query: Query = EVERYTHING, sort: Sequence[SortBy] = (), *, offset: int = 0, limit: int = 100
    ) -> Page:
        """The window of `limit` shops from `offset` on of those that match, and how many these are."""
        with self._reading() as (connection, state):
            return listing.page(connection, state, query, sort, offset, limit, self._database.is_sqlite)

    def count(self, query: Query = EVERYTHING) -> int:
        """How many shops match."""
        with self._reading() as (connection, state):
            return listing.count(connection, state, query, self._database.is_sqlite)

    def versions(self, query: Query = EVERYTHING) -> dict[str, int]:
        """The ids of all shops that match, in the rollout's order, each with its version."""
        with self._reading() as (connection, state):
            return listing.versions(connection, state, query, self._database.is_sqlite)

    def values(self, column: str, limit: int = 200) -> list[str]:
        """The different texts that shops have in a column, in order: to complete what is typed. Lists item by item."""
        with self._reading() as (connection, state):
            return listing.values(connection, state, column, limit)

    def shop(self, shop_id: str) -> StoredShop:
        """A shop; raises NotFoundError."""
        return self.shops([shop_id])[0]

    def shops(self, ids: Sequence[str]) -> list[StoredShop]:
        """Shops by id, in this order; raises NotFoundError where one of them is not there."""
        with self._reading() as (connection, state):
            return reading.shops_named(connection, state, ids)

    def cells(self, kind: RecordKind, keys: Sequence[str]) -> dict[str, Mapping[str, str]]:
        """Records as cells, for forms: column to text, columns without a text left out."""
        with self._reading() as (connection, state):
            return {key: record.cells for key, record in held(connection, state, kind, keys).items()}

    def columns(self, kind: RecordKind) -> tuple[str, ...]:
        """The columns that records of a kind have, those unknown to the planner at the end."""
        with self._reading() as (_, state):
            return reading.columns(state, kind)

    def crews(self) -> list[StoredCrew]:
        """All crews, in the rollout's order."""
        with self._reading() as (connection, state):
            return reading.all_crews(connection, state)

    def absences(self) -> list[StoredAbsence]:
        """All absences, in the rollout's order."""
        with self._reading() as (connection, state):
            return reading.all_absences(connection, state)

    def edit(self, edits: Sequence[Edit], what: str, why: str = "") -> Edited:
        """Makes all edits, or none: one entry of the journal, one step of undo.

        `what` is the line that history and undo show. Raises InputError, EditConflictError and NotFoundError.
        """
        with self._writing() as (connection, state):
            changes, checked = make_changes(connection, state, edits)
            if not changes:
                return Edited(None, checked.warnings)
            note = Note(who=self.who, action=Action.CHANGE, what=what, why=why)
            revision = write_changes(connection, state, changes, checked, note)
            journal.drop_redos(connection, state, self.who)
            return Edited(journal.entry(connection, state, revision), checked.warnings)

    def compare(self, content: FolderContent) -> Update:
        """What taking in a folder would change; `update` does it."""
        with self._reading() as (connection, state):
            return importing.compare(connection, state, content)

    def update(self, update: Update, source: str = "a folder", why: str = "") -> Entry:
        """Makes the rollout what the folder says; raises NotAllowedError where it was changed since the comparison."""
        with self._writing() as (connection, state):
            revision = importing.apply_update(connection, state, update, self.who, source, why)
            journal.drop_redos(connection, state, self.who)
            self.name = state.name
            return journal.entry_at(connection, state, revision)

    def content(self) -> FolderContent:
        """The rollout as a folder's content, to be changed and compared."""
        with self._reading() as (connection, state):
            rows = {
                kind: {key: record.cells for key, record in all_held(connection, state, kind).items()} for kind in READ
            }
            return FolderContent(reading.whole_rollout(connection, state), state.toml, state.unknown, rows)

    def rollout_files(self, log: ProblemLog) -> RolloutFiles:
        """The rollout as the files of a folder that have been split but not yet understood."""
        content = self.content()
        shops, crews, absences = (
            table_of(kind, content.records[kind].items(), content.unknown.get(FILE_OF[kind], ()), log, is_complete=True)
            for kind in READ
        )
        return RolloutFiles(toml_values(content.toml), shops, crews, absences)

    def folder_files(self) -> dict[str, bytes]:
        """The rollout as the files of a folder, by name: taken in again, they give the same rollout."""
        with self._reading() as (connection, state):
            rows = {kind: [record.cells for record in all_held(connection, state, kind).values()] for kind in READ}
            return folder_files(state.toml, state.unknown, rows)

    def history(self, shop: str | None = None, *, before: int | None = None, limit: int | None = 100) -> list[Entry]:
        """Entries, the newest first, of one shop or of all; for the next window, `before` is the last one's revision.

        Each has its changes: of a shop those of the shop, of all entries those of the first few records.
        """
        with self._reading() as (connection, state):
            return journal.with_changes(connection, state, shop, before, limit)

    def entry(self, revision: int) -> Entry:
        """An entry with all its changes; raises NotFoundError."""
        with self._reading() as (connection, state):
            return journal.full_entry(connection, state, revision)

    def changed_since(self, revision: int) -> Changed:
        """What has changed after `revision`, by whomever: for a screen that shows what others do."""
        with self._reading() as (connection, state):
            return journal.changed_since(connection, state, revision)

    def undoable(self) -> Entry | None:
        """The entry that `undo` would undo; None where there is none."""
        return self._or_none(lambda connection, state: undoing.entry_to_undo(connection, state, self.who, None))

    def redoable(self) -> Entry | None:
        """The entry that `redo` would do again; None where there is none."""
        return self._or_none(lambda connection, state: undoing.undo_to_redo(connection, state, self.who)[1])

    def undo(self, revision: int | None = None) -> Entry:
        """Undoes the user's last change, or the entry of `revision`, and returns it.

        Raises CannotUndoError with what stands in the way.
        """
        with self._writing() as (connection, state):
            target = undoing.entry_to_undo(connection, state, self.who, revision)
            undoing.undo(connection, state, self.who, target)
            self.name = state.name
            return target

    def redo(self) -> Entry:
        """Does again what the user undid last, and returns its entry; raises CannotUndoError."""
        with self._writing() as (connection, state):
            undone, target = undoing.undo_to_redo(connection, state, self.who)
            undoing.redo(connection, state, self.who, undone, target)
            self.name = state.name
            return target

    def recall(self, topic: str) -> Any:
        """What `remember` kept under `topic`; None where nothing was."""
        with self._database.reading() as connection:
            return recall(connection, self._pk).get(topic)

    def remember(self, topic: str, value: Any) -> None:
        """Keeps a value that JSON can hold for later commands on this rollout, such as the names of columns."""
        with self._writing() as (connection, state):
            remember(connection, state.pk, {**recall(connection, state.pk), topic: value})

    def _or_none(self, find: Callable[[Connection, State], Entry]) -> Entry | None:
        with self._reading() as (connection, state):
            try:
                return find(connection, state)
            except CannotUndoError:
                return None

    @contextmanager
    def _reading(self) -> Iterator[tuple[Connection, State]]:
        with self._database.reading() as connection:
            yield connection, state_at(connection, self._pk)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, State]]:
        with self._database.writing() as connection:
            yield connection, state_at(connection, self._pk, locked=True)
