"""What a workspace's name looks like, and a number for those that look alike; names that there are stay.

Revision ID: 0030_look_alikes
Revises: 0029_step_up
"""

import sqlalchemy as sa
from alembic import op

from core.kit.names import skeleton

revision = "0030_look_alikes"
down_revision = "0029_step_up"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep the skeleton of every name. It is found in Python: no SQL knows which letters look alike."""
    op.add_column("workspace", sa.Column("skeleton", sa.String(240), nullable=True))
    op.add_column("workspace", sa.Column("twin", sa.Integer(), server_default="1", nullable=False))
    connection = op.get_bind()
    named = connection.execute(sa.text("SELECT id, name FROM workspace")).all()
    for row in named:
        found = {"skeleton": skeleton(row.name), "id": row.id}
        connection.execute(sa.text("UPDATE workspace SET skeleton = :skeleton WHERE id = :id"), found)
    op.alter_column("workspace", "skeleton", nullable=False)
    op.create_index(op.f("ix_workspace_skeleton"), "workspace", ["skeleton"])


def downgrade() -> None:
    """Take both away; the names stay."""
    op.drop_index(op.f("ix_workspace_skeleton"), "workspace")
    op.drop_column("workspace", "twin")
    op.drop_column("workspace", "skeleton")
