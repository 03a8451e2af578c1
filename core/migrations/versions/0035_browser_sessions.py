"""Places at the browser chat are stored: signed cookies of before open nothing any more.

Revision ID: 0035_browser_sessions
Revises: 0034_sealed_files
"""

import sqlalchemy as sa
from alembic import op

revision = "0035_browser_sessions"
down_revision = "0034_sealed_files"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "browser_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("user_name", sa.String(40), nullable=False),
        sa.Column("browser", sa.String(40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("renew", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browser_session")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_browser_session_fingerprint")),
    )
    op.create_index(op.f("ix_browser_session_user_name"), "browser_session", ["user_name"])
    op.create_index(op.f("ix_browser_session_ends_at"), "browser_session", ["ends_at"])


def downgrade() -> None:
    """Drop it: everybody sits down anew."""
    op.drop_table("browser_session")
