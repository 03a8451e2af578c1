"""The sandbox network's own tables. Nothing but its door reads them."""

from datetime import datetime

from sqlalchemy import BigInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table, named
from core.kit.vocabulary import DeliverableKind, Platform


class SandboxPost(Table):
    """A post on the sandbox network. Metrics grow with time; nothing here is about a real person."""

    __tablename__ = "sandbox_post"
    __table_args__ = (UniqueConstraint("request_key"),)

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    request_key: Mapped[str] = mapped_column(String(120))
    platform: Mapped[Platform] = mapped_column(named(Platform))
    owner: Mapped[str] = mapped_column(String(120), index=True)
    kind: Mapped[DeliverableKind] = mapped_column(named(DeliverableKind))
    caption: Mapped[str] = mapped_column(Text)
    final_views: Mapped[int] = mapped_column(BigInteger)
    followers: Mapped[int | None] = mapped_column(BigInteger)
    published_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class SandboxNetworkFault(Table):
    """How many of the next calls go unanswered: faults on demand."""

    __tablename__ = "sandbox_network_fault"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    failures_left: Mapped[int]
