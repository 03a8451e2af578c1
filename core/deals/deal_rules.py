"""The functions behind the deal's table: what guards a step, what it changes, which money it moves."""

import hashlib
import json

from core.campaigns import briefs as campaign_briefs
from core.campaigns import service as campaigns
from core.campaigns.states import OPEN_FOR_OFFERS
from core.creators import service as creators
from core.deals import parcel_rules, plans, postings, prices, sides, standing
from core.deals.covering import owed_for_published
from core.deals.errors import (
    AlreadyPublished,
    AmendmentNotCovered,
    BothSides,
    CampaignNotFunded,
    NoRoundsLeft,
    NothingHeld,
    NotYourTurn,
    ReasonMissing,
    SplitOutOfRange,
    StepNotPossible,
)
from core.deals.piece_table import DELIVERABLE
from core.deals.states import CLOCK_PARKED, PUBLISHED_STATES, UNPUBLISHED_STATES, DeliverableState, Standing
from core.deals.step import Step, observe, require_reason, weights_of_open
from core.kit.actors import SYSTEM
from core.kit.money import Money
from core.kit.process import Party, Rules
from core.ledger.errors import NotEnoughMoney
from core.ledger.states import PostingKind
from core.operators import tasks
from core.operators.states import Subject
from core.trust import service as trust
from core.trust.states import Observation

OTHER = {Party.BRAND: Party.CREATOR, Party.CREATOR: Party.BRAND}


# --- guards


def two_sides(step: Step) -> None:
    """Nobody of the brand's own, nor of its agency, is the creator of its deals."""
    if sides.brand_of(step.work, step.deal).belongs(sides.creator_of(step.work, step.deal)):
        raise BothSides


def _campaign_open(step: Step) -> None:
    if step.campaign.state not in OPEN_FOR_OFFERS:
        raise CampaignNotFunded(state=step.campaign.state)


def _your_turn(step: Step) -> None:
    if step.deal.turn is not step.party:
        raise NotYourTurn


def _their_turn(step: Step) -> None:
    if step.deal.turn is step.party:
        raise NotYourTurn


def _rounds_left(step: Step) -> None:
    if step.deal.round >= step.terms.counters:
        raise NoRoundsLeft


def _price_in_range(step: Step) -> None:
    price, most = int(step.facts["price_minor"]), plans.most(step.deal)
    if not len(step.deal.deliverables) <= price <= most.minor:
        raise plans.out_of_range(step.deal)


def _nothing_published(step: Step) -> None:
    unpublished = (*UNPUBLISHED_STATES, DeliverableState.CANCELLED)
    if any(piece.state not in unpublished for piece in step.deal.deliverables):
        raise AlreadyPublished


def _other_side_asked(step: Step) -> None:
    if step.deal.cancel_by is step.party:
        raise NotYourTurn


def _other_side_opened(step: Step) -> None:
    if step.deal.dispute_by is step.party:
        raise NotYourTurn


def _answer_given(step: Step) -> None:
    if not str(step.facts.get("answer", "")).strip():
        raise ReasonMissing


def _split_in_range(step: Step) -> None:
    frozen = postings.frozen(step.work, step.deal)
    if not 0 <= int(step.facts["creator_minor"]) <= frozen.minor:
        raise SplitOutOfRange(most=frozen)


def _every_piece_ended(step: Step) -> None:
    if not all(piece.state in DELIVERABLE.terminal for piece in step.deal.deliverables):
        raise StepNotPossible(state=step.deal.state, step=step.row.name)


def _brief_waits(step: Step) -> None:
    if step.deal.brief_asked is None:
        raise StepNotPossible(state=step.deal.state, step=step.row.name)


# --- changes


def _write_down(step: Step) -> None:
    """Keep a deal that nothing speaks against."""
    step.work.session.add(step.deal)
    step.work.session.flush()


def _offer(step: Step) -> None:
    _write_down(step)
    _recruit(step)


def _recruit(step: Step) -> None:
    campaigns.advance(step.work.acting_as(SYSTEM), step.deal.campaign_id, "recruit")


def _counter(step: Step) -> None:
    deal, price = step.deal, int(step.facts["price_minor"])
    step.facts["price_before_minor"] = deal.price_minor
    rates = creators.get(step.work, deal.creator_id).rates
    kinds = [piece.kind for piece in deal.deliverables]
    for piece, part in zip(deal.deliverables, prices.parts(price, kinds, rates), strict=True):
        piece.price_minor = part
    deal.price_minor = price
    deal.round += 1
    deal.turn = OTHER[step.party]
    _recruit(step)


def _agree(step: Step) -> None:
    """Freeze what is agreed with a hash, and let the campaign run."""
    _seal(step)
    _recruit(step)
    campaigns.advance(step.work.acting_as(SYSTEM), step.deal.campaign_id, "run")


