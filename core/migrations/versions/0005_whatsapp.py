"""Messages that wait for their person, and who wants notices where.

Revision ID: 0005_whatsapp
Revises: 0004_chat_apps
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005_whatsapp"
down_revision = "0004_chat_apps"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add held messages, opt-in and mute."""
    op.create_table(
        "held_message",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("chat_id", sa.String(120), nullable=False),
        sa.Column("body", JSONB(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_held_message"),
        sa.UniqueConstraint("key", name="uq_held_message_key"),
    )
    op.create_index("ix_held_message_chat", "held_message", ["channel", "chat_id", "seq"])
    op.create_index("ix_receipt_ref", "receipt", ["channel", "ref"])
    op.add_column("channel_identity", sa.Column("opted_in_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("channel_identity", sa.Column("muted_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("channel_identity", "muted_at")
    op.drop_column("channel_identity", "opted_in_at")
    op.drop_index("ix_receipt_ref", table_name="receipt")
    op.drop_table("held_message")
