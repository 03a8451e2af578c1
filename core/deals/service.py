"""Deals: every verb is one step of the process tables, taken by somebody who may take it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from core.accounts import service as accounts
from core.accounts.states import Permission
from core.billing import service as billing
from core.billing.schemas import Terms
from core.campaigns import service as campaigns
from core.campaigns.schemas import CampaignView
from core.campaigns.states import OPEN_FOR_OFFERS, CampaignState
from core.creators import service as creators
from core.deals import engine, postings, rules  # noqa: F401  (rules binds itself to the engine)
from core.deals.engine import Step
from core.deals.errors import (
    AlreadyEngaged,
    CampaignNotFunded,
    CreatorNotAvailable,
    DealNotFound,
    DealsStillOpen,
    PriceOutOfRange,
    ReasonMissing,
    StepNotPossible,
)
from core.deals.models import Deal, Deliverable
from core.deals.repository import DealRepository
from core.deals.schemas import (
    Apply,
    DealView,
    DeliverableView,
    EventView,
    MakeOffer,
    OperatorTask,
    SubmitDraft,
)
from core.deals.states import (
    DEAL,
    DELIVERABLE,
    OPEN_STATES,
    REMINDERS,
    VERSION,
    DealState,
    DeliverableState,
)
from core.kit.actors import CLOCK, SYSTEM
from core.kit.errors import DomainError
from core.kit.money import Money, split
from core.kit.process import Party
from core.kit.remarks import Remark
from core.kit.text import clean
from core.kit.work import Work
from core.messaging import outbox
from core.payments import service as payments
from core.payments.schemas import CampaignMoney
from core.payments.states import Rest
from core.tracking import service as tracking
from core.trust import service as trust
from core.trust.service import WriteReview
from core.trust.states import Side

OPEN_DEALS = (
    DealState.OFFERED,
    DealState.APPLIED,
    DealState.AGREED,
    DealState.CANCELLING,
    DealState.DISPUTED,
)
REASON_CHARACTERS_MAX = 2_000
TIMERS_MAX = 200
BAND_DEALS_MIN = 3


# --- making and answering offers


def offer(work: Work, command: MakeOffer) -> DealView:
    """Offer a creator the campaign's work; the price is held until it is answered.

    Raises:
        CampaignNotFunded, AlreadyEngaged, PriceOutOfRange, CreatorNotAvailable, NotEnoughMoney.
    """
    campaign = campaigns.own(work, command.campaign_id, Permission.RUN_CAMPAIGNS)
    return _create(work, campaign, command.creator_id, command.price, command.note, "offer")


def apply(work: Work, command: Apply) -> DealView:
    """Ask to take part in a funded campaign; nothing is held until the brand accepts.

    Raises:
        CampaignNotFunded, AlreadyEngaged, PriceOutOfRange, DealNotFound without a profile.
    """
    creator = creators.of_person(work, work.actor.person_id) if work.actor.person_id else None
    if creator is None:
        raise DealNotFound
    campaign = campaigns.get(work, command.campaign_id)
    return _create(work, campaign, creator.id, command.price, command.note, "apply")


def counter(work: Work, deal_id: UUID, price: Money, note: str = "") -> DealView:
    """Name another price; the other side answers.

    Raises:
        NotYourTurn, NoRoundsLeft, PriceOutOfRange, NotEnoughMoney.
    """
    facts = {"price_minor": price.minor, "note": clean(note, REASON_CHARACTERS_MAX)}
    if get(work, deal_id).price.currency is not price.currency:
        raise PriceOutOfRange(price=price)
    return _view(work, engine.take(work, "counter", deal_id, facts))


def accept(work: Work, deal_id: UUID) -> DealView:
    """Agree: the terms are frozen with a hash and the work begins. Raises NotYourTurn."""
    name = "accept_application" if get(work, deal_id).state is DealState.APPLIED else "accept"
    deal = engine.take(work, name, deal_id)
    for piece in deal.deliverables:
        engine.take_piece(work.acting_as(SYSTEM), "start", piece.id)
    return _view(work, deal)


def decline(work: Work, deal_id: UUID, reason: str = "") -> DealView:
    """Say no; what was held is free again."""
    return _answer(work, "decline", deal_id, reason)


def withdraw(work: Work, deal_id: UUID, reason: str = "") -> DealView:
    """Take back one's own offer or application."""
    return _answer(work, "withdraw", deal_id, reason)


