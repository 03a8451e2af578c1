"""Changes that wait to be confirmed, and the chats that were asked."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.kit.database import Table, named
from core.step_up.states import Change, State


class StepUp(Table):
    """One change that waits. `what` is the mark of what was agreed to; the subject knows the rest."""

    __tablename__ = "step_up"
    __table_args__ = (
        Index(
            "ix_step_up_due",
            "due_at",
            postgresql_where=text("state = 'waiting' AND parked_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    change: Mapped[Change] = mapped_column(named(Change))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    subject_id: Mapped[UUID] = mapped_column(index=True)
    what: Mapped[str] = mapped_column(String(40))
    state: Mapped[State] = mapped_column(named(State))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    parked_at: Mapped[datetime | None]
    chats: Mapped[list["StepUpChat"]] = relationship(
        cascade="all, delete-orphan", order_by="StepUpChat.channel, StepUpChat.chat_id"
    )


class StepUpChat(Table):
    """A chat that may stop a change. `asks` tells the one in which it was asked for, which is not asked."""

    __tablename__ = "step_up_chat"
    __table_args__ = (Index("ix_step_up_chat_place", "channel", "chat_id"),)

    step_up_id: Mapped[UUID] = mapped_column(ForeignKey("step_up.id", ondelete="CASCADE"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    chat_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    asks: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None]
