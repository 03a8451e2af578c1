"""What a thief would want waits: changes that are confirmed in every other chat first.

Revision ID: 0029_step_up
Revises: 0028_one_post_one_piece
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029_step_up"
down_revision = "0028_one_post_one_piece"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of changes that wait, of the chats that are asked, and of accounts that are to come."""
    op.create_table(
        "step_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("change", sa.String(32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_step_up_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_up")),
    )
    op.create_index(
        "ix_step_up_due",
        "step_up",
        ["due_at"],
        postgresql_where=sa.text("state = 'waiting' AND parked_at IS NULL"),
    )
    op.create_index(op.f("ix_step_up_person_id"), "step_up", ["person_id"])
    op.create_index(op.f("ix_step_up_subject_id"), "step_up", ["subject_id"])
    op.create_table(
        "step_up_chat",
        sa.Column("step_up_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("chat_id", sa.String(120), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_step_up_chat_person_id")),
        sa.ForeignKeyConstraint(
            ["step_up_id"], ["step_up.id"], name=op.f("fk_step_up_chat_step_up_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("step_up_id", "channel", "chat_id", name=op.f("pk_step_up_chat")),
    )
    op.create_index(op.f("ix_step_up_chat_person_id"), "step_up_chat", ["person_id"])
    op.create_index("ix_step_up_chat_place", "step_up_chat", ["channel", "chat_id"])
    op.create_table(
        "payee_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("rail", sa.String(32), nullable=False),
        sa.Column("ref", sa.String(80), nullable=True),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["creator_id"], ["creator.id"], name=op.f("fk_payee_change_creator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee_change")),
    )
    op.create_index(op.f("ix_payee_change_creator_id"), "payee_change", ["creator_id"])
    op.add_column(
        "link_request",
        sa.Column("agreed_in", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
    )


def downgrade() -> None:
    """Take the tables away: what waits is forgotten, and nothing was changed."""
    op.drop_column("link_request", "agreed_in")
    op.drop_table("payee_change")
    op.drop_table("step_up_chat")
    op.drop_table("step_up")
