"""Count how often somebody takes another name, so that nobody is somebody else every minute.

Revision ID: 0033_name_changes
Revises: 0032_freezes
"""

import sqlalchemy as sa
from alembic import op

revision = "0033_name_changes"
down_revision = "0032_freezes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the count; it begins with the next name."""
    op.add_column("person", sa.Column("named_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("names", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Take the count away."""
    op.drop_column("person", "names")
    op.drop_column("person", "named_since")
