"""Publications taken back in thought: the published starts that a plan was made and published with."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, func, select

from planner.domain.rollout import Rollout
from planner.store.journal import entries, noted
from planner.store.records import Action, RecordKind
from planner.store.state import State
from planner.store.tables import ENTRY, ENTRY_RECORD

PUBLISHED_START = "published_start"


def before_publication(connection: Connection, state: State, number: int, rollout: Rollout) -> Rollout:
    """`rollout` as it would be had a plan not been published, nor any after it; a draft's is `rollout` as it is.

    Only what publications made of the published starts is taken back, the newest first: a published start that was
    changed in another way since stays as it is.
    """
    first = publication_of(connection, state, number)
    if first is None:
        return rollout
    starts = {shop.id: shop.published_start for shop in rollout.shops}
    for entry in entries(connection, state, after=first - 1):
        if entry.action is not Action.PUBLISH:
            continue
        for record in noted(connection, state, entry.revision):
            if record.kind is not RecordKind.SHOP or record.before is None or record.after is None:
                continue
            if record.key in starts and starts[record.key] == _day(record.after[PUBLISHED_START]):
                starts[record.key] = _day(record.before[PUBLISHED_START])
    shops = tuple(
        shop if starts[shop.id] == shop.published_start else replace(shop, published_start=starts[shop.id])
        for shop in rollout.shops
    )
    return replace(rollout, shops=shops)


def publication_of(connection: Connection, state: State, number: int) -> int | None:
    """The revision that published a plan; None for one that never was."""
    query = (
        select(func.min(ENTRY.c.revision))
        .join(ENTRY_RECORD, (ENTRY_RECORD.c.rollout == ENTRY.c.rollout) & (ENTRY_RECORD.c.revision == ENTRY.c.revision))
        .where(
            ENTRY.c.rollout == state.pk,
            ENTRY.c.action == Action.PUBLISH.value,
            ENTRY_RECORD.c.kind == RecordKind.PLAN.value,
            ENTRY_RECORD.c.key == str(number),
        )
    )
    revision: int | None = connection.execute(query).scalar()
    return revision


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
