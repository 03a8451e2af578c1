"""Messages an app lets us send only after their person has written: they come with the next turn."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from core.kit.work import Work
from core.messaging.messages import Address, OutgoingMessage
from core.messaging.models import HeldEntry

HELD_MAX = 20


def keep(work: Work, key: str, chat: Address, message: OutgoingMessage) -> None:
    """Hold a message once."""
    work.session.execute(
        insert(HeldEntry)
        .values(key=key, channel=chat.channel, chat_id=chat.chat_id, body=message.to_json(), held_at=work.now)
        .on_conflict_do_nothing()
    )


def oldest(work: Work, chat: Address) -> datetime | None:
    """Return since when something is held for a chat, None when nothing is."""
    query = select(func.min(HeldEntry.held_at)).where(
        HeldEntry.channel == chat.channel, HeldEntry.chat_id == chat.chat_id
    )
    found: datetime | None = work.session.scalar(query)
    return found


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


def take(work: Work, chat: Address) -> list[OutgoingMessage]:
    """Take out what is held for a chat, oldest first; of very many the newest."""
    rows = list(
        work.session.execute(
            delete(HeldEntry)
            .where(HeldEntry.channel == chat.channel, HeldEntry.chat_id == chat.chat_id)
            .returning(HeldEntry.seq, HeldEntry.body)
        )
    )
    return [OutgoingMessage.from_json(row.body) for row in sorted(rows, key=lambda row: row.seq)][-HELD_MAX:]
