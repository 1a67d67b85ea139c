"""Scenarios, past jobs, what calendars last held, and the addresses of feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

EXACT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """The step forward."""
    op.add_column("rollout", sa.Column("past_jobs", sa.Text(), nullable=True))
    op.add_column("plan", sa.Column("scenarios", sa.Text(), nullable=True))
    op.create_table(
        "scenario",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("rollout", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", EXACT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["rollout"], ["rollout.pk"], name="fk_scenario_rollout"),
        sa.PrimaryKeyConstraint("pk", name="pk_scenario"),
        sa.UniqueConstraint("rollout", "name", name="uq_scenario_rollout_name"),
    )
    op.create_table(
        "calendar",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("rollout", sa.Integer(), nullable=False),
        sa.Column("place", EXACT, nullable=False),
        sa.Column("name", EXACT, nullable=False),
        sa.Column("writes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rollout"], ["rollout.pk"], name="fk_calendar_rollout"),
        sa.PrimaryKeyConstraint("pk", name="pk_calendar"),
        sa.UniqueConstraint("rollout", "place", "name", name="uq_calendar_rollout_place_name"),
    )
    op.create_table(
        "calendar_event",
        sa.Column("calendar", sa.Integer(), nullable=False),
        sa.Column("uid", EXACT, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["calendar"], ["calendar.pk"], name="fk_calendar_event_calendar"),
        sa.PrimaryKeyConstraint("calendar", "uid", name="pk_calendar_event"),
    )
    op.create_table(
        "feed",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("rollout", sa.Integer(), nullable=False),
        sa.Column("audience", EXACT, nullable=False),
        sa.Column("name", EXACT, nullable=False),
        sa.Column("language", EXACT, nullable=False),
        sa.Column("token", EXACT, nullable=False),
        sa.ForeignKeyConstraint(["rollout"], ["rollout.pk"], name="fk_feed_rollout"),
        sa.PrimaryKeyConstraint("pk", name="pk_feed"),
        sa.UniqueConstraint("rollout", "audience", "name", name="uq_feed_rollout_audience_name"),
    )


def downgrade() -> None:
    """The step back."""
    op.execute("DELETE FROM entry_record WHERE kind = 'scenario'")  # which the program before does not know
    op.drop_table("feed")
    op.drop_table("calendar_event")
    op.drop_table("calendar")
    op.drop_table("scenario")
    op.drop_column("plan", "scenarios")
    op.drop_column("rollout", "past_jobs")
