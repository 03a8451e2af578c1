"""A fresh confirmation in every other chat of a person, and a waiting time, before what a thief would want.

Who asks for such a change in one chat is told when it takes effect; every other chat is asked whether that
was them. Any of them stops it. Each that says yes makes it quicker, none is needed: a telephone may be lost.
When the time has come the change happens once, by the hand of whoever owns it.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from core.accounts import chats, people
from core.kit.consent import binding, require
from core.kit.work import Work
from core.messaging import outbox
from core.messaging.messages import Address
from core.operators import tasks
from core.operators.states import Subject
from core.step_up.errors import ChangeIsOver, ChangeNotFound
from core.step_up.models import StepUp, StepUpChat
from core.step_up.schemas import StepUpView
from core.step_up.states import FAILED_TOO_OFTEN, STOPPED_ELSEWHERE, WAITS, Change, State

DUE_MAX = 100
NOT_YET_AGAIN_AFTER = timedelta(hours=1)
FAILED_AGAIN_AFTER = timedelta(minutes=1)  # doubled each time
FAILURES_BEFORE_PARKING = 6


def ask(
    work: Work,
    change: Change,
    subject_id: UUID,
    what: str,
    people_asked: Sequence[UUID],
    here: Sequence[Address] = (),
) -> StepUpView:
    """Let a change of the acting person's wait, and ask in every other chat of those whom it touches.

    What waited of the same kind for the same person is replaced, but for links: each is its own.

    Args:
        work: the caller's unit of work; its actor asks.
        change: the kind of change.
        subject_id: what changes, as its slice knows it.
        what: the mark of what the person agreed to.
        people_asked: whom it touches, the acting person first.
        here: the chats in which they have said yes just now, which are not asked again.

    Returns:
        The change; where nobody is left to ask and its kind does not wait, it is due at once.
    """
    person_id = people_asked[0]
    people.lock(work, *people_asked)
    if change is not Change.LINK:
        for former in _waiting(work, person_id, change):
            former.state, former.settled_at = State.REPLACED, work.now
    rows = [
        StepUpChat(channel=place.channel, chat_id=place.chat_id, person_id=person, asks=place in here)
        for place, person in _places(work, people_asked).items()
    ]
    wait = WAITS[change]
    silent = any(not row.asks for row in rows)
    row = StepUp(
        change=change,
        person_id=person_id,
        subject_id=subject_id,
        what=what,
        state=State.WAITING,
        asked_at=work.now,
        due_at=work.now + (wait.silent if silent else wait.agreed),
        chats=rows,
    )
    work.session.add(row)
    work.session.flush()
    _tell(work, row, "step_up_asked", [chat for chat in rows if not chat.asks])
    return _view(row)


def get(work: Work, step_up_id: UUID, here: Address | None = None) -> StepUpView:
    """Return a change to a person whom it touches, or to a chat that was asked. Raises ChangeNotFound."""
    return _view(_allowed(work, work.session.get(StepUp, step_up_id), here))


def view_of(work: Work, step_up_id: UUID) -> StepUpView:
    """Return a change however it stands, for a notice about it. Raises ChangeNotFound."""
    row = work.session.get(StepUp, step_up_id)
    if row is None:
        raise ChangeNotFound(step_up_id=step_up_id)
    return _view(row)


def waiting(work: Work, person_id: UUID, change: Change | None = None) -> list[StepUpView]:
    """Return the changes that a person asked for and that wait, the oldest first."""
    return [_view(row) for row in _waiting(work, person_id, change)]


def about(work: Work, subject_id: UUID) -> StepUpView | None:
    """Return the change that waits for a subject, None where none does."""
    query = select(StepUp).where(StepUp.subject_id == subject_id, StepUp.state == State.WAITING)
    row = work.session.scalars(query.limit(1)).first()
    return _view(row) if row else None


def asked_here(work: Work, here: Address) -> list[StepUpView]:
    """Return the changes that wait and that a chat was asked about, or asked for, the newest first."""
    query = (
        select(StepUp)
        .join(StepUpChat)
        .where(StepUpChat.channel == here.channel, StepUpChat.chat_id == here.chat_id)
        .where(StepUp.state == State.WAITING)
        .order_by(StepUp.asked_at.desc(), StepUp.id)
    )
    return [_view(row) for row in work.session.scalars(query)]


def asked_of(work: Work, here: Address) -> list[StepUpView]:
    """Return the changes that wait and that a chat was asked about and has not answered, the newest first."""
    query = (
        select(StepUp)
        .join(StepUpChat)
        .where(StepUpChat.channel == here.channel, StepUpChat.chat_id == here.chat_id)
        .where(~StepUpChat.asks, StepUpChat.confirmed_at.is_(None), StepUp.state == State.WAITING)
        .order_by(StepUp.asked_at.desc(), StepUp.id)
    )
    return [_view(row) for row in work.session.scalars(query)]


@binding
def confirm(work: Work, step_up_id: UUID, here: Address, *, shown: str) -> StepUpView:
    """Say in a chat that was asked: yes, that was me. When every chat has, the change waits no longer.

    Raises:
        ChangeNotFound: in a chat that was not asked.
        ChangeIsOver, ShownChanged.
    """
    row = _allowed(work, _lock(work, step_up_id), here)
    asked = next((chat for chat in row.chats if _is(chat, here) and not chat.asks), None)
    if asked is None:
        raise ChangeNotFound(step_up_id=step_up_id)
    _require_waiting(row)
    require(shown, _view(row).mark, step_up_id=step_up_id)
    asked.confirmed_at = asked.confirmed_at or work.now
    if all(chat.asks or chat.confirmed_at for chat in row.chats):
        row.due_at = min(row.due_at, max(work.now, row.asked_at + WAITS[row.change].agreed))
    return _view(row)


def stop(work: Work, step_up_id: UUID, here: Address | None = None) -> StepUpView:
    """Stop a change from any chat of whom it touches: nothing is changed, and all of them are told.

    Stopping twice is stopping once. An operator looks at what was stopped elsewhere than it was asked for.

    Raises:
        ChangeNotFound: for somebody whom it does not touch.
        ChangeIsOver: for one that has happened, or was replaced.
    """
    row = _allowed(work, _lock(work, step_up_id), here)
    if row.state is State.STOPPED:
        return _view(row)
    _require_waiting(row)
    row.state, row.settled_at = State.STOPPED, work.now
    if any(_is(chat, here) and not chat.asks for chat in row.chats):
        facts = {"change": row.change, "step_up_id": str(row.id)}
        tasks.open_task(work, STOPPED_ELSEWHERE, Subject.PERSON, row.person_id, facts)
    _tell(work, row, "step_up_stopped", [chat for chat in row.chats if not _is(chat, here)])
    return _view(row)


def due(work: Work) -> list[UUID]:
    """Return the changes whose time has come, the oldest first."""
    ready = StepUp.state == State.WAITING, StepUp.parked_at.is_(None), StepUp.due_at <= work.now
    return list(work.session.scalars(select(StepUp.id).where(*ready).order_by(StepUp.due_at).limit(DUE_MAX)))


def claim(work: Work, step_up_id: UUID) -> StepUpView | None:
    """Return a change to be made now, locked with its people; None where it was settled or put off.

    Whoever claims it makes it in this transaction, and says `done`, `fail` or `put_off`.
    """
    known = work.session.get(StepUp, step_up_id)
    if known is None:
        return None
    people.lock(work, *{known.person_id, *(chat.person_id for chat in known.chats)})
    row = _lock(work, step_up_id)
    ready = row is not None and row.state is State.WAITING and row.due_at <= work.now
    return _view(row) if row is not None and ready and row.parked_at is None else None


def done(work: Work, step_up_id: UUID) -> None:
    """Note that a change was made. One that is gone with its person is nobody's any more."""
    if (row := _lock(work, step_up_id)) is not None:
        row.state, row.settled_at = State.DONE, work.now