# --- doing the work


def submit_draft(work: Work, command: SubmitDraft) -> DeliverableView:
    """Hand in a draft; the brand's review clock starts from now.

    Raises:
        DraftEmpty: without a caption and without a file.
    """
    facts = {
        "caption": clean(command.caption, 4_000),
        "media_ids": [str(media_id) for media_id in command.media_ids],
    }
    piece = engine.take_piece(work, "submit_draft", command.deliverable_id, facts)
    return _piece_view(work, piece)


def request_changes(work: Work, deliverable_id: UUID, reason: str) -> DeliverableView:
    """Ask for a change. Raises NoRevisionsLeft, ReasonMissing."""
    facts = {"reason": clean(reason, REASON_CHARACTERS_MAX)}
    return _piece_view(work, engine.take_piece(work, "request_changes", deliverable_id, facts))


def approve_draft(work: Work, deliverable_id: UUID) -> DeliverableView:
    """Approve a draft: the creator may publish it, with its own tracking link."""
    piece = engine.take_piece(work, "approve_draft", deliverable_id)
    _make_link(work, piece)
    return _piece_view(work, piece)


def submit_post(work: Work, deliverable_id: UUID, url: str) -> DeliverableView:
    """Note where the work was published. `core.posts` calls this and has it verified."""
    return _piece_view(work, engine.take_piece(work, "submit_post", deliverable_id, {"url": url}))


def verify_post(work: Work, deliverable_id: UUID) -> DeliverableView:
    """Let a post count as live: the first part of the money is released."""
    return _by_system(work, "verify_post", deliverable_id)


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


def extend(work: Work, deliverable_id: UUID, days: int) -> DeliverableView:
    """Give an overdue piece more days."""
    deal = get(work, _deal_of(work, deliverable_id))
    piece = next(d for d in deal.deliverables if d.id == deliverable_id)
    name = {
        DeliverableState.DRAFTING: "extend_draft",
        DeliverableState.CHANGES_REQUESTED: "extend_changes",
        DeliverableState.APPROVED: "extend_post",
    }.get(piece.overdue_from or DeliverableState.PLANNED)
    if name is None:
        raise StepNotPossible(state=piece.state, step="extend")
    days = min(max(days, 1), 60)
    return _piece_view(work, engine.take_piece(work, name, deliverable_id, {"days": days}))


def cancel_piece(work: Work, deliverable_id: UUID) -> DeliverableView:
    """Cancel an overdue piece; what is held for it goes back to the campaign."""
    piece = engine.take_piece(work, "cancel", deliverable_id)
    _complete_if_done(work, piece.deal_id)
    return _piece_view(work, piece)


# --- leaving, arguing, settling


def ask_to_cancel(work: Work, deal_id: UUID, reason: str) -> DealView:
    """Ask the other side to cancel; silence agrees. Raises AlreadyPublished."""
    return _answer(work, "cancel_request", deal_id, reason)


def answer_cancel(work: Work, deal_id: UUID, *, agree: bool) -> DealView:
    """Answer a request to cancel."""
    deal = engine.take(work, "cancel_agree" if agree else "cancel_refuse", deal_id)
    if agree:
        _cancel_pieces(work, deal)
    return _view(work, deal)


def cancel_by_operator(work: Work, deal_id: UUID, reason: str) -> DealView:
    """Cancel a deal as support staff."""
    facts = {"reason": clean(reason, REASON_CHARACTERS_MAX)}
    deal = engine.take(work, "cancel_by_operator", deal_id, facts)
    _cancel_pieces(work, deal)
    return _view(work, deal)


def end_without_money(work: Work, deal_id: UUID, reason: str) -> None:
    """End a deal whose money is gone, whatever state it is in; an operator's actor is needed."""
    deal = DealRepository(work.session).get(deal_id)
    if deal is None:
        raise DealNotFound(deal_id=deal_id)
    if deal.state is DealState.DISPUTED:
        resolve(work, deal_id, reason, Money(0, deal.currency))
    else:
        cancel_by_operator(work, deal_id, reason)


