"""Inbox, outbox, and the mailbox of the doors that we own ourselves.

What people say and hear is sealed with the key of the person whose chat it is: `owner_id` is whose. It is
empty where the person was forgotten, or not known: such a message is plain, and goes once it is sent.
"""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table, named
from core.messaging.states import NewsKind, PromiseState


class InboxEntry(Table):
    """An outside event we have accepted; its pair of keys is the guard against duplicates.

    `event_id` is a mark of what the event is called: an app's own names carry telephone numbers.
    """

    __tablename__ = "inbox"

    source: Mapped[str] = mapped_column(String(32), primary_key=True)
    event_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    received_at: Mapped[datetime]


class OutboxEntry(Table):
    """A promise to act outside, committed together with its cause."""

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("(state = 'sending') = (lease IS NOT NULL)", name="leased_while_sending"),
        Index(
            "ix_outbox_due",
            "not_before",
            "seq",
            postgresql_where=text("state IN ('pending', 'sending')"),
        ),
        Index(
            "ix_outbox_head",
            "aggregate",
            "seq",
            postgresql_where=text("state IN ('pending', 'sending', 'parked')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    kind: Mapped[str] = mapped_column(String(40))
    aggregate: Mapped[str] = mapped_column(String(120))
    payload: Mapped[dict[str, Any]]
    state: Mapped[PromiseState] = mapped_column(named(PromiseState), default=PromiseState.PENDING)
    epoch: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    lease: Mapped[UUID | None]
    lease_until: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("data_key.owner_id"), index=True)


class ArrivalEntry(Table):
    """What a chat app delivered and no turn has taken yet. A row goes in the transaction of its turn."""

    __tablename__ = "arrival"
    __table_args__ = (Index("ix_arrival_chat", "channel", "chat_id", "order_key", "seq"),)

    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    chat_id: Mapped[str] = mapped_column(String(120))
    order_key: Mapped[int] = mapped_column(BigInteger)
    group_key: Mapped[str] = mapped_column(String(120), default="")
    body: Mapped[dict[str, Any]]
    due_at: Mapped[datetime] = mapped_column(index=True)


class HeldEntry(Table):
    """News that may not be told before its person writes again."""

    __tablename__ = "held_message"
    __table_args__ = (Index("ix_held_message_chat", "channel", "chat_id", "seq"),)

    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    chat_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[NewsKind] = mapped_column(named(NewsKind), default=NewsKind.OTHER)
    body: Mapped[dict[str, Any]]
    held_at: Mapped[datetime]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("data_key.owner_id"), index=True)


class ReceiptEntry(Table):
    """What a chat app calls a message of ours. `key` is the promise's: a repeat is known by it.

    `about` is the thing that the message is a card of, and `version` how that stood; empty for what is none,
    or is none any more. Of several in one chat the newest lives: the others are about to lose their buttons.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        Index("ix_receipt_chat", "channel", "chat_id", "seq"),
        Index("ix_receipt_ref", "channel", "ref"),
        Index("ix_receipt_about", "about", postgresql_where=text("about <> ''")),
    )

    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    chat_id: Mapped[str] = mapped_column(String(120))
    ref: Mapped[str] = mapped_column(String(160))
    asks: Mapped[bool]
    about: Mapped[str] = mapped_column(String(80), default="", server_default="")
    version: Mapped[str] = mapped_column(String(16), default="", server_default="")
    sent_at: Mapped[datetime]


class SentWords(Table):
    """A digest of words that went into a chat, and when last."""

    __tablename__ = "sent_words"

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    chat_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    sent_at: Mapped[datetime]


class MailboxEntry(Table):
    """One line of a browser or terminal chat, in both directions. `key` keeps a repeat out.

    `media` are the ids of the files that came with it. `changed` is the number of its last edit, among the
    numbers of the lines; empty where it was never edited.
    """

    __tablename__ = "mailbox"
    __table_args__ = (
        Index("uq_mailbox_key", "channel", "chat_id", "key", unique=True),
        Index("ix_mailbox_chat", "channel", "chat_id", text("coalesce(changed, seq)")),
    )

    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    changed: Mapped[int | None] = mapped_column(BigInteger)
    channel: Mapped[str] = mapped_column(String(16))
    chat_id: Mapped[str] = mapped_column(String(120))
    key: Mapped[str] = mapped_column(String(200))
    incoming: Mapped[bool]
    body: Mapped[dict[str, Any]]
    media: Mapped[list[str]] = mapped_column(default=list, server_default=text("'[]'"))
    at: Mapped[datetime]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("data_key.owner_id"), index=True)
