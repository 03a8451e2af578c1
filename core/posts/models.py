"""Published posts under watch, and what was measured of them."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table


class WatchedPost(Table):
    """Where a deliverable was published, and when to look next.

    `post_key` is the post's own, however its address is written; while it `counts` as one piece's proof it
    is no other's. `owner` is the name that its link gave, empty where it gave none.
    """

    __tablename__ = "watched_post"
    __table_args__ = (
        Index("ix_watched_post_due", "next_check_at", postgresql_where=text("watching")),
        Index("uq_watched_post_counts", "post_key", unique=True, postgresql_where=text("counts")),
    )

    deliverable_id: Mapped[UUID] = mapped_column(ForeignKey("deliverable.id"), primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    network: Mapped[str] = mapped_column(String(16))
    post_key: Mapped[str] = mapped_column(String(80))
    owner: Mapped[str] = mapped_column(String(120), server_default="")
    watching: Mapped[bool]
    counts: Mapped[bool]
    published_at: Mapped[datetime | None]
    next_check_at: Mapped[datetime]
    checks: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    first_failure_at: Mapped[datetime | None]


class ProofPicture(Table):
    """A picture that shows one piece's post, by the digest of its bytes: it shows no other's."""

    __tablename__ = "proof_picture"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    deliverable_id: Mapped[UUID] = mapped_column(ForeignKey("deliverable.id"), index=True)


class MetricSnapshot(Table):
    """Counts of a post at one moment; None where the network gives none."""

    __tablename__ = "metric_snapshot"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    deliverable_id: Mapped[UUID] = mapped_column(ForeignKey("deliverable.id"), index=True)
    at: Mapped[datetime]
    views: Mapped[int | None] = mapped_column(BigInteger)
    likes: Mapped[int | None] = mapped_column(BigInteger)
    comments: Mapped[int | None] = mapped_column(BigInteger)
    saves: Mapped[int | None] = mapped_column(BigInteger)
    shares: Mapped[int | None] = mapped_column(BigInteger)
    reach: Mapped[int | None] = mapped_column(BigInteger)
