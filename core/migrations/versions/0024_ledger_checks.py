"""What a check of the whole ledger found is kept, so that nobody waits for one.

Revision ID: 0024_ledger_checks
Revises: 0023_terms_versions
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024_ledger_checks"
down_revision = "0023_terms_versions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "ledger_check",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("findings", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_check")),
    )
    op.create_index(op.f("ix_ledger_check_checked_at"), "ledger_check", ["checked_at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("ledger_check")
