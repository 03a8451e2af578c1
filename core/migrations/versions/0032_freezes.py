"""Operators can stop a workspace or a creator for a while.

Revision ID: 0032_freezes
Revises: 0031_promises_wake
"""

import sqlalchemy as sa
from alembic import op

revision = "0032_freezes"
down_revision = "0031_promises_wake"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Note since when each is stopped."""
    for table in ("workspace", "creator"):
        op.add_column(table, sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take the note away. Deals that stand still for it do not go on by themselves: let them go on first."""
    for table in ("workspace", "creator"):
        op.drop_column(table, "frozen_at")
