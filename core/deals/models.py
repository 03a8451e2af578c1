"""Deals, deliverables, what happened to them, and the clocks that run on them."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.deals.states import DealState, DeliverableState
from core.kit.database import Table, named
from core.kit.money import Currency
from core.kit.process import Party
from core.kit.vocabulary import DeliverableKind, Platform


class Deliverable(Table):
    """One piece of work with its own price share and its own life.

    `post_media` are the screenshots that prove a post nobody can look at, `post_words` what its creator says
    stands there, `posted_at` is when she handed them in: all are empty where a network shows the post.
    """

    __tablename__ = "deliverable"
    __table_args__ = (
        CheckConstraint("released_minor BETWEEN 0 AND price_minor", name="released_within_price"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    deal_id: Mapped[UUID] = mapped_column(ForeignKey("deal.id"), index=True)
    ordinal: Mapped[int]
    kind: Mapped[DeliverableKind] = mapped_column(named(DeliverableKind))
    platform: Mapped[Platform] = mapped_column(named(Platform))
    price_minor: Mapped[int] = mapped_column(BigInteger)
    released_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    commission_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    state: Mapped[DeliverableState] = mapped_column(named(DeliverableState))
    overdue_from: Mapped[DeliverableState | None] = mapped_column(named(DeliverableState))
    draft_caption: Mapped[str] = mapped_column(Text, default="")
    draft_media: Mapped[list[str]]
    draft_number: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    rounds: Mapped[int] = mapped_column(default=0)
    change_request: Mapped[str] = mapped_column(Text, default="")
    draft_due_at: Mapped[datetime | None]
    post_due_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    post_url: Mapped[str] = mapped_column(Text, default="")
    post_media: Mapped[list[str]] = mapped_column(default=list, server_default=text("'[]'"))
    post_words: Mapped[str] = mapped_column(Text, default="", server_default="")
    posted_at: Mapped[datetime | None]
    live_at: Mapped[datetime | None]
    retained_until: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    doubted_at: Mapped[datetime | None]
    missing_since: Mapped[datetime | None]
    post_failures: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads it once)


class Deal(Table):
    """One creator's engagement in one campaign.

    `brief_number` is the version of the campaign's brief that it goes by, `brief_asked` the one that its
    creator is asked to take instead, `amendment` the pieces and the price that go with that, empty where the
    work stays.
    """

    __tablename__ = "deal"
    __table_args__ = (
        CheckConstraint("price_minor >= 0", name="price_not_negative"),
        CheckConstraint("(stands_since IS NULL) = (stands_for = '[]'::jsonb)", name="stands_for_a_reason"),
        Index(
            "ix_deal_band",
            "work",
            "currency",
            "price_minor",
            postgresql_where=text("state = 'completed'"),
        ),
        Index(
            "uq_deal_open",
            "campaign_id",
            "creator_id",
            unique=True,
            postgresql_where=text(
                "state IN ('offered', 'applied', 'awaiting_address', 'to_send', 'on_its_way', 'agreed',"
                " 'cancelling', 'disputed')"
            ),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    process_version: Mapped[int]
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), index=True)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    creator_id: Mapped[UUID] = mapped_column(ForeignKey("creator.id"), index=True)
    state: Mapped[DealState] = mapped_column(named(DealState))
    price_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[Currency] = mapped_column(named(Currency, 3))
    work: Mapped[str] = mapped_column(String(120))
    turn: Mapped[Party] = mapped_column(named(Party))
    round: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(Text, default="")
    brief_number: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    brief_asked: Mapped[int | None]
    amendment: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    terms: Mapped[dict[str, Any]]
    terms_hash: Mapped[str] = mapped_column(String(64), default="")
    cancel_by: Mapped[Party | None] = mapped_column(named(Party))
    dispute_by: Mapped[Party | None] = mapped_column(named(Party))
    dispute_reason: Mapped[str] = mapped_column(Text, default="")
    dispute_answer: Mapped[str] = mapped_column(Text, default="")
    stands_for: Mapped[list[str]] = mapped_column(default=list)
    stands_since: Mapped[datetime | None]
    review_until: Mapped[datetime | None]
    parcel_steps: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=0)

    deliverables: Mapped[list[Deliverable]] = relationship(lazy="selectin", order_by=Deliverable.ordinal)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads it once)


class DealEvent(Table):
    """One step that was taken; append-only. `stood` is how the deal stood after it, with its mark.

    `words` are what people wrote with it, sealed with the key of `words_of`: they end with whose they are.
    """

    __tablename__ = "deal_event"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    deal_id: Mapped[UUID] = mapped_column(ForeignKey("deal.id"), index=True)
    deliverable_id: Mapped[UUID | None] = mapped_column(ForeignKey("deliverable.id"))
    step: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(120), index=True)
    from_state: Mapped[str] = mapped_column(String(32))
    to_state: Mapped[str] = mapped_column(String(32))
    facts: Mapped[dict[str, Any]]
    words: Mapped[str] = mapped_column(Text, default="", server_default="")
    words_of: Mapped[UUID | None] = mapped_column(index=True)
    stood: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    at: Mapped[datetime]


class DealMessage(Table):
    """What one side of a deal wrote to the other, or gave as evidence; sealed with its writer's key.

    `held_back` says that it names a way to reach somebody, which the other side reads when both have agreed.
    """

    __tablename__ = "deal_message"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    deal_id: Mapped[UUID] = mapped_column(ForeignKey("deal.id"), index=True)
    side: Mapped[Party] = mapped_column(named(Party))
    writer_id: Mapped[UUID] = mapped_column(ForeignKey("data_key.owner_id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    media: Mapped[list[str]]
    evidence: Mapped[bool]
    held_back: Mapped[bool]
    at: Mapped[datetime]


class Parcel(Table):
    """Where a deal's gift is sent, and the link to follow it by; both sealed with the creator's key."""

    __tablename__ = "parcel"

    deal_id: Mapped[UUID] = mapped_column(ForeignKey("deal.id"), primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("data_key.owner_id"), index=True)
    address: Mapped[str] = mapped_column(Text)
    tracking: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


class DealTimer(Table):
    """A step the clock will take, or a reminder, unless something happens first."""

    __tablename__ = "deal_timer"
    __table_args__ = (
        Index(
            "ix_deal_timer_due", "due_at", postgresql_where=text("paused_at IS NULL AND parked_at IS NULL")
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    deal_id: Mapped[UUID] = mapped_column(ForeignKey("deal.id"), index=True)
    deliverable_id: Mapped[UUID | None] = mapped_column(ForeignKey("deliverable.id"))
    step: Mapped[str] = mapped_column(String(32))
    due_at: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    parked_at: Mapped[datetime | None]