def dispute(work: Work, deal_id: UUID, reason: str) -> DealView:
    """Open a dispute: what is held is frozen until an operator decides. Raises NothingHeld."""
    return _answer(work, "dispute", deal_id, reason)


def answer_dispute(work: Work, deal_id: UUID, answer: str) -> DealView:
    """Give the other side's view of a dispute."""
    facts = {"answer": clean(answer, REASON_CHARACTERS_MAX)}
    return _view(work, engine.take(work, "dispute_answer", deal_id, facts))


def resolve(work: Work, deal_id: UUID, reason: str, creator_gets: Money | None) -> DealView:
    """Decide a dispute: the deal goes on (`creator_gets` is None), or ends with that split.

    Raises:
        ReasonMissing, SplitOutOfRange, NotYourStep for anybody but an operator.
    """
    facts: dict[str, Any] = {"reason": clean(reason, REASON_CHARACTERS_MAX)}
    if creator_gets is None:
        deal = engine.take(work, "resolve_resume", deal_id, facts)
        _complete_if_done(work, deal.id)
        return _view(work, deal)
    facts |= {"creator_minor": creator_gets.minor, "currency": creator_gets.currency}
    deal = engine.take(work, "resolve_close", deal_id, facts)
    for piece in deal.deliverables:
        if piece.state in OPEN_STATES:
            _system_piece(work, deal, piece, "resolve")
    return _view(work, deal)


def review(work: Work, deal_id: UUID, stars: int, text: str) -> bool:
    """Review the other side of an ended deal; True when both have spoken and both can be read.

    Raises:
        StepNotPossible: before the deal has ended.
        StarsOutOfRange, AlreadyReviewed, ReviewWindowClosed.
    """
    view = get(work, deal_id)
    if view.review_until is None:
        raise StepNotPossible(state=view.state, step="review")
    side = side_of(work, view)
    about = view.creator_id if side is Party.BRAND else view.workspace_id
    command = WriteReview(deal_id, Side(side), about, stars, text, view.review_until)
    both = trust.review(work, command)
    if both:
        facts = {"deal_id": str(deal_id), "campaign_id": str(view.campaign_id)}
        people = accounts.people_who_may(work, view.workspace_id, Permission.APPROVE)
        for person_id in {*people, creators.person_behind(work, view.creator_id)}:
            outbox.tell(work, person_id, "reviews_visible", facts)
    return both


def close_campaign(work: Work, campaign_id: UUID, rest: Rest) -> CampaignView:
    """End a campaign whose deals have all ended and give the rest back.

    Raises:
        DealsStillOpen, CampaignStepNotPossible.
    """
    campaign = campaigns.own(work, campaign_id, Permission.FUND)
    campaigns.lock(work, campaign_id)
    if any(deal.state in OPEN_DEALS for deal in DealRepository(work.session).of_campaign(campaign_id)):
        raise DealsStillOpen
    campaigns.step(work, campaign_id, "settle")
    if payments.escrow_of(work, campaign):
        payments.return_rest(work, campaign_id, rest)
    payments.close_if_empty(work, campaign_id)
    return campaigns.get(work, campaign_id)


# --- the clock


def due_timers(work: Work) -> list[tuple[UUID, UUID]]:
    """Return (timer, deal) of the clocks that have run out."""
    return DealRepository(work.session).due_timers(work.now, TIMERS_MAX)


def next_timer_at(work: Work) -> datetime | None:
    """Return when the next clock runs out."""
    return DealRepository(work.session).next_timer_at()