def fail(work: Work, step_up_id: UUID, because: str = "") -> None:
    """Note that a change cannot be made as things are, and tell everywhere; `because` is an error's code."""
    if (row := _lock(work, step_up_id)) is not None and row.state is State.WAITING:
        row.state, row.settled_at = State.FAILED, work.now
        _tell(work, row, "step_up_failed", row.chats, because)


def put_off(work: Work, step_up_id: UUID) -> None:
    """Let a change wait for what it still needs."""
    if (row := _lock(work, step_up_id)) is not None:
        row.due_at = work.now + NOT_YET_AGAIN_AFTER


def failed(work: Work, step_up_id: UUID) -> None:
    """Note that a change failed through a fault of ours: it is tried later; in the end operators are told."""
    row = _lock(work, step_up_id)
    if row is None or row.state is not State.WAITING:
        return
    row.failures += 1
    row.due_at = work.now + FAILED_AGAIN_AFTER * 2**row.failures
    if row.failures >= FAILURES_BEFORE_PARKING:
        row.parked_at = work.now
        facts = {"change": row.change, "step_up_id": str(row.id)}
        tasks.open_task(work, FAILED_TOO_OFTEN, Subject.PERSON, row.person_id, facts)


def drop(work: Work, subject_id: UUID) -> None:
    """Let whatever waits for a subject be over, without a word: who ends it says why."""
    query = select(StepUp).where(StepUp.subject_id == subject_id, StepUp.state == State.WAITING)
    for row in work.session.scalars(query.with_for_update()):
        row.state, row.settled_at = State.FAILED, work.now


