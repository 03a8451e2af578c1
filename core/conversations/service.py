"""Stored sessions of talks, and requests for a person.

What is inside a session is the conversation engine's business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, text
from sqlalchemy.dialects.postgresql import JSONB, insert

from core.conversations.errors import SupportRequestNotFound
from core.conversations.models import Conversation, SupportRequest
from core.kit.errors import TooOften
from core.kit.text import clean
from core.kit.work import Work
from core.messaging import outbox
from core.messaging.messages import Address
from core.messaging.states import PromiseKind
from core.vault import service as vault

OFFERED_MAX = 40
HOUR = timedelta(hours=1)
REQUESTS_AN_HOUR = 5
REPLY_WITHIN = timedelta(days=3)
PLACE, WORDS = "conversation.session", "support_request.text"

# built once: every turn begins with the one and ends with the other
LOCKED = (
    select(Conversation)
    .where(Conversation.channel == bindparam("channel"), Conversation.chat_id == bindparam("chat_id"))
    .with_for_update()
    .execution_options(populate_existing=True)
)
SAVE = text(
    """
    UPDATE conversation SET session = :session, owner_id = CAST(:owner_id AS uuid), updated_at = :now
     WHERE channel = :channel AND chat_id = :chat_id
    """
).bindparams(bindparam("session", type_=JSONB))


def load(work: Work, channel: str, chat_id: str, person_id: UUID) -> dict[str, Any]:
    """Return a chat's session, locked until the work ends; a new chat gets an empty one."""
    place = {"channel": channel, "chat_id": chat_id}
    row = work.session.scalars(LOCKED, place).one_or_none()
    if row is None:
        work.session.execute(
            insert(Conversation)
            .values(channel=channel, chat_id=chat_id, person_id=person_id, session={}, updated_at=work.now)
            .on_conflict_do_nothing()
        )
        row = work.session.scalars(LOCKED, place).one()
    work.hold(row)
    if row.person_id != person_id:  # the chat is somebody else's now: what was begun in it is not theirs
        row.person_id, row.session, row.owner_id = person_id, {}, None
    return _Kept.of(work, row).session


def move(work: Work, before: Address, after: Address) -> None:
    """Go on in another chat of the same person; what was begun there already stays."""
    row = work.session.get(Conversation, (before.channel, before.chat_id))
    if row is None:
        return
    there = work.session.get(Conversation, (after.channel, after.chat_id))
    if there is None:
        row.channel, row.chat_id = after.channel, after.chat_id
    else:
        work.session.delete(row)
    work.session.flush()


def want_menu(work: Work, chat: Address, sides: str, language: str) -> None:
    """Promise to make an app's menu in a chat for what its person is, if that is not what it shows.

    A newcomer, who is nothing yet, sees the menu that everybody sees.
    """
    row = work.session.get(Conversation, (chat.channel, chat.chat_id))
    wanted = f"{sides}:{language}"
    if row is not None and row.menu != wanted and (sides or row.menu):
        row.menu = wanted
        payload = {"channel": chat.channel, "chat_id": chat.chat_id, "sides": sides, "language": language}
        aggregate = f"menu:{chat.channel}:{chat.chat_id}"
        outbox.promise(work, PromiseKind.SHOW_MENU, aggregate, payload, owner_id=row.person_id)


def offer(work: Work, chat: Address, buttons: Sequence[tuple[str, str]]) -> None:
    """Note what a chat's newest buttons say and do; in a chat nobody has talked in, nothing."""
    row = work.session.get(Conversation, (chat.channel, chat.chat_id), with_for_update=True)
    if row is not None and buttons:
        kept = _Kept.of(work, row)
        with_buttons = _Kept(kept.session, kept.with_buttons(buttons))
        row.owner_id, row.session = with_buttons.sealed(work, row.person_id)


def offered(work: Work, chat: Address) -> list[tuple[str, str]]:
    """Return (label, action) of a chat's newest buttons, the newest first."""
    row = work.session.get(Conversation, (chat.channel, chat.chat_id))
    return [(label, action) for label, action in _Kept.of(work, row).offered] if row else []


def look(work: Work, chat: Address) -> dict[str, Any]:
    """Return a chat's session as it stands, without waiting for a turn in progress; empty for a new chat."""
    row = work.session.get(Conversation, (chat.channel, chat.chat_id))
    return _Kept.of(work, row).session if row else {}


