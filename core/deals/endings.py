"""Leaving, arguing, deciding, reviewing, and closing a campaign."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.accounts import permissions, workspaces
from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.campaigns.schemas import CampaignView
from core.creators import service as creators
from core.deals import engine, marks, pieces, views
from core.deals.errors import (
    DealsStillOpen,
    ReasonMissing,
    StepNotPossible,
)
from core.deals.models import Deal
from core.deals.repository import DealRepository
from core.deals.schemas import (
    DealView,
)
from core.deals.states import OPEN_DEALS
from core.kit.actors import SYSTEM
from core.kit.consent import binding, require
from core.kit.money import Money
from core.kit.process import Party
from core.kit.text import clean
from core.kit.work import Work
from core.messaging import cards, outbox
from core.operators import tasks
from core.operators.states import Subject
from core.payments import books, refunds
from core.payments.states import Rest
from core.trust import service as trust
from core.trust.service import WriteReview
from core.trust.states import Side


@binding
def ask_to_cancel(work: Work, deal_id: UUID, reason: str, *, shown: str) -> DealView:
    """Ask the other side to cancel; silence agrees. Raises AlreadyPublished."""
    return answer(work, "cancel_request", deal_id, reason, shown=shown)


@binding
def answer_cancel(work: Work, deal_id: UUID, *, agree: bool, shown: str) -> DealView:
    """Answer a request to cancel."""
    deal = engine.take(work, "cancel_agree" if agree else "cancel_refuse", deal_id, shown=shown)
    if agree:
        cancel_pieces(work, deal)
    return views.view(work, deal)


@binding
def cancel_by_operator(work: Work, deal_id: UUID, reason: str, *, shown: str) -> DealView:
    """Cancel a deal as support staff."""
    facts = {"reason": clean(reason, views.REASON_CHARACTERS_MAX)}
    deal = engine.take(work, "cancel_by_operator", deal_id, facts, shown=shown)
    cancel_pieces(work, deal)
    return views.view(work, deal)


def end_without_money(work: Work, deal_id: UUID, reason: str) -> None:
    """End an open deal that has lost its money or its creator; what is held for published work is paid."""
    deal = engine.take(work.acting_as(SYSTEM), "cancel_by_system", deal_id, {"reason": reason})
    cancel_pieces(work, deal)


def end_unfunded(work: Work, campaign: CampaignView, deals: Sequence[Deal], reason: str) -> None:
    """End many deals of a locked campaign of whose money nothing is left, in a few statements."""
    engine.take_all(work, campaign, deals, "cancel_unfunded", {"reason": reason})
    engine.follow_deal(work, campaign, deals, "cancel_with_deal")
    tasks.settle(work, Subject.DEAL, *(deal.id for deal in deals))


@binding
def dispute(work: Work, deal_id: UUID, reason: str, *, shown: str) -> DealView:
    """Open a dispute: what is held is frozen until an operator decides.

    Raises NothingHeld where there was cash, and all of it is paid.
    """
    return answer(work, "dispute", deal_id, reason, shown=shown)


@binding
def answer_dispute(work: Work, deal_id: UUID, answer: str, *, shown: str) -> DealView:
    """Give the other side's view of a dispute."""
    facts = {"answer": clean(answer, views.REASON_CHARACTERS_MAX)}
    return views.view(work, engine.take(work, "dispute_answer", deal_id, facts, shown=shown))


@binding
def resolve(work: Work, deal_id: UUID, reason: str, creator_gets: Money | None, *, shown: str) -> DealView:
    """Decide a dispute: the deal goes on (`creator_gets` is None), or ends with that split.

    Raises:
        ReasonMissing, SplitOutOfRange, NotYourStep for anybody but an operator.
    """
    facts: dict[str, Any] = {"reason": clean(reason, views.REASON_CHARACTERS_MAX)}
    if creator_gets is None:
        deal = engine.take(work, "resolve_resume", deal_id, facts, shown=shown)
        pieces.begin(work, deal)  # where its gift was argued about: the work waited for it
        pieces.complete_if_done(work, deal.id)
        return views.view(work, deal)
    facts |= {"creator_minor": creator_gets.minor, "currency": creator_gets.currency}
    deal = engine.take(work, "resolve_close", deal_id, facts, shown=shown)
    engine.follow_deal(work, campaigns.get(work, deal.campaign_id), [deal], "resolve")
    return views.view(work, deal)


