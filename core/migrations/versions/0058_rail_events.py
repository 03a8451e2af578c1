"""Keep what providers tell, each event for itself, and fetch from a cursor that is the provider's own word.

Revision ID: 0058_rail_events
Revises: 0057_parcel_steps
"""

import sqlalchemy as sa
from alembic import op

revision = "0058_rail_events"
down_revision = "0057_parcel_steps"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; where each rail was read to stays where it was."""
    op.create_table(
        "rail_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rail", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=80), server_default="", nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rail_event")),
        sa.UniqueConstraint("rail", "event_id", name=op.f("uq_rail_event_rail_event_id")),
    )
    op.create_index(
        "ix_rail_event_due", "rail_event", ["next_try_at"], postgresql_where=sa.text("done_at IS NULL")
    )
    op.add_column("funding", sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
    op.alter_column(
        "rail_cursor",
        "seq",
        new_column_name="cursor",
        type_=sa.String(length=200),
        postgresql_using="seq::text",
    )


def downgrade() -> None:
    """Number the events again, as far as a cursor names one."""
    op.alter_column(
        "rail_cursor",
        "cursor",
        new_column_name="seq",
        type_=sa.BigInteger(),
        postgresql_using="cursor::bigint",
    )
    op.drop_column("funding", "looked_at")
    op.drop_index("ix_rail_event_due", table_name="rail_event")
    op.drop_table("rail_event")
