"""Keep what only claimed to be append-only, who was shown a colleague's key, and whom no import brings back.

Revision ID: 0042_neighbours
Revises: 0041_credited
"""

import sqlalchemy as sa
from alembic import op

revision = "0042_neighbours"
down_revision = "0041_credited"
branch_labels = None
depends_on = None

# what people wrote may be sealed later (`core.privacy.sealing`); the rest of a step never changes
IMMUTABLE = """
CREATE TRIGGER {table}_immutable BEFORE DELETE OR UPDATE OF {columns} ON {table}
  FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION append_only();
"""
STEPS = {
    "deal_event": "id, deal_id, deliverable_id, step, actor, from_state, to_state, stood, at",
    "campaign_event": "id, campaign_id, step, actor, from_state, to_state, at",
}


def upgrade() -> None:
    """Let the database keep the steps; add the column and the table."""
    for table, columns in STEPS.items():
        op.execute(IMMUTABLE.format(table=table, columns=columns))
    op.add_column("staff_key", sa.Column("seen_by", sa.String(length=31), server_default="", nullable=False))
    op.create_table(
        "forgotten_import",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_forgotten_import")),
    )


def downgrade() -> None:
    """Take all of it away."""
    op.drop_table("forgotten_import")
    op.drop_column("staff_key", "seen_by")
    for table in STEPS:
        op.execute(f"DROP TRIGGER {table}_immutable ON {table}; DROP TRIGGER {table}_no_truncate ON {table}")
