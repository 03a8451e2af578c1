"""Know of a payable whose money it was, when it was released, and the gross of it.

Revision ID: 0061_payables_source
Revises: 0060_looked_for
"""

import sqlalchemy as sa
from alembic import op

revision = "0061_payables_source"
down_revision = "0060_looked_for"
branch_labels = None
depends_on = None

OF_BEFORE = """
UPDATE payable p
   SET gross_minor = coalesce(r.gross, p.amount_minor),
       released_at = coalesce(r.effective_at, p.available_at),
       campaign_id = r.campaign_id
  FROM payable q
  LEFT JOIN (
    SELECT t.idempotency_key AS key, t.effective_at, d.campaign_id,
           (SELECT sum(e.amount) FROM ledger.entry e WHERE e.transfer_id = t.id AND e.amount > 0) AS gross
      FROM ledger.transfer t
      JOIN deliverable l ON l.id::text = t.source_id
      JOIN deal d ON d.id = l.deal_id
     WHERE t.kind = 'release'
  ) r ON r.key = q.source_id
 WHERE q.id = p.id
"""
"""The gross of a release is what it took out of the hold."""


def upgrade() -> None:
    """Add the columns, and fill them from the releases in the books."""
    op.add_column("payable", sa.Column("gross_minor", sa.BigInteger(), nullable=True))
    op.add_column("payable", sa.Column("campaign_id", sa.Uuid(), nullable=True))
    op.add_column("payable", sa.Column("released_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(OF_BEFORE)
    op.alter_column("payable", "gross_minor", nullable=False)
    op.alter_column("payable", "released_at", nullable=False)
    op.create_foreign_key(
        op.f("fk_payable_campaign_id_campaign"), "payable", "campaign", ["campaign_id"], ["id"]
    )
    op.create_index(op.f("ix_payable_campaign_id"), "payable", ["campaign_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f("ix_payable_campaign_id"), table_name="payable")
    op.drop_constraint(op.f("fk_payable_campaign_id_campaign"), "payable", type_="foreignkey")
    op.drop_column("payable", "released_at")
    op.drop_column("payable", "campaign_id")
    op.drop_column("payable", "gross_minor")
