"""On a server, fewer indexes of shops, and room for changed rows beside the rows before."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

POSITION = "ix_shop_rollout_position"
# For a changed row that fits on its page a server writes none of the indexes, if they hold nothing that changes.
DROPPED = (
    *("annual_target", "catholic", "due_by", "finish", "format_folded", "kind", "lat", "lon", "priority"),
    *("published_start", "ready_from", "start", "status", "street_folded", "weekly_revenue"),
)


def upgrade() -> None:
    """The step forward."""
    if _is_file():
        return
    for column in DROPPED:
        op.drop_index(f"ix_shop_rollout_{column}_position", "shop")
    # Half of each page is for the rows as they are after a change of all that it holds.
    op.execute(sa.text("ALTER TABLE shop SET (fillfactor = 50)"))
    _write_anew()


def downgrade() -> None:
    """The step back."""
    if _is_file():
        return
    op.execute(sa.text("ALTER TABLE shop RESET (fillfactor)"))
    _write_anew()
    for column in DROPPED:
        op.create_index(f"ix_shop_rollout_{column}_position", "shop", ["rollout", column, "position"])


def _is_file() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _write_anew() -> None:
    """Has the server write the rows of shops to new pages, as full as they are to be."""
    op.execute(sa.text(f"CLUSTER shop USING {POSITION}"))
    op.execute(sa.text("ALTER TABLE shop SET WITHOUT CLUSTER"))
