"""Which message shows which thing in which chat: the living cards.

A thing is named by its kind and id, a part of it by the thing's name and more behind dots: `deal:<id>`, and
`deal:<id>.<piece>.<draft>` for one draft, `deal:<id>.parcel` for where its gift is sent. Of the
messages that show one thing in one chat the newest lives.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, update

from core.kit.work import Work
from core.messaging.messages import Address
from core.messaging.models import ReceiptEntry

PARCEL = "parcel"


@dataclass(frozen=True, slots=True)
class Living:
    """What a card is about, and in which version it shows that."""

    about: str
    version: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that shows a thing: what its app calls it, and how the thing stood."""

    seq: int
    chat: Address
    ref: str
    about: str
    version: str
    sent_at: datetime


def deal(deal_id: UUID) -> str:
    """Return the name of a deal."""
    return f"deal:{deal_id.hex}"


def draft(deal_id: UUID, piece_id: UUID, number: int) -> str:
    """Return the name of one draft of a piece of a deal."""
    return f"{deal(deal_id)}.{piece_id.hex}.{number}"


def parcel(deal_id: UUID) -> str:
    """Return the name of where a deal's gift is sent."""
    return f"{deal(deal_id)}.{PARCEL}"


def campaign(campaign_id: UUID) -> str:
    """Return the name of a campaign."""
    return f"campaign:{campaign_id.hex}"


def checkout(funding_id: UUID) -> str:
    """Return the name of a payment into a campaign."""
    return f"checkout:{funding_id.hex}"


def workspace(workspace_id: UUID) -> str:
    """Return the name of a workspace: the cards of its campaigns show its credit."""
    return f"workspace:{workspace_id.hex}"


def team(workspace_id: UUID) -> str:
    """Return the name of a workspace's team: all cards of its work show what a member's role allows."""
    return f"team:{workspace_id.hex}"


def of_thing(work: Work, thing: str) -> list[Shown]:
    """Return the messages that show a thing or a part of it, in all chats, the newest first."""
    rows = work.session.scalars(select(ReceiptEntry).where(*_shows(thing)).order_by(ReceiptEntry.seq.desc()))
    return [_shown(row) for row in rows]


def in_chat(work: Work, chat: Address, abouts: Iterable[str]) -> Shown | None:
    """Return the living card of the first of some things that has one in a chat."""
    wanted = list(abouts)
    rows = work.session.scalars(
        select(ReceiptEntry)
        .where(ReceiptEntry.about.in_(wanted), ReceiptEntry.about != "")
        .where(ReceiptEntry.channel == chat.channel, ReceiptEntry.chat_id == chat.chat_id)
        .order_by(ReceiptEntry.seq)
    )
    newest = {row.about: row for row in rows}
    return next((_shown(newest[about]) for about in wanted if about in newest), None)


def behind(work: Work, chat: Address, ref: str) -> Living | None:
    """Return what a message in a chat shows, by what its app calls it; None where it shows no thing."""
    query = select(ReceiptEntry).where(ReceiptEntry.channel == chat.channel, ReceiptEntry.ref == ref)
    row = work.session.scalars(query.where(ReceiptEntry.chat_id == chat.chat_id).limit(1)).one_or_none()
    return Living(row.about, row.version) if row and row.about else None


def in_thread(work: Work, channel: str, ref: str, about: str) -> Living:
    """Return a thing as its thread shows it, by the thread's first message; no version where none does."""
    thread = select(ReceiptEntry.chat_id).where(ReceiptEntry.channel == channel, ReceiptEntry.ref == ref)
    chat_id = work.session.scalar(thread.limit(1)) or ""
    shown = in_chat(work, Address(channel, chat_id), [about])
    return Living(about, shown.version if shown else "")


def how_many(work: Work, chat: Address, about: str) -> int:
    """Return how many messages in a chat still show a thing."""
    return (
        work.session.scalar(
            select(func.count())
            .select_from(ReceiptEntry)
            .where(ReceiptEntry.about == about, ReceiptEntry.about != "")
            .where(ReceiptEntry.channel == chat.channel, ReceiptEntry.chat_id == chat.chat_id)
        )
        or 0
    )


def stands(work: Work, about: str) -> bool:
    """Tell whether any message shows a thing, or a part of it."""
    return work.session.scalar(select(ReceiptEntry.seq).where(*_shows(about)).limit(1)) is not None


def drawn(work: Work, card: Shown, version: str) -> None:
    """Note how a thing stands on its card now."""
    work.session.execute(update(ReceiptEntry).where(ReceiptEntry.seq == card.seq).values(version=version))


def fall(work: Work, *cards: Shown) -> None:
    """Note that messages show nothing any more: they are gone, or have lost their buttons."""
    seqs = [card.seq for card in cards]
    work.session.execute(update(ReceiptEntry).where(ReceiptEntry.seq.in_(seqs)).values(about="", version=""))


def _shows(thing: str) -> tuple[ColumnElement[bool], ...]:
    part = ReceiptEntry.about.startswith(f"{thing}.", autoescape=True)
    return ReceiptEntry.about != "", or_(ReceiptEntry.about == thing, part)


def _shown(row: ReceiptEntry) -> Shown:
    return Shown(row.seq, Address(row.channel, row.chat_id), row.ref, row.about, row.version, row.sent_at)
