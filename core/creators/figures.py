"""Figures of an account as its network shows them: what somebody said of themselves becomes verified."""

from uuid import UUID

from core.creators import service
from core.creators.repository import CreatorRepository
from core.kit.vocabulary import Platform
from core.kit.work import Work


def shown(work: Work, creator_id: UUID, platform: Platform, handle: str, followers: int) -> None:
    """Take the followers that a network shows of a creator's account in place of what was said of it."""
    creator = CreatorRepository(work.session).get(creator_id)
    accounts = [] if creator is None else creator.accounts
    for account in accounts:
        same = account.handle.lstrip("@").casefold() == handle.lstrip("@").casefold()
        if account.platform is platform and same:
            changed = account.followers != followers or account.verified_at is None
            account.followers, account.verified_at = followers, work.now
            if changed:
                service.promise_index(work, [creator_id])
