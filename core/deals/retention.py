"""How long published work stays up, and how we know: a look at it shortly before its money is released.

A reel that must stay for seven days is seen once more before the seventh ends; a story lives for a day by
its network's own rule; a live broadcast has nothing to keep once it was seen.
"""

from datetime import datetime, timedelta
from uuid import UUID

from core.deals.errors import StillToBeSeen
from core.deals.models import Deliverable
from core.kit.vocabulary import DeliverableKind
from core.kit.work import Work
from core.messaging import outbox
from core.messaging.states import PromiseKind

STORY_LIVES_FOR = timedelta(hours=24)
LAST_LOOK = timedelta(hours=2)
LAST_LOOK_AT_A_STORY = timedelta(hours=8)
LOOK_BEFORE_END = timedelta(hours=1)
LOOK_BEFORE_A_STORY_S_END = timedelta(hours=4)
UNSEEN_FOR = timedelta(days=3)
"""How long the money waits for a look before an operator is asked."""


def until(kind: DeliverableKind, published_at: datetime, live_at: datetime, retention_days: int) -> datetime:
    """Return until when a piece must stay up, that was published and found to be live at these times."""
    if kind is DeliverableKind.STORY:
        return published_at + STORY_LIVES_FOR
    if kind is DeliverableKind.LIVE:
        return live_at
    return live_at + timedelta(days=retention_days)


def look_before_end(kind: DeliverableKind) -> timedelta:
    """Return how long before its end a piece is looked at once more."""
    return LOOK_BEFORE_A_STORY_S_END if kind is DeliverableKind.STORY else LOOK_BEFORE_END


def require_seen(piece: Deliverable, now: datetime) -> None:
    """Insist that a piece was there at the last look, and that this look was shortly before its end.

    What is not found after its end is nobody's fault any more; where nobody can look, nothing is waited for.
    Raises StillToBeSeen.
    """
    if piece.post_media:
        return
    end = min(now, piece.retained_until or now)
    last = LAST_LOOK_AT_A_STORY if piece.kind is DeliverableKind.STORY else LAST_LOOK
    doubted = piece.doubted_at is not None and piece.doubted_at < end
    if doubted or piece.seen_at is None or piece.seen_at < end - last:
        raise StillToBeSeen(deliverable_id=piece.id)


def unseen_too_long(piece: Deliverable, now: datetime) -> bool:
    """Tell whether a piece's money has waited for a look for so long that an operator must know."""
    return piece.retained_until is not None and now >= piece.retained_until + UNSEEN_FOR


def look(work: Work, deliverable_id: UUID, link: str) -> None:
    """Promise a look at a post."""
    payload = {"deliverable_id": str(deliverable_id), "url": link}
    outbox.promise(work, PromiseKind.CHECK_POST, f"post:{deliverable_id}", payload)
