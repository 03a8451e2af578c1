"""Note what of a payment was kept as credit: it is not to be sent back to its card a second time.

Revision ID: 0041_credited
Revises: 0040_steps_by_actor
"""

import sqlalchemy as sa
from alembic import op

revision = "0041_credited"
down_revision = "0040_steps_by_actor"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the count. What was kept before is not known by payment, and counts as nothing."""
    op.add_column("funding", sa.Column("credited_minor", sa.BigInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    """Take the count away."""
    op.drop_column("funding", "credited_minor")
