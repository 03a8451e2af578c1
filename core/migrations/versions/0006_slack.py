"""Where chat apps' workspaces have let us in.

Revision ID: 0006_slack
Revises: 0005_whatsapp
"""

import sqlalchemy as sa
from alembic import op

revision = "0006_slack"
down_revision = "0005_whatsapp"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add installations."""
    op.create_table(
        "app_installation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("app", sa.String(16), nullable=False),
        sa.Column("enterprise_id", sa.String(40), nullable=False),
        sa.Column("team_id", sa.String(40), nullable=False),
        sa.Column("user_id", sa.String(40), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_app_installation"),
    )
    op.create_index(
        "ix_app_installation_team", "app_installation", ["app", "enterprise_id", "team_id", "installed_at"]
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("app_installation")
