"""Where each talk stands, and who asked for a person."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table


class Conversation(Table):
    """One chat's session: the stack of open forms, as plain data the conversation engine owns.

    With it go [label, action] of the newest buttons that are no form's, the newest first. Both are sealed
    with the person's key. `menu` is what the app's menu was last made for.
    """

    __tablename__ = "conversation"

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    chat_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    session: Mapped[dict[str, Any]]
    menu: Mapped[str] = mapped_column(String(16), default="", server_default="")
    updated_at: Mapped[datetime]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("data_key.owner_id"), index=True)


class SupportRequest(Table):
    """Somebody asks for a person of the marketplace. The words are sealed with the asker's key."""

    __tablename__ = "support_request"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("data_key.owner_id"), index=True)
