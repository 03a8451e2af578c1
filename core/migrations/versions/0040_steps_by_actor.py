"""Find the steps that somebody took: what one gets of one's own data begins with them.

Revision ID: 0040_steps_by_actor
Revises: 0039_stopped_itself
"""

from alembic import op

revision = "0040_steps_by_actor"
down_revision = "0039_stopped_itself"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index who took each step."""
    op.create_index("ix_deal_event_actor", "deal_event", ["actor"])
    op.create_index("ix_campaign_event_actor", "campaign_event", ["actor"])


def downgrade() -> None:
    """Take the indexes away."""
    op.drop_index("ix_campaign_event_actor", "campaign_event")
    op.drop_index("ix_deal_event_actor", "deal_event")
