"""Chats are linked on purpose: a request that both sides agree to, and that can be taken back.

Revision ID: 0027_links_on_purpose
Revises: 0026_named_staff
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027_links_on_purpose"
down_revision = "0026_named_staff"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of requests, and let a person say to whom their chats went."""
    op.add_column("person", sa.Column("linked_to", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_person_linked_to"), "person", "person", ["linked_to"], ["id"])
    op.create_table(
        "link_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("from_person", sa.Uuid(), nullable=False),
        sa.Column("to_person", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undo_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["from_person"], ["person.id"], name=op.f("fk_link_request_from_person")),
        sa.ForeignKeyConstraint(["to_person"], ["person.id"], name=op.f("fk_link_request_to_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_request")),
    )
    op.create_index(op.f("ix_link_request_from_person"), "link_request", ["from_person"])
    op.create_index(op.f("ix_link_request_to_person"), "link_request", ["to_person"])


def downgrade() -> None:
    """Take the requests away; what was linked stays linked."""
    op.drop_table("link_request")
    op.drop_column("person", "linked_to")
