"""Our parameters of a counted link stand apart from the address that the brand gave.

Links of before keep both in one: their addresses are as they were, with our parameters in them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0044_utm_apart"
down_revision = "0043_deal_messages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("tracking_link", sa.Column("utm", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Put both into one address again, before what it has behind a #."""
    op.execute(
        """
        UPDATE tracking_link SET target = split_part(target, '#', 1)
          || CASE WHEN split_part(target, '#', 1) LIKE '%?%' THEN '&' ELSE '?' END || utm
          || CASE WHEN position('#' IN target) > 0 THEN substr(target, position('#' IN target)) ELSE '' END
        WHERE utm <> ''
        """
    )
    op.drop_column("tracking_link", "utm")
