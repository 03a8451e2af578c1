"""Wake the workers when the sandbox's time or its provider moves, so that they need not look every moment.

Revision ID: 0038_play_wakes
Revises: 0037_data_links
"""

from alembic import op

revision = "0038_play_wakes"
down_revision = "0037_data_links"
branch_labels = None
depends_on = None

WAKES = """
CREATE FUNCTION play_wakes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('outbox', 'play');
  RETURN NULL;
END $$;
CREATE TRIGGER play_wakes AFTER INSERT ON sandbox_rail_event
  FOR EACH STATEMENT EXECUTE FUNCTION play_wakes();
CREATE TRIGGER play_wakes AFTER INSERT OR UPDATE ON sandbox_clock
  FOR EACH STATEMENT EXECUTE FUNCTION play_wakes();
"""


def upgrade() -> None:
    """Let the tables themselves send the notification."""
    op.execute(WAKES)


def downgrade() -> None:
    """Send none."""
    op.execute(
        "DROP TRIGGER play_wakes ON sandbox_rail_event; DROP TRIGGER play_wakes ON sandbox_clock;"
        " DROP FUNCTION play_wakes();"
    )
