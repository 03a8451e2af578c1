"""Bringing the accounts of one person together, on purpose.

Whoever has an account here asks for a code and writes it in the other chat. Nothing moves until both have
said yes to what was shown, each in a chat of their own, and no other chat of theirs has stopped it; whoever
has more than chats is not swallowed but merged, by that name; every chat may take it back for three days.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from core.accounts import chats, codes, members, people
from core.accounts.errors import CodeNotValid
from core.accounts.states import CodePurpose
from core.creators import service as creators
from core.events import service as events
from core.kit.consent import binding, require
from core.kit.work import Work
from core.linking.errors import AccountLeaves, CannotMerge, LinkNotFound, NothingToUndo, ThingsOfItsOwn
from core.linking.models import LinkRequest
from core.linking.owned import obstacle, owned_by
from core.linking.schemas import LinkView
from core.linking.states import OPEN, Kind, State
from core.messaging.messages import Address
from core.payments import merges
from core.step_up import service as step_up
from core.step_up.schemas import StepUpView
from core.step_up.states import Change

CODE_LIVES_FOR = timedelta(minutes=30)
UNDO_FOR = timedelta(hours=72)


def code(work: Work) -> str:
    """Return a one-time code that brings another chat account to the acting person, once both agree."""
    return codes.issue(work, CodePurpose.LINK_CHANNEL, CODE_LIVES_FOR)


def enter(work: Work, text: str, kind: Kind, channel: str) -> LinkView:
    """Note that the acting person wrote a code in `channel`. Nothing moves: see `agree`.

    Raises:
        CodeNotValid: for an unknown, used or old code, or one's own.
        ThingsOfItsOwn: for a link of somebody who has more than chats.
        CannotMerge: where the two cannot become one.
    """
    found = codes.use(work, text, CodePurpose.LINK_CHANNEL)
    if work.actor.person_id is None or found.person_id == work.actor.person_id:
        raise CodeNotValid
    row = LinkRequest(
        kind=kind,
        from_person=work.actor.person_id,
        to_person=found.person_id,
        channel=channel,
        state=State.ENTERED,
        entered_at=work.now,
        expires_at=work.now + CODE_LIVES_FOR,
        moved={},
    )
    _require_possible(work, row)
    work.session.add(row)
    work.session.flush()
    return _view(work, row)


def get(work: Work, request_id: UUID) -> LinkView:
    """Return an open request to one of its two sides. Raises LinkNotFound."""
    return _view(work, _open(work, request_id))


@binding
def agree(work: Work, request_id: UUID, here: Address | None = None, *, shown: str) -> LinkView:
    """Say yes `here`, as the one whose chats would go over; the other side is asked, in all their chats.

    Raises:
        LinkNotFound, ThingsOfItsOwn, CannotMerge, ShownChanged.
    """
    row = _open(work, request_id)
    if row.state is not State.ENTERED or row.from_person != work.actor.person_id:
        raise LinkNotFound(request_id=request_id)
    require(shown, _view(work, row).mark, request_id=request_id)
    _require_possible(work, row)
    row.state, row.agreed_in = State.WAITING, [here.channel, here.chat_id] if here else []
    chats.tell_everywhere(work, row.to_person, "link_asked", {"request_id": str(row.id)})
    return _view(work, row)


@binding
def confirm(work: Work, request_id: UUID, here: Address | None = None, *, shown: str) -> LinkView:
    """Say yes `here`, as the one who asked for the code: the chats go over, in a merge everything with them.

    Where either side has other chats, those are asked first, and it happens when they agree or stay silent.

    Raises:
        LinkNotFound, ThingsOfItsOwn, CannotMerge, ShownChanged.
    """
    row = _open(work, request_id)
    if row.state is not State.WAITING or row.to_person != work.actor.person_id:
        raise LinkNotFound(request_id=request_id)
    found = _view(work, row)
    require(shown, found.mark, request_id=request_id)
    _require_possible(work, row)
    row.state = State.AGREED
    agreed_in = [place for place in (here, Address(*row.agreed_in) if row.agreed_in else None) if place]
    sides = row.to_person, row.from_person
    waits = step_up.ask(work, Change.LINK, row.id, found.mark_of_sides, sides, agreed_in)
    if waits.due_at <= work.now:
        take_effect(work, waits)
        step_up.done(work, waits.id)
    return _view(work, row)


def take_effect(work: Work, agreed: StepUpView) -> None:
    """Let the chats go over, as both sides agreed and no other chat of theirs stopped.

    Raises:
        LinkNotFound: for a request that is gone.
        ThingsOfItsOwn, CannotMerge: where that is not possible any more.
        ShownChanged: where other things would go over than was agreed to.
    """
    row = work.session.get(LinkRequest, agreed.subject_id, with_for_update=True)
    if row is None or row.state is not State.AGREED:
        raise LinkNotFound(request_id=agreed.subject_id)
    people.lock(work, row.from_person, row.to_person)
    _require_possible(work, row)
    require(agreed.what, _view(work, row).mark_of_sides, request_id=row.id)
    row.moved = _move(work, row)
    row.state, row.done_at, row.undo_until = State.DONE, work.now, work.now + UNDO_FOR
    about = {"person_id": row.to_person}
    events.record(work, "person.chats_linked", about, {"from_person_id": row.from_person})
    chats.tell_everywhere(work, row.to_person, "linked", {"request_id": str(row.id)})


def refuse(work: Work, request_id: UUID) -> LinkView:
    """Say no, as either side. Raises LinkNotFound."""
    row = _open(work, request_id)
    row.state = State.REFUSED
    if row.from_person != work.actor.person_id:
        chats.tell_everywhere(work, row.from_person, "link_refused", {"request_id": str(row.id)})
    return _view(work, row)


def undo(work: Work) -> LinkView:
    """Take back what was linked to the acting person last, from any chat: all goes back where it was.

    Raises:
        NothingToUndo: where nothing was linked in the last three days.
    """
    query = select(LinkRequest).where(
        LinkRequest.to_person == work.actor.person_id,
        LinkRequest.state == State.DONE,
        LinkRequest.undo_until > work.now,
    )
    known = work.session.scalars(query.order_by(LinkRequest.done_at.desc()).limit(1)).first()
    if known is None:
        raise NothingToUndo
    people.lock(work, known.from_person, known.to_person)
    row = work.session.get(LinkRequest, known.id, with_for_update=True, populate_existing=True)
    if row is None or row.state is not State.DONE:
        raise NothingToUndo
    _move_back(work, row)
    people.end_data_links(work, row.to_person)
    people.end_data_links(work, row.from_person)
    row.state = State.UNDONE
    about = {"person_id": row.to_person}
    events.record(work, "person.link_undone", about, {"from_person_id": row.from_person})
    for person_id in (row.to_person, row.from_person):
        chats.tell_everywhere(work, person_id, "link_undone", {"request_id": str(row.id)})
    return _view(work, row)


def view_of(work: Work, request_id: UUID) -> LinkView:
    """Return a request however it stands, for a notice about it. Raises LinkNotFound."""
    row = work.session.get(LinkRequest, request_id)
    if row is None:
        raise LinkNotFound(request_id=request_id)
    return _view(work, row)


def _open(work: Work, request_id: UUID) -> LinkRequest:
    """Return an open request of the acting person's, locked after its two people."""
    known = work.session.get(LinkRequest, request_id)
    if known is not None:
        people.lock(work, known.from_person, known.to_person)
    row = work.session.get(LinkRequest, request_id, with_for_update=True, populate_existing=True)
    mine = row is not None and work.actor.person_id in {row.from_person, row.to_person}
    if row is None or not mine or row.state not in OPEN or row.expires_at <= work.now:
        raise LinkNotFound(request_id=request_id)
    return row


