"""Named staff with personal keys, an audit that cannot be changed, and acts that need a second person.

Revision ID: 0026_named_staff
Revises: 0025_price_bands
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026_named_staff"
down_revision = "0025_price_bands"
branch_labels = None
depends_on = None

UNCHANGED = """
CREATE TRIGGER operator_act_immutable BEFORE UPDATE OR DELETE ON operator_act
  FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER operator_act_no_truncate BEFORE TRUNCATE ON operator_act
  EXECUTE FUNCTION append_only();
"""


def instant(name: str, *, nullable: bool = False) -> sa.Column:
    """Return a column for a moment."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Make the tables; the triggers' function came with the business events."""
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(31), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        instant("added_at"),
        instant("revoked_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("name", name=op.f("uq_staff_name")),
    )
    op.create_table(
        "staff_key",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        instant("created_at"),
        instant("last_used_at", nullable=True),
        instant("revoked_at", nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_key_staff_id")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_staff_key")),
    )
    op.create_index(op.f("ix_staff_key_staff_id"), "staff_key", ["staff_id"])
    op.create_table(
        "failed_sign_in",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        instant("at"),
        sa.Column("named_a_key", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_sign_in")),
    )
    op.create_index(op.f("ix_failed_sign_in_at"), "failed_sign_in", ["at"])
    _make_audit()


def _make_audit() -> None:
    op.create_table(
        "operator_act",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        instant("at"),
        sa.Column("by", sa.String(31), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("subject_kind", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(2_000), nullable=False),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_operator_act")),
    )
    op.create_index("ix_operator_act_subject", "operator_act", ["subject_kind", "subject_id"])
    op.execute(UNCHANGED)
    op.create_table(
        "operator_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("subject_kind", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("arguments", postgresql.JSONB(), nullable=False),
        sa.Column("reason", sa.String(2_000), nullable=False),
        sa.Column("proposed_by", sa.String(31), nullable=False),
        instant("proposed_at"),
        instant("expires_at"),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("decided_by", sa.String(31), nullable=False),
        instant("decided_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_proposal")),
    )
    op.create_index("ix_operator_proposal_open", "operator_proposal", ["state", "expires_at"])


def downgrade() -> None:
    """Take the staff and the audit away."""
    for table in ("operator_proposal", "operator_act", "failed_sign_in", "staff_key", "staff"):
        op.drop_table(table)
