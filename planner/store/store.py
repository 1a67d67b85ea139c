"""The front door of the store: a database of rollouts, and in it one rollout at a time.

    with open_store(StoreSettings()) as store:
        store.add(read_folder_content(Path("schedules/rollout-2021")))
        backlog = store.backlog("Shop format 2021/22")
        page = backlog.page(parse("state:BY -tag:pilot"), parse_sort("-priority"), offset=0, limit=50)
        backlog.edit([Edit(RecordKind.SHOP, "S001", {"priority": "9"}, expected=page.shops[0].version)], "priority")
        backlog.undo()

What a screen needs:

- **Lists**: `Backlog.page` is a window on any filter and order with the number of all that match; 100,000 shops are
  never loaded for it. `Backlog.versions` names all that match, for bulk actions; `Backlog.values` has what a column
  holds, for completion.
- **Edits** are cells: column to text, as in the rollout folder, and go through the same checks as a folder
  (`InputError` has all mistakes; each names record and column). All edits of a call are one transaction, one entry
  of the journal and one step of undo.
- **Versions**: a record's version is the revision of its last change. An edit that names the version it was decided
  on is refused where somebody else was quicker: `EditConflictError.conflicts` has, column by column, what it was,
  theirs and yours.
- **What is new**: `Backlog.revision` is one cheap query, to be asked every second; `Backlog.changed_since` tells
  which entries and records came after a revision.
- **Undo and redo** are each user's own, over any number of steps and restarts, and return the entry that was undone
  or redone, whose `what` is the line to show. `Backlog.undoable` and `redoable` tell what they would do.
- **Plans**: `Backlog.load` gives the rollout and its revision; solve with no transaction open; `Backlog.plans.keep`
  checks the plan and keeps it as a draft; `Backlog.plans.publish` makes it the baseline.
- **Scenarios** are records too, with versions, history and undo. `Backlog.scenarios` lists them by name, with their
  TOML, what that says (`scenario.name`, `.why`) and `builds_on`. `Backlog.save_scenario(name, toml)` adds or changes
  one; what is wrong is an `InputError`, worded as for the file `NAME.toml`. `Backlog.drop_scenario(name)` is
  refused while another builds on it. `Backlog.under([name])` applies some to the rollout as it is; then

      under = backlog.under(["hard-autumn"])               # under.effects: what each change did, in plain words
      plan = replace(solve(under.rollout, limits), scenario=under.titles)
      backlog.plans.keep(under.rollout, plan, under.revision, note, scenario=under.names)

  keeps a plan that says for good what it was made under (`PlanInfo.scenario`), that `plans.to_use` checks and shows
  against the scenario, and that cannot be published unless it fits the rollout as it is. `plans.newest` prefers plans
  without scenario. `Backlog.read` gives rollout and scenarios at once, to compare several. `Backlog.adoption` tells
  what making a scenario's changes in the rollout would do, `Backlog.adopt` makes them.
- **Calendars**: `Backlog.calendars(place)` is what calendars last held, and `Backlog.feeds` who may subscribe at which
  secret address. Both are no part of the rollout, so the journal and a folder have nothing of them.

Transactions are short and never span a solve or a question to the user. A `Store` may be shared by threads. Failures
of the database are StoreErrors, whose text is a sentence for people; nothing is then changed.
"""

from types import TracebackType
from typing import Self

from sqlalchemy import func, select

from planner.store.backlog import Backlog
from planner.store.database import Database
from planner.store.folders import FolderContent, read_folder_content
from planner.store.importing import MANY_SHOPS, add_rollout, check_new
from planner.store.listing import EVERYTHING, SortBy, parse_sort
from planner.store.location import check_is_there, locate
from planner.store.migrating import bring_up_to_date
from planner.store.records import Edit, Page, RecordKind, RolloutInfo, StoredShop
from planner.store.settings import StoreSettings
from planner.store.state import find_state, toml_values
from planner.store.tables import ROLLOUT, SHOP, SHOP_TABLES
from planner.wording.kept import kept

__all__ = [
    "EVERYTHING",
    "Backlog",
    "Edit",
    "Page",
    "RecordKind",
    "RolloutInfo",
    "SortBy",
    "Store",
    "StoreSettings",
    "StoredShop",
    "open_store",
    "parse_sort",
    "read_folder_content",
]


class Store:
    """An open database of rollouts; `who` is whose changes these are."""

    def __init__(self, database: Database, who: str) -> None:
        self._database = database
        self._who = who

    @property
    def shown(self) -> str:
        """How messages name the database, without its password."""
        return self._database.location.shown

    @property
    def database(self) -> Database:
        """The connection underneath, for migrations and tests."""
        return self._database

    def rollouts(self) -> tuple[RolloutInfo, ...]:
        """The rollouts in the database, by name."""
        shops = select(func.count()).select_from(SHOP).where(SHOP.c.rollout == ROLLOUT.c.pk).scalar_subquery()
        query = select(ROLLOUT.c.name, ROLLOUT.c.settings, ROLLOUT.c.revision, shops.label("shops"))
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(ROLLOUT.c.name)).all()
        return tuple(
            RolloutInfo(
                name=row.name,
                shops=row.shops,
                today=toml_values(row.settings)["horizon"]["today"],
                revision=row.revision,
            )
            for row in rows
        )

    def check_new(self, name: str) -> None:
        """Raises NotAllowedError where there is a rollout of this name already, or it cannot be one."""
        with self._database.reading() as connection:
            check_new(connection, name)

    def add(self, content: FolderContent, source: str = kept("a folder")) -> Backlog:
        """Adds a folder's content as a new rollout; raises NotAllowedError where there is one of its name."""
        with self._database.writing() as connection:
            state = add_rollout(connection, content, self._who, source)
        if len(content.rollout.shops) >= MANY_SHOPS:
            self._database.look_at(*SHOP_TABLES)
        return Backlog(self._database, state.pk, state.name, self._who)

    def backlog(self, name: str = "") -> Backlog:
        """The rollout called `name`, or the only one; raises NotFoundError."""
        with self._database.reading() as connection:
            state = find_state(connection, name)
        return Backlog(self._database, state.pk, state.name, self._who)

    def close(self) -> None:
        """Closes all connections."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(settings: StoreSettings, *, create: bool = True) -> Store:
    """Opens the database that the settings name; an older one is migrated, and a file that is not there is made.

    Unless it may `create` a file, one that is not there is an error. Raises CannotOpenError, CannotSaveError and
    BusyError.
    """
    location = locate(settings.db)
    if not create:
        check_is_there(location)
    database = Database(location, settings.busy_seconds)
    try:
        bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return Store(database, settings.user)
