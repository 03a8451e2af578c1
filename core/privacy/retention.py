"""What ends with its time: one table of what is kept for how long, and why; a sweep takes out what is over.

Days are days of the marketplace's own clock. Each sweep takes out a bounded number of rows a kind, so that a
long backlog holds nobody up: what is left goes with the next one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from core.kit.work import Work

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Term:
    """How long one kind of row is kept.

    Attributes:
        table: where.
        days: how long, counted from `since`.
        since: the column with the moment, or SQL of it.
        why: the reason, in the words of docs/privacy.md.
        where: which rows of the table, in SQL; all of them where it is empty.
        key: the columns that name a row.
    """

    table: str
    days: int
    since: str
    why: str
    where: str = ""
    key: str = "id"


TERMS: Mapping[str, Term] = {
    "marks of outside events": Term(
        "inbox",
        30,
        "received_at",
        "No app and no provider delivers an event again after that.",
        key="source, event_id",
    ),
    "followed events of providers": Term(
        "rail_event",
        90,
        "done_at",
        "Failures are looked into, and events replayed, within the quarter.",
        "done_at IS NOT NULL",
    ),
    "kept promises": Term(
        "outbox",
        14,
        "done_at",
        "Long lists are paged, and failures looked into, within days.",
        "state = 'done'",
    ),
    "held news": Term("held_message", 90, "held_at", "News of last quarter is none.", key="seq"),
    "transcripts": Term(
        "mailbox", 365, "at", "A year is as far back as disputes and tax questions go in a chat.", key="seq"
    ),
    "lines of nobody": Term(
        "mailbox", 1, "at", "Whose they were is forgotten, or never was.", "owner_id IS NULL", "seq"
    ),
    "names of sent messages": Term(
        "receipt", 400, "sent_at", "A campaign's thread hangs on its first message for as long.", key="seq"
    ),
    "digests of sent words": Term(
        "sent_words",
        365,
        "sent_at",
        "So long can somebody ask whether we wrote a message.",
        key="channel, chat_id, digest",
    ),
    "sessions of quiet chats": Term(
        "conversation",
        180,
        "updated_at",
        "What was begun half a year ago is not gone on with.",
        key="channel, chat_id",
    ),
    "answered support requests": Term(
        "support_request",
        365,
        "answered_at",
        "A year is enough to come back to an answer.",
        "answered_at IS NOT NULL",
    ),
    "used and old codes": Term("one_time_code", 7, "expires_at", "They open nothing.", key="fingerprint"),
    "settled link requests": Term(
        "link_request",
        30,
        "expires_at",
        "Nothing of it can be taken back any more.",
        "(undo_until IS NULL OR undo_until < :over)",
    ),
    "addresses for gifts": Term(
        "parcel",
        90,
        "at",
        "A parcel arrives within weeks, and what went wrong with it is argued about within the quarter.",
        key="deal_id",
    ),
    "settled changes of accounts": Term(
        "step_up", 90, "settled_at", "Who stopped what is looked into within weeks.", "settled_at IS NOT NULL"
    ),
    "wrong keys at the staff's door": Term(
        "failed_sign_in", 30, "at", "Attacks are looked into within weeks."
    ),
    "salts of clicks": Term(
        "click_salt", 2, '"on"::timestamptz', "With its day's salt gone nobody can try addresses.", key='"on"'
    ),
}
"""Every kind, by how it is called."""


def over(work: Work) -> list[str]:
    """Return the kinds of which something is over: one statement, a look-up for each kind."""
    terms = enumerate(TERMS.values())
    limits = {f"over_{number}": work.now - timedelta(days=term.days) for number, term in terms}
    return list(work.session.scalars(ANYTHING_OVER, limits))


def sweep(work: Work, name: str, batch: int = BATCH) -> int:
    """Take out what is over of one kind, the oldest first; returns how many rows went."""
    term = TERMS[name]
    statement = text(
        f"DELETE FROM {term.table} WHERE ({term.key}) IN (SELECT {term.key} FROM {term.table}"  # noqa: S608
        f" WHERE {_is_over(term)} ORDER BY {term.since} LIMIT :batch FOR UPDATE SKIP LOCKED)"
        " RETURNING 1"
    )
    limit = work.now - timedelta(days=term.days)
    return len(work.session.execute(statement, {"over": limit, "batch": batch}).all())


def _is_over(term: Term, limit: str = ":over") -> str:
    which = f" AND {term.where}" if term.where else ""
    return f"{term.since} < :over{which}".replace(":over", limit)


def _asked(number: int, name: str) -> str:
    term, quoted = TERMS[name], name.replace("'", "''")
    which = _is_over(term, f":over_{number}")
    return f"SELECT '{quoted}' WHERE EXISTS (SELECT 1 FROM {term.table} WHERE {which})"  # noqa: S608


ANYTHING_OVER = text(" UNION ALL ".join(_asked(number, name) for number, name in enumerate(TERMS)))
