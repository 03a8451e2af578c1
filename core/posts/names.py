"""What a post's link says of whose it is, next to the account that its creator told us.

Anybody can write another name into most links: a name that does not fit speaks against a post, one that fits
proves nothing.
"""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from core.creators import service as creators
from core.creators.schemas import CreatorView
from core.kit.vocabulary import Platform
from core.kit.work import Work
from core.networks import links
from core.networks.links import PostLink
from core.networks.places import BY_PLATFORM
from core.posts.errors import PostOfAnother
from core.posts.models import WatchedPost


class Whose(StrEnum):
    """Whose a post is by its link: its creator's, somebody else's; a name that nobody told us, or no name."""

    OWN = "own"
    ANOTHER = "another"
    UNTOLD = "untold"
    NOBODY = "nobody"


def whose(owner: str, creator: CreatorView, platform: Platform) -> Whose:
    """Compare the name in a post's link with its creator's own there; a number is no name to compare with."""
    told = next((a.handle for a in creator.accounts if a.platform is platform), "").lstrip("@")
    if not owner:
        return Whose.NOBODY
    if told and links.same_name(owner, told, platform):
        return Whose.OWN
    return Whose.ANOTHER if told and not told.isdecimal() else Whose.UNTOLD


def require_own(work: Work, creator_id: UUID, post: PostLink) -> None:
    """Insist that a link names no other account than its creator's there. Raises PostOfAnother."""
    creator, platform = creators.get(work, creator_id), Platform(post.network)
    if whose(post.owner, creator, platform) is Whose.ANOTHER:
        raise PostOfAnother(found=post.owner, network=BY_PLATFORM[platform].title)


def owners(work: Work, deliverable_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the names that the links of some pieces' posts gave, by piece; one query."""
    query = select(WatchedPost.deliverable_id, WatchedPost.owner)
    rows = work.session.execute(query.where(WatchedPost.deliverable_id.in_(deliverable_ids)))
    return {row.deliverable_id: row.owner for row in rows}
