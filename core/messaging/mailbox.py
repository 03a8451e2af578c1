"""The transcript of the doors that we own ourselves: the browser chat and the terminal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.dialects.postgresql import JSONB

from core.kit.work import Work
from core.messaging.messages import Address
from core.messaging.models import MailboxEntry
from core.vault import service as vault

CHANNEL = "mailbox"
PLACE = "mailbox.body"
PAGE_ROWS_MAX = 200
# as text, and not as an expression that is built and looked up anew: each turn in our own doors ends with it
PUT = text(
    f"""
    INSERT INTO mailbox (channel, chat_id, key, incoming, body, media, owner_id, at)
    VALUES (:channel, :chat_id, :key, :incoming, :body, :media, CAST(:owner_id AS uuid), :at)
    ON CONFLICT DO NOTHING
    RETURNING CAST(pg_notify('{CHANNEL}', :watched) AS text)
    """  # noqa: S608  (a name of ours)
).bindparams(bindparam("body", type_=JSONB), bindparam("media", type_=JSONB))
NEXT = text("SELECT nextval(pg_get_serial_sequence('mailbox', 'seq'))")


@dataclass(frozen=True, slots=True)
class Letter:
    """One line of a transcript."""

    seq: int
    incoming: bool
    body: dict[str, Any]
    at: datetime
    changed: int
    """The number of its last change: its own, or the later one of an edit."""
    key: str


def put(
    work: Work, chat: Address, lines: Mapping[str, dict[str, Any]], owner_id: UUID | None, *, incoming: bool
) -> None:
    """Append lines, each body once by its key, and wake whoever watches; a repeat of a key changes nothing.

    They are sealed for `owner_id`, whose chat it is; without one, or with one who was forgotten, they are
    plain.
    """
    owner = owner_id if vault.has_key(work, owner_id) else None
    rows = [
        {
            "channel": chat.channel,
            "chat_id": chat.chat_id,
            "key": key,
            "incoming": incoming,
            "body": vault.seal_json(work, owner, body, PLACE) if owner else body,
            "media": [each["media_id"] for each in body["attachments"]],
            "owner_id": owner,
            "at": work.now,
            "watched": f"{chat.channel}:{chat.chat_id}",
        }
        for key, body in lines.items()
    ]
    if rows:
        work.session.execute(PUT, rows)


def edit(work: Work, chat: Address, key: str, body: dict[str, Any], owner_id: UUID | None) -> bool:
    """Put other words in the place of a line, and wake whoever watches; False where it is gone.

    The files that came with it stay.
    """
    here = (MailboxEntry.channel == chat.channel, MailboxEntry.chat_id == chat.chat_id)
    query = select(MailboxEntry).where(*here, MailboxEntry.key == key, MailboxEntry.incoming.is_(False))
    row = work.session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        return False
    files = vault.open_json(work, row.owner_id, row.body, PLACE)["attachments"]
    owner = owner_id if vault.has_key(work, owner_id) else None
    edited = {**body, "attachments": files}
    row.body = vault.seal_json(work, owner, edited, PLACE) if owner else edited
    row.owner_id = owner
    row.changed = work.session.scalar(NEXT)
    wake(work, chat)
    return True


def wake(work: Work, chat: Address) -> None:
    """Wake whoever watches a chat, when this transaction is kept."""
    work.session.execute(select(func.pg_notify(CHANNEL, f"{chat.channel}:{chat.chat_id}")))


def read(work: Work, chat: Address, *, after: int = 0, limit: int = PAGE_ROWS_MAX) -> list[Letter]:
    """Return the newest `limit` lines that came or were edited after change `after`, as they stand in it."""
    changed = func.coalesce(MailboxEntry.changed, MailboxEntry.seq)
    query = (
        select(MailboxEntry)
        .where(MailboxEntry.channel == chat.channel, MailboxEntry.chat_id == chat.chat_id)
        .where(changed > after)
        .order_by(changed.desc())
        .limit(limit)
    )
    rows = sorted(work.session.scalars(query), key=lambda row: row.seq)
    vault.ahead(work, [row.owner_id for row in rows])
    return [
        Letter(
            row.seq,
            row.incoming,
            vault.open_json(work, row.owner_id, row.body, PLACE),
            row.at,
            row.changed or row.seq,
            row.key,
        )
        for row in rows
    ]


def carries(work: Work, chat: Address, media_id: str) -> bool:
    """Tell whether a file was part of a chat, in either direction."""
    query = select(MailboxEntry.seq).where(
        MailboxEntry.channel == chat.channel,
        MailboxEntry.chat_id == chat.chat_id,
        MailboxEntry.media.contains([media_id]),
    )
    return work.session.scalar(query.limit(1)) is not None
