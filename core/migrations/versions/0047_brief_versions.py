"""Keep the briefs that a campaign had, and which of them a deal goes by.

Revision ID: 0047_brief_versions
Revises: 0046_living_cards
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0047_brief_versions"
down_revision = "0046_living_cards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and the columns: every brief of before is its campaign's first, and its deals' too."""
    op.create_table(
        "former_brief",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("brief", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_former_brief_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "number", name=op.f("pk_former_brief")),
    )
    op.add_column("campaign", sa.Column("brief_number", sa.Integer(), server_default="1", nullable=False))
    op.add_column("deal", sa.Column("brief_number", sa.Integer(), server_default="1", nullable=False))
    op.add_column("deal", sa.Column("brief_asked", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take all of it away."""
    op.drop_column("deal", "brief_asked")
    op.drop_column("deal", "brief_number")
    op.drop_column("campaign", "brief_number")
    op.drop_table("former_brief")
