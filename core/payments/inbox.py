"""What providers tell: every event is kept first, then followed, each for itself.

Who hands an event in (a webhook, or the sweep that finds what no webhook brought) only keeps it. Following it
is reading its object and converging on that: in any order, and as often as it is told. One that cannot be
followed is tried again, and comes before an operator in the end; it holds up no other.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from core.kit.clock import wall_now
from core.kit.work import Work
from core.messaging import retries
from core.operators import tasks
from core.operators.states import Subject
from core.payments.errors import EventNotFound
from core.payments.models import KeptEvent, RailCursor
from core.payments.rails.port import EventPage, RailEvent
from core.payments.repository import PaymentRepository
from core.payments.schemas import EventToFollow

POLICY = retries.Policy()
EVENT_PARKED = "rail_event_parked"
"""The task about an event that could not be followed."""


def cursor(work: Work, rail: str) -> str:
    """Return up to where a rail's changes were fetched, empty before the first."""
    row = work.session.get(RailCursor, rail)
    return row.cursor if row else ""


def keep_page(work: Work, rail: str, page: EventPage) -> int:
    """Keep what a sweep fetched, and up to where; returns how many were new."""
    new = keep(work, rail, page.events)
    work.session.merge(RailCursor(rail=rail, cursor=page.cursor))
    return new


def keep(work: Work, rail: str, events: Iterable[RailEvent]) -> int:
    """Keep events that a provider told of; one that is known already changes nothing."""
    rows = [
        {
            "rail": rail,
            "event_id": event.id,
            "kind": event.kind,
            "ref": event.ref,
            "received_at": work.now,
            "next_try_at": wall_now(),
        }
        for event in events
    ]
    if not rows:
        return 0
    kept = insert(KeptEvent).values(rows).on_conflict_do_nothing().returning(KeptEvent.id)
    return len(work.session.scalars(kept).all())


def due(work: Work, limit: int) -> list[EventToFollow]:
    """Return the events that are to be followed now, the oldest first."""
    rows = PaymentRepository(work.session).due_events(wall_now(), limit)
    return [EventToFollow(row.id, row.rail, row.kind, row.ref) for row in rows]


def done(work: Work, event_id: UUID) -> None:
    """Note that an event was followed, in the transaction in which it was."""
    row = PaymentRepository(work.session).lock(KeptEvent, event_id)
    if row is not None:
        row.done_at, row.next_try_at = work.now, None


def failed(work: Work, event_id: UUID, error: str) -> None:
    """Try an event again later, or put it before an operator.

    `error` names the failure, and holds no words of a person.
    """
    row = PaymentRepository(work.session).lock(KeptEvent, event_id)
    if row is None or row.done_at is not None:
        return
    row.failures, row.error = row.failures + 1, error[:80]
    if not POLICY.is_over(row.failures, unanswered=False):
        row.next_try_at = wall_now() + POLICY.delay(row.failures)
        return
    row.next_try_at = None
    facts = {"rail": row.rail, "event": row.event_id, "kind": row.kind, "ref": row.ref}
    tasks.open_task(work, EVENT_PARKED, Subject.RAIL_EVENT, row.id, facts)


def replay(work: Work, rail: str, event_id: str) -> None:
    """Let an event be followed anew, whatever became of it. Raises EventNotFound."""
    row = PaymentRepository(work.session).event_by(rail, event_id)
    if row is None:
        raise EventNotFound(rail=rail, event=event_id)
    row.failures, row.next_try_at, row.done_at = 0, wall_now(), None
    tasks.settle(work, Subject.RAIL_EVENT, row.id)
