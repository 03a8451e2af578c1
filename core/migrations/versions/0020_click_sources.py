"""Clicks remember their source under a salt that is forgotten with its day.

Revision ID: 0020_click_sources
Revises: 0019_held_news
"""

import sqlalchemy as sa
from alembic import op

revision = "0020_click_sources"
down_revision = "0019_held_news"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep each day's salt; forget the unsalted marks of visitors, from which addresses could be guessed."""
    op.create_table(
        "click_salt",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("on", name=op.f("pk_click_salt")),
    )
    op.add_column("click", sa.Column("source", sa.String(64), nullable=False, server_default=""))
    op.execute("UPDATE click SET visitor = 'before-' || id, source = 'before-' || id")
    op.alter_column("click", "source", server_default=None)
    op.create_index("ix_click_link_id_source", "click", ["link_id", "source"])
    op.drop_index("ix_click_link_id", table_name="click")


def downgrade() -> None:
    """Forget sources and salts."""
    op.create_index("ix_click_link_id", "click", ["link_id"])
    op.drop_index("ix_click_link_id_source", table_name="click")
    op.drop_column("click", "source")
    op.drop_table("click_salt")
