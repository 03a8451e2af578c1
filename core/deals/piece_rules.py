"""The functions behind the deliverable's table: what guards a step, what it changes, which money it moves."""

from datetime import datetime, timedelta

from core.deals import postings, retention
from core.deals.deal_rules import two_sides
from core.deals.errors import (
    AskedAlready,
    DraftEmpty,
    NoRevisionsLeft,
    PictureMissing,
    StepNotPossible,
    StillToBeSeen,
)
from core.deals.models import Deliverable
from core.deals.repository import DealRepository
from core.deals.states import POST_UNSEEN, DeliverableState
from core.deals.step import Step, ask_operator, observe, require_reason, rounds
from core.kit.money import Money, share_bps, split
from core.kit.process import Party, Rules
from core.kit.vocabulary import DeliverableKind
from core.operators import tasks
from core.operators.states import Subject
from core.trust import service as trust
from core.trust.service import Seen
from core.trust.states import Observation

POST_FAILURES_FOR_OPERATOR = 3
CHANGES_DAYS = 3


# --- guards


def _draft_not_empty(step: Step) -> None:
    if not step.facts["caption"] and not step.facts["media_ids"]:
        raise DraftEmpty


def _picture_given(step: Step) -> None:
    if not step.facts["media_ids"]:
        raise PictureMissing


def _revisions_left(step: Step) -> None:
    if step.piece.rounds >= step.terms.revisions:
        raise NoRevisionsLeft


def _seen_before_its_end(step: Step) -> None:
    """A clock needs a look shortly before the end; an operator vouches, and says why."""
    if step.party is Party.CLOCK:
        retention.require_seen(step.piece, step.now)
    else:
        require_reason(step)


def _still_missing(step: Step) -> None:
    if step.piece.doubted_at is None:  # it is back, and about to be restored
        raise StillToBeSeen(deliverable_id=step.piece.id)


def _came_from_there(step: Step) -> None:
    overdue = step.piece.state is DeliverableState.OVERDUE
    if overdue and step.piece.overdue_from != step.row.target:
        raise StepNotPossible(step=step.row.name)


def _not_asked_yet(step: Step) -> None:
    """One question waits for one answer. Raises AskedAlready."""
    last = DealRepository(step.work.session).last_step(step.piece.id)
    if last == step.row.name:
        raise AskedAlready


# --- changes


def _start(step: Step) -> None:
    step.piece.draft_due_at = step.now + timedelta(days=step.terms.draft_days)


def _submit_draft(step: Step) -> None:
    piece = step.piece
    caption, media = step.facts.pop("caption"), step.facts.pop("media_ids")
    on_time = piece.draft_due_at is None or step.now <= piece.draft_due_at
    observe(step, Observation.DRAFT_ON_TIME, good=on_time)
    piece.draft_caption, piece.draft_media = caption, media
    piece.draft_number += 1
    piece.submitted_at = step.now


def _request_changes(step: Step) -> None:
    piece = step.piece
    piece.rounds += 1
    piece.change_request = step.facts["reason"]
    piece.draft_due_at = step.now + timedelta(days=CHANGES_DAYS)
    _observe_decision(step, by_person=True)


def _approve(step: Step) -> None:
    piece, by_person = step.piece, step.party is not Party.CLOCK
    piece.approved_at = step.now
    piece.post_due_at = step.now + timedelta(days=step.terms.publish_days)
    _observe_decision(step, by_person=by_person)
    observe(step, Observation.APPROVED_FIRST_ROUND, good=piece.rounds == 0)
    step.facts["by_silence"] = not by_person


def _submit_post(step: Step) -> None:
    piece = step.piece
    piece.post_url = step.facts["url"]
    piece.post_media, piece.post_words, piece.posted_at = [], "", None


def _claim_post(step: Step) -> None:
    piece = step.piece
    piece.post_url, piece.posted_at = step.facts["url"], step.now
    piece.post_media, piece.post_words = step.facts.pop("media_ids"), step.facts.pop("words")


def _confirm_post(step: Step) -> None:
    """Let a post count on its brand's word: how long it stays up begins when it was handed in."""
    piece = step.piece
    posted_at = piece.posted_at or step.now
    piece.live_at = step.now
    piece.retained_until = retention.until(piece.kind, posted_at, posted_at, step.terms.retention_days)
    on_time = piece.post_due_at is None or posted_at <= piece.post_due_at
    observe(step, Observation.POST_ON_TIME, good=on_time)
    step.facts["by_silence"] = step.party is Party.CLOCK


def _refuse_post(step: Step) -> None:
    """Send a post back on its brand's word: what the brand took to say so costs the creator no time."""
    again = step.now + timedelta(days=CHANGES_DAYS)
    step.piece.post_due_at = max(step.piece.post_due_at or again, again)
    _reject_post(step)


def _verify_post(step: Step) -> None:
    piece = step.piece
    published_at = datetime.fromisoformat(step.facts["published_at"])
    piece.live_at = piece.seen_at = step.now
    piece.retained_until = retention.until(piece.kind, published_at, step.now, step.terms.retention_days)
    on_time = piece.post_due_at is None or step.now <= piece.post_due_at
    observe(step, Observation.POST_ON_TIME, good=on_time)


def _reject_post(step: Step) -> None:
    piece = step.piece
    piece.post_failures += 1
    step.facts["failures"] = piece.post_failures
    if piece.post_failures == POST_FAILURES_FOR_OPERATOR:
        ask_operator(step, "post_rejected_three_times")


