"""Doing the work: drafts, changes, posts, deadlines of one piece."""

from datetime import datetime
from typing import Any
from uuid import UUID

from core.campaigns import service as campaigns
from core.deals import engine, views
from core.deals.errors import PictureMissing, StepNotPossible
from core.deals.models import Deal, Deliverable
from core.deals.piece_table import DELIVERABLE
from core.deals.repository import DealRepository
from core.deals.schemas import ClaimPost, DealView, DeliverableView, SubmitDraft
from core.deals.states import DealState, DeliverableState
from core.kit.actors import SYSTEM
from core.kit.consent import binding, require
from core.kit.errors import DomainError
from core.kit.remarks import Remark
from core.kit.text import clean
from core.kit.work import Work
from core.media import service as media
from core.tracking import service as tracking

DAYS_MAX = 60
CAPTION_CHARACTERS_MAX = 4_000


@binding
def submit_draft(work: Work, command: SubmitDraft, *, shown: str) -> DeliverableView:
    """Hand in a draft; the brand's review clock starts from now.

    Raises:
        DraftEmpty: without a caption and without a file.
        MediaNotFound: with a file that is not the creator's own.
    """
    media.need(work, command.media_ids)
    facts = {
        "caption": clean(command.caption, CAPTION_CHARACTERS_MAX),
        "media_ids": [str(media_id) for media_id in command.media_ids],
    }
    piece = engine.take_piece(work, "submit_draft", command.deliverable_id, facts, shown=shown)
    return views.piece_view(work, piece)


@binding
def request_changes(work: Work, deliverable_id: UUID, reason: str, *, shown: str) -> DeliverableView:
    """Ask for a change. Raises NoRevisionsLeft, ReasonMissing."""
    facts = {"reason": clean(reason, views.REASON_CHARACTERS_MAX)}
    piece = engine.take_piece(work, "request_changes", deliverable_id, facts, shown=shown)
    return views.piece_view(work, piece)


@binding
def approve_draft(work: Work, deliverable_id: UUID, *, shown: str) -> DeliverableView:
    """Approve a draft: the creator may publish it, with its own tracking link."""
    piece = engine.take_piece(work, "approve_draft", deliverable_id, shown=shown)
    make_link(work, piece)
    return views.piece_view(work, piece)


@binding
def submit_post(work: Work, deliverable_id: UUID, url: str, *, shown: str) -> DeliverableView:
    """Note where the work was published. `core.posts` calls this and has it verified."""
    piece = engine.take_piece(work, "submit_post", deliverable_id, {"url": url}, shown=shown)
    return views.piece_view(work, piece)


@binding
def claim_post(work: Work, command: ClaimPost, *, shown: str) -> DeliverableView:
    """Note where the work was published, with a screenshot: the brand's clock to look at it starts from now.

    Raises:
        PictureMissing: without one, or with a file that is none.
        MediaNotFound: with a file that is not the creator's own.
    """
    media.need(work, command.media_ids)
    if any(known.kind != "photo" for known in media.many(work, command.media_ids).values()):
        raise PictureMissing
    facts = {
        "url": command.url,
        "media_ids": [str(media_id) for media_id in command.media_ids],
        "words": clean(command.words, CAPTION_CHARACTERS_MAX),
    }
    piece = engine.take_piece(work, "claim_post", command.deliverable_id, facts, shown=shown)
    return views.piece_view(work, piece)


@binding
def confirm_post(work: Work, deliverable_id: UUID, *, shown: str) -> DeliverableView:
    """Let a post count that link and screenshot show: the first part of the money is released."""
    piece = engine.take_piece(work, "confirm_post", deliverable_id, shown=shown)
    complete_if_done(work, piece.deal_id)
    return views.piece_view(work, piece)


@binding
def refuse_post(work: Work, deliverable_id: UUID, reason: str, *, shown: str) -> DeliverableView:
    """Send a post back that link and screenshot do not show. Raises ReasonMissing."""
    facts = {"reason": clean(reason, views.REASON_CHARACTERS_MAX)}
    piece = engine.take_piece(work, "refuse_post", deliverable_id, facts, shown=shown)
    return views.piece_view(work, piece)


def verify_post(work: Work, deliverable_id: UUID, published_at: datetime) -> DeliverableView:
    """Let a post count as live: the first part of the money is released, and it has to stay up."""
    return _by_system(work, "verify_post", deliverable_id, {"published_at": published_at.isoformat()})


def reject_post(work: Work, deliverable_id: UUID, reasons: list[Remark]) -> DeliverableView:
    """Send a post back with what to mend; the third time an operator looks."""
    return _by_system(
        work, "reject_post", deliverable_id, {"reasons": [remark.to_json() for remark in reasons]}
    )


def post_missing(work: Work, deliverable_id: UUID) -> DeliverableView:
    """Note that a live post is gone; the creator has a day to restore it."""
    return _by_system(work, "post_missing", deliverable_id)


