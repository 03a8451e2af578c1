"""The data keys, each wrapped by the ring."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table


class DataKey(Table):
    """One owner's key. Rows sealed with it point here, so that no key is destroyed while one still stands."""

    __tablename__ = "data_key"

    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    wrapped: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
