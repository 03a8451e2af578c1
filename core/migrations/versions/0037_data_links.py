"""Let somebody end the links to their own data: a link carries what its person says is good.

Revision ID: 0037_data_links
Revises: 0036_data_keys
"""

import sqlalchemy as sa
from alembic import op

revision = "0037_data_links"
down_revision = "0036_data_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark; links of before are over with it."""
    op.add_column("person", sa.Column("data_links", sa.String(length=32), nullable=True))


def downgrade() -> None:
    """Take the mark away."""
    op.drop_column("person", "data_links")
