"""The chat accounts of people: who is behind one, and where somebody hears from us."""

from datetime import datetime
from uuid import UUID

from core.accounts import people
from core.accounts.models import ChannelIdentity
from core.accounts.repository import AccountRepository
from core.accounts.schemas import Identity, PersonView
from core.events import service as events
from core.kit.work import Work


def recognise(work: Work, identity: Identity, name: str, timezone: str = "") -> PersonView:
    """Return the person behind a chat account; at first sight, write them down under `name`.

    A new person's language is empty: not known yet. `timezone` is what their app says, if it says any.
    """
    accounts = AccountRepository(work.session)
    known = accounts.identity(identity.channel, identity.user_id)
    if known is None:
        person = people.register(
            work, name, language="", timezone=people.known_zone(timezone) or people.UNKNOWN_ZONE
        )
        attach(work, person.id, identity)
        return person
    known.last_seen_at = work.now
    known.chat_id = identity.chat_id
    known.lost_at = None
    return people.person_of(work, known.person_id)


def attach(work: Work, person_id: UUID, identity: Identity) -> None:
    """Let a person be reached through one more chat account; does nothing if it is known."""
    accounts = AccountRepository(work.session)
    if accounts.identity(identity.channel, identity.user_id) is None:
        accounts.add(
            ChannelIdentity(
                channel=identity.channel,
                user_id=identity.user_id,
                chat_id=identity.chat_id,
                person_id=person_id,
                opted_in_at=work.now,
                last_seen_at=work.now,
            )
        )
        facts = {"channel": identity.channel}
        events.record(work, "person.chat_attached", {"person_id": person_id}, facts)


def find_by_identity(work: Work, channel: str, user_id: str) -> PersonView | None:
    """Return the person behind a chat account, if there is one."""
    known = AccountRepository(work.session).identity(channel, user_id)
    return people.person_of(work, known.person_id) if known else None


def chats_of(work: Work, person_id: UUID) -> list[Identity]:
    """Return every chat account of a person."""
    rows = AccountRepository(work.session).identities(person_id)
    return [Identity(row.channel, row.user_id, row.chat_id) for row in rows]


def address_of(work: Work, person_id: UUID) -> Identity | None:
    """Return where a person hears from us: the chat they chose, else the last one used that takes notices."""
    all_rows = AccountRepository(work.session).identities(person_id)
    open_rows = [row for row in all_rows if row.lost_at is None and row.muted_at is None]
    chosen = [row for row in open_rows if row.chosen_at is not None]
    rows = sorted(chosen, key=lambda row: row.chosen_at or row.last_seen_at, reverse=True) or open_rows
    return Identity(rows[0].channel, rows[0].user_id, rows[0].chat_id) if rows else None


def lose(work: Work, channel: str, chat_id: str) -> UUID | None:
    """Note that a chat no longer takes our messages, until its person writes again.

    Returns who is behind it, None if that was known before or nobody is.
    """
    lost = [row for row in AccountRepository(work.session).behind(channel, chat_id) if row.lost_at is None]
    for row in lost:
        row.lost_at = work.now
    return lost[0].person_id if lost else None


def choose(work: Work, channel: str, chat_id: str) -> None:
    """Send the notices of whoever is behind a chat there, whichever chat they use last."""
    for row in AccountRepository(work.session).behind(channel, chat_id):
        row.chosen_at, row.muted_at = work.now, None


def mute(work: Work, channel: str, chat_id: str, *, muted: bool) -> None:
    """Send no notices into a chat, or send them again. Answers to what is said there go on."""
    for row in AccountRepository(work.session).behind(channel, chat_id):
        row.muted_at = work.now if muted else None
        row.opted_in_at = row.opted_in_at if muted else work.now


def behind(work: Work, channel: str, chat_id: str) -> PersonView | None:
    """Return who is written to in a chat, None where nobody is known."""
    rows = AccountRepository(work.session).behind(channel, chat_id)
    return people.person_of(work, rows[0].person_id) if rows else None


def heard_at(work: Work, channel: str, chat_id: str) -> datetime | None:
    """Return when somebody last wrote in a chat, None where nobody ever did."""
    rows = AccountRepository(work.session).behind(channel, chat_id)
    return max((row.last_seen_at for row in rows), default=None)


def players(work: Work, channel: str, limit: int) -> list[tuple[str, PersonView]]:
    """Return (user id, person) of a channel's accounts, the oldest people first: for a sandbox's page."""
    rows = AccountRepository(work.session).users(channel, limit)
    return [(identity.user_id, people.view_of(person)) for identity, person in rows]
