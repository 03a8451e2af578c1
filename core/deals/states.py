"""The two processes of a deal, as data: who, from where to where, which money, which clock, which notice.

Everything that happens to a deal or a deliverable is a row of these tables; `core.deals.engine` runs them,
with the functions that `deal_rules` and `piece_rules` bind to their names, `docs/architecture.md` draws
them, the tests walk them. A deal stays on the version it began with: a change of a table that running deals
must not feel is a new version beside the old one.
"""

from enum import StrEnum

from core.kit.process import STAYS, Notice, Party, Timer, Transition, table

VERSION = 1


class DealState(StrEnum):
    """Where a deal stands."""

    OFFERED = "offered"
    APPLIED = "applied"
    AGREED = "agreed"
    CANCELLING = "cancelling"
    DISPUTED = "disputed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class DeliverableState(StrEnum):
    """Where one piece of work stands."""

    PLANNED = "planned"
    DRAFTING = "drafting"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    POSTED = "posted"
    LIVE = "live"
    MISSING = "missing"
    OVERDUE = "overdue"
    COMPLETED = "completed"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    RESOLVED = "resolved"


class Standing(StrEnum):
    """Why a deal stands still. It may have several reasons, and goes on when the last of them is gone."""

    CANCELLING = "cancelling"
    DISPUTE = "dispute"
    CHARGEBACK = "chargeback"
    OPERATOR = "operator"


D = DealState
P = DeliverableState

BRAND = frozenset({Party.BRAND})
CREATOR = frozenset({Party.CREATOR})
EITHER = frozenset({Party.BRAND, Party.CREATOR})
CLOCK = frozenset({Party.CLOCK})
SYSTEM = frozenset({Party.SYSTEM})
OPERATOR = frozenset({Party.OPERATOR})


def _tell(name: str, *parties: Party) -> tuple[Notice, ...]:
    return tuple(Notice(party, name) for party in parties)


BOTH = (Party.BRAND, Party.CREATOR)
OPEN_DEALS = (D.OFFERED, D.APPLIED, D.AGREED, D.CANCELLING, D.DISPUTED)
OWN_CLOCKS: dict[Standing, tuple[str, ...]] = {
    Standing.CANCELLING: ("cancel_by_silence",),
    Standing.DISPUTE: ("dispute_unanswered",),
}
"""The clocks that run although a deal stands still for a reason: those that end the reason itself."""

