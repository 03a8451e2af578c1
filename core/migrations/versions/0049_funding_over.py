"""Keep when a payment into a campaign was paid, or failed: its card says so.

Revision ID: 0049_funding_over
Revises: 0048_portfolio
"""

import sqlalchemy as sa
from alembic import op

revision = "0049_funding_over"
down_revision = "0048_portfolio"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: of earlier payments it is not known."""
    op.add_column("funding", sa.Column("over_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("funding", "over_at")
