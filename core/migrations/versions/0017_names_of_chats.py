"""A chat account may have several names; a telephone number among them can pass to somebody else.

Revision ID: 0017_names_of_chats
Revises: 0016_standing_still
"""

import sqlalchemy as sa
from alembic import op

revision = "0017_names_of_chats"
down_revision = "0016_standing_still"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mark the numbers that WhatsApp knows people by."""
    op.add_column(
        "channel_identity", sa.Column("passes_on", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(
        "UPDATE channel_identity SET passes_on = true WHERE channel = 'whatsapp' AND user_id ~ '^[0-9]+$'"
    )


def downgrade() -> None:
    """Forget which names are numbers."""
    op.drop_column("channel_identity", "passes_on")
