"""What the two sides of a deal write to each other is kept, sealed with its writer's key.

Revision ID: 0043_deal_messages
Revises: 0042_neighbours
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0043_deal_messages"
down_revision = "0042_neighbours"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "deal_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "brand", "creator", "operator", "clock", "system", name="party", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("writer_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("media", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("evidence", sa.Boolean(), nullable=False),
        sa.Column("held_back", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_deal_message_deal_id")),
        sa.ForeignKeyConstraint(["writer_id"], ["data_key.owner_id"], name=op.f("fk_deal_message_writer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_message")),
    )
    op.create_index(op.f("ix_deal_message_deal_id"), "deal_message", ["deal_id"], unique=False)
    op.create_index(op.f("ix_deal_message_writer_id"), "deal_message", ["writer_id"], unique=False)


def downgrade() -> None:
    """Take it away, and what was written with it."""
    op.drop_index(op.f("ix_deal_message_writer_id"), table_name="deal_message")
    op.drop_index(op.f("ix_deal_message_deal_id"), table_name="deal_message")
    op.drop_table("deal_message")
