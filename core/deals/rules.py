"""What the steps do beyond their table rows: guards, money, dates, observations.

Each function is bound to the steps it serves; it raises to refuse, and runs before the state moves.
"""

import hashlib
import json
from datetime import datetime, timedelta
from uuid import UUID

from core.campaigns import service as campaigns
from core.creators import service as creators
from core.deals import postings, prices, retention, standing
from core.deals.engine import Step, ask_operator, rule
from core.deals.errors import (
    AlreadyPublished,
    DraftEmpty,
    NoRevisionsLeft,
    NoRoundsLeft,
    NothingHeld,
    NotYourTurn,
    PriceOutOfRange,
    ReasonMissing,
    SplitOutOfRange,
    StepNotPossible,
    StillToBeSeen,
)
from core.deals.models import Deliverable
from core.deals.states import CLOCK_PARKED, POST_UNSEEN, UNPUBLISHED_STATES, DeliverableState, Standing
from core.kit.actors import SYSTEM
from core.kit.money import Money, share_bps, split
from core.kit.process import Party
from core.kit.vocabulary import DeliverableKind
from core.ledger.states import PostingKind
from core.operators import tasks
from core.operators.states import Subject
from core.trust import service as trust
from core.trust.service import Seen
from core.trust.states import Observation

POST_FAILURES_FOR_OPERATOR = 3
CHANGES_DAYS = 3
COUNTER_TIMES_MAX = 5  # of the price before: above that it is a slip of the finger


# --- the deal


@rule("deal", "offer")
def _offer(step: Step) -> None:
    _hold(step)
    campaigns.advance(step.work.acting_as(SYSTEM), step.deal.campaign_id, "recruit")


@rule("deal", "counter")
def _counter(step: Step) -> None:
    deal = step.deal
    if deal.turn is not step.party:
        raise NotYourTurn
    if deal.round >= step.terms.counters:
        raise NoRoundsLeft
    price = Money(int(step.facts["price_minor"]), deal.currency)
    if not len(deal.deliverables) <= price.minor <= deal.price_minor * COUNTER_TIMES_MAX:
        raise PriceOutOfRange(price=price)
    step.facts["price_before_minor"] = deal.price_minor
    _price(step, price.minor)
    if step.party is Party.BRAND:  # a creator's wish holds nothing and tells nothing of the budget
        _hold(step)
    campaigns.advance(step.work.acting_as(SYSTEM), deal.campaign_id, "recruit")
    deal.price_minor = price.minor
    deal.round += 1
    deal.turn = other(step.party)


@rule("deal", "accept", "accept_application")
def _accept(step: Step) -> None:
    deal = step.deal
    if deal.turn is not step.party:
        raise NotYourTurn
    _hold(step)
    campaigns.advance(step.work.acting_as(SYSTEM), deal.campaign_id, "recruit")
    frozen_terms = {
        "price_minor": deal.price_minor,
        "currency": deal.currency,
        "pieces": [[d.kind, d.platform, d.price_minor] for d in deal.deliverables],
        "terms": deal.terms,
    }
    deal.terms_hash = hashlib.sha256(json.dumps(frozen_terms, sort_keys=True).encode()).hexdigest()
    step.facts["terms_hash"] = deal.terms_hash
    campaigns.advance(step.work.acting_as(SYSTEM), deal.campaign_id, "run")


@rule("deal", "decline")
def _decline(step: Step) -> None:
    if step.deal.turn is not step.party:
        raise NotYourTurn
    _give_everything_back(step)


@rule("deal", "withdraw")
def _withdraw(step: Step) -> None:
    if step.deal.turn is step.party:
        raise NotYourTurn
    _give_everything_back(step)


@rule("deal", "expire")
def _expire(step: Step) -> None:
    _give_everything_back(step)


@rule("deal", "cancel_request")
def _cancel_request(step: Step) -> None:
    if any(d.state not in (*UNPUBLISHED_STATES, DeliverableState.CANCELLED) for d in step.deal.deliverables):
        raise AlreadyPublished
    step.deal.cancel_by = step.party
    standing.stand_still(step.work, [step.deal], Standing.CANCELLING)


