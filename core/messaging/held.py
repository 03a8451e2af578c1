"""What an app lets us tell people only after they have written: kept first, announced, told when they write.

A notice is kept as what it is about, not in words: it is told as things stand then.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from core.kit.work import Work
from core.messaging import outbox
from core.messaging.messages import Address, OutgoingMessage
from core.messaging.models import HeldEntry
from core.messaging.states import NewsKind, PromiseKind
from core.vault import service as vault

PLACE = "held_message.body"
TOLD_SINGLY_MAX = 3


@dataclass(frozen=True, slots=True)
class News:
    """One notice that waits: for whom, its name and facts."""

    person_id: UUID
    notice: str
    facts: dict[str, Any] = field(default_factory=dict)


def keep_message(
    work: Work, key: str, chat: Address, message: OutgoingMessage, owner_id: UUID | None
) -> None:
    """Hold a message to a person once, and have it announced; nothing is held for who was forgotten."""
    _keep(work, key, chat, NewsKind.OTHER, message.text, {"message": message.to_json()}, owner_id)


def keep_news(work: Work, key: str, chat: Address, news: News, kind: NewsKind, words: str) -> None:
    """Hold a notice once, and have it announced; `words` are how it reads now."""
    body = {"person_id": str(news.person_id), "notice": news.notice, "facts": news.facts}
    _keep(work, key, chat, kind, words, body, news.person_id)


def _keep(
    work: Work,
    key: str,
    chat: Address,
    kind: NewsKind,
    words: str,
    body: dict[str, Any],
    owner_id: UUID | None,
) -> None:
    if owner_id is None or not vault.has_key(work, owner_id):
        return
    waits = subject(work, chat, kind) is not None
    told = {**body, "subject": words.strip().partition("\n")[0]}
    kept = work.session.scalar(
        insert(HeldEntry)
        .values(
            key=key,
            channel=chat.channel,
            chat_id=chat.chat_id,
            kind=kind,
            body=vault.seal_json(work, owner_id, told, PLACE),
            owner_id=owner_id,
            held_at=work.now,
        )
        .on_conflict_do_nothing()
        .returning(HeldEntry.seq)
    )
    if kept is not None and not waits:
        payload = {"channel": chat.channel, "chat_id": chat.chat_id, "kind": kind}
        aggregate = f"announce:{chat.channel}:{chat.chat_id}:{kind}"
        outbox.promise(work, PromiseKind.ANNOUNCE, aggregate, payload, owner_id=owner_id)


def subject(work: Work, chat: Address, kind: NewsKind) -> str | None:
    """Return what the oldest news of a kind is about, None where none waits any more."""
    query = (
        select(HeldEntry.owner_id, HeldEntry.body)
        .where(HeldEntry.channel == chat.channel, HeldEntry.chat_id == chat.chat_id, HeldEntry.kind == kind)
        .order_by(HeldEntry.seq)
    )
    row = work.session.execute(query.limit(1)).one_or_none()
    return str(vault.open_json(work, row.owner_id, row.body, PLACE)["subject"]) if row else None


def forget(work: Work, chat: Address) -> None:
    """Hold nothing for a chat any more."""
    work.session.execute(
        delete(HeldEntry).where(HeldEntry.channel == chat.channel, HeldEntry.chat_id == chat.chat_id)
    )


def move(work: Work, before: Address, after: Address) -> None:
    """Hold for another chat what was held for one: it is the same person's."""
    work.session.execute(
        update(HeldEntry)
        .where(HeldEntry.channel == before.channel, HeldEntry.chat_id == before.chat_id)
        .values(channel=after.channel, chat_id=after.chat_id)
    )


def take(work: Work, chat: Address) -> tuple[list[OutgoingMessage], list[News]]:
    """Take out what is held for a chat: (messages, news), each the oldest first."""
    rows = work.session.execute(
        delete(HeldEntry)
        .where(HeldEntry.channel == chat.channel, HeldEntry.chat_id == chat.chat_id)
        .returning(HeldEntry.seq, HeldEntry.owner_id, HeldEntry.body)
    ).all()
    vault.ahead(work, [row.owner_id for row in rows])
    bodies = [
        vault.open_json(work, row.owner_id, row.body, PLACE) for row in sorted(rows, key=lambda row: row.seq)
    ]
    messages = [OutgoingMessage.from_json(body["message"]) for body in bodies if "message" in body]
    news = [
        News(UUID(body["person_id"]), body["notice"], body["facts"]) for body in bodies if "notice" in body
    ]
    return messages, news


def tell(work: Work, news: Sequence[News]) -> None:
    """Promise to tell news now: each by itself where they are few, else all of them summed up."""
    if len(news) <= TOLD_SINGLY_MAX:
        for one in news:
            outbox.tell(work, one.person_id, one.notice, one.facts)
        return
    for person_id in dict.fromkeys(one.person_id for one in news):
        listed = [{"notice": one.notice, "facts": one.facts} for one in news if one.person_id == person_id]
        outbox.tell(work, person_id, "waited", {"news": listed})
