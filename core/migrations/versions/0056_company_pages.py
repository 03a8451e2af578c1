"""Keep the page that a business says it has at a network.

Revision ID: 0056_company_pages
Revises: 0055_parcels
"""

import sqlalchemy as sa
from alembic import op

revision = "0056_company_pages"
down_revision = "0055_parcels"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: nobody has named one yet."""
    op.add_column(
        "workspace", sa.Column("company_page", sa.String(length=200), server_default="", nullable=False)
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_column("workspace", "company_page")
