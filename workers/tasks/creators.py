"""Keeps the promise `creator.index`: embeds changed profiles, so that search finds them as they are."""

from collections.abc import Callable
from uuid import UUID

from core.creators import service as creators
from core.kit.actors import SYSTEM
from core.kit.work import Work, begin
from core.messaging.messages import Promise
from runtime.parts import Runtime


def index(runtime: Runtime, promise: Promise) -> Callable[[Work], None]:
    """Read the profiles, embed them outside a transaction, store the vectors."""
    ids = [UUID(creator_id) for creator_id in promise.payload["creator_ids"]]
    with begin(runtime.database, SYSTEM) as work:
        views = list(creators.many(work, ids).values())
        known = runtime.matcher.known(work, ids)
    return runtime.matcher.embed(views, known)
