"""Tell a client that an operator has stopped itself from one that stands still with its agency.

Revision ID: 0039_stopped_itself
Revises: 0038_play_wakes
"""

import sqlalchemy as sa
from alembic import op

revision = "0039_stopped_itself"
down_revision = "0038_play_wakes"
branch_labels = None
depends_on = None

ITSELF = """
UPDATE workspace w SET stopped_itself = true
 WHERE w.frozen_at IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM workspace a WHERE a.id = w.parent_id AND a.frozen_at IS NOT NULL)
"""


def upgrade() -> None:
    """Add the mark; who stands still today without a frozen agency was stopped itself."""
    op.add_column(
        "workspace", sa.Column("stopped_itself", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.execute(ITSELF)


def downgrade() -> None:
    """Take the mark away."""
    op.drop_column("workspace", "stopped_itself")
