"""Links to reports can be ended.

Revision ID: 0021_report_links
Revises: 0020_click_sources
"""

import sqlalchemy as sa
from alembic import op

revision = "0021_report_links"
down_revision = "0020_click_sources"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep which edition of a campaign's links opens its report."""
    op.create_table(
        "report_links",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_report_links")),
    )


def downgrade() -> None:
    """Let every link live until its end."""
    op.drop_table("report_links")
