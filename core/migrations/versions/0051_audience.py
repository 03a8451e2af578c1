"""Keep what a creator says of her audience.

Revision ID: 0051_audience
Revises: 0050_amendments
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0051_audience"
down_revision = "0050_amendments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: nobody has said anything yet."""
    op.add_column(
        "creator",
        sa.Column("audience", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
    )
    op.alter_column("creator", "audience", server_default=None)


def downgrade() -> None:
    """Take it away."""
    op.drop_column("creator", "audience")
