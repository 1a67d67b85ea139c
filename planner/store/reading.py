"""A rollout of the database read whole, for planning and export; crews and absences as lists."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, Table, select
from sqlalchemy.engine import MappingResult

from planner.domain.rollout import Rollout
from planner.exchange.actuals import split_actuals
from planner.exchange.problems import ProblemLog
from planner.exchange.rollout_files import RolloutFiles
from planner.exchange.text import Names, quoted
from planner.store.errors import NotFoundError
from planner.store.folders import FolderContent
from planner.store.held import all_held, in_statements
from planner.store.many_values import among
from planner.store.records import RecordKind, StoredAbsence, StoredCrew, StoredShop
from planner.store.rows import absence_of, crew_of, shop_of
from planner.store.state import TOML, State, toml_values
from planner.store.stored_rows import COLUMNS, table_of
from planner.store.tables import ABSENCE, CREW, SHOP
from planner.wording.translation import gettext, pgettext


def whole_rollout(connection: Connection, state: State) -> Rollout:
    """The rollout as a folder with the same content would be read."""
    unknown = state.unknown_in_shops
    return replace(
        state.settings.rollout,
        shops=tuple(shop_of(row, unknown) for row in _rows(connection, state, SHOP)),
        crews=tuple(crew.crew for crew in all_crews(connection, state)),
        absences=tuple(absence.absence for absence in all_absences(connection, state)),
    )


def rollout_files(connection: Connection, state: State, log: ProblemLog) -> RolloutFiles:
    """The rollout as the files of a folder that have been split but not yet understood."""
    shops, crews, absences = (
        table_of(
            kind,
            ((key, record.cells) for key, record in all_held(connection, state, kind).items()),
            state.unknown_in(kind),
            log,
            is_complete=True,
        )
        for kind in (RecordKind.SHOP, RecordKind.CREW, RecordKind.ABSENCE)
    )
    values = toml_values(state.toml)
    return RolloutFiles(values, shops, crews, absences, split_actuals(state.past_jobs, values, TOML, log))


def content(connection: Connection, state: State) -> FolderContent:
    """The rollout as a folder's content, its scenarios included."""
    rows = {
        kind: {key: record.cells for key, record in all_held(connection, state, kind).items()}
        for kind in (RecordKind.SHOP, RecordKind.CREW, RecordKind.ABSENCE, RecordKind.SCENARIO)
    }
    return FolderContent(whole_rollout(connection, state), state.toml, state.unknown, rows, past_jobs=state.past_jobs)


def all_crews(connection: Connection, state: State) -> list[StoredCrew]:
    """The crews in their order."""
    return [StoredCrew(*crew_of(row), row["version"]) for row in _rows(connection, state, CREW)]


def all_absences(connection: Connection, state: State) -> list[StoredAbsence]:
    """The absences in their order."""
    return [StoredAbsence(row["number"], *absence_of(row), row["version"]) for row in _rows(connection, state, ABSENCE)]


def shops_named(connection: Connection, state: State, ids: Sequence[str]) -> list[StoredShop]:
    """Shops by id, in this order; raises NotFoundError where one of them is not there."""
    found: dict[str, StoredShop] = {}
    for part in in_statements(connection, ids):
        query = select(SHOP).where(SHOP.c.rollout == state.pk, among(connection, SHOP.c.id, part))
        for row in connection.execute(query).mappings():
            found[row["id"]] = StoredShop(shop_of(row, state.unknown_in_shops), row["version"])
    missing = [name for name in ids if name not in found]
    if missing:
        every = connection.execute(select(SHOP.c.id).where(SHOP.c.rollout == state.pk)).scalars()
        text = gettext("There is no shop {shop} in this rollout{hint}")
        raise NotFoundError(text.format(shop=quoted(missing[0]), hint=_near(missing[0], every)))
    return [found[name] for name in ids]


def _near(name: str, ids: Iterable[str]) -> str:
    near = Names(pgettext("noun", "shop"), ids).suggestion(name)
    return near or gettext("; `planner shops list` shows those there are.")


def columns(state: State, kind: RecordKind) -> tuple[str, ...]:
    """The columns that records of a kind have, those unknown to the planner at the end."""
    return (*COLUMNS[kind].known, *state.unknown_in(kind))


def _rows(connection: Connection, state: State, table: Table) -> MappingResult:
    query = select(table).where(table.c.rollout == state.pk).order_by(table.c.position)
    return connection.execute(query).mappings()
