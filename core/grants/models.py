"""What others gave us to act for them: sealed tokens of installed apps."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table


class Installation(Table):
    """One workspace of one app. A new row for each installing; the newest counts."""

    __tablename__ = "app_installation"
    __table_args__ = (Index("ix_app_installation_team", "app", "enterprise_id", "team_id", "installed_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    app: Mapped[str] = mapped_column(String(16))
    enterprise_id: Mapped[str] = mapped_column(String(40), default="")
    team_id: Mapped[str] = mapped_column(String(40), default="")
    user_id: Mapped[str] = mapped_column(String(40), default="")
    sealed: Mapped[str] = mapped_column(Text)
    installed_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
