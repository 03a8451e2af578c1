"""A post is the proof of one piece alone, and a campaign runs by the table it began with.

Revision ID: 0028_one_post_one_piece
Revises: 0027_links_on_purpose
"""

import sqlalchemy as sa
from alembic import op

revision = "0028_one_post_one_piece"
down_revision = "0027_links_on_purpose"
branch_labels = None
depends_on = None

LAST_PART = r"regexp_replace(url, '^.*[/=]([^/=]+)/?$', '\1')"
COUNTS = """
WITH first AS (
  SELECT DISTINCT ON (w.post_key) w.deliverable_id
    FROM watched_post w JOIN deliverable d ON d.id = w.deliverable_id
   WHERE d.state IN ('posted', 'live', 'missing', 'completed', 'lapsed', 'resolved')
   ORDER BY w.post_key, w.deliverable_id)
UPDATE watched_post SET counts = true FROM first WHERE watched_post.deliverable_id = first.deliverable_id
"""


def upgrade() -> None:
    """Know each post by its network and its own number; where two pieces had one post, one of them has it."""
    op.add_column("campaign", sa.Column("process_version", sa.Integer(), nullable=False, server_default="1"))
    op.alter_column("campaign", "process_version", server_default=None)
    op.add_column("watched_post", sa.Column("post_key", sa.String(80), nullable=False, server_default=""))
    op.execute(f"UPDATE watched_post SET post_key = left(network || ':' || {LAST_PART}, 80)")  # noqa: S608
    op.alter_column("watched_post", "post_key", server_default=None)
    op.add_column("watched_post", sa.Column("counts", sa.Boolean(), nullable=False, server_default="false"))
    op.execute(COUNTS)
    op.alter_column("watched_post", "counts", server_default=None)
    op.create_index(
        "uq_watched_post_counts",
        "watched_post",
        ["post_key"],
        unique=True,
        postgresql_where=sa.text("counts"),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_index("uq_watched_post_counts", table_name="watched_post")
    op.drop_column("watched_post", "counts")
    op.drop_column("watched_post", "post_key")
    op.drop_column("campaign", "process_version")
