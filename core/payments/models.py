"""Fundings, payables, payouts, refunds, payees, chargebacks; and the sandbox rail's own book."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.consent import MARK_CHARACTERS
from core.kit.database import Table, named
from core.kit.money import Currency
from core.payments.states import ChargebackState, FundingState, MoveState, PayeeState

RAIL = String(32)
"""The name of a payment provider: what a row promised is kept with the one it names."""


class Funding(Table):
    """A brand's payment into a campaign. `then_offer` is the mark of the set that gets its offers then."""

    __tablename__ = "funding"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        UniqueConstraint("rail", "checkout_ref"),
        UniqueConstraint("rail", "charge_ref"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), index=True)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    request_key: Mapped[str] = mapped_column(String(160), unique=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[Currency] = mapped_column(named(Currency, 3))
    state: Mapped[FundingState] = mapped_column(named(FundingState))
    rail: Mapped[str] = mapped_column(RAIL)
    checkout_ref: Mapped[str | None] = mapped_column(String(80))
    checkout_url: Mapped[str] = mapped_column(Text, default="")
    then_offer: Mapped[str] = mapped_column(String(MARK_CHARACTERS), default="", server_default="")
    charge_ref: Mapped[str | None] = mapped_column(String(80))
    refunded_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    credited_minor: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    created_at: Mapped[datetime]
    over_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]

    @property
    def unreturned_minor(self) -> int:
        """Return what neither went back to the card nor was kept as the workspace's credit."""
        return max(self.amount_minor - self.refunded_minor - self.credited_minor, 0)


class PayeeAccount(Table):
    """Where a creator's money goes. The details themselves stay with the provider; the label is sealed."""

    __tablename__ = "payee_account"

    creator_id: Mapped[UUID] = mapped_column(ForeignKey("creator.id"), primary_key=True)
    state: Mapped[PayeeState] = mapped_column(named(PayeeState))
    label: Mapped[str] = mapped_column(Text)
    rail: Mapped[str] = mapped_column(RAIL)
    ref: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(200), default="")
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("data_key.owner_id"), index=True)


class PayeeChange(Table):
    """Where a creator's money shall go, once that is confirmed (`core.step_up`) and the provider is ready."""

    __tablename__ = "payee_change"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    creator_id: Mapped[UUID] = mapped_column(ForeignKey("creator.id"), index=True)
    state: Mapped[PayeeState] = mapped_column(named(PayeeState))
    label: Mapped[str] = mapped_column(Text)
    rail: Mapped[str] = mapped_column(RAIL)
    ref: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(200), default="")
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("data_key.owner_id"), index=True)


class Payable(Table):
    """Released money that becomes payable when the security delay is over.

    `gross_minor` is what was earned with it, before commission and tax. While the bank of the campaign's
    brand disputes a payment, nothing of it is sent.
    """

    __tablename__ = "payable"
    __table_args__ = (Index("ix_payable_due", "available_at", postgresql_where=text("payout_id IS NULL")),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    creator_id: Mapped[UUID] = mapped_column(ForeignKey("creator.id"), index=True)
    source_id: Mapped[str] = mapped_column(String(80), unique=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    gross_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[Currency] = mapped_column(named(Currency, 3))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    released_at: Mapped[datetime]
    available_at: Mapped[datetime]
    payout_id: Mapped[UUID | None] = mapped_column(ForeignKey("payout.id"), index=True)


class Payout(Table):
    """Money sent, or to be sent, to a creator: to `payee_ref`. `returned_minor` of it came back."""

    __tablename__ = "payout"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    creator_id: Mapped[UUID] = mapped_column(ForeignKey("creator.id"), index=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[Currency] = mapped_column(named(Currency, 3))
    state: Mapped[MoveState] = mapped_column(named(MoveState))
    rail: Mapped[str] = mapped_column(RAIL)
    payee_ref: Mapped[str] = mapped_column(String(80), default="", server_default="")
    ref: Mapped[str] = mapped_column(String(80), default="", index=True)
    returned_minor: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    reason: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]


class Refund(Table):
    """Money sent, or to be sent, back to a brand."""

    __tablename__ = "refund"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), index=True)
    funding_id: Mapped[UUID] = mapped_column(ForeignKey("funding.id"))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[Currency] = mapped_column(named(Currency, 3))
    state: Mapped[MoveState] = mapped_column(named(MoveState))
    rail: Mapped[str] = mapped_column(RAIL)
    ref: Mapped[str] = mapped_column(String(80), default="", index=True)
    created_at: Mapped[datetime]


class ChargebackRow(Table):
    """A disputed card payment; `freezes` while what stood still because of it has not been let go."""

    __tablename__ = "chargeback"

    rail: Mapped[str] = mapped_column(RAIL, primary_key=True)
    ref: Mapped[str] = mapped_column(String(80), primary_key=True)
    funding_id: Mapped[UUID] = mapped_column(ForeignKey("funding.id"))
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), index=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    fee_minor: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[ChargebackState] = mapped_column(named(ChargebackState))
    freezes: Mapped[bool]


class RailCursor(Table):
    """Up to where each rail's changes have been fetched, in the provider's own words."""

    __tablename__ = "rail_cursor"

    rail: Mapped[str] = mapped_column(RAIL, primary_key=True)
    cursor: Mapped[str] = mapped_column(String(200))


class KeptEvent(Table):
    """An event of a provider: kept as it comes, followed by reading its object, each for itself.

    `next_try_at` is wall time, None for one that is before the operators.
    """

    __tablename__ = "rail_event"
    __table_args__ = (
        UniqueConstraint("rail", "event_id"),
        Index("ix_rail_event_due", "next_try_at", postgresql_where=text("done_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    rail: Mapped[str] = mapped_column(RAIL)
    event_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(16))
    ref: Mapped[str] = mapped_column(String(80))
    received_at: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    next_try_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(80), default="", server_default="")
    done_at: Mapped[datetime | None]


class SandboxObject(Table):
    """An object in the sandbox rail's own book: checkout, payee, transfer, refund or chargeback."""

    __tablename__ = "sandbox_rail_object"

    ref: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), index=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    state: Mapped[str] = mapped_column(String(16))
    amount_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    fee_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    currency: Mapped[str] = mapped_column(String(3), default="")
    parent_ref: Mapped[str] = mapped_column(String(40), default="")
    mark: Mapped[str] = mapped_column(String(40), default="", server_default="", index=True)
    created_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(String(200), default="")


class SandboxEvent(Table):
    """What changed on the sandbox rail, in order."""

    __tablename__ = "sandbox_rail_event"

    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    object_kind: Mapped[str] = mapped_column(String(16))
    ref: Mapped[str] = mapped_column(String(40))


class SandboxFault(Table):
    """A fault that was ordered for the next calls of one operation."""

    __tablename__ = "sandbox_rail_fault"

    operation: Mapped[str] = mapped_column(String(16), primary_key=True)
    fault: Mapped[str] = mapped_column(String(16))
    calls_left: Mapped[int]
