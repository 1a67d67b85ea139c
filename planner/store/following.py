"""A rollout that is known, brought up to the present: only what the journal says has changed since is read again."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.store.held import in_statements
from planner.store.many_values import among
from planner.store.reading import all_absences, all_crews, whole_rollout
from planner.store.records import RecordKind
from planner.store.rows import shop_of
from planner.store.state import UNKNOWN_COLUMNS, State
from planner.store.tables import ENTRY_RECORD, SHOP

MANY = 5000
"""More shops than these are not looked up one by one: all are read."""


def rollout_after(connection: Connection, state: State, known: Rollout, revision: int) -> Rollout:
    """The rollout as it is now, as `whole_rollout` reads it, from what it was at an earlier `revision`.

    What has not changed is the same object as in `known`; where nothing has, all of it is.
    """
    if state.revision == revision:
        return known
    shops = _keys_since(connection, state, revision, RecordKind.SHOP, MANY + 1)
    if len(shops) > MANY or _columns_changed(connection, state, revision):
        return whole_rollout(connection, state)
    crews, absences = known.crews, known.absences
    if _keys_since(connection, state, revision, RecordKind.CREW, 1):
        crews = tuple(crew.crew for crew in all_crews(connection, state))
    if _keys_since(connection, state, revision, RecordKind.ABSENCE, 1):
        absences = tuple(absence.absence for absence in all_absences(connection, state))
    settings = state.settings.rollout
    now = _shops_after(connection, state, known, shops)
    if now is known.shops and (settings, crews, absences) == (_settings(known), known.crews, known.absences):
        return known
    return replace(settings, shops=now, crews=crews, absences=absences)


def _settings(rollout: Rollout) -> Rollout:
    return replace(rollout, shops=(), crews=(), absences=())


def _keys_since(
    connection: Connection, state: State, revision: int, kind: RecordKind, limit: int
) -> Mapping[str, bool]:
    """The records of a kind that entries after `revision` touched, `limit` at most; and whether any came or went."""
    touched = (
        select(ENTRY_RECORD.c.key, ENTRY_RECORD.c.before.is_(None) | ENTRY_RECORD.c.after.is_(None))
        .where(
            ENTRY_RECORD.c.rollout == state.pk, ENTRY_RECORD.c.revision > revision, ENTRY_RECORD.c.kind == kind.value
        )
        .distinct()
        .limit(2 * limit)
    )
    found: dict[str, bool] = {}
    for key, came_or_went in connection.execute(touched):
        found[key] = found.get(key, False) or came_or_went
    return found


def _columns_changed(connection: Connection, state: State, revision: int) -> bool:
    """Whether the columns that the planner does not know are others, so that every shop's cells may be."""
    query = select(ENTRY_RECORD.c.before, ENTRY_RECORD.c.after).where(
        ENTRY_RECORD.c.rollout == state.pk,
        ENTRY_RECORD.c.revision > revision,
        ENTRY_RECORD.c.kind == RecordKind.SETTINGS.value,
    )
    # The journal notes only the cells that changed, by name; a name inside of a text costs a reading too many.
    return any(UNKNOWN_COLUMNS in (text or "") for row in connection.execute(query) for text in row)


def _shops_after(connection: Connection, state: State, known: Rollout, touched: Mapping[str, bool]) -> tuple[Shop, ...]:
    if not touched:
        return known.shops
    read = _read(connection, state, touched.keys())
    if not any(touched.values()):
        return tuple(read.get(shop.id, shop) for shop in known.shops)
    # One that went may have come back in another place, so that the order is read.
    order = select(SHOP.c.id).where(SHOP.c.rollout == state.pk).order_by(SHOP.c.position)
    before = known.shop_by_id
    return tuple(read.get(name) or before[name] for name in connection.execute(order).scalars())


def _read(connection: Connection, state: State, ids: Collection[str]) -> dict[str, Shop]:
    """Those of these shops that are there."""
    found: dict[str, Shop] = {}
    for part in in_statements(connection, ids):
        query = select(SHOP).where(SHOP.c.rollout == state.pk, among(connection, SHOP.c.id, part))
        for row in connection.execute(query).mappings():
            found[row["id"]] = shop_of(row, state.unknown_in_shops)
    return found
