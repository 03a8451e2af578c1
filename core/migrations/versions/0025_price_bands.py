"""A deal says what work it is, so that a band of prices is read from an index.

Revision ID: 0025_price_bands
Revises: 0024_ledger_checks
"""

import sqlalchemy as sa
from alembic import op

revision = "0025_price_bands"
down_revision = "0024_ledger_checks"
branch_labels = None
depends_on = None

WORK = """
UPDATE deal SET work = counted.work FROM (
  SELECT deal_id, string_agg(kind || ':' || pieces, ',' ORDER BY kind COLLATE "C") AS work
    FROM (SELECT deal_id, kind, count(*) AS pieces FROM deliverable GROUP BY deal_id, kind) each_kind
   GROUP BY deal_id) counted
 WHERE counted.deal_id = deal.id
"""


def upgrade() -> None:
    """Count the pieces of every deal by kind."""
    op.add_column("deal", sa.Column("work", sa.String(120), nullable=False, server_default=""))
    op.alter_column("deal", "work", server_default=None)
    op.execute(WORK)
    op.create_index(
        "ix_deal_band",
        "deal",
        ["work", "currency", "price_minor"],
        postgresql_where=sa.text("state = 'completed'"),
    )


def downgrade() -> None:
    """Forget it again."""
    op.drop_index("ix_deal_band", table_name="deal")
    op.drop_column("deal", "work")
