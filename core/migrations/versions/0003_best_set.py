"""Keep which suggested creators are in the best set, so that a shortlist need not search again.

Revision ID: 0003_best_set
Revises: 0002_ledger_rules
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_best_set"
down_revision = "0002_ledger_rules"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark."""
    op.add_column(
        "campaign_suggestion",
        sa.Column("in_best_set", sa.Boolean(), server_default="false", nullable=False),
    )


def downgrade() -> None:
    """Drop the mark."""
    op.drop_column("campaign_suggestion", "in_best_set")