@binding
def review(work: Work, deal_id: UUID, stars: int, text: str, *, shown: str) -> bool:
    """Review the other side of an ended deal; True when both have spoken and both can be read.

    Raises:
        StepNotPossible: before the deal has ended.
        RoleMissing: for somebody of the brand who may only look.
        StarsOutOfRange, AlreadyReviewed, ReviewWindowClosed.
    """
    view = views.get(work, deal_id)
    require(shown, view.mark, deal_id=deal_id)
    if view.review_until is None:
        raise StepNotPossible(state=view.state, step="review")
    side = views.side_of(work, view)
    if side is Party.BRAND:
        permissions.require(work, view.workspace_id, Permission.APPROVE)
    about = view.creator_id if side is Party.BRAND else view.workspace_id
    command = WriteReview(deal_id, Side(side), about, stars, text, view.review_until)
    both = trust.review(work, command)
    outbox.redraw(work, cards.deal(deal_id))
    if both:
        facts = {"deal_id": str(deal_id), "campaign_id": str(view.campaign_id)}
        people = permissions.people_who_may(work, view.workspace_id, Permission.APPROVE)
        told = {*people, creators.person_behind(work, view.creator_id)}
        for person_id in told - {work.actor.person_id}:  # who spoke second is answered with both
            outbox.tell(work, person_id, "reviews_visible", facts)
    return both


@binding
def close_campaign(work: Work, campaign_id: UUID, rest: Rest, *, shown: str) -> CampaignView:
    """End a campaign whose deals have all ended and give the rest back.

    Raises:
        ShownChanged: when what is left is not what was shown.
        DealsStillOpen, CampaignStepNotPossible, WorkspaceFrozen.
    """
    campaigns.own(work, campaign_id, Permission.FUND)
    campaign = campaigns.lock(work, campaign_id)
    workspaces.require_free(work, campaign.workspace_id)
    require(shown, closing_mark(work, campaign), campaign_id=campaign_id)
    if still_open(work, campaign_id):
        raise DealsStillOpen
    campaigns.step(work, campaign_id, "settle")
    if books.escrow_of(work, campaign):
        refunds.return_rest(work, campaign_id, rest)
    refunds.close_if_empty(work, campaign_id)
    return campaigns.get(work, campaign_id)


def still_open(work: Work, campaign_id: UUID) -> bool:
    """Tell whether a deal of a campaign is still running, so that it cannot be closed."""
    return any(deal.state in OPEN_DEALS for deal in DealRepository(work.session).of_campaign(campaign_id))


def closing_mark(work: Work, campaign: CampaignView) -> str:
    """Return the mark of what closing a campaign would give back."""
    return marks.of_closing(campaign, books.escrow_of(work, campaign))


def answer(work: Work, name: str, deal_id: UUID, reason: str, *, shown: str) -> DealView:
    """Take a step that carries a reason. Raises ReasonMissing where one is needed."""
    facts = {"reason": clean(reason, views.REASON_CHARACTERS_MAX)}
    if name in {"dispute", "cancel_request"} and not facts["reason"]:
        raise ReasonMissing
    return views.view(work, engine.take(work, name, deal_id, facts, shown=shown))


def creator_unreachable(work: Work, person_id: UUID) -> None:
    """Tell the brands of a creator's open deals that no message reaches the creator any more."""
    creator = creators.of_person(work, person_id)
    for deal in views.of_creator(work, creator.id) if creator else []:
        if deal.state in OPEN_DEALS:
            facts = {"deal_id": str(deal.id), "campaign_id": str(deal.campaign_id), "to": Party.BRAND}
            for brand_person in permissions.people_who_may(work, deal.workspace_id, Permission.APPROVE):
                outbox.tell(work, brand_person, "creator_unreachable", facts)


def cancel_pieces(work: Work, deal: Deal) -> None:
    """Cancel every open piece of a deal that is over."""
    engine.follow_deal(work, campaigns.get(work, deal.campaign_id), [deal], "cancel_with_deal")
