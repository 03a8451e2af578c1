"""Let a deal be made in which no cash is paid.

Revision ID: 0052_gifts
Revises: 0051_audience
"""

from alembic import op

revision = "0052_gifts"
down_revision = "0051_audience"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Allow a price of nothing, and still none below."""
    op.drop_constraint(op.f("ck_deal_price_positive"), "deal", type_="check")
    op.create_check_constraint("price_not_negative", "deal", "price_minor >= 0")


def downgrade() -> None:
    """Want a price again; refused while there are deals without one."""
    op.drop_constraint(op.f("ck_deal_price_not_negative"), "deal", type_="check")
    op.create_check_constraint("price_positive", "deal", "price_minor > 0")
