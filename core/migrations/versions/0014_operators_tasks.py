"""A task before an operator may be about anything, and says who closed it and with what outcome.

Revision ID: 0014_operators_tasks
Revises: 0013_parked_clocks
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014_operators_tasks"
down_revision = "0013_parked_clocks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Name the subject by kind and id; a deliverable becomes a fact. No row is lost."""
    op.add_column("operator_task", sa.Column("subject_kind", sa.String(32), nullable=True))
    op.add_column("operator_task", sa.Column("subject_id", sa.Uuid(), nullable=True))
    op.add_column("operator_task", sa.Column("facts", postgresql.JSONB(), nullable=True))
    op.add_column("operator_task", sa.Column("closed_by", sa.String(120), nullable=False, server_default=""))
    op.add_column("operator_task", sa.Column("outcome", sa.String(2_000), nullable=False, server_default=""))
    op.execute(
        "UPDATE operator_task SET subject_kind = 'deal', subject_id = deal_id,"
        " facts = CASE WHEN deliverable_id IS NULL THEN '{}'::jsonb"
        " ELSE jsonb_build_object('deliverable_id', deliverable_id) END,"
        " closed_by = CASE WHEN closed_at IS NULL THEN '' ELSE 'system' END"
    )
    for column in ("subject_kind", "subject_id", "facts"):
        op.alter_column("operator_task", column, nullable=False)
    for column in ("closed_by", "outcome"):
        op.alter_column("operator_task", column, server_default=None)
    op.drop_column("operator_task", "deal_id")
    op.drop_column("operator_task", "deliverable_id")
    op.create_index(
        "ix_operator_task_open",
        "operator_task",
        ["opened_at"],
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_operator_task_subject", "operator_task", ["subject_kind", "subject_id"])
    op.create_check_constraint(
        "closed_by_somebody", "operator_task", "(closed_at IS NULL) = (closed_by = '')"
    )


def downgrade() -> None:
    """Keep what was about deals; a task about anything else has no place in the old table."""
    op.drop_constraint(op.f("ck_operator_task_closed_by_somebody"), "operator_task", type_="check")
    op.drop_index("ix_operator_task_subject", table_name="operator_task")
    op.drop_index("ix_operator_task_open", table_name="operator_task")
    op.add_column("operator_task", sa.Column("deal_id", sa.Uuid(), nullable=True))
    op.add_column("operator_task", sa.Column("deliverable_id", sa.Uuid(), nullable=True))
    op.execute("DELETE FROM operator_task WHERE subject_kind <> 'deal'")
    op.execute(
        "UPDATE operator_task SET deal_id = subject_id, deliverable_id = (facts->>'deliverable_id')::uuid"
    )
    op.alter_column("operator_task", "deal_id", nullable=False)
    op.create_foreign_key(op.f("fk_operator_task_deal_id"), "operator_task", "deal", ["deal_id"], ["id"])
    op.create_foreign_key(
        op.f("fk_operator_task_deliverable_id"),
        "operator_task",
        "deliverable",
        ["deliverable_id"],
        ["id"],
    )
    for column in ("outcome", "closed_by", "facts", "subject_id", "subject_kind"):
        op.drop_column("operator_task", column)
