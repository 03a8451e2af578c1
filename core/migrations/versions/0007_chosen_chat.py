"""Which of a person's chats the notices go to, and at which hours they wait.

Revision ID: 0007_chosen_chat
Revises: 0006_slack
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_chosen_chat"
down_revision = "0006_slack"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the choice and the hours."""
    op.add_column("person", sa.Column("quiet_from", sa.Integer(), nullable=True))
    op.add_column("person", sa.Column("quiet_until", sa.Integer(), nullable=True))
    op.add_column("channel_identity", sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("person", "quiet_until")
    op.drop_column("person", "quiet_from")
    op.drop_column("channel_identity", "chosen_at")
