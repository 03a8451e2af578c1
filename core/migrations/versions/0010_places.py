"""Where a brand's news go besides private chats: a campaign's channel, and which client a channel is for.

Revision ID: 0010_places
Revises: 0009_manners
"""

import sqlalchemy as sa
from alembic import op

revision = "0010_places"
down_revision = "0009_manners"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both."""
    op.add_column("campaign", sa.Column("place", sa.String(120), nullable=False, server_default=""))
    op.create_table(
        "client_place",
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_client_place_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_client_place")),
    )


def downgrade() -> None:
    """Drop both."""
    op.drop_table("client_place")
    op.drop_column("campaign", "place")