def _require_possible(work: Work, row: LinkRequest) -> None:
    if any(people.now_of(work, side) != side for side in (row.from_person, row.to_person)):
        raise LinkNotFound(request_id=row.id)  # one of them has gone over to somebody meanwhile
    mine = owned_by(work, row.from_person)
    if row.kind is Kind.LINK and mine.anything:
        raise ThingsOfItsOwn
    if any(step_up.waiting(work, side, Change.ERASURE) for side in (row.from_person, row.to_person)):
        raise AccountLeaves
    found = obstacle(work, mine, owned_by(work, row.to_person))
    if found is not None:
        raise CannotMerge(because=found)


def _move(work: Work, row: LinkRequest) -> dict[str, object]:
    mine = owned_by(work, row.from_person)
    if mine.creator_id is not None:
        creators.hand_over(work, mine.creator_id, row.to_person)
        merges.stop_changes(work, mine.creator_id)
    return {
        "creator_id": str(mine.creator_id) if mine.creator_id else "",
        "payee": merges.kept(work, mine.creator_id) if mine.creator_id else {},
        "members": members.hand_over_all(work, row.from_person, row.to_person),
        "chats": chats.hand_over(work, row.from_person, row.to_person),
    }


def _move_back(work: Work, row: LinkRequest) -> None:
    if row.moved["creator_id"]:
        creator_id = UUID(row.moved["creator_id"])
        creators.hand_over(work, creator_id, row.from_person)
        if "payee" in row.moved:
            merges.give_back(work, creator_id, row.to_person, row.moved["payee"])
    members.take_back_all(work, row.from_person, row.to_person, row.moved["members"])
    chats.take_back(work, row.from_person, row.to_person, row.moved["chats"])


def _view(work: Work, row: LinkRequest) -> LinkView:
    waits = step_up.about(work, row.id) if row.state is State.AGREED else None
    return LinkView(
        id=row.id,
        kind=row.kind,
        state=row.state,
        from_person=row.from_person,
        from_name=people.person_of(work, row.from_person).name,
        to_person=row.to_person,
        to_name=people.person_of(work, row.to_person).name,
        channel=row.channel,
        expires_at=row.expires_at,
        undo_until=row.undo_until,
        owned=owned_by(work, row.from_person),
        due_at=waits.due_at if waits else None,
    )
