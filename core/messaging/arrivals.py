"""What chat apps delivered, kept until a turn takes it: acknowledged fast, lost never, in order in each chat.

A door keeps an arrival and answers the app at once. Whoever hears next in a chat holds that chat's lock,
takes the first arrival that is due, and deletes it in the transaction of its turn. Waits are wall time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import delete, func, select, text, update

from core.kit.clock import wall_now
from core.kit.work import Work
from core.messaging import inbox
from core.messaging.messages import Address, IncomingMessage
from core.messaging.models import ArrivalEntry

GROUP_WAIT = timedelta(seconds=1)  # the parts of an album come within a second of each other
GROUP_WAIT_MOST = timedelta(seconds=5)
ALBUM_MAX = 20
NOW = timedelta()


@dataclass(frozen=True, slots=True)
class Arrival:
    """One arrival, or an album's parts as one."""

    numbers: tuple[int, ...]
    message: IncomingMessage


@dataclass(frozen=True, slots=True)
class Next:
    """What is to be heard now in a chat, None when nothing is due; and how long until more is.

    `then` is None when nothing more waits there.
    """

    message: IncomingMessage | None
    then: timedelta | None


def keep(work: Work, incoming: IncomingMessage, order: int) -> bool:
    """Keep an arrival once; False for a redelivery. `order` sorts what waits in one chat."""
    if not inbox.accept(work, f"chat:{incoming.channel}", f"{incoming.chat_id}:{incoming.event_id}"):
        return False
    wait = GROUP_WAIT if incoming.group else timedelta()
    work.session.add(
        ArrivalEntry(
            channel=incoming.channel,
            chat_id=incoming.chat_id,
            order_key=order,
            group_key=incoming.group[:120],
            body=incoming.to_json(),
            due_at=wall_now() + wait,
        )
    )
    return True


def first(work: Work, chat: Address) -> tuple[Arrival | None, timedelta | None]:
    """Return what is to be heard next in a chat, if it is due, and how long until more is; leave it there."""
    rows = list(
        work.session.scalars(
            select(ArrivalEntry)
            .where(ArrivalEntry.channel == chat.channel, ArrivalEntry.chat_id == chat.chat_id)
            .order_by(ArrivalEntry.order_key, ArrivalEntry.seq)
            .limit(ALBUM_MAX)
        )
    )
    if not rows:
        return None, None
    head = rows[0]
    together = [row for row in rows if row.group_key and row.group_key == head.group_key] or [head]
    due = min(max(row.due_at for row in together), head.due_at + GROUP_WAIT_MOST)
    if due > wall_now():
        return None, due - wall_now()
    later = [row for row in rows if row not in together]
    then = NOW if len(rows) == ALBUM_MAX else _until_due(later)
    return Arrival(tuple(row.seq for row in together), _together(together)), then


def _until_due(rows: list[ArrivalEntry]) -> timedelta | None:
    return max(rows[0].due_at - wall_now(), NOW) if rows else None


class FilesNotFetched(Exception):
    """What is next in a chat has files that still lie with the app: they are fetched before the turn."""

    def __init__(self, arrival: Arrival) -> None:
        """Say which."""
        super().__init__(len(arrival.message.files))
        self.arrival = arrival


def take(work: Work, chat: Address) -> Next:
    """Take what is next in a chat, whose lock is held until the work ends.

    Raises:
        FilesNotFetched: when its files are to be fetched first; it stays where it is.
    """
    key = f"{chat.channel}:{chat.chat_id}"
    work.session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})
    arrival, then = first(work, chat)
    if arrival is None:
        return Next(None, then)
    if arrival.message.files:
        raise FilesNotFetched(arrival)
    work.session.execute(delete(ArrivalEntry).where(ArrivalEntry.seq.in_(arrival.numbers)))
    return Next(arrival.message, then)


def amend(work: Work, arrival: Arrival, message: IncomingMessage) -> None:
    """Put a message with its files fetched in the place of an arrival; an album becomes one."""
    head, *rest = arrival.numbers
    work.session.execute(update(ArrivalEntry).where(ArrivalEntry.seq == head).values(body=message.to_json()))
    if rest:
        work.session.execute(delete(ArrivalEntry).where(ArrivalEntry.seq.in_(rest)))


def still_waits(work: Work, arrival: Arrival) -> bool:
    """Tell whether an arrival is still there, and keep it there until the work ends."""
    query = select(ArrivalEntry.seq).where(ArrivalEntry.seq == arrival.numbers[0]).with_for_update()
    return work.session.scalar(query) is not None


def left_over(work: Work, channels: Iterable[str], older_than: timedelta, limit: int) -> list[Address]:
    """Return these channels' chats where something has been due for so long that its hearer has died."""
    query = (
        select(ArrivalEntry.channel, ArrivalEntry.chat_id)
        .where(ArrivalEntry.due_at < wall_now() - older_than, ArrivalEntry.channel.in_(list(channels)))
        .group_by(ArrivalEntry.channel, ArrivalEntry.chat_id)
        .order_by(func.min(ArrivalEntry.due_at))
        .limit(limit)
    )
    return [Address(row.channel, row.chat_id) for row in work.session.execute(query)]


def _together(rows: list[ArrivalEntry]) -> IncomingMessage:
    messages = [IncomingMessage.from_json(row.body) for row in rows]
    return replace(
        messages[0],
        text="\n".join(m.text for m in messages if m.text),
        attachments=tuple(a for m in messages for a in m.attachments),
        files=tuple(f for m in messages for f in m.files),
        problems=tuple(p for m in messages for p in m.problems),
    )
