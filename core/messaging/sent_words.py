"""Did we write that? Digests of the words we sent into each chat, for people who doubt a message.

Only a digest is kept: it answers the question, and nobody can read a message out of it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, text

from core.kit.work import Work
from core.messaging.messages import Address
from core.messaging.models import SentWords

BOLD = re.compile(r"\*\*([^*]+)\*\*")  # as we write it; most apps copy the words alone
BOLD_IN_WHATSAPP = re.compile(r"(?<!\S)\*([^*\s](?:[^*\n]*[^*\s])?)\*(?!\w)")

# as text, and not as an expression that is built and looked up anew: each reply is noted
NOTE = text(
    """
    INSERT INTO sent_words (channel, chat_id, digest, sent_at)
    SELECT :channel, :chat_id, digest, :now FROM unnest(CAST(:digests AS text[])) AS digest
    ON CONFLICT (channel, chat_id, digest) DO UPDATE SET sent_at = excluded.sent_at
    """
)


def note(work: Work, chat: Address, *texts: str) -> None:
    """Remember that these words went into a chat."""
    digests = sorted(set(map(_digest, texts)))
    place = {"channel": chat.channel, "chat_id": chat.chat_id, "now": work.now}
    work.session.execute(NOTE, {**place, "digests": digests})


def sent_at(work: Work, chats: Sequence[Address], words: str) -> datetime | None:
    """Return when these words last went into one of the chats, None if they never did.

    Every letter and sign counts, since a link is forged by a sign. What an app does to our bold words when a
    message is copied, and how its lines break, does not.
    """
    keys = [(chat.channel, chat.chat_id) for chat in chats]
    place = func.row(SentWords.channel, SentWords.chat_id)
    query = select(func.max(SentWords.sent_at)).where(
        SentWords.digest.in_({_digest(words), _digest(BOLD_IN_WHATSAPP.sub(r"\1", words))}),
        place.in_([func.row(*key) for key in keys]),
    )
    return work.session.scalar(query) if keys else None


def _digest(words: str) -> str:
    bare = " ".join(BOLD.sub(r"\1", unicodedata.normalize("NFC", words)).split())
    return hashlib.sha256(bare.encode()).hexdigest()
