"""Outside events, each accepted once however often they are delivered."""

from sqlalchemy import text

from core.kit.work import Work

PURPOSE = "inbox"
# as text, and not as an expression that is built and looked up anew: each turn begins with it
ACCEPT = text(
    """
    INSERT INTO inbox (source, event_id, received_at)
    SELECT CAST(:source AS text), CAST(:newest AS text), CAST(:now AS timestamptz)
     WHERE NOT EXISTS (
       SELECT 1 FROM inbox WHERE source = CAST(:source AS text) AND event_id = ANY(CAST(:older AS text[])))
    ON CONFLICT DO NOTHING
    RETURNING event_id
    """
)


def accept(work: Work, source: str, event_id: str) -> bool:
    """Note the event; False if we had it already, and then nothing more must happen.

    Only a mark of it is kept, by the newest key; one by an older key is known too.
    """
    newest, *older = marks(work, source, event_id)
    known = {"source": source, "newest": newest, "older": older, "now": work.now}
    return work.session.execute(ACCEPT, known).one_or_none() is not None


def marks(work: Work, source: str, event_id: str) -> list[str]:
    """Return what stands for an event, by each of our keys, the newest first."""
    return work.require_keys().ring.marks(PURPOSE, f"{source}:{event_id}")
