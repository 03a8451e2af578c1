"""Every row of money that goes outside names its rail, so that another may be chosen without touching it.

Revision ID: 0022_rails
Revises: 0021_report_links
"""

import sqlalchemy as sa
from alembic import op

revision = "0022_rails"
down_revision = "0021_report_links"
branch_labels = None
depends_on = None

TABLES = ("funding", "payee_account", "payout", "refund", "chargeback")
PROMISES = (
    "payment.collect",
    "payment.pay_checkout",
    "payment.onboard_payee",
    "payment.pay_out",
    "payment.refund",
)


def upgrade() -> None:
    """Name the only rail there was on every row, and on the promises that are still to be kept."""
    for table in TABLES:
        op.add_column(table, sa.Column("rail", sa.String(32), nullable=False, server_default="sandbox"))
        op.alter_column(table, "rail", server_default=None)
    for column in ("checkout_ref", "charge_ref"):
        op.drop_constraint(op.f(f"uq_funding_{column}"), "funding", type_="unique")
        op.create_unique_constraint(op.f(f"uq_funding_rail_{column}"), "funding", ["rail", column])
    op.drop_constraint(op.f("pk_chargeback"), "chargeback", type_="primary")
    op.create_primary_key(op.f("pk_chargeback"), "chargeback", ["rail", "ref"])
    kinds = ", ".join(f"'{kind}'" for kind in PROMISES)
    op.execute(
        'UPDATE outbox SET payload = payload || \'{"rail": "sandbox"}\''  # noqa: S608  (our own words)
        f" WHERE state <> 'done' AND kind IN ({kinds})"
    )


def downgrade() -> None:
    """Forget the rails: possible while there is one."""
    op.drop_constraint(op.f("pk_chargeback"), "chargeback", type_="primary")
    op.create_primary_key(op.f("pk_chargeback"), "chargeback", ["ref"])
    for column in ("checkout_ref", "charge_ref"):
        op.drop_constraint(op.f(f"uq_funding_rail_{column}"), "funding", type_="unique")
        op.create_unique_constraint(op.f(f"uq_funding_{column}"), "funding", [column])
    for table in TABLES:
        op.drop_column(table, "rail")
