"""Tracking links and the clicks on them. No personal data: an address is kept as a daily fingerprint."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, Identity, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table


class TrackingLink(Table):
    """One short link for one deliverable."""

    __tablename__ = "tracking_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    deliverable_id: Mapped[UUID] = mapped_column(unique=True)
    target: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class Click(Table):
    """One visit by a person. A second visit of the same visitor on the same day is not unique."""

    __tablename__ = "click"
    __table_args__ = (UniqueConstraint("link_id", "visitor", "at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    link_id: Mapped[UUID] = mapped_column(ForeignKey("tracking_link.id"), index=True)
    visitor: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class Sale(Table):
    """A sale the brand reported for a deliverable; `reference` keeps a repeat out."""

    __tablename__ = "sale"
    __table_args__ = (UniqueConstraint("deliverable_id", "reference"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    deliverable_id: Mapped[UUID] = mapped_column(index=True)
    reference: Mapped[str] = mapped_column(String(120))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
