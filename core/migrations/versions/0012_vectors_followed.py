"""A vector says in which transaction it was written and from what it was made.

Revision ID: 0012_vectors_followed
Revises: 0011_chargebacks_together
"""

import sqlalchemy as sa
from alembic import op

revision = "0012_vectors_followed"
down_revision = "0011_chargebacks_together"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the three columns; readers follow by transaction instead of by revision."""
    op.add_column(
        "creator_vector",
        sa.Column(
            "written_in",
            sa.BigInteger(),
            nullable=False,
            server_default=sa.text("(pg_current_xact_id()::text)::bigint"),
        ),
    )
    for name in ("text_mark", "profile_mark"):
        op.add_column("creator_vector", sa.Column(name, sa.String(32), nullable=False, server_default=""))
    op.drop_index(op.f("ix_creator_vector_revision"), "creator_vector")
    op.create_index(op.f("ix_creator_vector_written_in"), "creator_vector", ["written_in"])


def downgrade() -> None:
    """Follow by revision again."""
    op.drop_index(op.f("ix_creator_vector_written_in"), "creator_vector")
    op.create_index(op.f("ix_creator_vector_revision"), "creator_vector", ["revision"])
    for name in ("written_in", "text_mark", "profile_mark"):
        op.drop_column("creator_vector", name)
