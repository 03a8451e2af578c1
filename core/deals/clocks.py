"""Steps that the clock takes when nobody else has."""

from datetime import datetime, timedelta
from uuid import UUID

from core.accounts import people
from core.campaigns.errors import CampaignFrozen
from core.creators import service as creators
from core.deals import endings, engine, pieces, retention
from core.deals.deal_table import CLOCK_STEPS
from core.deals.errors import (
    DealNotFound,
    DealStandsStill,
    StepNotPossible,
    StillToBeSeen,
)
from core.deals.models import Deal, Deliverable
from core.deals.piece_table import IN_THE_MORNING, REMINDERS, REVIEWS_OVER
from core.deals.repository import DealRepository
from core.deals.states import CLOCK_PARKED, POST_UNSEEN, DeliverableState
from core.kit.actors import CLOCK
from core.kit.process import Party
from core.kit.work import Work
from core.messaging import cards, outbox
from core.operators import tasks
from core.operators.states import Subject

TIMERS_MAX = 200
REFUSED_AGAIN_AFTER = timedelta(hours=1)
FAILED_AGAIN_AFTER = timedelta(minutes=1)  # doubled each time
FAILURES_BEFORE_PARKING = 6


def due_timers(work: Work) -> list[tuple[UUID, UUID]]:
    """Return (timer, deal) of the clocks that have run out."""
    return DealRepository(work.session).due_timers(work.now, TIMERS_MAX)


def next_timer_at(work: Work) -> datetime | None:
    """Return when the next clock runs out."""
    return DealRepository(work.session).next_timer_at()


def fire(work: Work, timer_id: UUID, deal_id: UUID) -> bool:
    """Let one clock act; False where somebody was faster, or the step is refused as things stand.

    A refused step is tried again, for what refuses it now may pass: no clock is forgotten before its end.
    """
    work = work.acting_as(CLOCK)
    deal, timer = engine.open_clock(work, deal_id, timer_id)
    if timer is None or timer.due_at > work.now or timer.paused_at is not None:
        return False
    piece_id, name = timer.deliverable_id, timer.step
    if name in REMINDERS:
        person_id = creators.person_behind(work, deal.creator_id)
        if name in IN_THE_MORNING and (morning := people.morning_of(work, person_id, work.now)) > work.now:
            timer.due_at = morning
            return False
        work.session.delete(timer)
        _remind(work, deal, piece_id, name, person_id)
        return True
    if name == REVIEWS_OVER:
        work.session.delete(timer)
        outbox.redraw(work, cards.deal(deal.id))
        return True
    try:  # a step is refused before anything of it is done; one that is taken stops its own clock
        piece = engine.take_piece(work, name, piece_id) if piece_id else None
        if piece is None:
            engine.take(work, CLOCK_STEPS.get(name, name), deal.id)
    except (StepNotPossible, DealNotFound, DealStandsStill, CampaignFrozen, StillToBeSeen):
        timer.due_at = work.now + REFUSED_AGAIN_AFTER
        _tell_of_unseen(work, deal, piece_id)
        return False
    _go_on(work, deal, piece, name)
    return True


def failed(work: Work, timer_id: UUID) -> None:
    """Note that a clock failed through a fault of ours: it acts later, in the end an operator is told."""
    timer = DealRepository(work.session).timer(timer_id)
    if timer is None:
        return
    timer.failures += 1
    timer.due_at = work.now + FAILED_AGAIN_AFTER * 2**timer.failures
    if timer.failures >= FAILURES_BEFORE_PARKING:
        timer.parked_at = work.now
        facts = {"step": timer.step}
        if timer.deliverable_id:
            facts["deliverable_id"] = str(timer.deliverable_id)
        tasks.open_task(work, CLOCK_PARKED, Subject.DEAL, timer.deal_id, facts)


def restart(work: Work, deal_id: UUID) -> int:
    """Let a deal's parked clocks run again, once what stopped them is mended; returns how many."""
    parked = DealRepository(work.session).parked_timers(deal_id)
    for timer in parked:
        timer.parked_at, timer.failures, timer.due_at = None, 0, work.now
    tasks.settle(work, Subject.DEAL, deal_id, only=[CLOCK_PARKED])
    return len(parked)


def _go_on(work: Work, deal: Deal, piece: Deliverable | None, name: str) -> None:
    """Do what follows from a step that the clock has taken."""
    if name in {"cancel_by_silence", "no_address", "not_sent"}:
        endings.cancel_pieces(work, deal)
    if name == "arrived_by_silence":
        pieces.begin(work, deal)
    if piece is not None and name == "approve_by_silence":
        pieces.make_link(work, piece)
    if piece is not None:
        pieces.complete_if_done(work, deal.id)


def _tell_of_unseen(work: Work, deal: Deal, piece_id: UUID | None) -> None:
    """Put a post before the operators whose money has waited for a look for too long."""
    for piece in deal.deliverables:
        waits = piece.id == piece_id and piece.state is DeliverableState.LIVE
        if waits and retention.unseen_too_long(piece, work.now):
            facts = {"deliverable_id": str(piece_id)}
            tasks.open_task(work, POST_UNSEEN, Subject.DEAL, deal.id, facts)


def _remind(work: Work, deal: Deal, piece_id: UUID | None, name: str, person_id: UUID) -> None:
    facts = {
        "deal_id": str(deal.id),
        "campaign_id": str(deal.campaign_id),
        "deliverable_id": str(piece_id),
        "to": Party.CREATOR,
    }
    outbox.remind(work, person_id, REMINDERS[name], facts)
    outbox.redraw(work, cards.deal(deal.id), anew=True)
