"""Places at the browser chat: who may sit there is proved by a random token, kept hashed, with an end.

The name of a chat (`guest-…`) is only shown: knowing it, or drawing it, opens nothing. Times are the wall's,
not a sandbox's: moving time signs nobody out.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, or_, select

from core.accounts.models import BrowserSession, ChannelIdentity
from core.accounts.repository import AccountRepository
from core.kit import crypto
from core.kit.work import Work
from core.messaging import mailbox
from core.messaging.messages import Address, ChannelName

LIVES_FOR, IDLE_FOR = timedelta(days=30), timedelta(days=14)
SEEN_AGAIN_AFTER = timedelta(minutes=5)
OF_ONE_CHAT_MAX, SWEPT_AT_ONCE = 20, 100
TOKEN_BYTES, NAME_SYMBOLS = 24, 8


@dataclass(frozen=True, slots=True)
class SeatView:
    """Somebody's place in one browser. `renew` asks for a new token as soon as the page is opened again."""

    id: UUID
    user: str
    browser: str
    made_at: datetime
    seen_at: datetime
    renew: bool


def free_name(work: Work) -> str:
    """Return a name for a new chat that nobody ever had."""
    while True:
        name = f"guest-{crypto.code(NAME_SYMBOLS).lower()}"
        seated = exists().where(BrowserSession.user_name == name)
        known = exists().where(ChannelIdentity.channel == ChannelName.WEB, ChannelIdentity.user_id == name)
        if not work.session.scalar(select(or_(seated, known))):
            return name


def open_seat(work: Work, user: str, browser: str, at: datetime) -> str:
    """Let a browser sit at a chat; returns the token that proves it, which is never shown again.

    Of the same chat the twenty that were seen last stay; some that are over are swept away.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    over = select(BrowserSession.id).where(_is_over(at)).limit(SWEPT_AT_ONCE)
    others = select(BrowserSession.id).where(BrowserSession.user_name == user)
    surplus = others.order_by(BrowserSession.seen_at.desc()).offset(OF_ONE_CHAT_MAX - 1)
    for unwanted in (over, surplus):
        work.session.execute(delete(BrowserSession).where(BrowserSession.id.in_(unwanted)))
    work.session.add(
        BrowserSession(
            fingerprint=crypto.fingerprint(token),
            user_name=user,
            browser=browser[:40],
            made_at=at,
            seen_at=at,
            ends_at=at + LIVES_FOR,
            renew=False,
        )
    )
    work.session.flush()
    return token


def sit(work: Work, token: str, at: datetime) -> SeatView | None:
    """Return whose place a token proves, None for one that is not ours, was ended, or is over."""
    query = select(BrowserSession).where(BrowserSession.fingerprint == crypto.fingerprint(token))
    row = work.session.scalars(query.where(~_is_over(at))).one_or_none()
    if row is None:
        return None
    if at - row.seen_at > SEEN_AGAIN_AFTER:
        row.seen_at = at
    return _view(row)


def is_open(work: Work, session_id: UUID, at: datetime) -> bool:
    """Tell whether a place was neither ended nor is over."""
    query = select(BrowserSession.id).where(BrowserSession.id == session_id, ~_is_over(at))
    return work.session.scalar(query) is not None


def renew(work: Work, session_id: UUID) -> str | None:
    """Return a new token for a place; the one before proves nothing any more. None for one that was ended."""
    row = work.session.get(BrowserSession, session_id, with_for_update=True)
    if row is None:
        return None
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row.fingerprint, row.renew = crypto.fingerprint(token), False
    return token


def of_person(work: Work, person_id: UUID, at: datetime) -> list[SeatView]:
    """Return where a person sits, the place that was seen last first."""
    names = _names_of(work, person_id)
    query = select(BrowserSession).where(BrowserSession.user_name.in_(names), ~_is_over(at))
    return [_view(row) for row in work.session.scalars(query.order_by(BrowserSession.seen_at.desc()))]


def end(work: Work, session_id: UUID) -> None:
    """End one place; its page is told at once."""
    _end(work, BrowserSession.id == session_id)


def end_token(work: Work, token: str) -> None:
    """End the place that a token proves, if there is one."""
    _end(work, BrowserSession.fingerprint == crypto.fingerprint(token))


def end_of_person(work: Work, person_id: UUID, session_id: UUID | None = None) -> int:
    """End every place of a person, or one of theirs; returns how many ended."""
    names = _names_of(work, person_id)
    if not names:
        return 0
    own = BrowserSession.user_name.in_(names)
    return _end(work, own if session_id is None else own & (BrowserSession.id == session_id))


def passed_on(work: Work, users: Collection[str]) -> None:
    """Note that chats are somebody else's from now on, or may do more.

    Of each chat only the place that was seen last stays, and gets a new token; the others end.
    """
    if not users:
        return
    query = select(BrowserSession).where(BrowserSession.user_name.in_(users))
    known: set[str] = set()
    for row in work.session.scalars(query.order_by(BrowserSession.seen_at.desc(), BrowserSession.id)):
        if row.user_name in known:
            end(work, row.id)
        else:
            known.add(row.user_name)
            row.renew = True


def _names_of(work: Work, person_id: UUID) -> list[str]:
    rows = AccountRepository(work.session).identities(person_id)
    return [row.chat_id for row in rows if row.channel == ChannelName.WEB]


def _end(work: Work, whose: ColumnElement[bool]) -> int:
    ended = delete(BrowserSession).where(whose).returning(BrowserSession.user_name)
    users = list(work.session.scalars(ended))
    for user in dict.fromkeys(users):
        mailbox.wake(work, Address(ChannelName.WEB, user))
    return len(users)


def _is_over(at: datetime) -> ColumnElement[bool]:
    return or_(BrowserSession.ends_at <= at, BrowserSession.seen_at <= at - IDLE_FOR)


def _view(row: BrowserSession) -> SeatView:
    return SeatView(row.id, row.user_name, row.browser, row.made_at, row.seen_at, row.renew)
