"""Remember which message shows which thing, and when a line of a transcript was edited.

Revision ID: 0046_living_cards
Revises: 0045_chosen_set
"""

import sqlalchemy as sa
from alembic import op

revision = "0046_living_cards"
down_revision = "0045_chosen_set"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; a transcript is read by what changed last."""
    op.add_column("receipt", sa.Column("about", sa.String(length=80), server_default="", nullable=False))
    op.add_column("receipt", sa.Column("version", sa.String(length=16), server_default="", nullable=False))
    op.create_index("ix_receipt_about", "receipt", ["about"], postgresql_where=sa.text("about <> ''"))
    op.add_column("mailbox", sa.Column("changed", sa.BigInteger(), nullable=True))
    op.drop_index("ix_mailbox_chat", table_name="mailbox")
    op.create_index("ix_mailbox_chat", "mailbox", ["channel", "chat_id", sa.text("coalesce(changed, seq)")])


def downgrade() -> None:
    """Read transcripts by their lines again; take the columns away."""
    op.drop_index("ix_mailbox_chat", table_name="mailbox")
    op.create_index("ix_mailbox_chat", "mailbox", ["channel", "chat_id", "seq"])
    op.drop_column("mailbox", "changed")
    op.drop_index("ix_receipt_about", table_name="receipt")
    op.drop_column("receipt", "version")
    op.drop_column("receipt", "about")
