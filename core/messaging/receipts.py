"""What chat apps call the messages we sent: to know a repeat, to redraw a question, to match a report."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from core.kit.work import Work
from core.messaging.messages import Address
from core.messaging.models import ReceiptEntry


@dataclass(frozen=True, slots=True)
class Receipt:
    """One sent message."""

    ref: str
    chat: Address
    asks: bool


def note(work: Work, key: str, receipt: Receipt, about: str = "", version: str = "") -> None:
    """Keep what a message is called, and what it is a card of; a repeat of `key` changes nothing."""
    work.session.execute(
        insert(ReceiptEntry)
        .values(
            key=key,
            channel=receipt.chat.channel,
            chat_id=receipt.chat.chat_id,
            ref=receipt.ref,
            asks=receipt.asks,
            about=about,
            version=version,
            sent_at=work.now,
        )
        .on_conflict_do_nothing()
    )


def sent(work: Work, key: str) -> bool:
    """Tell whether the message of this key is known to have been sent."""
    return work.session.scalar(select(ReceiptEntry.seq).where(ReceiptEntry.key == key)) is not None


def chat_of(work: Work, channel: str, ref: str) -> Address | None:
    """Return the chat that a message of ours went to, by what its app calls it."""
    query = select(ReceiptEntry).where(ReceiptEntry.channel == channel, ReceiptEntry.ref == ref)
    row = work.session.scalars(query.limit(1)).one_or_none()
    return Address(row.channel, row.chat_id) if row else None


def first(work: Work, chat: Address) -> str:
    """Return what the first message in a chat is called, empty where there is none: a thread hangs on it."""
    query = (
        select(ReceiptEntry.ref)
        .where(ReceiptEntry.channel == chat.channel, ReceiptEntry.chat_id == chat.chat_id)
        .order_by(ReceiptEntry.seq)
    )
    return work.session.scalar(query.limit(1)) or ""


def open_question(work: Work, chat: Address) -> str:
    """Return what the newest question in a chat is called, empty where the newest message asks nothing."""
    row = work.session.scalars(
        select(ReceiptEntry)
        .where(ReceiptEntry.channel == chat.channel, ReceiptEntry.chat_id == chat.chat_id, ReceiptEntry.asks)
        .order_by(ReceiptEntry.seq.desc())
        .limit(1)
    ).one_or_none()
    return row.ref if row else ""


def is_past(work: Work, chat: Address, ref: str) -> bool:
    """Tell whether a message of ours is not the question asked in a chat, or its newest where none is."""
    mine = (ReceiptEntry.channel == chat.channel, ReceiptEntry.chat_id == chat.chat_id)
    seq = work.session.scalar(select(ReceiptEntry.seq).where(*mine, ReceiptEntry.ref == ref).limit(1))
    if seq is None:
        return False
    if question := open_question(work, chat):
        return question != ref
    newer = select(ReceiptEntry.seq).where(*mine, ReceiptEntry.seq > seq).limit(1)
    return work.session.scalar(newer) is not None


def close_question(work: Work, chat: Address, ref: str) -> None:
    """Note that a question's buttons are gone."""
    for row in work.session.scalars(
        select(ReceiptEntry).where(
            ReceiptEntry.channel == chat.channel,
            ReceiptEntry.chat_id == chat.chat_id,
            ReceiptEntry.ref == ref,
        )
    ):
        row.asks = False