def save(work: Work, chat: Address, session: dict[str, Any], buttons: Sequence[tuple[str, str]]) -> None:
    """Keep a chat's session, and what its newest buttons say and do.

    One that was forgotten during its own turn stays forgotten.
    """
    row = work.session.get(Conversation, (chat.channel, chat.chat_id))
    if row is None:
        return
    kept = _Kept(session, _Kept.of(work, row).with_buttons(buttons))
    owner_id, body = kept.sealed(work, row.person_id)
    work.session.flush()
    place = {"channel": chat.channel, "chat_id": chat.chat_id, "now": work.now}
    work.session.execute(SAVE, {**place, "session": body, "owner_id": owner_id})
    work.session.expire(row)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is sealed in a conversation's row."""

    session: dict[str, Any]
    offered: list[list[str]]

    @classmethod
    def of(cls, work: Work, row: Conversation) -> "_Kept":
        kept = vault.open_json(work, row.owner_id, row.session, PLACE)
        return cls(kept.get("session", {}), kept.get("offered", []))

    def with_buttons(self, buttons: Sequence[tuple[str, str]]) -> list[list[str]]:
        return [*map(list, buttons), *self.offered][:OFFERED_MAX]

    def sealed(self, work: Work, person_id: UUID) -> tuple[UUID | None, dict[str, Any]]:
        """Return whose key seals it, None for who was forgotten, and what to write into the row."""
        body = {"session": self.session, "offered": self.offered}
        if not vault.has_key(work, person_id):
            return None, body
        return person_id, vault.seal_json(work, person_id, body, PLACE)


@dataclass(frozen=True, slots=True)
class SupportRequestView:
    """Somebody waits for a person of the marketplace."""

    id: UUID
    person_id: UUID
    text: str
    asked_at: datetime


def ask_person(work: Work, text: str) -> UUID:
    """Put the acting person's words before the operators; returns the request's id.

    Raises:
        TooOften: while so many requests of theirs from the last hour wait for an answer.
    """
    mine = SupportRequest.person_id == work.actor.person_id, SupportRequest.answered_at.is_(None)
    recent = select(SupportRequest.asked_at).where(*mine, SupportRequest.asked_at > work.now - HOUR)
    waiting_since = list(work.session.scalars(recent.order_by(SupportRequest.asked_at)))
    if len(waiting_since) >= REQUESTS_AN_HOUR:
        raise TooOften(seconds=int((waiting_since[0] + HOUR - work.now).total_seconds()) + 1)
    owner_id = work.actor.person_id if vault.has_key(work, work.actor.person_id) else None
    words = clean(text)
    row = SupportRequest(
        person_id=work.actor.person_id,
        text=vault.seal(work, owner_id, words, WORDS) if owner_id else words,
        asked_at=work.now,
        owner_id=owner_id,
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def answered_lately(work: Work) -> bool:
    """Tell whether the acting person had an answer from us in the last days, which they may reply to."""
    return _answered(work) is not None


def go_on(work: Work, text: str) -> UUID | None:
    """Put more words of the acting person behind the request that was answered last: it waits again.

    Returns its id, None where nothing was answered lately.
    """
    row = _answered(work)
    if row is None:
        return None
    said = [_words(work, row), f"→ {_answer(work, row)}", clean(text)]
    words = "\n\n".join(said)
    row.text = vault.seal(work, row.owner_id, words, WORDS) if row.owner_id else words
    row.answered_at = None
    return row.id


def _answered(work: Work) -> SupportRequest | None:
    mine = SupportRequest.person_id == work.actor.person_id
    lately = SupportRequest.answered_at > work.now - REPLY_WITHIN
    query = select(SupportRequest).where(mine, lately).order_by(SupportRequest.answered_at.desc()).limit(1)
    return work.session.scalars(query.with_for_update()).one_or_none()


def _answer(work: Work, row: SupportRequest) -> str:
    return vault.open_sealed(work, row.owner_id, row.answer, WORDS) if row.owner_id else row.answer


def waiting(work: Work) -> list[SupportRequestView]:
    """Return who waits for an answer, the longest first."""
    query = (
        select(SupportRequest).where(SupportRequest.answered_at.is_(None)).order_by(SupportRequest.asked_at)
    )
    rows = work.session.scalars(query).all()
    vault.ahead(work, [row.owner_id for row in rows])
    return [SupportRequestView(row.id, row.person_id, _words(work, row), row.asked_at) for row in rows]


def _words(work: Work, row: SupportRequest) -> str:
    return vault.open_sealed(work, row.owner_id, row.text, WORDS) if row.owner_id else row.text


def answer_person(work: Work, request_id: UUID, text: str) -> None:
    """Answer a request; the person hears it in their chat. Raises SupportRequestNotFound."""
    row = work.session.get(SupportRequest, request_id, with_for_update=True)
    if row is None or row.answered_at is not None:
        raise SupportRequestNotFound(id=request_id)
    answer = clean(text)
    row.answer = vault.seal(work, row.owner_id, answer, WORDS) if row.owner_id else answer
    row.answered_at = work.now
    outbox.tell(work, row.person_id, "answer", {"text": answer})
