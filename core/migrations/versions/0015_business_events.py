"""One append-only stream of business events.

Revision ID: 0015_business_events
Revises: 0014_operators_tasks
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015_business_events"
down_revision = "0014_operators_tasks"
branch_labels = None
depends_on = None

SUBJECTS = ("workspace_id", "campaign_id", "deal_id", "deliverable_id", "creator_id", "person_id")

APPEND_ONLY = """
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
CREATE TRIGGER business_event_immutable BEFORE UPDATE OR DELETE ON business_event
  FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER business_event_no_truncate BEFORE TRUNCATE ON business_event
  EXECUTE FUNCTION append_only();
"""


def upgrade() -> None:
    """Make the table, the order in which it is read, and the triggers that keep it."""
    op.create_table(
        "business_event",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "written_in",
            sa.BigInteger(),
            server_default=sa.text("(pg_current_xact_id()::text)::bigint"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(16), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        *(sa.Column(name, sa.Uuid(), nullable=True) for name in SUBJECTS),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_business_event")),
    )
    op.create_index("ix_business_event_order", "business_event", ["written_in", "seq"])
    op.execute(APPEND_ONLY)


def downgrade() -> None:
    """Take the stream away."""
    op.drop_table("business_event")
    op.execute("DROP FUNCTION append_only()")
