"""Held news has a kind, by which it is announced; what was held in words stays a message.

Revision ID: 0019_held_news
Revises: 0018_seen
"""

import sqlalchemy as sa
from alembic import op

revision = "0019_held_news"
down_revision = "0018_seen"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put the old messages into the new shape."""
    op.add_column("held_message", sa.Column("kind", sa.String(32), nullable=False, server_default="other"))
    op.alter_column("held_message", "kind", server_default=None)
    op.execute(
        "UPDATE held_message SET body = jsonb_build_object('message', body, 'subject', split_part(body->>'text', E'\n', 1))"
    )


def downgrade() -> None:
    """Keep the messages; news that has no words yet has no place in the old table."""
    op.execute("DELETE FROM held_message WHERE NOT body ? 'message'")
    op.execute("UPDATE held_message SET body = body->'message'")
    op.drop_column("held_message", "kind")
