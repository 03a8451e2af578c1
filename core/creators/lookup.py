"""Finding a creator by what people call them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from core.creators import profiles
from core.creators.models import Creator, SocialAccount
from core.creators.schemas import CreatorView
from core.kit.work import Work

FOUND_MAX = 5
BEGINNING_MIN = 3


@dataclass(frozen=True, slots=True)
class Account:
    """An account as a list names it; the platform may not be told."""

    handle: str
    platform: str = ""

    def is_of(self, creator: CreatorView) -> bool:
        """Tell whether a creator has this account."""
        mine = ((a.handle.lstrip("@").casefold(), a.platform) for a in creator.accounts)
        return any(h == self.handle.casefold() and self.platform in {"", p} for h, p in mine)


def called(work: Work, said: str) -> list[CreatorView]:
    """Return who may be offered work and has this handle, this name, or this first name; a few at most."""
    name = said.strip().lstrip("@").casefold()
    if len(name) < BEGINNING_MIN:
        return []
    handle = func.lower(func.ltrim(SocialAccount.handle, "@"))
    owners = select(SocialAccount.creator_id).where(handle == name)
    plain = func.lower(Creator.name)
    begins = plain.startswith(f"{name} ", autoescape=True)
    is_called = Creator.id.in_(owners) if said.startswith("@") else or_(plain == name, begins)
    query = (
        select(Creator)
        .where(is_called, Creator.available, Creator.frozen_at.is_(None))
        .order_by(Creator.created_at, Creator.id)
        .limit(FOUND_MAX)
    )
    return [profiles.view(row) for row in work.session.scalars(query)]


def owners(work: Work, accounts: Sequence[Account]) -> dict[Account, list[CreatorView]]:
    """Return who has each of some accounts, whether they take offers or not; one query."""
    handle = func.lower(func.ltrim(SocialAccount.handle, "@"))
    wanted = {account.handle.casefold() for account in accounts}
    query = select(Creator).where(Creator.id.in_(select(SocialAccount.creator_id).where(handle.in_(wanted))))
    people = [
        profiles.view(row) for row in work.session.scalars(query.order_by(Creator.created_at, Creator.id))
    ]
    return {account: [one for one in people if account.is_of(one)] for account in accounts}