def _places(work: Work, people_asked: Sequence[UUID]) -> dict[Address, UUID]:
    """Return every chat in which these people read us, and whose it is."""
    return {place: person for person in people_asked for place in chats.open_chats(work, person)}


def _waiting(work: Work, person_id: UUID, change: Change | None) -> list[StepUp]:
    query = select(StepUp).where(StepUp.person_id == person_id, StepUp.state == State.WAITING)
    if change is not None:
        query = query.where(StepUp.change == change)
    return list(work.session.scalars(query.order_by(StepUp.asked_at, StepUp.id)))


def _lock(work: Work, step_up_id: UUID) -> StepUp | None:
    return work.session.get(StepUp, step_up_id, with_for_update=True, populate_existing=True)


def _allowed(work: Work, row: StepUp | None, here: Address | None) -> StepUp:
    """Return a change to whom it touches: by person, or by a chat that was theirs when it was asked for."""
    if row is not None:
        mine = {row.person_id, *(chat.person_id for chat in row.chats)}
        if work.actor.person_id in mine or any(_is(chat, here) for chat in row.chats):
            return row
    raise ChangeNotFound


def _require_waiting(row: StepUp) -> None:
    if row.state is not State.WAITING:
        raise ChangeIsOver(step_up_id=row.id, state=row.state)


def _is(chat: StepUpChat, here: Address | None) -> bool:
    return here is not None and (chat.channel, chat.chat_id) == (here.channel, here.chat_id)


def _tell(work: Work, row: StepUp, notice: str, to: Sequence[StepUpChat], because: str = "") -> None:
    """Tell chats by their address, at any hour: they may be somebody else's by now, or nobody's."""
    facts = {"step_up_id": str(row.id), "because": because}
    for chat in to:
        outbox.tell(work, chat.person_id, notice, {**facts, "chat": [chat.channel, chat.chat_id]})


def _view(row: StepUp) -> StepUpView:
    asked = [chat for chat in row.chats if not chat.asks]
    return StepUpView(
        id=row.id,
        change=row.change,
        person_id=row.person_id,
        subject_id=row.subject_id,
        what=row.what,
        state=row.state,
        asked_at=row.asked_at,
        due_at=row.due_at,
        asked=len(asked),
        silent=sum(chat.confirmed_at is None for chat in asked),
    )
