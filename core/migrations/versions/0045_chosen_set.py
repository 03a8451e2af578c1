"""Keep what a brand thinks of whom it was shown, and which set a payment is for; which figures are verified.

Revision ID: 0045_chosen_set
Revises: 0044_utm_apart
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0045_chosen_set"
down_revision = "0044_utm_apart"
branch_labels = None
depends_on = None

BETWEEN = """
UPDATE campaign_suggestion SET
  price_between = jsonb_build_object(
    'low', CASE WHEN price_estimated THEN price_minor / 2 ELSE price_minor END,
    'high', CASE WHEN price_estimated THEN price_minor * 2 ELSE price_minor END,
    'basis', jsonb_build_object(
      'code', CASE WHEN price_estimated THEN 'price_published' ELSE 'price_own' END,
      'facts', jsonb_build_object()
    )
  ),
  listed = CASE
    WHEN EXISTS (
      SELECT FROM deal
      WHERE deal.campaign_id = campaign_suggestion.campaign_id
        AND deal.creator_id = campaign_suggestion.creator_id
    ) THEN 'offered'
    WHEN in_best_set THEN 'chosen'
    ELSE 'found'
  END,
  reasons = (
    SELECT coalesce(jsonb_agg(reason), '[]') FROM jsonb_array_elements(reasons) AS reason
    WHERE reason ->> 'code' <> 'influence'  -- as it was scored before, without its interval
  )
"""
ESTIMATED = """
UPDATE campaign_suggestion SET
  price_estimated = price_between -> 'basis' ->> 'code' <> 'price_own',
  in_best_set = listed IN ('chosen', 'offered')
"""


def upgrade() -> None:
    """Say of each suggestion what was known of it."""
    table = "campaign_suggestion"
    op.add_column(table, sa.Column("price_between", postgresql.JSONB(), nullable=True))
    op.add_column(table, sa.Column("listed", sa.String(length=32), nullable=True))
    op.execute(BETWEEN)
    op.alter_column(table, "price_between", nullable=False)
    op.alter_column(table, "listed", nullable=False)
    op.drop_column(table, "price_estimated")
    op.drop_column(table, "in_best_set")
    op.add_column("funding", sa.Column("then_offer", sa.String(length=10), server_default="", nullable=False))
    op.add_column("social_account", sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sandbox_post", sa.Column("followers", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Keep the two marks again."""
    table = "campaign_suggestion"
    op.drop_column("sandbox_post", "followers")
    op.drop_column("social_account", "verified_at")
    op.drop_column("funding", "then_offer")
    op.add_column(table, sa.Column("price_estimated", sa.Boolean(), server_default="false", nullable=False))
    op.add_column(table, sa.Column("in_best_set", sa.Boolean(), server_default="false", nullable=False))
    op.execute(ESTIMATED)
    op.alter_column(table, "price_estimated", server_default=None)
    op.drop_column(table, "listed")
    op.drop_column(table, "price_between")
