"""Records as the database holds them now, by kind and key."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, RowMapping, Table, select

from planner.store.cells import Cells, absence_cells, crew_cells, shop_cells
from planner.store.many_values import among, is_server
from planner.store.records import RecordKind
from planner.store.rows import absence_of, crew_of, shop_of
from planner.store.scenario_texts import TEXT
from planner.store.state import SETTINGS_KEY, State
from planner.store.tables import ABSENCE, CREW, PLAN, SCENARIO, SHOP

CHUNK, CHUNK_OF_SERVER = 1000, 10_000
TABLES: dict[RecordKind, tuple[Table, str]] = {
    RecordKind.SHOP: (SHOP, "id"),
    RecordKind.CREW: (CREW, "id"),
    RecordKind.ABSENCE: (ABSENCE, "number"),
    RecordKind.PLAN: (PLAN, "number"),
    RecordKind.SCENARIO: (SCENARIO, "name"),
}
NOTE = "note"
NUMBERED = (RecordKind.ABSENCE, RecordKind.PLAN)

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Held:
    """A record as it is: where its row is, its version and its cells. The settings have no row of their own.

    `position` is None for kinds that have no order but that of their names.
    """

    pk: int
    position: int | None
    version: int
    cells: Cells


def chunks(items: Collection[Item], size: int = CHUNK) -> Iterator[Sequence[Item]]:
    """`items` in parts that fit into one statement."""
    listed = list(items)
    for first in range(0, len(listed), size):
        yield listed[first : first + size]


def in_statements(connection: Connection, items: Collection[Item]) -> Iterator[Sequence[Item]]:
    """`items` in parts that one statement of this database takes well."""
    return chunks(items, CHUNK_OF_SERVER if is_server(connection) else CHUNK)


def held(connection: Connection, state: State, kind: RecordKind, keys: Collection[str]) -> dict[str, Held]:
    """The records of these keys that are there."""
    if kind is RecordKind.SETTINGS:
        return {SETTINGS_KEY: Held(state.pk, None, state.settings_version, state.cells)}
    table, key = TABLES[kind]
    found: dict[str, Held] = {}
    for part in in_statements(connection, keys):
        wanted = [int(text) for text in part if text.isdecimal()] if kind in NUMBERED else part
        query = select(table).where(table.c.rollout == state.pk, among(connection, table.c[key], wanted))
        rows = connection.execute(query).mappings().all()
        found |= {str(row[key]): _held(state, kind, row) for row in rows}
    return found


def all_held(connection: Connection, state: State, kind: RecordKind) -> dict[str, Held]:
    """All records of a kind, in their order."""
    table, key = TABLES[kind]
    order = table.c.get("position", table.c[key])
    query = select(table).where(table.c.rollout == state.pk).order_by(order)
    return {str(row[key]): _held(state, kind, row) for row in connection.execute(query).mappings().all()}


def _held(state: State, kind: RecordKind, row: RowMapping) -> Held:
    return Held(row["pk"], row.get("position"), row["version"], _cells(state, kind, row))


def _cells(state: State, kind: RecordKind, row: RowMapping) -> Cells:
    match kind:
        case RecordKind.SHOP:
            return shop_cells(shop_of(row, state.unknown_in(kind)))
        case RecordKind.CREW:
            return crew_cells(*crew_of(row))
        case RecordKind.ABSENCE:
            return absence_cells(*absence_of(row))
        case RecordKind.SCENARIO:
            return {TEXT: row["text"]}
        case _:
            return {"state": row["state"], NOTE: row["note"]}
