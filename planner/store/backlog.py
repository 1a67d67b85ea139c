"""One rollout of the store: its shops, crews and absences, every change of them, and the way back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from planner.domain.query import Query
from planner.domain.rollout import Rollout
from planner.exchange.many_records import without_collector
from planner.exchange.problems import InputError, Problem, ProblemLog
from planner.exchange.rollout_files import RolloutFiles
from planner.exchange.scenarios import ReadRollout
from planner.store import following, importing, journal, listing, reading, scenarios, undoing
from planner.store.checking import READ
from planner.store.database import Database
from planner.store.editing import Judgement, judge, make_changes
from planner.store.errors import CannotUndoError
from planner.store.folders import FolderContent, folder_files
from planner.store.held import all_held, held
from planner.store.importing import MANY_SHOPS, Update
from planner.store.kept_plans import KeptPlans
from planner.store.listing import EVERYTHING, SortBy
from planner.store.records import (
    Action,
    Applied,
    Changed,
    Edit,
    Entry,
    Page,
    RecordKind,
    StoredAbsence,
    StoredCrew,
    StoredScenario,
    StoredShop,
)
from planner.store.scenario_texts import TEXT, check_texts
from planner.store.state import State, recall, remember, state_at
from planner.store.tables import ROLLOUT, SHOP_TABLES
from planner.store.writing import Note, write_changes
from planner.wording.kept import kept

if TYPE_CHECKING:
    # What reads and writes them is loaded where it is asked for: most programs never do.
    from planner.store.adopting import Adoption
    from planner.store.calendars import CalendarPlace, StoredCalendars
    from planner.store.feeds import StoredAddresses


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

    def load_after(self, known: Rollout, revision: int) -> tuple[Rollout, int]:
        """The same as `load`, from what it gave at an earlier `revision`: only what has changed since is read."""
        with self._reading() as (connection, state):
            return following.rollout_after(connection, state, known, revision), state.revision

    def page(
        self,
        query: Query = EVERYTHING,
        sort: Sequence[SortBy] = (),
        *,
        offset: int = 0,
        limit: int = 100,
        counted: Page | None = None,
    ) -> Page:
        """The window of `limit` shops from `offset` on of those that match, and how many these are.

        An earlier window of the query, `counted`, saves counting them again where nothing has changed since.
        """
        with self._reading() as (connection, state):
            return listing.page(connection, state, query, sort, offset, limit, self._database.is_sqlite, counted)

    def count(self, query: Query = EVERYTHING) -> int:
        """How many shops match."""
        with self._reading() as (connection, state):
            return listing.count(connection, state, query, self._database.is_sqlite)

    def versions(self, query: Query = EVERYTHING, sort: Sequence[SortBy] = ()) -> dict[str, int]:
        """The ids of all shops that match, in the rollout's order or sorted, each with its version."""
        with self._reading() as (connection, state):
            return listing.versions(connection, state, query, self._database.is_sqlite, sort)

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

    def scenarios(self) -> list[StoredScenario]:
        """The scenarios that are kept with the rollout, by name."""
        with self._reading() as (connection, state):
            return scenarios.stored(connection, state)

    def scenario(self, name: str) -> StoredScenario:
        """A scenario; raises NotFoundError."""
        with self._reading() as (connection, state):
            return scenarios.named(connection, state, name)

    def read(self) -> tuple[ReadRollout, dict[str, str]]:
        """The rollout as it is now, ready for scenarios, and the TOML of those that are kept with it, by name."""
        with self._reading() as (connection, state):
            return scenarios.read_base(connection, state), scenarios.texts_of(connection, state)

    def under(self, names: Sequence[str]) -> Applied:
        """The rollout as it is now with scenarios applied, in this order, each after those it builds on.

        Raises NotFoundError, and InputError with all that is wrong with the first scenario that does not fit.
        """
        with self._reading() as (connection, state):
            base, texts = scenarios.read_base(connection, state), scenarios.texts_of(connection, state)
        return scenarios.applied(base, state.revision, texts, names)

    def save_scenario(self, name: str, toml: str, why: str = "", *, expected: int | None = None) -> Edited:
        """Keeps a scenario under a name, a new one or in the place of the one there: one step of undo.

        It must fit the rollout as it is. `expected` is the version of the one that was edited. Raises InputError with
        all that is wrong, as for a file `NAME.toml`, and EditConflictError.
        """
        toml = toml.replace("\r\n", "\n")
        with self._reading() as (connection, state):
            base, texts = scenarios.read_base(connection, state), scenarios.texts_of(connection, state)
        log = ProblemLog()
        check_texts({**texts, name: toml}, log)
        if log.errors:
            raise InputError(log.errors)
        fits = scenarios.applied(base, state.revision, {**texts, name: toml}, [name])
        with self._writing() as (connection, state):
            is_new = name not in scenarios.texts_of(connection, state) and expected is None
            edit = Edit(RecordKind.SCENARIO, name, {TEXT: toml}, expected, is_new=is_new)
            what = kept("scenario {name} changed", name=name)
            if is_new:
                what = kept("scenario {name} saved", name=name)
            return replace(self._edit(connection, state, [edit], what, why), warnings=fits.warnings)

    def drop_scenario(self, name: str, why: str = "", *, expected: int | None = None) -> Entry:
        """Drops a scenario, which an undo brings back; raises NotFoundError, and NotAllowedError for others' base."""
        with self._writing() as (connection, state):
            scenarios.check_droppable(connection, state, name)
            edit = Edit(RecordKind.SCENARIO, name, None, expected)
            what = kept("scenario {name} dropped", name=name)
            entry = self._edit(connection, state, [edit], what, why).entry
            return entry or journal.entry_at(connection, state, state.revision)

    def edit(self, edits: Sequence[Edit], what: str, why: str = "") -> Edited:
        """Makes all edits, or none: one entry of the journal, one step of undo.

        `what` is the line that history and undo show: best one that `planner.wording.kept` made, which everybody reads
        in their own language. Raises InputError, EditConflictError and NotFoundError.
        """
        with self._writing() as (connection, state):
            return self._edit(connection, state, edits, what, why)

    def judge(self, edit: Edit) -> Judgement:
        """What the rules say of an edit that is still being written, as in a form; nothing is changed.

        Raises NotFoundError where the record to edit is not there.
        """
        with self._reading() as (connection, state):
            return judge(connection, state, edit)

    def mistakes(self, edits: Sequence[Edit]) -> tuple[Problem, ...]:
        """What `edit` would find wrong with edits that are still to be agreed to; nothing is changed.

        Who else has changed the records does not matter yet. Raises NotFoundError where one is not there.
        """
        edits = [replace(edit, expected=None) for edit in edits]
        with without_collector(), self._reading() as (connection, state):
            try:
                make_changes(connection, state, edits)
            except InputError as error:
                return error.problems
        return ()

    def compare(self, content: FolderContent) -> Update:
        """What taking in a folder would change; `update` does it."""
        with self._reading() as (connection, state):
            return importing.compare(connection, state, content)

    def update(self, update: Update, source: str = kept("a folder"), why: str = "") -> Entry:
        """Makes the rollout what the folder says; raises NotAllowedError where it was changed since the comparison.

        `source` is what history says it came from, a line as for `edit`.
        """
        with self._writing() as (connection, state):
            entry = self._update(connection, state, update, kept("import of {source}", source=source), why)
        if len(update.added) >= MANY_SHOPS:
            self._database.look_at(*SHOP_TABLES)
        return entry

    def adoption(self, name: str) -> "Adoption":
        """What adopting a scenario would change in the rollout; `adopt` does it.

        Raises NotFoundError, and InputError where the scenario does not fit the rollout any more.
        """
        from planner.store import adopting  # noqa: PLC0415 - see above

        with self._reading() as (connection, state):
            return adopting.adoption(connection, state, name)

    def adopt(self, adoption: "Adoption", why: str = "") -> Entry:
        """Makes a scenario's changes in the rollout: one step of undo.

        Raises NotAllowedError where the rollout was changed since it was looked at.
        """
        with self._writing() as (connection, state):
            what = kept("scenario {name} adopted", name=adoption.name)
            return self._update(connection, state, adoption.update, what, why)

    def content(self) -> FolderContent:
        """The rollout as a folder's content, to be changed and compared."""
        with self._reading() as (connection, state):
            return reading.content(connection, state)

    def rollout_files(self, log: ProblemLog) -> RolloutFiles:
        """The rollout as the files of a folder that have been split but not yet understood."""
        with self._reading() as (connection, state):
            return reading.rollout_files(connection, state, log)

    def folder_files(self) -> dict[str, bytes]:
        """The rollout as the files of a folder, by name: taken in again, they give the same rollout."""
        with self._reading() as (connection, state):
            rows = {kind: [record.cells for record in all_held(connection, state, kind).values()] for kind in READ}
            texts = scenarios.texts_of(connection, state)
            return folder_files(state.toml, state.unknown, rows, texts, state.past_jobs)

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

    def calendars(self, place: "CalendarPlace") -> "StoredCalendars":
        """What calendars of this rollout last held, so that the next ones know what is new, changed or called off."""
        from planner.store.calendars import StoredCalendars  # noqa: PLC0415 - see above

        return StoredCalendars(self._database, self._pk, place)

    def feeds(self) -> "StoredAddresses":
        """The secret addresses of this rollout's calendar feeds, to be read, changed and saved."""
        from planner.store.feeds import StoredAddresses  # noqa: PLC0415 - see above

        return StoredAddresses(self._database, self._pk)

    def recall(self, topic: str) -> Any:
        """What `remember` kept under `topic`; None where nothing was."""
        with self._database.reading() as connection:
            return recall(connection, self._pk).get(topic)

    def remember(self, topic: str, value: Any) -> None:
        """Keeps a value that JSON can hold for later commands on this rollout, such as the names of columns."""
        with self._writing() as (connection, state):
            remember(connection, state.pk, {**recall(connection, state.pk), topic: value})

    def _edit(self, connection: Connection, state: State, edits: Sequence[Edit], what: str, why: str) -> Edited:
        changes, checked = make_changes(connection, state, edits)
        if not changes:
            return Edited(None, checked.warnings)
        note = Note(who=self.who, action=Action.CHANGE, what=what, why=why)
        revision = write_changes(connection, state, changes, checked, note)
        journal.drop_redos(connection, state, self.who)
        return Edited(journal.entry(connection, state, revision), checked.warnings)

    def _update(self, connection: Connection, state: State, update: Update, what: str, why: str) -> Entry:
        revision = importing.apply_update(connection, state, update, self.who, what, why)
        journal.drop_redos(connection, state, self.who)
        self.name = state.name
        return journal.entry_at(connection, state, revision)

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
        with without_collector(), self._database.writing() as connection:
            yield connection, state_at(connection, self._pk, locked=True)
