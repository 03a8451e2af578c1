"""A screenshot is the proof of one piece alone, a post has one key however its address is written.

Revision ID: 0059_shown_once
Revises: 0058_rail_events
"""

import sqlalchemy as sa
from alembic import op

revision = "0059_shown_once"
down_revision = "0058_rail_events"
branch_labels = None
depends_on = None

OF_LINKEDIN = """
UPDATE watched_post w SET post_key = new.post_key
  FROM (SELECT deliverable_id, regexp_replace(post_key, '^linkedin:urn:li:[a-zA-Z]+:', 'linkedin:') AS post_key,
               row_number() OVER (PARTITION BY regexp_replace(post_key, '^.*:', '') ORDER BY counts DESC) AS n
          FROM watched_post WHERE post_key LIKE 'linkedin:urn:li:%') new
 WHERE new.deliverable_id = w.deliverable_id AND new.n = 1
"""


def upgrade() -> None:
    """Keep whose a link says a post is, and the mark of each picture that proves one."""
    op.add_column("watched_post", sa.Column("owner", sa.String(120), server_default="", nullable=False))
    op.execute(OF_LINKEDIN)
    op.create_table(
        "proof_picture",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("deliverable_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_proof_picture")),
        sa.ForeignKeyConstraint(
            ["deliverable_id"], ["deliverable.id"], name=op.f("fk_proof_picture_deliverable_id_deliverable")
        ),
    )
    op.create_index(op.f("ix_proof_picture_deliverable_id"), "proof_picture", ["deliverable_id"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("proof_picture")
    op.drop_column("watched_post", "owner")
