"""A deal stands still for reasons, a piece stays up until a time, and we know when it was last seen.

Revision ID: 0016_standing_still
Revises: 0015_business_events
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016_standing_still"
down_revision = "0015_business_events"
branch_labels = None
depends_on = None

MOMENTS = ("retained_until", "seen_at", "doubted_at")
STAND = """
    UPDATE deal SET stands_for = standing.reasons,
           stands_since = coalesce(
               (SELECT min(paused_at) FROM deal_timer WHERE deal_timer.deal_id = deal.id),
               (SELECT max(at) FROM deal_event
                 WHERE deal_event.deal_id = deal.id AND step IN ('cancel_request', 'dispute')),
               now())
      FROM (SELECT deal.id,
                   CASE deal.state WHEN 'cancelling' THEN '["cancelling"]'::jsonb
                                   WHEN 'disputed' THEN '["dispute"]'::jsonb ELSE '[]'::jsonb END
                   || CASE campaign.state WHEN 'frozen' THEN '["chargeback"]'::jsonb
                                          ELSE '[]'::jsonb END AS reasons
              FROM deal JOIN campaign ON campaign.id = deal.campaign_id
             WHERE deal.state IN ('offered', 'applied', 'agreed', 'cancelling', 'disputed')) AS standing
     WHERE standing.id = deal.id AND standing.reasons <> '[]'::jsonb
"""
PAUSE = """
    UPDATE deal_timer SET paused_at = now() FROM deal
     WHERE deal.id = deal_timer.deal_id AND deal.stands_since IS NOT NULL AND paused_at IS NULL
       AND NOT (deal.stands_for = '["cancelling"]'::jsonb AND step = 'cancel_by_silence')
       AND NOT (deal.stands_for = '["dispute"]'::jsonb AND step = 'dispute_unanswered')
"""
RESUME = """
    UPDATE deal_timer SET due_at = due_at + (now() - paused_at), paused_at = NULL FROM deal
     WHERE deal.id = deal_timer.deal_id AND paused_at IS NOT NULL
       AND (deal.stands_since IS NULL
            OR (deal.stands_for = '["dispute"]'::jsonb AND step = 'dispute_unanswered'))
"""


def upgrade() -> None:
    """Add the columns; what stands still today, and what is live today, is written down as such."""
    op.add_column(
        "deal", sa.Column("stands_for", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'"))
    )
    op.alter_column("deal", "stands_for", server_default=None)
    op.add_column("deal", sa.Column("stands_since", sa.DateTime(timezone=True), nullable=True))
    for name in MOMENTS:
        op.add_column("deliverable", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("watched_post", sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
    _note_what_is_live()
    _note_what_stands()
    op.create_check_constraint(
        "stands_for_a_reason", "deal", "(stands_since IS NULL) = (stands_for = '[]'::jsonb)"
    )


def _note_what_is_live() -> None:
    """A post's money waits for a look from now on: when it was last seen, nobody wrote down."""
    op.execute(
        "UPDATE deliverable SET doubted_at = missing_since,"
        " retained_until = live_at + CASE kind WHEN 'story' THEN interval '24 hours'"
        " WHEN 'live' THEN interval '0' ELSE (deal.terms->>'retention_days')::int * interval '1 day' END"
        " FROM deal WHERE deal.id = deliverable.deal_id AND live_at IS NOT NULL"
    )
    op.execute(
        "UPDATE deliverable SET doubted_at = first_failure_at FROM watched_post"
        " WHERE watched_post.deliverable_id = deliverable.id AND deliverable.state = 'live'"
    )
    op.execute(
        "UPDATE deal_timer SET due_at = retained_until FROM deliverable"
        " WHERE deliverable.id = deal_timer.deliverable_id AND deal_timer.step = 'complete'"
        " AND deal_timer.paused_at IS NULL AND deliverable.kind IN ('story', 'live')"
    )


def _note_what_stands() -> None:
    """Write down why each deal stands; its clocks stand too, but those that end the reason."""
    op.execute(STAND)
    op.execute(PAUSE)
    op.execute(RESUME)


def downgrade() -> None:
    """Drop them; clocks that stand go on when what stopped them ends, as before."""
    op.drop_constraint(op.f("ck_deal_stands_for_a_reason"), "deal", type_="check")
    op.drop_column("watched_post", "published_at")
    for name in MOMENTS:
        op.drop_column("deliverable", name)
    op.drop_column("deal", "stands_since")
    op.drop_column("deal", "stands_for")