def _seal(step: Step) -> None:
    deal = step.deal
    frozen_terms = {
        "price_minor": deal.price_minor,
        "currency": deal.currency,
        "pieces": [[d.kind, d.platform, d.price_minor] for d in plans.to_make(deal)],
        "brief": deal.brief_number,
        "terms": deal.terms,
    }
    deal.terms_hash = hashlib.sha256(json.dumps(frozen_terms, sort_keys=True).encode()).hexdigest()
    step.facts["terms_hash"] = deal.terms_hash


def _follow_brief(step: Step) -> None:
    """Let an open offer ask for what the campaign asks for now; nobody has agreed to it yet."""
    step.facts["brief_before"] = step.deal.brief_number
    step.deal.brief_number = step.campaign.brief_number
    if plans.differs(step.deal, step.campaign.brief):
        plans.replan(step.work, step.deal, step.campaign.brief)


def _ask_brief(step: Step) -> None:
    standing.ask_no_more(step.work, step.deal)
    step.deal.brief_asked = step.campaign.brief_number
    step.deal.amendment = step.facts.pop("amendment", {})


def _agree_brief(step: Step) -> None:
    standing.ask_no_more(step.work, step.deal)
    deal = step.deal
    step.facts |= {"brief_before": deal.brief_number, "price_before_minor": deal.price_minor}
    deal.brief_number, deal.brief_asked = deal.brief_asked or 0, None
    brief = campaign_briefs.asked(step.work, step.campaign, deal.brief_number)
    plans.amend(deal, brief)
    _seal(step)


def _refuse_brief(step: Step) -> None:
    standing.ask_no_more(step.work, step.deal)
    step.deal.brief_asked, step.deal.amendment = None, {}


def _ask_to_cancel(step: Step) -> None:
    standing.stand_still(step.work, [step.deal], Standing.CANCELLING)
    step.deal.cancel_by = step.party


def _refuse_to_cancel(step: Step) -> None:
    standing.go_on(step.work, [step.deal], Standing.CANCELLING)
    step.deal.cancel_by = None


def _settle_tasks(step: Step) -> None:
    tasks.settle(step.work, Subject.DEAL, step.deal.id)


def _complete(step: Step) -> None:
    _open_reviews(step)
    kept = any(piece.state is DeliverableState.COMPLETED for piece in step.deal.deliverables)
    observe(step, Observation.DEAL_KEPT, good=kept)


def _dispute(step: Step) -> None:
    deal = step.deal
    standing.stand_still(step.work, [deal], Standing.DISPUTE)
    if Standing.CANCELLING in deal.stands_for:  # what is argued about is not cancelled by silence
        standing.go_on(step.work, [deal], Standing.CANCELLING)
        deal.cancel_by = None
    deal.dispute_by, deal.dispute_reason, deal.dispute_answer = step.party, step.facts["reason"], ""


def _answer(step: Step) -> None:
    step.deal.dispute_answer = step.facts["answer"]


def _resume(step: Step) -> None:
    standing.go_on(step.work, [step.deal], Standing.DISPUTE)
    tasks.settle(step.work, Subject.DEAL, step.deal.id, but=[CLOCK_PARKED, "deal_frozen"])


def _close(step: Step) -> None:
    _open_reviews(step)
    _settle_tasks(step)


def _freeze(step: Step) -> None:
    standing.stand_still(step.work, [step.deal], Standing.OPERATOR)


def _unfreeze(step: Step) -> None:
    standing.go_on(step.work, [step.deal], Standing.OPERATOR)
    tasks.settle(step.work, Subject.DEAL, step.deal.id, only=["deal_frozen"])


def _open_reviews(step: Step) -> None:
    step.deal.review_until = trust.review_window(step.work, step.terms.review_window_days)


# --- money


def _hold(step: Step) -> None:
    """Hold each piece's price. Raises NotEnoughMoney."""
    wanted = {piece: piece.price_minor for piece in step.deal.deliverables}
    postings.hold(step.work, step.deal, wanted, step.key, fresh=step.fresh)


def _hold_adjust(step: Step) -> None:
    """Hold what a brand names; a creator's wish holds nothing and tells nothing of the budget."""
    if step.party is Party.BRAND:
        _hold(step)


def _rehold(step: Step) -> None:
    plans.rehold(step.work, step.deal, step.key)


def _amend_hold(step: Step) -> None:
    """Hold what an agreed change costs more, or return what it costs less. Raises AmendmentNotCovered."""
    deal, amendment = step.deal, step.deal.amendment
    if amendment:
        gone = set(amendment["left_out"])
        changed = [p for p in deal.deliverables if str(p.id) in gone or p.state is DeliverableState.PLANNED]
        wanted = {piece: 0 if str(piece.id) in gone else piece.price_minor for piece in changed}
        try:
            postings.hold(step.work, deal, wanted, step.key)
        except NotEnoughMoney as error:
            raise AmendmentNotCovered(deal_id=deal.id) from error
    deal.amendment = {}


