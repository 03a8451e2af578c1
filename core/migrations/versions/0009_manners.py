"""Each chat's menu, the words we sent into it, and how often a brand hears a summary.

Revision ID: 0009_manners
Revises: 0008_offered
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_manners"
down_revision = "0008_offered"
branch_labels = None
depends_on = None

EVERY = sa.Enum("never", "daily", "weekly", name="summaries", native_enum=False, length=32)


def upgrade() -> None:
    """Add them."""
    op.add_column("conversation", sa.Column("menu", sa.String(16), nullable=False, server_default=""))
    op.add_column("person", sa.Column("summaries", EVERY, nullable=False, server_default="weekly"))
    op.add_column("person", sa.Column("summarised_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "sent_words",
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("chat_id", sa.String(120), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "chat_id", "digest", name=op.f("pk_sent_words")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("sent_words")
    op.drop_column("person", "summarised_at")
    op.drop_column("person", "summaries")
    op.drop_column("conversation", "menu")
