"""Outside events, each accepted once however often they are delivered."""

from sqlalchemy import exists, literal, select
from sqlalchemy.dialects.postgresql import insert

from core.kit.work import Work
from core.messaging.models import InboxEntry

PURPOSE = "inbox"


def accept(work: Work, source: str, event_id: str) -> bool:
    """Note the event; False if we had it already, and then nothing more must happen.

    Only a mark of it is kept, by the newest key; one by an older key is known too.
    """
    newest, *older = marks(work, source, event_id)
    row = select(literal(source), literal(newest), literal(work.now))
    if older:
        row = row.where(~exists().where(InboxEntry.source == source, InboxEntry.event_id.in_(older)))
    columns = (InboxEntry.source, InboxEntry.event_id, InboxEntry.received_at)
    statement = insert(InboxEntry).from_select(columns, row).on_conflict_do_nothing()
    return work.session.scalars(statement.returning(InboxEntry.event_id)).one_or_none() is not None


def marks(work: Work, source: str, event_id: str) -> list[str]:
    """Return what stands for an event, by each of our keys, the newest first."""
    if work.keys is None:
        message = "this database was opened without our keys"
        raise RuntimeError(message)
    return work.keys.ring.marks(PURPOSE, f"{source}:{event_id}")
