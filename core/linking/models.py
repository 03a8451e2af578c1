"""Requests to bring one person's accounts to another."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table, named
from core.linking.states import Kind, State


class LinkRequest(Table):
    """One request. `moved` says what went over, by ids, so that it can go back until `undo_until`.

    `agreed_in` is the chat in which the one side has said yes.
    """

    __tablename__ = "link_request"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[Kind] = mapped_column(named(Kind))
    from_person: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    to_person: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    agreed_in: Mapped[list[str]] = mapped_column(default=list, server_default=text("'[]'"))
    state: Mapped[State] = mapped_column(named(State))
    entered_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    undo_until: Mapped[datetime | None]
    moved: Mapped[dict[str, Any]]
