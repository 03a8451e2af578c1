"""Uploaded files: what they are and whose; the bytes lie in the store, sealed."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from core.kit.database import Table, named
from core.media.states import MediaState


class MediaFile(Table):
    """One file of one owner. `sealed_key` opens it; `here` has its sealed bytes until the store does.

    Without `keep_until` it is kept as long as its owner is. A file of before there were seals has no key.
    """

    __tablename__ = "media_file"
    __table_args__ = (
        Index(
            "uq_media_file_owner_id_digest",
            "owner_id",
            "digest",
            unique=True,
            postgresql_where=text("state <> 'leaving'"),
        ),
        Index("ix_media_file_state_keep_until", "state", "keep_until"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("data_key.owner_id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(120))
    content_type: Mapped[str] = mapped_column(String(80))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    state: Mapped[MediaState] = mapped_column(named(MediaState))
    store_name: Mapped[str] = mapped_column(String(64), index=True)
    sealed_key: Mapped[str] = mapped_column(Text)
    keep_until: Mapped[datetime | None]
    here: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
