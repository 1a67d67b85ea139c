"""Runs the migrations on the connection that `planner.store.migrating` hands over."""

from alembic import context

from planner.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # SQLite cannot alter most of a table: Alembic makes a new one and copies.
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=False,  # the caller holds the transaction, for all steps together
)
context.run_migrations()
