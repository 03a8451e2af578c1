"""What the two sides of a deal write to each other, and give as evidence.

Words are sealed with their writer's key. A way to reach somebody outside is read by the other side only when
both have agreed; staff reads everything, from the deal that a message stands in.
"""

from uuid import UUID

from sqlalchemy import select

from core.accounts import permissions
from core.accounts.states import Permission
from core.compliance import contact_details
from core.creators import service as creators
from core.deals import views
from core.deals.errors import MessageEmpty, MessageNotFound, NotYourStep, TalkOver
from core.deals.models import DealMessage
from core.deals.schemas import DealView, MessageView, WriteMessage
from core.kit.actors import ActorKind
from core.kit.process import Party
from core.kit.text import clean, is_blank
from core.kit.work import Work
from core.media import service as media
from core.messaging import outbox
from core.operators import tasks
from core.operators.states import Subject
from core.vault import service as vault

PLACE = "deal_message.words"
WORDS_CHARACTERS_MAX = 2_000
SHOWN_MAX = 200
REPORTED = "message_reported"
"""The kind of the task that a reported message opens."""


def write(work: Work, command: WriteMessage) -> MessageView:
    """Write to the other side of a deal, which is told; `held_back` says that they read less for now.

    Raises:
        DealNotFound: for somebody who is no party to it.
        RoleMissing: for somebody of the brand who may only look.
        TalkOver: when the deal has ended, and the time for reviews too.
        MessageEmpty, MediaNotFound.
    """
    deal = views.get(work, command.deal_id)
    side = views.side_of(work, deal)
    if side is Party.BRAND:
        permissions.require(work, deal.workspace_id, Permission.APPROVE)
    if deal.ended and (deal.review_until is None or deal.review_until <= work.now):
        raise TalkOver
    words = clean(command.words, WORDS_CHARACTERS_MAX)
    if is_blank(words) and not command.media_ids:
        raise MessageEmpty
    media.need(work, command.media_ids)
    writer = work.actor.person_id
    if writer is None:
        raise NotYourStep(deal_id=deal.id)
    row = DealMessage(
        deal_id=deal.id,
        side=side,
        writer_id=writer,
        words=vault.seal(work, writer, words, PLACE),
        media=[str(media_id) for media_id in command.media_ids],
        evidence=command.evidence,
        held_back=bool(contact_details.without(words, _country(work, deal))[1]),
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    _tell(work, deal, row)
    return _view(work, deal, row, open_=_agreed(deal))


def of_deal(work: Work, deal_id: UUID) -> list[MessageView]:
    """Return what was written in a deal, the oldest first, as whoever asks may read it; the newest 200."""
    deal = views.get(work, deal_id)
    query = select(DealMessage).where(DealMessage.deal_id == deal_id)
    rows = list(work.session.scalars(query.order_by(DealMessage.at.desc(), DealMessage.id).limit(SHOWN_MAX)))
    vault.ahead(work, (row.writer_id for row in rows))
    return [_view(work, deal, row, open_=_reads_all(work, deal, row)) for row in reversed(rows)]


def get(work: Work, message_id: UUID) -> MessageView:
    """Return one message as whoever asks may read it. Raises MessageNotFound, DealNotFound."""
    row = work.session.get(DealMessage, message_id)
    if row is None:
        raise MessageNotFound(message_id=message_id)
    deal = views.get(work, row.deal_id)
    return _view(work, deal, row, open_=_reads_all(work, deal, row))


def told(work: Work, message_id: UUID) -> MessageView | None:
    """Return a message as the side that did not write it reads it, None where it is gone with its writer."""
    row = work.session.get(DealMessage, message_id)
    if row is None:
        return None
    deal = views.get(work, row.deal_id)
    return _view(work, deal, row, open_=_agreed(deal))


def report(work: Work, message_id: UUID) -> None:
    """Put a message before the operators; once, however often it is reported.

    Raises:
        MessageNotFound, DealNotFound: for somebody who is no party to its deal.
    """
    message = get(work, message_id)
    tasks.open_task(work, REPORTED, Subject.DEAL, message.deal_id, {"message_id": str(message.id)})


def _tell(work: Work, deal: DealView, row: DealMessage) -> None:
    other = Party.BRAND if row.side is Party.CREATOR else Party.CREATOR
    people = (
        permissions.people_who_may(work, deal.workspace_id, Permission.APPROVE)
        if other is Party.BRAND
        else [creators.person_behind(work, deal.creator_id)]
    )
    facts = {
        "deal_id": str(deal.id),
        "campaign_id": str(deal.campaign_id),
        "message_id": str(row.id),
        "to": other,
        "by": row.side,
    }
    for person_id in people:
        if person_id != row.writer_id:
            outbox.tell(work, person_id, "deal_message", facts)


def _view(work: Work, deal: DealView, row: DealMessage, *, open_: bool) -> MessageView:
    words = vault.open_sealed(work, row.writer_id, row.words, PLACE)
    held_back = row.held_back and not open_
    if held_back:
        words, _ = contact_details.without(words, _country(work, deal))
    files = tuple(UUID(media_id) for media_id in row.media)
    return MessageView(row.id, row.deal_id, row.side, words, files, row.evidence, held_back, row.at)


def _reads_all(work: Work, deal: DealView, row: DealMessage) -> bool:
    staff = work.actor.kind is not ActorKind.PERSON
    return staff or _agreed(deal) or row.writer_id == work.actor.person_id


def _agreed(deal: DealView) -> bool:
    """Tell whether both sides have agreed to the deal once; what they agreed to has a digest."""
    return bool(deal.terms_hash)


def _country(work: Work, deal: DealView) -> str:
    return creators.behind(work, deal.creator_id).country
