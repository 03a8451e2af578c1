"""Promises to act outside: written in the transaction of their cause, kept later, at least once.

Leases and retry delays follow the wall clock, business deadlines do not live here. Promises of one
aggregate are kept in order; a parked one blocks only its own aggregate. What is promised to a person is
sealed with their key; where there is none, it is kept in plain and deleted as soon as it is done.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, bindparam, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import JSONB

from core.kit.clock import wall_now
from core.kit.work import Work
from core.messaging import retries
from core.messaging.errors import LeaseLost, PromiseNotFound
from core.messaging.messages import Address, OutgoingMessage, Promise
from core.messaging.models import OutboxEntry
from core.messaging.states import PromiseKind, PromiseState
from core.operators import tasks
from core.operators.states import Subject
from core.vault import service as vault

CHANNEL = "outbox"
PLACE = "outbox.payload"
TO_SOMEBODY = frozenset(
    {
        *(PromiseKind.DELIVER_MESSAGE, PromiseKind.TELL, PromiseKind.ANNOUNCE, PromiseKind.SHOW_MENU),
        PromiseKind.REDRAW,
    }
)
"""What goes to a person, and is nobody's business once it went where the person is forgotten.

Of cards that are redrawn nothing is said of anybody, and nobody looks for it later.
"""

CLAIM = text(
    """
    WITH due AS (
      SELECT o.id FROM outbox o
       WHERE o.state IN ('pending', 'sending') AND o.not_before <= :now
         AND (o.lease_until IS NULL OR o.lease_until <= :now)
         AND NOT EXISTS (
           SELECT 1 FROM outbox e
            WHERE e.aggregate = o.aggregate AND e.seq < o.seq
              AND e.state IN ('pending', 'sending', 'parked'))
       ORDER BY o.seq LIMIT :limit
       FOR UPDATE SKIP LOCKED)
    UPDATE outbox o
       SET state = 'sending', lease = gen_random_uuid(), lease_until = :until, attempts = attempts + 1
      FROM due WHERE o.id = due.id
    RETURNING o.id, o.seq, o.kind, o.aggregate, o.payload, o.epoch, o.attempts, o.lease,
      o.owner_id, o.last_error
    """
)

# as text, and not as expressions that are built and looked up anew: each reply begins and ends with them
SAY = text(
    """
    INSERT INTO outbox (id, kind, aggregate, payload, owner_id, state, epoch, attempts, lease, lease_until,
      not_before, last_error, created_at)
    VALUES (:id, :kind, :aggregate, :payload, CAST(:owner_id AS uuid), 'sending', 0, 1, :lease, :until,
      :present, '', :now)
    """
).bindparams(bindparam("payload", type_=JSONB))
MARK_DONE = text(
    """
    UPDATE outbox o
       SET state = 'done', done_at = :now, lease = NULL, lease_until = NULL
     WHERE o.id = :id AND o.lease = :lease
    RETURNING CASE WHEN EXISTS (
      SELECT 1 FROM outbox e
       WHERE e.aggregate = o.aggregate AND e.seq > o.seq
         AND e.state = 'pending' AND e.not_before <= :now)
      THEN CAST(pg_notify(:channel, '') AS text) END
    """
)


def promise(
    work: Work,
    kind: PromiseKind,
    aggregate: str,
    payload: dict[str, Any],
    *,
    not_before: datetime | None = None,
    owner_id: UUID | None = None,
) -> UUID:
    """Record that something must happen outside once this work is committed.

    `payload` is frozen: a retry sends the very same. It is sealed with the key of `owner_id`, where it holds
    more of a person than ids. `not_before` is wall time. The table wakes whoever keeps promises when the row
    is written (migration `promises_wake`).
    """
    due, sealed = not_before or wall_now(), _sealed(work, owner_id, payload)
    return _entry(work, kind=kind, aggregate=aggregate, not_before=due, **sealed).id


def waits(work: Work, kind: PromiseKind, aggregate: str) -> bool:
    """Tell whether such a promise is neither kept nor given up yet."""
    open_states = (PromiseState.PENDING, PromiseState.SENDING)
    query = select(OutboxEntry.id).where(
        OutboxEntry.aggregate == aggregate, OutboxEntry.kind == kind, OutboxEntry.state.in_(open_states)
    )
    return work.session.scalar(query.limit(1)) is not None


def tell(work: Work, person_id: UUID, notice: str, facts: dict[str, Any]) -> None:
    """Promise to tell a person something; the words are found when it is told."""
    payload = {"person_id": str(person_id), "notice": notice, "facts": facts}
    promise(work, PromiseKind.TELL, f"person:{person_id}", payload, owner_id=person_id)


def remind(work: Work, person_id: UUID, notice: str, facts: dict[str, Any]) -> None:
    """Promise to remind a person of something: told as `tell` does, and with whatever else waits by then."""
    payload = {"person_id": str(person_id), "notice": notice, "facts": facts}
    promise(work, PromiseKind.TELL, f"reminders:{person_id}", payload, owner_id=person_id)


def following(work: Work, first: Promise, limit: int) -> list[Promise]:
    """Return what is due after a leased promise in its aggregate, in order: nobody takes it meanwhile."""
    query = (
        select(OutboxEntry)
        .where(OutboxEntry.aggregate == first.aggregate, OutboxEntry.id != first.id)
        .where(OutboxEntry.state == PromiseState.PENDING, OutboxEntry.not_before <= wall_now())
        .order_by(OutboxEntry.seq)
        .limit(limit)
    )
    rows = work.session.scalars(query)
    return [
        _promise(row, vault.open_json(work, row.owner_id, row.payload, PLACE), first.lease) for row in rows
    ]


def done_along(work: Work, *along: Promise) -> None:
    """Settle promises that were kept together with the one before them in their aggregate."""
    if not along:
        return
    nobodys = [each.id for each in along if _goes_when_done(each)]
    others = [each.id for each in along if not _goes_when_done(each)]
    pending = OutboxEntry.state == PromiseState.PENDING
    work.session.execute(delete(OutboxEntry).where(OutboxEntry.id.in_(nobodys), pending))
    work.session.execute(
        update(OutboxEntry)
        .where(OutboxEntry.id.in_(others), pending)
        .values(state=PromiseState.DONE, done_at=wall_now())
    )


def redraw(work: Work, *abouts: str, anew: bool = False) -> None:
    """Promise that the cards of things, and of their parts, are edited to how each stands by then.

    All edits of one thing are promises of one aggregate: none is ever made over a later one. A card whose
    thing stands as it was shown is left alone, but where what was sent before now shall be drawn `anew`: what
    it says of time has changed.
    """
    made: dict[tuple[str, bool], OutboxEntry] = work.session.info.setdefault(PromiseKind.REDRAW, {})
    for thing in dict.fromkeys(about.partition(".")[0] for about in abouts):
        if (thing, anew) in made and made[thing, anew] in work.session:
            continue  # promised in this transaction, and not taken back with a part of it
        payload = {"about": thing, **({"sent_before": work.now.isoformat()} if anew else {})}
        facts = {"kind": PromiseKind.REDRAW, "aggregate": f"card:{thing}", "payload": payload}
        made[thing, anew] = _entry(work, **facts, not_before=wall_now())


def say(work: Work, to: Address, owner_id: UUID | None, *messages: OutgoingMessage) -> list[Promise]:
    """Promise replies to a person and lease them to the caller, who delivers them right after the commit.

    If the caller dies first, the lease runs out and a worker delivers the replies.
    """
    present = wall_now()
    replies, rows = list[Promise](), []
    for message in messages:
        payload = {"channel": to.channel, "chat_id": to.chat_id, "message": message.to_json()}
        sealed = _sealed(work, owner_id, payload)
        reply = Promise(
            id=uuid4(),
            kind=PromiseKind.DELIVER_MESSAGE,
            aggregate=f"chat:{to.channel}:{to.chat_id}",
            payload=payload,
            epoch=0,
            attempts=1,
            lease=uuid4(),
            owner_id=sealed["owner_id"],
        )
        replies.append(reply)
        rows.append(
            {
                "id": reply.id,
                "kind": reply.kind,
                "aggregate": reply.aggregate,
                **sealed,
                "lease": reply.lease,
                "until": present + retries.LEASE,
                "present": present,
                "now": work.now,
            }
        )
    if rows:
        work.session.flush()  # what was promised before them is to be kept before them
        work.session.execute(SAY, rows)
    return replies


def message(work: Work, promise_id: UUID, to: Address) -> OutgoingMessage | None:
    """Return a message that was promised to this very chat, None for any other."""
    entry = work.session.get(OutboxEntry, promise_id)
    if entry is None or entry.kind != PromiseKind.DELIVER_MESSAGE:
        return None
    payload = vault.open_json(work, entry.owner_id, entry.payload, PLACE)
    if (payload["channel"], payload["chat_id"]) != (to.channel, to.chat_id):
        return None
    return OutgoingMessage.from_json(payload["message"])


def claim(work: Work, *, limit: int, now: datetime | None = None) -> list[Promise]:
    """Lease the oldest due promises to the caller; others pass them over meanwhile."""
    present = now or wall_now()
    until = present + retries.LEASE
    rows = work.session.execute(CLAIM, {"now": present, "until": until, "limit": limit}).all()
    vault.ahead(work, [row.owner_id for row in rows])
    return [_opened(work, row) for row in sorted(rows, key=lambda row: row.seq)]


def leased(work: Work, promise_id: UUID, lease: UUID) -> Promise | None:
    """Return a promise if this lease on it still stands."""
    query = select(OutboxEntry).where(OutboxEntry.id == promise_id, OutboxEntry.lease == lease)
    row = work.session.scalars(query).one_or_none()
    return _opened(work, row) if row else None


def done(work: Work, *kept: Promise) -> None:
    """Settle kept promises, waking in the same statements whoever keeps the next of their aggregates.

    Raises:
        LeaseLost: when somebody else has taken one of them over.
    """
    nobodys = [each for each in kept if _goes_when_done(each)]
    others = [each for each in kept if not _goes_when_done(each)]
    settled = 0
    if nobodys:
        went = delete(OutboxEntry).where(_held_by(nobodys)).returning(OutboxEntry.id)
        settled += len(work.session.scalars(went).all())
        work.session.execute(select(func.pg_notify(CHANNEL, "")))
    if others:
        now = wall_now()
        rows = [{"id": each.id, "lease": each.lease, "now": now, "channel": CHANNEL} for each in others]
        settled += work.session.connection().execute(MARK_DONE, rows).rowcount
    if settled < len(kept):
        raise LeaseLost(id=kept[0].id)


def _goes_when_done(promise: Promise) -> bool:
    return promise.owner_id is None and promise.kind in TO_SOMEBODY


def _held_by(kept: Sequence[Promise]) -> ColumnElement[bool]:
    leases = [func.row(promise.id, promise.lease) for promise in kept]
    return func.row(OutboxEntry.id, OutboxEntry.lease).in_(leases)


def failed(
    work: Work,
    promise: Promise,
    error: str,
    *,
    unanswered: bool = False,
    at_least: timedelta = timedelta(),
    new_key: bool = False,
) -> timedelta | None:
    """Settle a promise that could not be kept, by the policy of its kind: try again, or park it.

    Args:
        work: the caller's unit of work.
        promise: what was tried, with the caller's lease.
        error: why it failed, for operators and the log.
        unanswered: nobody answered, which patient promises may wait out.
        at_least: how long the other side wants us to wait.
        new_key: it was refused for sure, and may be asked anew; else the outcome is open.

    Returns:
        How long it waits, None where it is parked: then it is before an operator, and later ones of its
        aggregate wait.

    Raises:
        LeaseLost: when somebody else has taken it over.
    """
    policy = retries.policy_of(promise.kind)
    if policy.is_over(promise.attempts, unanswered=unanswered):
        park(work, promise, error)
        return None
    delay = policy.delay(promise.attempts, at_least)
    _settle(
        work,
        promise,
        state=PromiseState.PENDING,
        epoch=promise.epoch + int(new_key),
        not_before=wall_now() + delay,
        last_error=error[:2_000],
    )
    return delay


def postpone(work: Work, promise: Promise, reason: str, delay: timedelta, *, new_key: bool = False) -> None:
    """Put a promise off without counting the try: its turn, its hour or its means have not come.

    It is asked under a `new_key` where it was refused for sure. Raises LeaseLost.
    """
    _settle(
        work,
        promise,
        state=PromiseState.PENDING,
        epoch=promise.epoch + int(new_key),
        attempts=max(promise.attempts - 1, 0),
        not_before=wall_now() + delay,
        last_error=reason[:2_000],
    )


def park(work: Work, promise: Promise, error: str) -> None:
    """Put a promise before an operator; later ones of its aggregate wait. Raises LeaseLost."""
    _settle(work, promise, state=PromiseState.PARKED, last_error=error[:2_000])
    facts = {"kind": promise.kind, "aggregate": promise.aggregate}
    tasks.open_task(work, "promise_parked", Subject.PROMISE, promise.id, facts)


def parked(work: Work) -> list[dict[str, Any]]:
    """Return what waits for an operator, oldest first."""
    query = select(OutboxEntry).where(OutboxEntry.state == PromiseState.PARKED).order_by(OutboxEntry.seq)
    return [
        {"id": str(row.id), "kind": row.kind, "aggregate": row.aggregate, "error": row.last_error}
        for row in work.session.scalars(query)
    ]


def unpark(work: Work, promise_id: UUID) -> None:
    """Let a parked promise be tried anew, as often as a fresh one. Raises PromiseNotFound."""
    changed = work.session.execute(
        update(OutboxEntry)
        .where(OutboxEntry.id == promise_id, OutboxEntry.state == PromiseState.PARKED)
        .values(state=PromiseState.PENDING, attempts=0, not_before=wall_now())
        .returning(OutboxEntry.id)
    )
    if changed.one_or_none() is None:
        raise PromiseNotFound(id=promise_id)
    tasks.settle(work, Subject.PROMISE, promise_id)
    work.session.execute(text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})


def unkept(work: Work) -> int:
    """Count promises that are neither kept nor parked."""
    open_states = (PromiseState.PENDING, PromiseState.SENDING)
    query = select(func.count()).select_from(OutboxEntry).where(OutboxEntry.state.in_(open_states))
    return int(work.session.scalar(query) or 0)


def _entry(work: Work, **values: Any) -> OutboxEntry:  # noqa: ANN401  (column values)
    entry = OutboxEntry(id=uuid4(), created_at=work.now, **values)
    work.session.add(entry)
    return entry


def _settle(work: Work, settled: Promise, **values: Any) -> None:  # noqa: ANN401  (column values)
    changed = work.session.execute(
        update(OutboxEntry)
        .where(OutboxEntry.id == settled.id, OutboxEntry.lease == settled.lease)
        .values(lease=None, lease_until=None, **values)
        .returning(OutboxEntry.id)
    )
    if changed.one_or_none() is None:
        raise LeaseLost(id=settled.id)


def _sealed(work: Work, owner_id: UUID | None, payload: dict[str, Any]) -> dict[str, Any]:
    """Return the columns that keep a payload: sealed where its owner has a key."""
    if owner_id is None or not vault.has_key(work, owner_id):
        return {"payload": payload, "owner_id": None}
    return {"payload": vault.seal_json(work, owner_id, payload, PLACE), "owner_id": owner_id}


def _opened(work: Work, row: Any) -> Promise:  # noqa: ANN401  (an ORM row or a SQL row)
    return _promise(row, vault.open_json(work, row.owner_id, row.payload, PLACE))


def _promise(row: Any, payload: dict[str, Any], lease: UUID | None = None) -> Promise:  # noqa: ANN401  (as above)
    return Promise(
        id=row.id,
        kind=row.kind,
        aggregate=row.aggregate,
        payload=payload,
        epoch=row.epoch or 0,
        attempts=row.attempts,
        lease=lease or row.lease,
        owner_id=row.owner_id,
        failed_before=bool(row.last_error),
    )