def _hold_return(step: Step) -> None:
    postings.give_back(step.work, step.deal, step.deal.deliverables, step.key)


def _published_kept(step: Step) -> None:
    """Let creators have what is held for work that they published; the rest goes back to the campaign."""
    work, deal = step.work, step.deal
    frozen, owed = postings.frozen(work, deal).minor, owed_for_published(deal)
    first = min(frozen, sum(owed.values()))
    weights = {**weights_of_open(deal), **dict.fromkeys(owed, 0)}
    shares = {**postings.shares_of(frozen - first, weights), **postings.shares_of(first, owed)}
    postings.thaw(work, deal, shares, PostingKind.DISPUTE_RESUME, step.key)
    kept = 0
    for piece in deal.deliverables:
        if piece.state in PUBLISHED_STATES:
            gross = postings.held(work, deal, piece)
            postings.release(work, deal, piece, gross, f"{step.key}:{piece.ordinal}")
            kept += gross.minor
    step.facts["creator_minor"] = kept
    _hold_return(step)


def _dispute_freeze(step: Step) -> None:
    """Freeze what is held; of a deal without cash there is nothing to freeze. Raises NothingHeld."""
    frozen = postings.freeze(step.work, step.deal, step.key)
    if not frozen and step.deal.price_minor:
        raise NothingHeld
    step.facts["frozen_minor"] = frozen.minor


def _dispute_resume(step: Step) -> None:
    frozen = postings.frozen(step.work, step.deal)
    shares = postings.shares_of(frozen.minor, weights_of_open(step.deal))
    postings.thaw(step.work, step.deal, shares, PostingKind.DISPUTE_RESUME, step.key)


def _dispute_split(step: Step) -> None:
    """Let the creator have the share that was decided, spread over the open pieces; return the rest."""
    work, deal = step.work, step.deal
    frozen = postings.frozen(work, deal)
    award = Money(int(step.facts["creator_minor"]), deal.currency)
    shares = postings.shares_of(award.minor, weights_of_open(deal))
    postings.thaw(work, deal, shares, PostingKind.DISPUTE_AWARD, step.key)
    net = 0
    for piece in deal.deliverables:
        gross = Money(shares.get(piece.id, 0), deal.currency)
        released = postings.release(work, deal, piece, gross, f"{step.key}:{piece.ordinal}")
        net += released.net.minor if released else 0
    step.facts["net_minor"] = net
    postings.return_frozen(work, deal, frozen - award, step.key)
    step.facts["returned_minor"] = frozen.minor - award.minor


RULES = Rules[Step](
    guards=(
        ("two_sides", two_sides),
        ("campaign_open", _campaign_open),
        ("your_turn", _your_turn),
        ("their_turn", _their_turn),
        ("rounds_left", _rounds_left),
        ("price_in_range", _price_in_range),
        ("reason_given", require_reason),
        ("nothing_published", _nothing_published),
        ("other_side_asked", _other_side_asked),
        ("other_side_opened", _other_side_opened),
        ("answer_given", _answer_given),
        ("split_in_range", _split_in_range),
        ("every_piece_ended", _every_piece_ended),
        ("brief_waits", _brief_waits),
    ),
    postings=(
        ("offer_hold", _hold),
        ("hold_adjust", _hold_adjust),
        ("rehold", _rehold),
        ("amend_hold", _amend_hold),
        ("hold_return", _hold_return),
        ("published_kept", _published_kept),
        ("dispute_freeze", _dispute_freeze),
        ("dispute_resume", _dispute_resume),
        ("dispute_split", _dispute_split),
    ),
    changes=(
        ("offer", _offer),
        ("apply", _write_down),
        ("counter", _counter),
        ("accept", _agree),
        ("accept_application", _agree),
        ("decline", None),
        ("withdraw", None),
        ("expire", None),
        ("follow_brief", _follow_brief),
        ("ask_brief", _ask_brief),
        ("agree_brief", _agree_brief),
        ("refuse_brief", _refuse_brief),
        *parcel_rules.CHANGES,
        ("cancel_request", _ask_to_cancel),
        ("cancel_agree", None),
        ("cancel_refuse", _refuse_to_cancel),
        ("cancel_by_silence", None),
        ("cancel_by_operator", _settle_tasks),
        ("cancel_by_system", _settle_tasks),
        ("cancel_unfunded", None),
        ("complete", _complete),
        ("dispute", _dispute),
        ("dispute_answer", _answer),
        ("dispute_unanswered", None),
        ("resolve_resume", _resume),
        ("resolve_close", _close),
        ("freeze", _freeze),
        ("unfreeze", _unfreeze),
        ("stop_with_workspace", None),
        ("go_on_with_workspace", None),
        ("stop_with_creator", None),
        ("go_on_with_creator", None),
    ),
)
