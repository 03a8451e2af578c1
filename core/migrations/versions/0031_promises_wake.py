"""A promise wakes whoever keeps promises by itself; a piece knows when its draft was approved.

Revision ID: 0031_promises_wake
Revises: 0030_look_alikes
"""

import sqlalchemy as sa
from alembic import op

revision = "0031_promises_wake"
down_revision = "0030_look_alikes"
branch_labels = None
depends_on = None

WAKES = """
CREATE FUNCTION outbox_wakes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh WHERE state = 'pending') THEN
    PERFORM pg_notify('outbox', '');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_wakes AFTER INSERT ON outbox REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION outbox_wakes();
"""
APPROVED = """
UPDATE deliverable d SET approved_at = e.at
  FROM (SELECT deliverable_id, max(at) AS at FROM deal_event
         WHERE step IN ('approve_draft', 'approve_by_silence') GROUP BY deliverable_id) e
 WHERE e.deliverable_id = d.id
"""


def upgrade() -> None:
    """Let the table itself send the notification; read the approvals there were from the steps."""
    op.execute(WAKES)
    op.add_column("deliverable", sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(APPROVED)


def downgrade() -> None:
    """Forget both."""
    op.drop_column("deliverable", "approved_at")
    op.execute("DROP TRIGGER outbox_wakes ON outbox; DROP FUNCTION outbox_wakes();")
