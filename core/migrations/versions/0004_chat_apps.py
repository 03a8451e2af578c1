"""What chat apps deliver, what they call our messages, and whom they no longer reach.

Revision ID: 0004_chat_apps
Revises: 0003_best_set
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004_chat_apps"
down_revision = "0003_best_set"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add arrivals, receipts, who brought a person, and the time an account was lost."""
    op.create_table(
        "arrival",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("chat_id", sa.String(120), nullable=False),
        sa.Column("order_key", sa.BigInteger(), nullable=False),
        sa.Column("group_key", sa.String(120), nullable=False),
        sa.Column("body", JSONB(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_arrival"),
    )
    op.create_index("ix_arrival_chat", "arrival", ["channel", "chat_id", "order_key", "seq"])
    op.create_index("ix_arrival_due_at", "arrival", ["due_at"])
    op.create_table(
        "receipt",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("chat_id", sa.String(120), nullable=False),
        sa.Column("ref", sa.String(160), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_receipt"),
        sa.UniqueConstraint("key", name="uq_receipt_key"),
    )
    op.create_index("ix_receipt_chat", "receipt", ["channel", "chat_id", "seq"])
    op.add_column("person", sa.Column("referred_by", sa.Uuid(), nullable=True))
    op.create_foreign_key("fk_person_referred_by_person", "person", "person", ["referred_by"], ["id"])
    op.add_column("channel_identity", sa.Column("lost_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("channel_identity", "lost_at")
    op.drop_column("person", "referred_by")
    op.drop_table("receipt")
    op.drop_table("arrival")
