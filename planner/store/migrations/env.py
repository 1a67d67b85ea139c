"""Runs the migrations on the connection that `planner.store.migrating` hands over."""

from typing import Any

from alembic import context

from planner.store.tables import METADATA, ONLY_ON

CONNECTION = context.config.attributes["connection"]


def belongs_here(item: Any, _name: str | None, _kind: str, reflected: bool, there: Any) -> bool:
    """Whether the models say that this kind of database has an item; one that is there is looked at anyway."""
    return reflected or there is not None or item.info.get(ONLY_ON, CONNECTION.dialect.name) == CONNECTION.dialect.name


context.configure(
    connection=CONNECTION,
    target_metadata=METADATA,
    include_object=belongs_here,
    # SQLite cannot alter most of a table: Alembic makes a new one and copies.
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=False,  # the caller holds the transaction, for all steps together
)
context.run_migrations()
