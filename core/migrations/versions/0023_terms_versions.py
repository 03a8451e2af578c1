"""Every version of a workspace's terms is kept, and none is outside the limits.

Revision ID: 0023_terms_versions
Revises: 0022_rails
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0023_terms_versions"
down_revision = "0022_rails"
branch_labels = None
depends_on = None

LIMITS = {
    "application_hours": (12, 336),
    "cancel_hours": (12, 336),
    "draft_days": (1, 60),
    "publish_days": (1, 60),
    "grace_hours": (0, 168),
    "restore_hours": (1, 168),
    "counters": (0, 10),
    "security_delay_days": (1, 30),
    "dispute_business_days": (1, 20),
    "review_window_days": (1, 60),
}
"""What was not held to any limit before; the other terms were."""


def upgrade() -> None:
    """Call what there is version 1, and bring its terms within the limits."""
    for column, kind in (("set_by", sa.String(120)), ("reason", sa.String(2_000))):
        op.add_column("workspace_terms", sa.Column(column, kind, nullable=False, server_default=""))
        op.alter_column("workspace_terms", column, server_default=None)
    op.add_column("workspace_terms", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.alter_column("workspace_terms", "version", server_default=None)
    op.add_column(
        "workspace_terms",
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    )
    op.alter_column("workspace_terms", "set_at", server_default=None)
    op.drop_constraint(op.f("pk_workspace_terms"), "workspace_terms", type_="primary")
    op.create_primary_key(op.f("pk_workspace_terms"), "workspace_terms", ["workspace_id", "version"])
    table = sa.table("workspace_terms", sa.column("workspace_id", sa.Uuid()), sa.column("terms", JSONB()))
    connection = op.get_bind()
    for workspace_id, terms in connection.execute(sa.select(table.c.workspace_id, table.c.terms)).all():
        kept = {
            name: min(max(terms[name], least), most)
            for name, (least, most) in LIMITS.items()
            if name in terms
        }
        connection.execute(
            table.update().where(table.c.workspace_id == workspace_id).values(terms={**terms, **kept})
        )


def downgrade() -> None:
    """Keep the version that counts."""
    op.execute(
        "DELETE FROM workspace_terms w USING workspace_terms newer"
        " WHERE newer.workspace_id = w.workspace_id AND newer.version > w.version"
    )
    op.drop_constraint(op.f("pk_workspace_terms"), "workspace_terms", type_="primary")
    op.create_primary_key(op.f("pk_workspace_terms"), "workspace_terms", ["workspace_id"])
    for column in ("set_at", "version", "reason", "set_by"):
        op.drop_column("workspace_terms", column)
