"""What a chat's newest buttons are, so that their words can be typed.

Revision ID: 0008_offered
Revises: 0007_chosen_chat
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008_offered"
down_revision = "0007_chosen_chat"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the list."""
    op.add_column(
        "conversation",
        sa.Column("offered", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_column("conversation", "offered")
