"""Count the addresses and parcels of a deal, so that an old button binds to none of the later ones.

Revision ID: 0057_parcel_steps
Revises: 0056_company_pages
"""

import sqlalchemy as sa
from alembic import op

revision = "0057_parcel_steps"
down_revision = "0056_company_pages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: a deal of before is counted from here on."""
    op.add_column(
        "deal", sa.Column("parcel_steps", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_column("deal", "parcel_steps")
