"""A clock that fails again and again is parked, and the others go on.

Revision ID: 0013_parked_clocks
Revises: 0012_vectors_followed
"""

import sqlalchemy as sa
from alembic import op

revision = "0013_parked_clocks"
down_revision = "0012_vectors_followed"
branch_labels = None
depends_on = None

RUNNING = "paused_at IS NULL AND parked_at IS NULL"


def upgrade() -> None:
    """Add both columns; the index of due clocks leaves parked ones out."""
    op.add_column("deal_timer", sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("deal_timer", "failures", server_default=None)
    op.add_column("deal_timer", sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_deal_timer_due", table_name="deal_timer")
    op.create_index("ix_deal_timer_due", "deal_timer", ["due_at"], postgresql_where=sa.text(RUNNING))


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_deal_timer_due", table_name="deal_timer")
    op.create_index(
        "ix_deal_timer_due", "deal_timer", ["due_at"], postgresql_where=sa.text("paused_at IS NULL")
    )
    op.drop_column("deal_timer", "parked_at")
    op.drop_column("deal_timer", "failures")