def fire(work: Work, timer_id: UUID, deal_id: UUID) -> bool:
    """Let one clock act; False where somebody was faster. A step that is refused stops its clock."""
    work = work.acting_as(CLOCK)
    campaign, deal = engine.open_deal(work, deal_id)
    timer = DealRepository(work.session).timer(timer_id)
    if timer is None or timer.due_at > work.now or timer.paused_at is not None:
        return False
    if campaign.state is CampaignState.FROZEN:
        timer.paused_at = work.now
        return False
    piece_id, name = timer.deliverable_id, timer.step
    work.session.delete(timer)
    work.session.flush()
    if name in REMINDERS:
        _remind(work, deal, piece_id, name)
        return True
    try:
        with work.session.begin_nested():
            _take_for_clock(work, deal, piece_id, name)
    except (StepNotPossible, DealNotFound):
        return False
    return True


# --- looking


def get(work: Work, deal_id: UUID) -> DealView:
    """Return a deal to one of its parties. Raises DealNotFound."""
    deal = DealRepository(work.session).get(deal_id)
    if deal is None:
        raise DealNotFound(deal_id=deal_id)
    engine.party_of(work, deal)
    return _view(work, deal)


def get_by_piece(work: Work, deliverable_id: UUID) -> tuple[DealView, DeliverableView]:
    """Return a deliverable and its deal to one of its parties. Raises DealNotFound."""
    deal = get(work, _deal_of(work, deliverable_id))
    return deal, next(d for d in deal.deliverables if d.id == deliverable_id)


def side_of(work: Work, deal: DealView) -> Party:
    """Return as whom the acting person stands to a deal."""
    row = DealRepository(work.session).get(deal.id)
    if row is None:
        raise DealNotFound(deal_id=deal.id)
    return engine.party_of(work, row)


def of_campaign(work: Work, campaign_id: UUID) -> list[DealView]:
    """Return a campaign's deals, the oldest first."""
    return [_view(work, d) for d in DealRepository(work.session).of_campaign(campaign_id)]


def of_creator(work: Work, creator_id: UUID) -> list[DealView]:
    """Return a creator's deals, the oldest first."""
    return [_view(work, d) for d in DealRepository(work.session).of_creator(creator_id)]


def of_workspaces(work: Work, workspace_ids: list[UUID]) -> list[DealView]:
    """Return the deals of several workspaces, the oldest first."""
    return [_view(work, d) for d in DealRepository(work.session).of_workspaces(workspace_ids)]


def disputed(work: Work) -> list[DealView]:
    """Return the deals an operator must decide."""
    return [_view(work, d) for d in DealRepository(work.session).in_state(DealState.DISPUTED)]


def history(work: Work, deal_id: UUID) -> list[EventView]:
    """Return what happened to a deal, in order."""
    return [
        EventView(row.at, row.step, row.actor, row.from_state, row.to_state, row.deliverable_id, row.facts)
        for row in DealRepository(work.session).events(deal_id)
    ]


def steps_taken(work: Work) -> dict[str, int]:
    """Count the steps taken in all deals, as "deal.<step>" and "deliverable.<step>"."""
    return DealRepository(work.session).steps_taken()


def operator_tasks(work: Work, *, open_only: bool = True) -> list[OperatorTask]:
    """Return what operators must look at, the oldest first."""
    return [
        OperatorTask(row.id, row.kind, row.deal_id, row.deliverable_id, row.opened_at, row.closed_at)
        for row in DealRepository(work.session).tasks(open_only=open_only)
    ]


def money_of(work: Work, campaign_id: UUID) -> CampaignMoney:
    """Return where every unit paid into a campaign is."""
    campaign = campaigns.get(work, campaign_id)
    parts: list[UUID] = []
    for deal in DealRepository(work.session).of_campaign(campaign_id):
        parts += [deal.id, *(piece.id for piece in deal.deliverables)]
    return payments.campaign_money(work, campaign, parts)


def held_for(work: Work, deal: DealView) -> Money:
    """Return what is held or frozen for a deal."""
    row = DealRepository(work.session).get(deal.id)
    if row is None:
        raise DealNotFound(deal_id=deal.id)
    total = postings.frozen(work, row)
    for piece in row.deliverables:
        total += postings.held(work, row, piece)
    return total


