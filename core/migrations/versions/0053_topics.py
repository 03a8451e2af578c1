"""Keep what a creator talks about beside the closed list of niches.

Revision ID: 0053_topics
Revises: 0052_gifts
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0053_topics"
down_revision = "0052_gifts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: nobody has said anything yet."""
    op.add_column(
        "creator",
        sa.Column("topics", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
    )
    op.alter_column("creator", "topics", server_default=None)


def downgrade() -> None:
    """Take it away."""
    op.drop_column("creator", "topics")
