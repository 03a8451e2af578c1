"""The stream's one table. A trigger refuses every change: see the migration `business_events`."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.actors import ActorKind
from core.kit.database import Table, named


class BusinessEvent(Table):
    """One thing that happened. Ids have no foreign keys: the stream outlives what it tells of.

    `seq` is given when the row is written and `written_in` names the transaction that wrote it: readers
    go by (`written_in`, `seq`), never by `seq` alone.
    """

    __tablename__ = "business_event"
    __table_args__ = (Index("ix_business_event_order", "written_in", "seq"),)

    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    written_in: Mapped[int] = mapped_column(
        BigInteger, server_default=text("(pg_current_xact_id()::text)::bigint")
    )
    kind: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(SmallInteger)
    at: Mapped[datetime]
    actor: Mapped[ActorKind] = mapped_column(named(ActorKind, 16))
    actor_id: Mapped[UUID | None]
    workspace_id: Mapped[UUID | None]
    campaign_id: Mapped[UUID | None]
    deal_id: Mapped[UUID | None]
    deliverable_id: Mapped[UUID | None]
    creator_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    facts: Mapped[dict[str, Any]]