def _post_missing(step: Step) -> None:
    piece = step.piece
    piece.doubted_at = piece.doubted_at or step.now
    piece.missing_since = piece.doubted_at  # it was gone when it was first not found


def _restore(step: Step) -> None:
    piece = step.piece
    gone = step.now - (piece.missing_since or step.now)
    if piece.kind is not DeliverableKind.STORY:  # whose day passes; of others time gone is not counted
        piece.live_at = piece.live_at and piece.live_at + gone
        piece.retained_until = piece.retained_until and piece.retained_until + gone
    piece.missing_since = piece.doubted_at = None
    piece.seen_at = step.now


def _lapse(step: Step) -> None:
    observe(step, Observation.POST_STAYED, good=False)


def _complete(step: Step) -> None:
    if retention.unseen_too_long(step.piece, step.now):
        tasks.settle(step.work, Subject.DEAL, step.deal.id, only=[POST_UNSEEN])
    if not step.piece.post_media:  # of what nobody can look at nobody knows
        observe(step, Observation.POST_STAYED, good=True)


def _miss_deadline(step: Step) -> None:
    piece = step.piece
    piece.overdue_from = piece.state
    step.facts["was"] = piece.state
    late = Observation.POST_ON_TIME
    if piece.state is not DeliverableState.APPROVED:
        late = Observation.DRAFT_ON_TIME
    observe(step, late, good=False)


def _extend(step: Step) -> None:
    """Give more days: from now where it is overdue, else from when it is due."""
    piece, of_post = step.piece, step.row.target == DeliverableState.APPROVED
    due = piece.post_due_at if of_post else piece.draft_due_at
    since = due if piece.state is not DeliverableState.OVERDUE and due is not None else step.now
    until = since + timedelta(days=int(step.facts["days"]))
    if of_post:
        piece.post_due_at = until
    else:
        piece.draft_due_at = until
    piece.overdue_from = None


def _observe_decision(step: Step, *, by_person: bool) -> None:
    submitted_at = step.piece.submitted_at or step.now
    hours = (step.now - submitted_at).total_seconds() / 3_600
    source = f"{step.piece.id}:{rounds(step)}"
    kind = Observation.DECIDED_BY_PERSON
    trust.observe(step.work, Seen(step.deal.workspace_id, kind, by_person, source, hours))


# --- money


def _first_part(step: Step) -> None:
    piece = step.piece
    _release(step, Money(share_bps(piece.price_minor, step.terms.first_tranche_bps), step.deal.currency))


def _rest(step: Step) -> None:
    _release(step, postings.held(step.work, step.deal, step.piece))


def _part_for_the_time_it_stayed(step: Step) -> None:
    """Let the creator have of the rest what the whole hours it stayed up are worth; return the other part."""
    piece, deal = step.piece, step.deal
    rest = postings.held(step.work, deal, piece)
    hours, promised = _hours_kept(piece, step.now)
    kept = Money(split(rest.minor, [hours, promised - hours])[0] if promised else rest.minor, deal.currency)
    _release(step, kept)
    returned = postings.give_back(step.work, deal, [piece], step.key)
    step.facts |= {"kept_minor": kept.minor, "returned_minor": returned.minor}


def _hold_return(step: Step) -> None:
    returned = postings.give_back(step.work, step.deal, [step.piece], step.key)
    step.facts["returned_minor"] = returned.minor


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


def _hours_kept(piece: Deliverable, now: datetime) -> tuple[int, int]:
    """Return for how many whole hours a piece stayed up, and for how many it had to."""
    began, hour = piece.live_at or now, timedelta(hours=1)
    promised = max(-((began - (piece.retained_until or began)) // hour), 0)
    return min(max(((piece.missing_since or now) - began) // hour, 0), promised), promised


RULES = Rules[Step](
    guards=(
        ("two_sides", two_sides),
        ("draft_not_empty", _draft_not_empty),
        ("picture_given", _picture_given),
        ("revisions_left", _revisions_left),
        ("reason_given", require_reason),
        ("seen_before_its_end", _seen_before_its_end),
        ("still_missing", _still_missing),
        ("came_from_there", _came_from_there),
        ("not_asked_yet", _not_asked_yet),
    ),
    postings=(
        ("release", _first_part),
        ("lapse", _part_for_the_time_it_stayed),
        ("release_rest", _rest),
        ("hold_return", _hold_return),
    ),
    changes=(
        ("start", _start),
        ("submit_draft", _submit_draft),
        ("request_changes", _request_changes),
        ("approve_draft", _approve),
        ("approve_by_silence", _approve),
        ("submit_post", _submit_post),
        ("verify_post", _verify_post),
        ("reject_post", _reject_post),
        ("claim_post", _claim_post),
        ("confirm_post", _confirm_post),
        ("confirm_by_silence", _confirm_post),
        ("refuse_post", _refuse_post),
        ("post_missing", _post_missing),
        ("restore", _restore),
        ("lapse", _lapse),
        ("complete", _complete),
        ("miss_deadline", _miss_deadline),
        ("ask_more_time", None),
        ("extend_draft", _extend),
        ("extend_changes", _extend),
        ("extend_post", _extend),
        ("cancel", None),
        ("cancel_overdue", None),
        ("leave_out", None),
        ("cancel_with_deal", None),
        ("resolve", None),
    ),
)
