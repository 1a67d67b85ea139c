"""Rollouts, their shops, crews and absences, and the journal of their changes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

EXACT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """The step forward."""
    op.create_table(
        "rollout",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("name", EXACT, nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("settings_version", sa.Integer(), nullable=False),
        sa.Column("unknown_columns", sa.Text(), nullable=False),
        sa.Column("remembered", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("next_position", sa.Integer(), nullable=False),
        sa.Column("next_absence", sa.Integer(), nullable=False),
        sa.Column("next_plan", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name="pk_rollout"),
        sa.UniqueConstraint("name", name="uq_rollout_name"),
    )
    op.create_table(
        "shop",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("rollout", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", EXACT, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("kind", EXACT, nullable=True),
        sa.Column("state", EXACT, nullable=True),
        sa.Column("catholic", sa.Boolean(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("weekly_revenue", sa.Float(), nullable=False),
        sa.Column("annual_target", sa.Float(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("ready_from", sa.Date(), nullable=True),
        sa.Column("due_by", sa.Date(), nullable=True),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("status", EXACT, nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("finish", sa.Date(), nullable=True),
        sa.Column("crews", sa.Text(), nullable=False),
        sa.Column("published_start", sa.Date(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=False),
        sa.Column("id_folded", EXACT, nullable=True),
        sa.Column("name_folded", EXACT, nullable=True),
        sa.Column("street_folded", EXACT, nullable=True),
        sa.Column("postcode_folded", EXACT, nullable=True),
        sa.Column("city_folded", EXACT, nullable=True),
        sa.Column("partner_folded", EXACT, nullable=True),
        sa.Column("region_folded", EXACT, nullable=True),
        sa.Column("format_folded", EXACT, nullable=True),
        sa.ForeignKeyConstraint(["rollout"], ["rollout.pk"], name="fk_shop_rollout"),
        sa.PrimaryKeyConstraint("pk", name="pk_shop"),
        sa.UniqueConstraint("rollout", "id", name="uq_shop_rollout_id"),
    )
    op.create_index("ix_shop_rollout_annual_target_position", "shop", ["rollout", "annual_target", "position"])
    op.create_index("ix_shop_rollout_catholic_position", "shop", ["rollout", "catholic", "position"])
    op.create_index("ix_shop_rollout_city_folded_position", "shop", ["rollout", "city_folded", "position"])
    op.create_index("ix_shop_rollout_due_by_position", "shop", ["rollout", "due_by", "position"])
    op.create_index("ix_shop_rollout_finish_position", "shop", ["rollout", "finish", "position"])
    op.create_index("ix_shop_rollout_format_folded_position", "shop", ["rollout", "format_folded", "position"])
    op.create_index("ix_shop_rollout_id_folded_position", "shop", ["rollout", "id_folded", "position"])
    op.create_index("ix_shop_rollout_kind_position", "shop", ["rollout", "kind", "position"])
    op.create_index("ix_shop_rollout_lat_position", "shop", ["rollout", "lat", "position"])
    op.create_index("ix_shop_rollout_lon_position", "shop", ["rollout", "lon", "position"])
    op.create_index("ix_shop_rollout_name_folded_position", "shop", ["rollout", "name_folded", "position"])
    op.create_index("ix_shop_rollout_partner_folded_position", "shop", ["rollout", "partner_folded", "position"])
    op.create_index("ix_shop_rollout_position", "shop", ["rollout", "position"])
    op.create_index("ix_shop_rollout_postcode_folded_position", "shop", ["rollout", "postcode_folded", "position"])
    op.create_index("ix_shop_rollout_priority_position", "shop", ["rollout", "priority", "position"])
    op.create_index("ix_shop_rollout_published_start_position", "shop", ["rollout", "published_start", "position"])
    op.create_index("ix_shop_rollout_ready_from_position", "shop", ["rollout", "ready_from", "position"])
    op.create_index("ix_shop_rollout_region_folded_position", "shop", ["rollout", "region_folded", "position"])
    op.create_index("ix_shop_rollout_start_position", "shop", ["rollout", "start", "position"])
    op.create_index("ix_shop_rollout_state_position", "shop", ["rollout", "state", "position"])
    op.create_index("ix_shop_rollout_status_position", "shop", ["rollout", "status", "position"])
    op.create_index("ix_shop_rollout_street_folded_position", "shop", ["rollout", "street_folded", "position"])
    op.create_index("ix_shop_rollout_weekly_revenue_position", "shop", ["rollout", "weekly_revenue", "position"])
    op.create_table(
        "shop_item",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("rollout", sa.Integer(), nullable=False),
        sa.Column("shop", sa.Integer(), nullable=False),
        sa.Column("field", EXACT, nullable=False),
        sa.Column("item", EXACT, nullable=False),
        sa.Column("folded", EXACT, nullable=False),
        sa.ForeignKeyConstraint(["rollout"], ["rollout.pk"], name="fk_shop_item_rollout"),
        sa.ForeignKeyConstraint(["shop"], ["shop.pk"], name="fk_shop_item_shop"),
        sa.PrimaryKeyConstraint("pk", name="pk_shop_item"),
    )
    op.create_index("ix_shop_item_rollout_field_folded_shop", "shop_item", ["rollout", "field", "folded", "shop"])
    op.create_index("ix_shop_item_rollout_field_item", "shop_item", ["rollout", "field", "item"])
    op.create_index("ix_shop_item_shop", "shop_item", ["shop"])
    op.create_table(
        "shop_text",
        sa.Column("shop", sa.Integer(), nullable=False),
        sa.Column("rollout", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shop.pk"], name="fk_shop_text_shop"),
        sa.ForeignKeyConstraint(["rollout"], ["rollout.pk"], name="fk_shop_text_rollout"),
        sa.PrimaryKeyConstraint("shop", name="pk_shop_text"),
    )
    op.create_index("ix_shop_text_rollout", "shop_text", ["rollout"])
    op.create_table(
        "crew",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("rollout", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", EXACT, nullable=False),
        sa.Column("trade", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("regions", sa.Text(), nullable=False),
        sa.Column("max_km", sa.Float(), nullable=True),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["rollout"], ["rollout.pk"], name="fk_crew_rollout"),
        sa.PrimaryKeyConstraint("pk", name="pk_crew"),
        sa.UniqueConstraint("rollout", "id", name="uq_crew_rollout_id"),
    )
    op.create_table(
        "absence",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("rollout", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("crew", EXACT, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("extra", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["rollout"], ["rollout.pk"], name="fk_absence_rollout"),
        sa.PrimaryKeyConstraint("pk", name="pk_absence"),
        sa.UniqueConstraint("rollout", "number", name="uq_absence_rollout_number"),
    )
    op.create_index("ix_absence_rollout_crew", "absence", ["rollout", "crew"])
    op.create_table(
        "entry",
        sa.Column("rollout", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("moment", MOMENT, nullable=False),
        sa.Column("who", EXACT, nullable=False),
        sa.Column("action", EXACT, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("state", EXACT, nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rollout"], ["rollout.pk"], name="fk_entry_rollout"),
        sa.PrimaryKeyConstraint("rollout", "revision", name="pk_entry"),
    )
    op.create_index(
        "ix_entry_rollout_who_action_state_revision", "entry", ["rollout", "who", "action", "state", "revision"]
    )
    op.create_table(
        "entry_record",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("rollout", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", EXACT, nullable=False),
        sa.Column("key", EXACT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["rollout"], ["rollout.pk"], name="fk_entry_record_rollout"),
        sa.PrimaryKeyConstraint("pk", name="pk_entry_record"),
    )
    op.create_index("ix_entry_record_rollout_kind_key_revision", "entry_record", ["rollout", "kind", "key", "revision"])
    op.create_index("ix_entry_record_rollout_revision", "entry_record", ["rollout", "revision"])


def downgrade() -> None:
    """The step back."""
    op.drop_table("entry_record")
    op.drop_table("entry")
    op.drop_table("absence")
    op.drop_table("crew")
    op.drop_table("shop_text")
    op.drop_table("shop_item")
    op.drop_table("shop")
    op.drop_table("rollout")