def price_band(work: Work, deal: DealView) -> tuple[Money, Money] | None:
    """Return the lowest and highest agreed price for the same kinds of work, None for fewer than three.

    Few deals would tell on single people; so a band needs BAND_DEALS_MIN.
    """
    kinds = sorted(piece.kind for piece in deal.deliverables)
    prices = DealRepository(work.session).agreed_prices(kinds, deal.price.currency)
    if len(prices) < BAND_DEALS_MIN:
        return None
    return Money(min(prices), deal.price.currency), Money(max(prices), deal.price.currency)


# --- the rest is nobody else's business


def _create(
    work: Work, campaign: CampaignView, creator_id: UUID, price: Money, note: str, name: str
) -> DealView:
    campaign = campaigns.lock(work, campaign.id)
    if campaign.state not in OPEN_FOR_OFFERS:
        raise CampaignNotFunded(state=campaign.state)
    creator = creators.get(work, creator_id)
    if name == "offer" and not creator.available:
        raise CreatorNotAvailable(name=creator.name)
    pieces = sum(spec.count for spec in campaign.brief.deliverables)
    if price.currency is not campaign.currency or not pieces <= price.minor <= campaign.budget.minor:
        raise PriceOutOfRange(most=campaign.budget)
    deals = DealRepository(work.session)
    for known in deals.of_campaign(campaign.id):
        if known.creator_id == creator_id and known.state in OPEN_DEALS:
            raise AlreadyEngaged(name=creator.name)
    row = DEAL.find(name)
    deal = Deal(
        process_version=VERSION,
        campaign_id=campaign.id,
        workspace_id=campaign.workspace_id,
        creator_id=creator_id,
        state=DealState(row.target),
        price_minor=price.minor,
        currency=price.currency,
        turn=Party.CREATOR if name == "offer" else Party.BRAND,
        note=clean(note, REASON_CHARACTERS_MAX),
        terms=billing.terms_of(work, campaign.workspace_id).to_json(),
        created_at=work.now,
        deliverables=_plan(campaign, price.minor),
    )
    deals.add(deal)
    party = Party.BRAND if name == "offer" else Party.CREATOR
    engine.record_new(Step(work, campaign, deal, None, row, party))
    return _view(work, deal)


def _plan(campaign: CampaignView, price_minor: int) -> list[Deliverable]:
    kinds = [spec.kind for spec in campaign.brief.deliverables for _ in range(spec.count)]
    parts = split(price_minor, [1] * len(kinds))
    return [
        Deliverable(
            ordinal=ordinal,
            kind=kind,
            platform=campaign.brief.platform_for(kind),
            price_minor=part,
            state=DeliverableState.PLANNED,
            draft_media=[],
        )
        for ordinal, (kind, part) in enumerate(zip(kinds, parts, strict=True), 1)
    ]


def _answer(work: Work, name: str, deal_id: UUID, reason: str) -> DealView:
    facts = {"reason": clean(reason, REASON_CHARACTERS_MAX)}
    if name in {"dispute", "cancel_request"} and not facts["reason"]:
        raise ReasonMissing
    return _view(work, engine.take(work, name, deal_id, facts))


def _take_for_clock(work: Work, deal: Deal, piece_id: UUID | None, name: str) -> None:
    if piece_id is None:
        deal = engine.take(work, name, deal.id)
        if name == "cancel_by_silence":
            _cancel_pieces(work, deal)
        return
    piece = engine.take_piece(work, name, piece_id)
    if name == "approve_by_silence":
        _make_link(work, piece)
    _complete_if_done(work, piece.deal_id)


def _remind(work: Work, deal: Deal, piece_id: UUID | None, name: str) -> None:
    person_id = creators.person_behind(work, deal.creator_id)
    facts = {
        "deal_id": str(deal.id),
        "campaign_id": str(deal.campaign_id),
        "deliverable_id": str(piece_id),
        "to": Party.CREATOR,
    }
    outbox.tell(work, person_id, REMINDERS[name], facts)


def creator_unreachable(work: Work, person_id: UUID) -> None:
    """Tell the brands of a creator's open deals that no message reaches the creator any more."""
    creator = creators.of_person(work, person_id)
    for deal in of_creator(work, creator.id) if creator else []:
        if deal.state in OPEN_DEALS:
            facts = {"deal_id": str(deal.id), "campaign_id": str(deal.campaign_id), "to": Party.BRAND}
            for brand_person in accounts.people_who_may(work, deal.workspace_id, Permission.APPROVE):
                outbox.tell(work, brand_person, "creator_unreachable", facts)