DEAL = table(
    "deal",
    VERSION,
    (
        Transition(
            "offer",
            BRAND,
            (),
            D.OFFERED,
            guards=("two_sides", "campaign_open"),
            posting="offer_hold",
            timers=(Timer("expire", setting="accept_hours"),),
            notices=_tell("offer_received", Party.CREATOR),
        ),
        Transition(
            "apply",
            CREATOR,
            (),
            D.APPLIED,
            guards=("two_sides", "campaign_open"),
            timers=(Timer("expire", setting="application_hours"),),
            notices=_tell("application_received", Party.BRAND),
        ),
        Transition(
            "counter",
            EITHER,
            (D.OFFERED, D.APPLIED),
            D.OFFERED,
            guards=("two_sides", "your_turn", "rounds_left", "price_in_range"),
            posting="hold_adjust",
            timers=(Timer("expire", setting="accept_hours"),),
            notices=_tell("counter_received", *BOTH),
        ),
        Transition(
            "accept",
            EITHER,
            (D.OFFERED,),
            D.AGREED,
            guards=("two_sides", "your_turn"),
            posting="offer_hold",
            notices=_tell("deal_agreed", *BOTH),
        ),
        Transition(
            "accept_application",
            BRAND,
            (D.APPLIED,),
            D.AGREED,
            guards=("two_sides", "your_turn"),
            posting="offer_hold",
            notices=_tell("deal_agreed", *BOTH),
        ),
        Transition(
            "decline",
            EITHER,
            (D.OFFERED, D.APPLIED),
            D.DECLINED,
            guards=("your_turn",),
            posting="hold_return",
            notices=_tell("deal_declined", *BOTH),
        ),
        Transition(
            "withdraw",
            EITHER,
            (D.OFFERED, D.APPLIED),
            D.WITHDRAWN,
            guards=("their_turn",),
            posting="hold_return",
            notices=_tell("deal_withdrawn", *BOTH),
        ),
        Transition(
            "expire",
            CLOCK,
            (D.OFFERED, D.APPLIED),
            D.EXPIRED,
            posting="hold_return",
            notices=_tell("deal_expired", *BOTH),
        ),
        Transition(
            "cancel_request",
            EITHER,
            (D.AGREED,),
            D.CANCELLING,
            guards=("reason_given", "nothing_published"),
            timers=(Timer("cancel_by_silence", setting="cancel_hours"),),
            notices=_tell("cancel_requested", *BOTH),
        ),
        Transition(
            "cancel_agree",
            EITHER,
            (D.CANCELLING,),
            D.CANCELLED,
            guards=("other_side_asked",),
            posting="hold_return",
            notices=_tell("deal_cancelled", *BOTH),
        ),
        Transition(
            "cancel_refuse",
            EITHER,
            (D.CANCELLING,),
            D.AGREED,
            guards=("other_side_asked",),
            notices=_tell("cancel_refused", *BOTH),
        ),
        Transition(
            "cancel_by_silence",
            CLOCK,
            (D.CANCELLING,),
            D.CANCELLED,
            posting="hold_return",
            notices=_tell("deal_cancelled", *BOTH),
        ),
        Transition(
            "cancel_by_operator",
            OPERATOR,
            (D.OFFERED, D.APPLIED, D.AGREED, D.CANCELLING),
            D.CANCELLED,
            posting="hold_return",
            notices=_tell("deal_cancelled", *BOTH),
        ),
        Transition(
            "cancel_by_system",
            SYSTEM,
            OPEN_DEALS,
            D.CANCELLED,
            guards=("reason_given",),
            posting="published_kept",
            notices=_tell("deal_cancelled", *BOTH),
        ),
        Transition(
            "cancel_unfunded",
            SYSTEM,
            OPEN_DEALS,
            D.CANCELLED,
            guards=("reason_given",),
            notices=_tell("deal_cancelled", *BOTH),
        ),
        Transition(
            "complete",
            SYSTEM,
            (D.AGREED,),
            D.COMPLETED,
            guards=("every_piece_ended",),
            notices=_tell("deal_completed", *BOTH),
        ),
        Transition(
            "dispute",
            EITHER,
            (D.AGREED, D.CANCELLING),
            D.DISPUTED,
            guards=("reason_given",),
            posting="dispute_freeze",
            timers=(Timer("dispute_unanswered", business_days="dispute_business_days"),),
            notices=_tell("dispute_opened", *BOTH, Party.OPERATOR),
        ),
        Transition(
            "dispute_answer",
            EITHER,
            (D.DISPUTED,),
            D.DISPUTED,
            guards=("other_side_opened", "answer_given"),
            notices=_tell("dispute_answered", *BOTH, Party.OPERATOR),
        ),
        Transition(
            "dispute_unanswered",
            CLOCK,
            (D.DISPUTED,),
            D.DISPUTED,
            notices=_tell("dispute_unanswered", *BOTH, Party.OPERATOR),
        ),
        Transition(
            "resolve_resume",
            OPERATOR,
            (D.DISPUTED,),
            D.AGREED,
            guards=("reason_given",),
            posting="dispute_resume",
            notices=_tell("dispute_resolved", *BOTH),
        ),
        Transition(
            "resolve_close",
            OPERATOR,
            (D.DISPUTED,),
            D.COMPLETED,
            guards=("reason_given", "split_in_range"),
            posting="dispute_split",
            notices=_tell("dispute_resolved", *BOTH),
        ),
        Transition(
            "freeze",
            OPERATOR,
            OPEN_DEALS,
            STAYS,
            guards=("reason_given",),
            notices=_tell("deal_frozen", *BOTH, Party.OPERATOR),
        ),
        Transition(
            "unfreeze",
            OPERATOR,
            OPEN_DEALS,
            STAYS,
            guards=("reason_given",),
            notices=_tell("deal_unfrozen", *BOTH),
        ),
    ),
    terminal=(D.COMPLETED, D.CANCELLED, D.DECLINED, D.WITHDRAWN, D.EXPIRED),
)

DRAFT_CLOCKS = (
    Timer("remind_draft", before="draft_due_at", hours=-48),
    Timer("remind_draft_last", before="draft_due_at", hours=-4),
    Timer("miss_deadline", before="draft_due_at", setting="grace_hours"),
)
POST_CLOCKS = (
    Timer("remind_post", before="post_due_at", hours=-48),
    Timer("remind_post_last", before="post_due_at", hours=-4),
    Timer("miss_deadline", before="post_due_at", setting="grace_hours"),
)
RETENTION_CLOCK = (Timer("complete", before="retained_until"),)
OPEN_STATES = (
    P.PLANNED,
    P.DRAFTING,
    P.IN_REVIEW,
    P.CHANGES_REQUESTED,
    P.APPROVED,
    P.POSTED,
    P.LIVE,
    P.MISSING,
    P.OVERDUE,
)
UNPUBLISHED_STATES = (
    P.PLANNED,
    P.DRAFTING,
    P.IN_REVIEW,
    P.CHANGES_REQUESTED,
    P.APPROVED,
    P.OVERDUE,
)
ENDS_WITH_DEAL = ("cancel_with_deal", "resolve")
"""Steps of pieces that follow from the end of their deal: these alone are taken while it stands still."""
PUBLISHED_STATES = (P.POSTED, P.LIVE, P.MISSING)
CLOCK_PARKED = "clock_parked"
"""The operators' task about a clock that failed too often."""
POST_UNSEEN = "post_unseen"
"""The operators' task about a post whose time is over and that nobody could look at before its end."""

REMINDERS: dict[str, str] = {
    "remind_draft": "draft_due_soon",
    "remind_draft_last": "draft_due_soon",
    "remind_post": "post_due_soon",
    "remind_post_last": "post_due_soon",
}