@rule("deal", "cancel_agree", "cancel_refuse")
def _answer_cancel(step: Step) -> None:
    if step.deal.cancel_by is step.party:
        raise NotYourTurn
    if step.row.name == "cancel_agree":
        _give_everything_back(step)
    else:
        step.deal.cancel_by = None
        standing.go_on(step.work, [step.deal], Standing.CANCELLING)


@rule("deal", "cancel_by_silence", "cancel_by_operator")
def _cancel(step: Step) -> None:
    _give_everything_back(step)


@rule("deal", "complete")
def _complete_deal(step: Step) -> None:
    for piece in step.deal.deliverables:
        postings.give_back(step.work, step.deal, piece, f"{step.key}:{piece.ordinal}")
    _open_reviews(step)
    kept = any(d.state is DeliverableState.COMPLETED for d in step.deal.deliverables)
    _observe(step, Observation.DEAL_KEPT, good=kept)


@rule("deal", "dispute")
def _dispute(step: Step) -> None:
    if not str(step.facts.get("reason", "")).strip():
        raise ReasonMissing
    frozen = postings.freeze(step.work, step.deal, step.key)
    if not frozen:
        raise NothingHeld
    step.deal.dispute_by = step.party
    step.deal.dispute_reason = step.facts["reason"]
    step.deal.dispute_answer = ""
    step.facts["frozen_minor"] = frozen.minor
    standing.stand_still(step.work, [step.deal], Standing.DISPUTE)
    if Standing.CANCELLING in step.deal.stands_for:
        step.deal.cancel_by = None
        standing.go_on(step.work, [step.deal], Standing.CANCELLING)


@rule("deal", "dispute_answer")
def _dispute_answer(step: Step) -> None:
    if step.deal.dispute_by is step.party:
        raise NotYourTurn
    if not str(step.facts.get("answer", "")).strip():
        raise ReasonMissing
    step.deal.dispute_answer = step.facts["answer"]


@rule("deal", "resolve_resume")
def _resolve_resume(step: Step) -> None:
    _require_reason(step)
    shares = postings.shares_of(postings.frozen(step.work, step.deal).minor, _open_weights(step))
    postings.thaw(step.work, step.deal, shares, PostingKind.DISPUTE_RESUME, step.key)
    standing.go_on(step.work, [step.deal], Standing.DISPUTE)
    tasks.settle(step.work, Subject.DEAL, step.deal.id, but=[CLOCK_PARKED])


@rule("deal", "resolve_close")
def _resolve_close(step: Step) -> None:
    _require_reason(step)
    work, deal = step.work, step.deal
    frozen = postings.frozen(work, deal)
    award = Money(int(step.facts["creator_minor"]), deal.currency)
    if not 0 <= award.minor <= frozen.minor:
        raise SplitOutOfRange(most=frozen)
    shares = postings.shares_of(award.minor, _open_weights(step))
    postings.thaw(work, deal, shares, PostingKind.DISPUTE_AWARD, step.key)
    for piece in deal.deliverables:
        gross = Money(shares.get(piece.id, 0), deal.currency)
        postings.release(work, deal, piece, gross, f"{step.key}:{piece.ordinal}")
    postings.return_frozen(work, deal, frozen - award, step.key)
    step.facts["returned_minor"] = frozen.minor - award.minor
    _open_reviews(step)
    tasks.settle(work, Subject.DEAL, deal.id)


@rule("deal", "freeze")
def _freeze(step: Step) -> None:
    _require_reason(step)
    standing.stand_still(step.work, [step.deal], Standing.OPERATOR)


@rule("deal", "unfreeze")
def _unfreeze(step: Step) -> None:
    _require_reason(step)
    standing.go_on(step.work, [step.deal], Standing.OPERATOR)


# --- the deliverable


@rule("deliverable", "start")
def _start(step: Step) -> None:
    step.piece.draft_due_at = step.work.now + timedelta(days=step.terms.draft_days)


@rule("deliverable", "submit_draft")
def _submit_draft(step: Step) -> None:
    piece = step.piece
    caption, media = step.facts.pop("caption"), step.facts.pop("media_ids")
    if not caption and not media:
        raise DraftEmpty
    on_time = piece.draft_due_at is None or step.work.now <= piece.draft_due_at
    _observe(step, Observation.DRAFT_ON_TIME, good=on_time)
    piece.draft_caption, piece.draft_media = caption, media
    piece.draft_number += 1
    piece.submitted_at = step.work.now


