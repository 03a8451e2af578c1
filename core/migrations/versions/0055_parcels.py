"""Keep where a gift is sent, and let a deal be open while it is.

Revision ID: 0055_parcels
Revises: 0054_proof_by_picture
"""

import sqlalchemy as sa
from alembic import op

revision = "0055_parcels"
down_revision = "0054_proof_by_picture"
branch_labels = None
depends_on = None
BEFORE = "'offered', 'applied', 'agreed', 'cancelling', 'disputed'"
NOW = "'offered', 'applied', 'awaiting_address', 'to_send', 'on_its_way', 'agreed', 'cancelling', 'disputed'"


def _index(states: str) -> None:
    op.drop_index("uq_deal_open", table_name="deal")
    op.create_index(
        "uq_deal_open",
        "deal",
        ["campaign_id", "creator_id"],
        unique=True,
        postgresql_where=sa.text(f"state IN ({states})"),
    )


def upgrade() -> None:
    """Add the table; a creator has one open deal in a campaign, these states too."""
    op.create_table(
        "parcel",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("tracking", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_parcel_deal_id_deal")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["data_key.owner_id"], name=op.f("fk_parcel_owner_id_data_key")
        ),
        sa.PrimaryKeyConstraint("deal_id", name=op.f("pk_parcel")),
    )
    op.create_index(op.f("ix_parcel_owner_id"), "parcel", ["owner_id"])
    _index(NOW)


def downgrade() -> None:
    """Forget where gifts go; deals whose gift is on its way are as if it had arrived."""
    op.execute(f"UPDATE deal SET state = 'agreed' WHERE state IN ({NOW}) AND state NOT IN ({BEFORE})")  # noqa: S608
    _index(BEFORE)
    op.drop_table("parcel")
