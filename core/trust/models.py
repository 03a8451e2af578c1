"""Observations and reviews."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table, named
from core.trust.states import Observation, Side


class ObservationRow(Table):
    """One thing seen once about a creator or a workspace."""

    __tablename__ = "trust_observation"
    __table_args__ = (
        UniqueConstraint("source_id", "kind"),
        Index("ix_trust_observation_subject", "subject_id", "kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    subject_id: Mapped[UUID]
    kind: Mapped[Observation] = mapped_column(named(Observation))
    good: Mapped[bool]
    hours: Mapped[float | None]
    source_id: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class Review(Table):
    """What one side says about the other after a deal; hidden until both spoke or time is over."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("deal_id", "by"),
        CheckConstraint("stars BETWEEN 1 AND 5", name="one_to_five_stars"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    deal_id: Mapped[UUID] = mapped_column(index=True)
    by: Mapped[Side] = mapped_column(named(Side))
    about_id: Mapped[UUID] = mapped_column(index=True)
    stars: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    visible_at: Mapped[datetime]