def restore(work: Work, deliverable_id: UUID) -> DeliverableView:
    """Note that a missing post is back."""
    return _by_system(work, "restore", deliverable_id)


def lock(work: Work, deliverable_id: UUID) -> tuple[DealView, DeliverableView]:
    """Return a piece and its deal, locked until the work ends, the campaign first. Raises DealNotFound."""
    deal, piece = _lock(work, deliverable_id)
    return views.view(work, deal), views.piece_view(work, piece)


def note_look(work: Work, deliverable_id: UUID, *, found: bool) -> None:
    """Note what a look at a piece's post showed. Money that waited for it waits no longer."""
    _, piece = _lock(work, deliverable_id)
    if not found:
        piece.doubted_at = piece.doubted_at or work.now
        return
    piece.seen_at, piece.doubted_at = work.now, None
    over = piece.retained_until is not None and piece.retained_until <= work.now
    if piece.state is DeliverableState.LIVE and over:
        DealRepository(work.session).hurry(piece.id, "complete", work.now)


@binding
def vouch(work: Work, deliverable_id: UUID, reason: str, *, shown: str) -> DeliverableView:
    """Say as an operator that a post stayed up as agreed, where no look could tell: its rest is released.

    Raises:
        ShownChanged, ReasonMissing, StepNotPossible, DealStandsStill, NotYourStep.
    """
    facts = {"reason": clean(reason, views.REASON_CHARACTERS_MAX)}
    piece = engine.take_piece(work, "complete", deliverable_id, facts, shown=shown)
    complete_if_done(work, piece.deal_id)
    return views.piece_view(work, piece)


def ask_more_time(work: Work, deliverable_id: UUID, days: int, reason: str) -> DeliverableView:
    """Ask the brand for more days; until it answers, what is due stays due. Raises AskedAlready."""
    facts = {"days": min(max(days, 1), DAYS_MAX), "reason": clean(reason, views.REASON_CHARACTERS_MAX)}
    piece = engine.take_piece(work, "ask_more_time", deliverable_id, facts)
    return views.piece_view(work, piece)


@binding
def extend(work: Work, deliverable_id: UUID, days: int, *, shown: str) -> DeliverableView:
    """Give a piece more days, from now where it is overdue, else from when it is due."""
    deal = views.get(work, views.deal_of(work, deliverable_id))
    piece = next(d for d in deal.deliverables if d.id == deliverable_id)
    require(shown, piece.mark, deliverable_id=deliverable_id)
    name = {
        DeliverableState.DRAFTING: "extend_draft",
        DeliverableState.CHANGES_REQUESTED: "extend_changes",
        DeliverableState.APPROVED: "extend_post",
    }.get(piece.overdue_from or piece.state)
    if name is None:
        raise StepNotPossible(state=piece.state, step="extend")
    days = min(max(days, 1), DAYS_MAX)
    taken = engine.take_piece(work, name, deliverable_id, {"days": days}, shown=shown)
    return views.piece_view(work, taken)


@binding
def cancel_piece(work: Work, deliverable_id: UUID, *, shown: str) -> DeliverableView:
    """Cancel an overdue piece; what is held for it goes back to the campaign."""
    piece = engine.take_piece(work, "cancel", deliverable_id, shown=shown)
    complete_if_done(work, piece.deal_id)
    return views.piece_view(work, piece)


def _by_system(
    work: Work, name: str, deliverable_id: UUID, facts: dict[str, Any] | None = None
) -> DeliverableView:
    piece = engine.take_piece(work.acting_as(SYSTEM), name, deliverable_id, facts)
    return views.piece_view(work, piece)


def _lock(work: Work, deliverable_id: UUID) -> tuple[Deal, Deliverable]:
    _, deal, piece = engine.open_piece(work, deliverable_id)
    return deal, piece


def complete_if_done(work: Work, deal_id: UUID) -> None:
    """Complete a deal whose last piece has come to its end."""
    deal = DealRepository(work.session).get(deal_id)
    if deal is None or deal.state is not DealState.AGREED:
        return
    if all(piece.state in DELIVERABLE.terminal for piece in deal.deliverables):
        engine.take(work.acting_as(SYSTEM), "complete", deal_id)


def begin(work: Work, deal: Deal) -> None:
    """Let the work of an agreed deal begin: every piece of it that has not."""
    engine.follow_deal(work, campaigns.get(work, deal.campaign_id), [deal], "start")


def make_link(work: Work, piece: Deliverable) -> None:
    """Give an approved piece its own counted link, where the brief has a landing page."""
    deal = DealRepository(work.session).get(piece.deal_id)
    if deal is None:
        return
    brief = views.brief_of(work, deal.campaign_id, deal.brief_number)
    if brief.landing_url:
        title = campaigns.get(work, deal.campaign_id).title
        try:
            tracking.create(work, piece.id, brief.landing_url, piece.platform, title)
        except DomainError:
            return  # a landing page that is no address: the post goes out without a counted link
