"""Chargebacks of one campaign are let go together; indexes for an account's owner and a payout's payables.

Revision ID: 0011_chargebacks_together
Revises: 0010_places
"""

import sqlalchemy as sa
from alembic import op

revision = "0011_chargebacks_together"
down_revision = "0010_places"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Only a chargeback that is still open holds its campaign still."""
    op.add_column("chargeback", sa.Column("freezes", sa.Boolean(), nullable=True))
    op.execute("UPDATE chargeback SET freezes = (state = 'open')")
    op.alter_column("chargeback", "freezes", nullable=False)
    op.create_index(op.f("ix_payable_payout_id"), "payable", ["payout_id"])
    op.create_index(op.f("ix_account_owner"), "account", ["owner"], schema="ledger")


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_account_owner"), table_name="account", schema="ledger")
    op.drop_index(op.f("ix_payable_payout_id"), table_name="payable")
    op.drop_column("chargeback", "freezes")
