"""Find what was made of an order by its mark, and know what of it came back.

Revision ID: 0060_looked_for
Revises: 0059_shown_once
"""

import sqlalchemy as sa
from alembic import op

revision = "0060_looked_for"
down_revision = "0059_shown_once"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. A payout of before went to where its promise says."""
    op.add_column("payout", sa.Column("payee_ref", sa.String(length=80), server_default="", nullable=False))
    op.add_column("payout", sa.Column("returned_minor", sa.BigInteger(), server_default="0", nullable=False))
    op.execute(
        "UPDATE payout SET payee_ref = o.payload ->> 'payee_ref' FROM outbox o"
        " WHERE o.kind = 'payment.pay_out' AND o.owner_id IS NULL AND o.payload ->> 'payout_id' = payout.id::text"
    )
    op.create_index(op.f("ix_payout_ref"), "payout", ["ref"])
    op.create_index(op.f("ix_refund_ref"), "refund", ["ref"])
    op.add_column(
        "sandbox_rail_object", sa.Column("mark", sa.String(length=40), server_default="", nullable=False)
    )
    op.create_index(op.f("ix_sandbox_rail_object_mark"), "sandbox_rail_object", ["mark"])
    op.execute(
        "UPDATE sandbox_rail_object SET mark = split_part(key, ':', 1) WHERE kind IN ('transfer', 'refund')"
    )
    op.add_column(
        "sandbox_rail_object",
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
    )
    op.alter_column("sandbox_rail_object", "created_at", server_default=None)


def downgrade() -> None:
    """Take them away."""
    op.drop_column("sandbox_rail_object", "created_at")
    op.drop_index(op.f("ix_sandbox_rail_object_mark"), table_name="sandbox_rail_object")
    op.drop_column("sandbox_rail_object", "mark")
    op.drop_index(op.f("ix_refund_ref"), table_name="refund")
    op.drop_index(op.f("ix_payout_ref"), table_name="payout")
    op.drop_column("payout", "returned_minor")
    op.drop_column("payout", "payee_ref")
