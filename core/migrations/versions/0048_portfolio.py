"""Keep what a creator shows of herself: a picture and posts of her own.

Revision ID: 0048_portfolio
Revises: 0047_brief_versions
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0048_portfolio"
down_revision = "0047_brief_versions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns: nobody shows anything yet."""
    op.add_column("creator", sa.Column("picture_id", sa.Uuid(), nullable=True))
    op.add_column(
        "creator",
        sa.Column(
            "sample_posts", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
    )
    op.alter_column("creator", "sample_posts", server_default=None)


def downgrade() -> None:
    """Take them away."""
    op.drop_column("creator", "sample_posts")
    op.drop_column("creator", "picture_id")
