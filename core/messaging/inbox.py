"""Outside events, each accepted once however often they are delivered."""

from sqlalchemy.dialects.postgresql import insert

from core.kit.work import Work
from core.messaging.models import InboxEntry


def accept(work: Work, source: str, event_id: str) -> bool:
    """Note the event; False if we had it already, and then nothing more must happen."""
    statement = (
        insert(InboxEntry)
        .values(source=source, event_id=event_id[:200], received_at=work.now)
        .on_conflict_do_nothing()
        .returning(InboxEntry.event_id)
    )
    return work.session.scalars(statement).one_or_none() is not None
