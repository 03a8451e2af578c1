"""Keep what proves a post that nobody can look at: its screenshot, its words, when it was handed in.

Revision ID: 0054_proof_by_picture
Revises: 0053_topics
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0054_proof_by_picture"
down_revision = "0053_topics"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns: every post of before was looked at."""
    pictures = postgresql.JSONB(astext_type=sa.Text())
    op.add_column(
        "deliverable", sa.Column("post_media", pictures, server_default=sa.text("'[]'"), nullable=False)
    )
    op.add_column("deliverable", sa.Column("post_words", sa.Text(), server_default="", nullable=False))
    op.add_column("deliverable", sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take them away."""
    for name in ("posted_at", "post_words", "post_media"):
        op.drop_column("deliverable", name)
