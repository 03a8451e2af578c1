"""Tracking links and the clicks on them. No personal data: what stands for an address ends with its day."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Date, ForeignKey, Identity, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table


class TrackingLink(Table):
    """One short link for one deliverable: the brand's address as it is, and our parameters for it."""

    __tablename__ = "tracking_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    deliverable_id: Mapped[UUID] = mapped_column(unique=True)
    target: Mapped[str] = mapped_column(Text)
    utm: Mapped[str] = mapped_column(Text, server_default="")
    created_at: Mapped[datetime]


class Click(Table):
    """One visit by a person. `visitor` marks address and browser, `source` the address, for a day."""

    __tablename__ = "click"
    __table_args__ = (UniqueConstraint("link_id", "visitor", "at"), Index(None, "link_id", "source"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    link_id: Mapped[UUID] = mapped_column(ForeignKey("tracking_link.id"))
    visitor: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class ClickSalt(Table):
    """What a day's marks were made with. It goes with its day: then nobody can try addresses against them."""

    __tablename__ = "click_salt"

    on: Mapped[date] = mapped_column(Date, primary_key=True)
    salt: Mapped[str] = mapped_column(String(64))


class Sale(Table):
    """A sale the brand reported for a deliverable; `reference` keeps a repeat out."""

    __tablename__ = "sale"
    __table_args__ = (UniqueConstraint("deliverable_id", "reference"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    deliverable_id: Mapped[UUID] = mapped_column(index=True)
    reference: Mapped[str] = mapped_column(String(120))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
