"""The chat accounts of people: who is behind one, and where somebody hears from us."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from core.accounts import people, seats
from core.accounts.models import ChannelIdentity
from core.accounts.repository import AccountRepository
from core.accounts.schemas import Identity, Met, PersonView
from core.events import service as events
from core.kit.work import Work
from core.messaging import outbox
from core.messaging.messages import Address, ChannelName
from core.vault import service as vault


def recognise(work: Work, identity: Identity, name: str, timezone: str = "") -> PersonView:
    """Return the person behind a chat account; at first sight, write them down under `name`.

    A new person's language is empty: not known yet. `timezone` is what their app says, if it says any.
    """
    return meet(work, identity, name, timezone).person


def meet(work: Work, identity: Identity, name: str, timezone: str = "") -> Met:
    """Do as `recognise` does, and return also what it changed.

    Any name of the account will do. A telephone number alone does not, where its person has surer names
    that the account lacks: then the number has passed to somebody else, and nothing else of its person has.
    """
    accounts = AccountRepository(work.session)
    known = accounts.known_by(identity.channel, identity.names, heard=work.now)
    for owner_id, wrapped in accounts.keys.items():
        vault.take(work, owner_id, wrapped)
    person_id = _owner(accounts, identity, known)
    if person_id is None:
        zone = people.known_zone(timezone) or people.UNKNOWN_ZONE
        person = people.register(work, name, language="", timezone=zone)
    else:
        person = people.person_of(work, person_id)
    former, taken = [], False
    for row in known.values():
        if row.person_id != person.id:
            row.person_id, row.chosen_at, row.muted_at = person.id, None, None
            taken = True
        elif row.chat_id != identity.chat_id:
            former.append(row.chat_id)
        row.chat_id, row.lost_at = identity.chat_id, None
    for missing in identity.names:
        if missing not in known:
            _add(work, person.id, identity, missing)
    if not known:
        events.record(work, "person.chat_attached", {"person_id": person.id}, {"channel": identity.channel})
    return Met(person, tuple(dict.fromkeys(former)), taken)


def _owner(
    accounts: AccountRepository, identity: Identity, known: Mapping[str, ChannelIdentity]
) -> UUID | None:
    for name in identity.names:
        row = known.get(name)
        if row is None:
            continue
        sure = name != identity.telephone or identity.names == (name,)
        if sure or all(other.passes_on for other in accounts.names_in(identity.channel, row.person_id)):
            return row.person_id
    return None


def rename(work: Work, before: Identity, after: Identity) -> tuple[str, ...]:
    """Let the app's new names of an account stand for its old ones; returns the chats it was written to in.

    Nothing happens where nobody is known by the old names. A new name that somebody else had is theirs no
    more: an app gives no name to two people.
    """
    accounts = AccountRepository(work.session)
    known = accounts.known_by(before.channel, (*before.names, *after.names))
    person_id = next((known[name].person_id for name in before.names if name in known), None)
    if person_id is None:
        return ()
    spare = [r for r in accounts.names_in(before.channel, person_id) if r.user_id not in after.names]
    former = tuple(dict.fromkeys(row.chat_id for row in spare if row.chat_id != after.chat_id))
    for name in after.names:
        row = known.get(name)
        if row is None and spare:
            row = spare.pop(0)
            row.user_id, row.passes_on = name, name == after.telephone
        if row is None:
            _add(work, person_id, after, name)
        else:
            row.person_id, row.chat_id = person_id, after.chat_id
    for row in spare:
        accounts.drop(row)
    return former


def attach(work: Work, person_id: UUID, identity: Identity) -> None:
    """Let a person be reached through one more chat account; does nothing if it is known."""
    if AccountRepository(work.session).identity(identity.channel, identity.user_id) is None:
        _add(work, person_id, identity, identity.user_id)
        events.record(work, "person.chat_attached", {"person_id": person_id}, {"channel": identity.channel})


def _add(work: Work, person_id: UUID, identity: Identity, name: str) -> None:
    AccountRepository(work.session).add(
        ChannelIdentity(
            channel=identity.channel,
            user_id=name,
            chat_id=identity.chat_id,
            passes_on=bool(identity.telephone) and name == identity.telephone,
            person_id=person_id,
            opted_in_at=work.now,
            last_seen_at=work.now,
        )
    )


def find_by_identity(work: Work, channel: str, user_id: str) -> PersonView | None:
    """Return the person behind a chat account, if there is one."""
    known = AccountRepository(work.session).identity(channel, user_id)
    return people.person_of(work, known.person_id) if known else None


def owner_of(work: Work, channel: str, user_id: str) -> UUID | None:
    """Return who has a chat account, if anybody; one query."""
    known = AccountRepository(work.session).identity(channel, user_id)
    return known.person_id if known else None


def chats_of(work: Work, person_id: UUID) -> list[Identity]:
    """Return every chat account of a person."""
    rows = AccountRepository(work.session).identities(person_id)
    return [Identity(row.channel, row.user_id, row.chat_id) for row in rows]


def address_of(work: Work, person_id: UUID, among: Collection[str] | None = None) -> Identity | None:
    """Return where a person hears from us: the chat they chose, else the last one used that takes notices.

    `among` is the apps that are connected: a chat in another is returned only where there is no other.
    """
    all_rows = AccountRepository(work.session).identities(person_id)
    if not all_rows and (linked_to := people.row_of(work, person_id).linked_to):
        return address_of(work, linked_to, among)
    open_rows = [row for row in all_rows if row.lost_at is None and row.muted_at is None]
    if among is not None:
        open_rows = [row for row in open_rows if row.channel in among] or open_rows
    chosen = [row for row in open_rows if row.chosen_at is not None]
    rows = sorted(chosen, key=lambda row: row.chosen_at or row.last_seen_at, reverse=True) or open_rows
    return Identity(rows[0].channel, rows[0].user_id, rows[0].chat_id) if rows else None


def hand_over(work: Work, from_person: UUID, to_person: UUID) -> list[str]:
    """Let a person answer for all chat accounts of another; returns which, for `take_back`.

    What is told to the other one from now on reaches them in the chats of whom they belong to.
    """
    _pass_seats_on(work, from_person)
    moved = AccountRepository(work.session).hand_over_identities(from_person, to_person)
    people.row_of(work, from_person).linked_to = to_person
    return [str(found) for found in moved]


def take_back(work: Work, from_person: UUID, to_person: UUID, moved: Sequence[str]) -> None:
    """Give chat accounts back that were handed over, as far as they are still there."""
    _pass_seats_on(work, to_person)
    AccountRepository(work.session).hand_over_identities(to_person, from_person, [UUID(one) for one in moved])
    people.row_of(work, from_person).linked_to = None


def _pass_seats_on(work: Work, person_id: UUID) -> None:
    rows = AccountRepository(work.session).identities(person_id)
    seats.passed_on(work, [row.chat_id for row in rows if row.channel == ChannelName.WEB])


def tell_everywhere(work: Work, person_id: UUID, notice: str, facts: Mapping[str, Any]) -> int:
    """Tell a person something in each of their chats that takes notices; returns in how many.

    For what touches their account: it waits for no quiet hours.
    """
    places = open_chats(work, person_id)
    for place in places:
        outbox.tell(work, person_id, notice, {**facts, "chat": [place.channel, place.chat_id]})
    return len(places)


def open_chats(work: Work, person_id: UUID) -> list[Address]:
    """Return each chat of a person's that takes notices, the one used last first."""
    rows = AccountRepository(work.session).identities(person_id)
    open_rows = [row for row in rows if row.lost_at is None and row.muted_at is None]
    return list(dict.fromkeys(Address(row.channel, row.chat_id) for row in open_rows))


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


def mute(work: Work, channel: str, chat_id: str, *, muted: bool) -> bool:
    """Send no notices into a chat, or send them again; answers to what is said there go on.

    Returns whether there were none before.
    """
    rows = AccountRepository(work.session).behind(channel, chat_id)
    was = any(row.muted_at is not None for row in rows)
    for row in rows:
        row.muted_at = work.now if muted else None
        row.opted_in_at = row.opted_in_at if muted else work.now
    return was


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
