"""Whose proof a post and a picture are: each shows one piece alone, until that is sent back.

What showed a piece that was cancelled before anything was paid for it is free for another.
"""

from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from core.deals import views as deals
from core.deals.schemas import DeliverableView
from core.deals.states import DeliverableState
from core.kit.actors import SYSTEM
from core.kit.work import Work
from core.media import service as media
from core.networks.links import PostLink
from core.posts.errors import PictureTaken, PostTaken
from core.posts.models import ProofPicture, WatchedPost


def counts(piece: DeliverableView) -> bool:
    """Tell whether what showed a piece shows no other: unless it was cancelled, and nothing paid for it."""
    return piece.state is not DeliverableState.CANCELLED or bool(piece.released)


def take_post(work: Work, deliverable_id: UUID, post: PostLink) -> None:
    """Let a post that is nobody else's proof be this piece's. Raises PostTaken."""
    holds = select(WatchedPost.deliverable_id).where(WatchedPost.post_key == post.key, WatchedPost.counts)
    _free_cancelled(work, deliverable_id, set(work.session.scalars(holds)))
    values = {
        "url": post.url,
        "network": post.network,
        "post_key": post.key,
        "owner": post.owner,
        "watching": not post.by_picture,
        "counts": True,
        "published_at": None,
        "next_check_at": work.now,
        "checks": 0,
        "failures": 0,
        "first_failure_at": None,
    }
    fresh = insert(WatchedPost).values(deliverable_id=deliverable_id, **values)
    try:
        work.session.execute(fresh.on_conflict_do_update(index_elements=["deliverable_id"], set_=values))
    except IntegrityError as error:
        if "uq_watched_post_counts" in str(error.orig):
            raise PostTaken(url=post.url) from error
        raise


def take_pictures(work: Work, deliverable_id: UUID, media_ids: tuple[UUID, ...]) -> None:
    """Let pictures that are nobody else's proof be this piece's. Raises PictureTaken."""
    digests = sorted(media.digests(work, media_ids))
    holds = select(ProofPicture.deliverable_id).where(ProofPicture.digest.in_(digests))
    _free_cancelled(work, deliverable_id, set(work.session.scalars(holds)))
    rows = [{"digest": digest, "deliverable_id": deliverable_id} for digest in digests]
    fresh = insert(ProofPicture).on_conflict_do_nothing()
    if rows:
        work.session.execute(fresh, rows)
    owners = select(ProofPicture.deliverable_id).where(ProofPicture.digest.in_(digests))
    if set(work.session.scalars(owners)) - {deliverable_id}:
        raise PictureTaken


def free(work: Work, deliverable_id: UUID) -> None:
    """Let what showed a piece show another."""
    post = update(WatchedPost).where(WatchedPost.deliverable_id == deliverable_id)
    work.session.execute(post.values(counts=False))
    work.session.execute(delete(ProofPicture).where(ProofPicture.deliverable_id == deliverable_id))


def _free_cancelled(work: Work, deliverable_id: UUID, holders: set[UUID]) -> None:
    for holder in holders - {deliverable_id}:
        _, piece = deals.get_by_piece(work.acting_as(SYSTEM), holder)
        if not counts(piece):
            free(work, holder)
