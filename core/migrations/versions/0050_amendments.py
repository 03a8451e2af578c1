"""Keep the pieces and the price that a creator is asked to take instead of those that were agreed.

Revision ID: 0050_amendments
Revises: 0049_funding_over
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0050_amendments"
down_revision = "0049_funding_over"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: no deal of before asks for other pieces."""
    op.add_column(
        "deal",
        sa.Column(
            "amendment",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_column("deal", "amendment")
