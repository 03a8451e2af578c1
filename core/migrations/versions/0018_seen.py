"""Drafts are counted, and each step of a deal notes how the deal stood after it: people agree to what they saw.

Revision ID: 0018_seen
Revises: 0017_names_of_chats
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018_seen"
down_revision = "0017_names_of_chats"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Number the drafts there are by the rounds they took; steps of the past say nothing of how it stood."""
    op.add_column("deliverable", sa.Column("draft_number", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE deliverable SET draft_number = rounds + 1 WHERE submitted_at IS NOT NULL")
    op.add_column(
        "deal_event", sa.Column("stood", postgresql.JSONB(), nullable=False, server_default=sa.text("'{}'"))
    )


def downgrade() -> None:
    """Forget both."""
    op.drop_column("deal_event", "stood")
    op.drop_column("deliverable", "draft_number")
