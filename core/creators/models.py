"""Creators, their social accounts, rates, and the vectors that search is rebuilt from."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    Sequence,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.kit.database import Table, named
from core.kit.money import Currency
from core.kit.vocabulary import DeliverableKind, Platform

VECTOR_REVISION = Sequence("creator_vector_revision", metadata=Table.metadata)
THIS_TRANSACTION = text("(pg_current_xact_id()::text)::bigint")


class SocialAccount(Table):
    """One account on one network. `verified_at` is when the network itself showed these figures last."""

    __tablename__ = "social_account"
    __table_args__ = (CheckConstraint("followers >= 0", name="followers_not_negative"),)

    creator_id: Mapped[UUID] = mapped_column(ForeignKey("creator.id"), primary_key=True)
    platform: Mapped[Platform] = mapped_column(named(Platform), primary_key=True)
    handle: Mapped[str] = mapped_column(String(120))
    followers: Mapped[int | None] = mapped_column(BigInteger)
    engagement_bps: Mapped[int | None]
    average_views: Mapped[int | None] = mapped_column(BigInteger)
    verified_at: Mapped[datetime | None]


class Rate(Table):
    """What a creator asks for one deliverable of a kind."""

    __tablename__ = "creator_rate"
    __table_args__ = (CheckConstraint("amount_minor > 0", name="amount_positive"),)

    creator_id: Mapped[UUID] = mapped_column(ForeignKey("creator.id"), primary_key=True)
    kind: Mapped[DeliverableKind] = mapped_column(named(DeliverableKind), primary_key=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[Currency] = mapped_column(named(Currency, 3))


class Creator(Table):
    """A profile. `external_id` is the key of an import, so that a second import changes nothing."""

    __tablename__ = "creator"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    external_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    bio: Mapped[str] = mapped_column(Text, default="")
    niches: Mapped[list[str]]
    topics: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]]
    city: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    currency: Mapped[Currency] = mapped_column(named(Currency, 3))
    available: Mapped[bool] = mapped_column(default=True)
    picture_id: Mapped[UUID | None]
    sample_posts: Mapped[list[str]] = mapped_column(default=list)
    audience: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    frozen_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    accounts: Mapped[list[SocialAccount]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by=SocialAccount.platform
    )
    rates: Mapped[list[Rate]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class ForgottenImport(Table):
    """A mark of an id or a name in a file, of somebody who was forgotten: no import brings them back."""

    __tablename__ = "forgotten_import"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]


class CreatorVector(Table):
    """A creator's embedding. `revision` and `written_in` (the transaction) change with every write.

    Readers follow by transaction: revisions are taken in one order and committed in another. The two marks
    say from what it was made, so that nobody is embedded twice: the text, and the whole profile.
    """

    __tablename__ = "creator_vector"

    creator_id: Mapped[UUID] = mapped_column(ForeignKey("creator.id"), primary_key=True)
    model: Mapped[str] = mapped_column(String(64))
    embedding: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int] = mapped_column(
        BigInteger, VECTOR_REVISION, server_default=VECTOR_REVISION.next_value()
    )
    written_in: Mapped[int] = mapped_column(BigInteger, server_default=THIS_TRANSACTION, index=True)
    text_mark: Mapped[str] = mapped_column(String(32), server_default="")
    profile_mark: Mapped[str] = mapped_column(String(32), server_default="")