@rule("deliverable", "request_changes")
def _request_changes(step: Step) -> None:
    piece = step.piece
    if piece.rounds >= step.terms.revisions:
        raise NoRevisionsLeft
    if not str(step.facts.get("reason", "")).strip():
        raise ReasonMissing
    piece.rounds += 1
    piece.change_request = step.facts["reason"]
    piece.draft_due_at = step.work.now + timedelta(days=CHANGES_DAYS)
    _observe_decision(step, by_person=True)


@rule("deliverable", "approve_draft", "approve_by_silence")
def _approve(step: Step) -> None:
    piece = step.piece
    piece.post_due_at = step.work.now + timedelta(days=step.terms.publish_days)
    _observe_decision(step, by_person=step.row.name == "approve_draft")
    _observe(step, Observation.APPROVED_FIRST_ROUND, good=piece.rounds == 0)
    step.facts["by_silence"] = step.row.name == "approve_by_silence"


@rule("deliverable", "submit_post")
def _submit_post(step: Step) -> None:
    step.piece.post_url = step.facts["url"]


@rule("deliverable", "verify_post")
def _verify_post(step: Step) -> None:
    piece = step.piece
    published_at = datetime.fromisoformat(step.facts["published_at"])
    piece.live_at = piece.seen_at = step.work.now
    piece.retained_until = retention.until(piece.kind, published_at, step.work.now, step.terms.retention_days)
    on_time = piece.post_due_at is None or step.work.now <= piece.post_due_at
    _observe(step, Observation.POST_ON_TIME, good=on_time)
    first = Money(share_bps(piece.price_minor, step.terms.first_tranche_bps), step.deal.currency)
    _release(step, first)


@rule("deliverable", "reject_post")
def _reject_post(step: Step) -> None:
    piece = step.piece
    piece.post_failures += 1
    step.facts["failures"] = piece.post_failures
    if piece.post_failures == POST_FAILURES_FOR_OPERATOR:
        ask_operator(step, "post_rejected_three_times")


@rule("deliverable", "post_missing")
def _post_missing(step: Step) -> None:
    piece = step.piece
    piece.doubted_at = piece.doubted_at or step.work.now
    piece.missing_since = piece.doubted_at  # it was gone when it was first not found


@rule("deliverable", "restore")
def _restore(step: Step) -> None:
    piece = step.piece
    gone = step.work.now - (piece.missing_since or step.work.now)
    if (
        piece.kind is not DeliverableKind.STORY
    ):  # a story's day passes; of others the time gone is not counted
        piece.live_at = piece.live_at and piece.live_at + gone
        piece.retained_until = piece.retained_until and piece.retained_until + gone
    piece.missing_since = piece.doubted_at = None
    piece.seen_at = step.work.now


@rule("deliverable", "lapse")
def _lapse(step: Step) -> None:
    piece, deal = step.piece, step.deal
    if piece.doubted_at is None:
        raise StillToBeSeen(deliverable_id=piece.id)  # it is back, and about to be restored
    rest = postings.held(step.work, deal, piece)
    hours, promised = _hours_kept(piece, step.work.now)
    kept = Money(split(rest.minor, [hours, promised - hours])[0] if promised else rest.minor, deal.currency)
    _release(step, kept)
    returned = postings.give_back(step.work, deal, piece, step.key)
    step.facts |= {"kept_minor": kept.minor, "returned_minor": returned.minor}
    _observe(step, Observation.POST_STAYED, good=False)


@rule("deliverable", "complete")
def _complete(step: Step) -> None:
    if step.party is Party.CLOCK:
        retention.require_seen(step.piece, step.work.now)
    else:
        _require_reason(step)
    _settle_unseen(step)
    _release(step, postings.held(step.work, step.deal, step.piece))
    _observe(step, Observation.POST_STAYED, good=True)


@rule("deliverable", "miss_deadline")
def _miss_deadline(step: Step) -> None:
    piece = step.piece
    piece.overdue_from = piece.state
    step.facts["was"] = piece.state
    late = Observation.POST_ON_TIME
    if piece.state is not DeliverableState.APPROVED:
        late = Observation.DRAFT_ON_TIME
    _observe(step, late, good=False)


