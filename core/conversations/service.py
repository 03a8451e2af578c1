"""Stored sessions of talks, and requests for a person.

What is inside a session is the conversation engine's business.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from core.conversations.errors import SupportRequestNotFound
from core.conversations.models import Conversation, SupportRequest
from core.kit.text import clean
from core.kit.work import Work
from core.messaging import outbox


def load(work: Work, channel: str, chat_id: str, person_id: UUID) -> dict[str, Any]:
    """Return a chat's session, locked until the work ends; a new chat gets an empty one."""
    work.session.execute(
        insert(Conversation)
        .values(channel=channel, chat_id=chat_id, person_id=person_id, session={}, updated_at=work.now)
        .on_conflict_do_nothing()
    )
    row = work.session.scalars(
        select(Conversation)
        .where(Conversation.channel == channel, Conversation.chat_id == chat_id)
        .with_for_update()
    ).one()
    row.person_id = person_id
    return row.session


def save(work: Work, channel: str, chat_id: str, session: dict[str, Any]) -> None:
    """Keep a chat's session; one that was forgotten during its own turn stays forgotten."""
    row = work.session.get(Conversation, (channel, chat_id))
    if row is not None:
        row.session = session
        row.updated_at = work.now


def forget(work: Work, person_id: UUID) -> list[tuple[str, str]]:
    """Delete a person's sessions and return which chats they were in."""
    rows = work.session.execute(
        delete(Conversation)
        .where(Conversation.person_id == person_id)
        .returning(Conversation.channel, Conversation.chat_id)
    )
    return [(row.channel, row.chat_id) for row in rows]


@dataclass(frozen=True, slots=True)
class SupportRequestView:
    """Somebody waits for a person of the marketplace."""

    id: UUID
    person_id: UUID
    text: str
    asked_at: datetime


def ask_person(work: Work, text: str) -> UUID:
    """Put the acting person's words before the operators; returns the request's id."""
    row = SupportRequest(person_id=work.actor.person_id, text=clean(text), asked_at=work.now)
    work.session.add(row)
    work.session.flush()
    return row.id


def waiting(work: Work) -> list[SupportRequestView]:
    """Return who waits for an answer, the longest first."""
    query = (
        select(SupportRequest).where(SupportRequest.answered_at.is_(None)).order_by(SupportRequest.asked_at)
    )
    return [
        SupportRequestView(row.id, row.person_id, row.text, row.asked_at)
        for row in work.session.scalars(query)
    ]


def answer_person(work: Work, request_id: UUID, text: str) -> None:
    """Answer a request; the person hears it in their chat. Raises SupportRequestNotFound."""
    row = work.session.get(SupportRequest, request_id, with_for_update=True)
    if row is None or row.answered_at is not None:
        raise SupportRequestNotFound(id=request_id)
    row.answer, row.answered_at = clean(text), work.now
    outbox.tell(work, row.person_id, "answer", {"text": row.answer})