DELIVERABLE = table(
    "deliverable",
    VERSION,
    (
        Transition(
            "start",
            SYSTEM,
            (P.PLANNED,),
            P.DRAFTING,
            timers=DRAFT_CLOCKS,
            quiet="the agreement is the notice",
        ),
        Transition(
            "submit_draft",
            CREATOR,
            (P.DRAFTING, P.CHANGES_REQUESTED),
            P.IN_REVIEW,
            guards=("draft_not_empty",),
            timers=(Timer("approve_by_silence", setting="review_hours"),),
            notices=_tell("draft_to_review", Party.BRAND),
        ),
        Transition(
            "request_changes",
            BRAND,
            (P.IN_REVIEW,),
            P.CHANGES_REQUESTED,
            guards=("revisions_left", "reason_given"),
            timers=DRAFT_CLOCKS,
            notices=_tell("changes_requested", Party.CREATOR),
        ),
        Transition(
            "approve_draft",
            BRAND,
            (P.IN_REVIEW,),
            P.APPROVED,
            guards=("two_sides",),
            timers=POST_CLOCKS,
            notices=_tell("draft_approved", Party.CREATOR),
        ),
        Transition(
            "approve_by_silence",
            CLOCK,
            (P.IN_REVIEW,),
            P.APPROVED,
            timers=POST_CLOCKS,
            notices=_tell("draft_approved", *BOTH),
        ),
        Transition(
            "submit_post",
            CREATOR,
            (P.APPROVED,),
            P.POSTED,
            keeps=("miss_deadline",),
            notices=_tell("post_being_checked", Party.CREATOR),
        ),
        Transition(
            "verify_post",
            SYSTEM,
            (P.POSTED,),
            P.LIVE,
            posting="release",
            timers=RETENTION_CLOCK,
            notices=_tell("post_live", *BOTH),
        ),
        Transition(
            "reject_post",
            SYSTEM,
            (P.POSTED,),
            P.APPROVED,
            keeps=("miss_deadline",),
            notices=_tell("post_rejected", Party.CREATOR),
        ),
        Transition(
            "post_missing",
            SYSTEM,
            (P.LIVE,),
            P.MISSING,
            timers=(Timer("lapse", setting="restore_hours"),),
            notices=_tell("post_missing", *BOTH),
        ),
        Transition(
            "restore",
            SYSTEM,
            (P.MISSING,),
            P.LIVE,
            timers=RETENTION_CLOCK,
            notices=_tell("post_restored", *BOTH),
        ),
        Transition(
            "lapse",
            CLOCK,
            (P.MISSING,),
            P.LAPSED,
            guards=("still_missing",),
            posting="lapse",
            notices=_tell("post_lapsed", *BOTH),
        ),
        Transition(
            "complete",
            CLOCK | OPERATOR,
            (P.LIVE,),
            P.COMPLETED,
            guards=("seen_before_its_end",),
            posting="release_rest",
            notices=_tell("deliverable_completed", *BOTH),
        ),
        Transition(
            "miss_deadline",
            CLOCK,
            (P.DRAFTING, P.CHANGES_REQUESTED, P.APPROVED),
            P.OVERDUE,
            timers=(Timer("cancel_overdue", hours=168),),
            notices=_tell("deliverable_overdue", *BOTH),
        ),
        Transition(
            "extend_draft",
            BRAND | OPERATOR,
            (P.OVERDUE,),
            P.DRAFTING,
            guards=("came_from_there",),
            timers=DRAFT_CLOCKS,
            notices=_tell("deadline_extended", Party.CREATOR),
        ),
        Transition(
            "extend_changes",
            BRAND | OPERATOR,
            (P.OVERDUE,),
            P.CHANGES_REQUESTED,
            guards=("came_from_there",),
            timers=DRAFT_CLOCKS,
            notices=_tell("deadline_extended", Party.CREATOR),
        ),
        Transition(
            "extend_post",
            BRAND | OPERATOR,
            (P.OVERDUE,),
            P.APPROVED,
            guards=("came_from_there",),
            timers=POST_CLOCKS,
            notices=_tell("deadline_extended", Party.CREATOR),
        ),
        Transition(
            "cancel",
            BRAND | OPERATOR,
            (P.OVERDUE,),
            P.CANCELLED,
            posting="hold_return",
            notices=_tell("deliverable_cancelled", *BOTH),
        ),
        Transition(
            "cancel_overdue",
            CLOCK,
            (P.OVERDUE,),
            P.CANCELLED,
            posting="hold_return",
            notices=_tell("deliverable_cancelled", *BOTH),
        ),
        Transition(
            "cancel_with_deal",
            SYSTEM,
            OPEN_STATES,
            P.CANCELLED,
            quiet="the deal's own notice tells it",
        ),
        Transition(
            "resolve",
            SYSTEM,
            OPEN_STATES,
            P.RESOLVED,
            quiet="the resolution's own notice tells it",
        ),
    ),
    terminal=(P.COMPLETED, P.LAPSED, P.CANCELLED, P.RESOLVED),
)