def _by_system(
    work: Work, name: str, deliverable_id: UUID, facts: dict[str, Any] | None = None
) -> DeliverableView:
    piece = engine.take_piece(work.acting_as(SYSTEM), name, deliverable_id, facts)
    return _piece_view(work, piece)


def _cancel_pieces(work: Work, deal: Deal) -> None:
    for piece in deal.deliverables:
        if piece.state in OPEN_STATES:
            _system_piece(work, deal, piece, "cancel_with_deal")


def _system_piece(work: Work, deal: Deal, piece: Deliverable, name: str) -> None:
    """Take a deliverable's step that follows from the deal's own."""
    campaign = campaigns.get(work, deal.campaign_id)
    step = Step(work.acting_as(SYSTEM), campaign, deal, piece, DELIVERABLE.find(name), Party.SYSTEM)
    engine.run(step, DELIVERABLE)


def _complete_if_done(work: Work, deal_id: UUID) -> None:
    deal = DealRepository(work.session).get(deal_id)
    live = {DealState.AGREED, DealState.CANCELLING}
    if deal is None or deal.state not in live:
        return
    if all(piece.state in DELIVERABLE.terminal for piece in deal.deliverables):
        engine.take(work.acting_as(SYSTEM), "complete", deal_id)


def _make_link(work: Work, piece: Deliverable) -> None:
    deal = DealRepository(work.session).get(piece.deal_id)
    campaign = campaigns.get(work, deal.campaign_id) if deal else None
    if campaign is not None and campaign.brief.landing_url:
        try:
            tracking.create(work, piece.id, campaign.brief.landing_url, piece.platform, campaign.title)
        except DomainError:
            return  # a landing page that is no address: the post goes out without a counted link


def _deal_of(work: Work, deliverable_id: UUID) -> UUID:
    deal_id = DealRepository(work.session).deal_of(deliverable_id)
    if deal_id is None:
        raise DealNotFound(deliverable_id=deliverable_id)
    return deal_id


def _view(work: Work, deal: Deal) -> DealView:
    return DealView(
        id=deal.id,
        campaign_id=deal.campaign_id,
        workspace_id=deal.workspace_id,
        creator_id=deal.creator_id,
        state=deal.state,
        price=Money(deal.price_minor, deal.currency),
        turn=deal.turn,
        round=deal.round,
        note=deal.note,
        terms=Terms.from_json(deal.terms),
        terms_hash=deal.terms_hash,
        answer_by=DealRepository(work.session).answer_by(deal.id),
        cancel_by=deal.cancel_by,
        dispute_by=deal.dispute_by,
        dispute_reason=deal.dispute_reason,
        dispute_answer=deal.dispute_answer,
        review_until=deal.review_until,
        deliverables=tuple(_piece(deal, piece) for piece in deal.deliverables),
    )


def _piece_view(work: Work, piece: Deliverable) -> DeliverableView:
    deal = DealRepository(work.session).get(piece.deal_id)
    if deal is None:
        raise DealNotFound(deal_id=piece.deal_id)
    return _piece(deal, piece)


def _piece(deal: Deal, piece: Deliverable) -> DeliverableView:
    return DeliverableView(
        id=piece.id,
        deal_id=piece.deal_id,
        ordinal=piece.ordinal,
        kind=piece.kind,
        platform=piece.platform,
        price=Money(piece.price_minor, deal.currency),
        state=piece.state,
        overdue_from=piece.overdue_from,
        draft_caption=piece.draft_caption,
        draft_media=tuple(UUID(media_id) for media_id in piece.draft_media),
        rounds=piece.rounds,
        change_request=piece.change_request,
        draft_due_at=piece.draft_due_at,
        post_due_at=piece.post_due_at,
        submitted_at=piece.submitted_at,
        post_url=piece.post_url,
        live_at=piece.live_at,
        missing_since=piece.missing_since,
        post_failures=piece.post_failures,
        released=Money(piece.released_minor, deal.currency),
    )