@rule("deliverable", "extend_draft", "extend_changes", "extend_post")
def _extend(step: Step) -> None:
    piece = step.piece
    if piece.overdue_from != step.row.target:
        raise StepNotPossible(step=step.row.name)
    until = step.work.now + timedelta(days=int(step.facts["days"]))
    if step.row.name == "extend_post":
        piece.post_due_at = until
    else:
        piece.draft_due_at = until
    piece.overdue_from = None


@rule("deliverable", "cancel", "cancel_overdue", "cancel_with_deal")
def _cancel_piece(step: Step) -> None:
    returned = postings.give_back(step.work, step.deal, step.piece, step.key)
    step.facts["returned_minor"] = returned.minor


def _hours_kept(piece: Deliverable, now: datetime) -> tuple[int, int]:
    """Return for how many whole hours a piece stayed up, and for how many it had to."""
    began, hour = piece.live_at or now, timedelta(hours=1)
    promised = max(-((began - (piece.retained_until or began)) // hour), 0)
    return min(max(((piece.missing_since or now) - began) // hour, 0), promised), promised


def _settle_unseen(step: Step) -> None:
    if retention.unseen_too_long(step.piece, step.work.now):
        tasks.settle(step.work, Subject.DEAL, step.deal.id, only=[POST_UNSEEN])


# --- shared


def other(party: Party) -> Party:
    """Return the other side."""
    return Party.BRAND if party is Party.CREATOR else Party.CREATOR


def _price(step: Step, price_minor: int) -> None:
    """Give each piece its part of another price, by the creator's own rates."""
    pieces = step.deal.deliverables
    rates = creators.get(step.work, step.deal.creator_id).rates
    for piece, part in zip(pieces, prices.parts(price_minor, [p.kind for p in pieces], rates), strict=True):
        piece.price_minor = part


def _hold(step: Step) -> None:
    """Hold each piece's price. Raises NotEnoughMoney."""
    for piece in step.deal.deliverables:
        amount = Money(piece.price_minor, step.deal.currency)
        postings.hold(step.work, step.deal, piece, amount, f"{step.key}:{piece.ordinal}")


def _give_everything_back(step: Step) -> None:
    for piece in step.deal.deliverables:
        postings.give_back(step.work, step.deal, piece, f"{step.key}:{piece.ordinal}")


def _release(step: Step, gross: Money) -> None:
    released = postings.release(step.work, step.deal, step.piece, gross, step.key)
    if released is not None:
        step.facts |= {
            "gross_minor": released.gross.minor,
            "commission_minor": released.commission.minor,
            "withheld_minor": released.withheld.minor,
            "net_minor": released.net.minor,
            "currency": released.gross.currency,
        }


def _open_weights(step: Step) -> dict[UUID, int]:
    return {d.id: _open_minor(d) for d in step.deal.deliverables}


def _open_minor(piece: Deliverable) -> int:
    ended = {
        DeliverableState.COMPLETED,
        DeliverableState.LAPSED,
        DeliverableState.CANCELLED,
        DeliverableState.RESOLVED,
    }
    return 0 if piece.state in ended else piece.price_minor - piece.released_minor


def _open_reviews(step: Step) -> None:
    step.deal.review_until = trust.review_window(step.work, step.terms.review_window_days)


def _require_reason(step: Step) -> None:
    if not str(step.facts.get("reason", "")).strip():
        raise ReasonMissing


def _observe(step: Step, kind: Observation, *, good: bool) -> None:
    source = step.piece.id if step.deliverable else step.deal.id
    trust.observe(step.work, Seen(step.deal.creator_id, kind, good, f"{source}:{_round(step)}"))


def _observe_decision(step: Step, *, by_person: bool) -> None:
    submitted_at = step.piece.submitted_at or step.work.now
    hours = (step.work.now - submitted_at).total_seconds() / 3_600
    source = f"{step.piece.id}:{_round(step)}"
    kind = Observation.DECIDED_BY_PERSON
    trust.observe(step.work, Seen(step.deal.workspace_id, kind, by_person, source, hours))


def _round(step: Step) -> int:
    return step.deliverable.rounds if step.deliverable else 0
