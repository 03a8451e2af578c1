"""The process of one piece of a deal, as data, with the clocks that remind and the clocks that act.

`core.deals.engine` runs it with the functions that `piece_rules` binds to its names. A reminder is a `Timer`
whose name stands in `REMINDERS`; `REVIEWS_OVER` has cards redrawn. A piece goes by the version of its deal.
"""

from datetime import timedelta

from core.deals.states import OPEN_STATES, VERSION
from core.deals.states import DeliverableState as P
from core.kit.process import (
    BOTH,
    BRAND,
    CLOCK,
    CREATOR,
    OPERATOR,
    STAYS,
    SYSTEM,
    Party,
    Timer,
    Transition,
    table,
    tell,
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
REVIEWS_OVER = "reviews_over"
"""The clock that takes no step: a deal ends with its last piece, and can be reviewed for so long."""
REVIEW_CLOCK = (Timer(REVIEWS_OVER, setting="review_window_days"),)
RETENTION_CLOCK = (Timer("complete", before="retained_until"),)
FOLLOWS_DEAL = ("start", "cancel_with_deal", "resolve")
"""Steps of pieces that follow from their deal's own: these alone are taken while it stands still."""
REMINDERS: dict[str, str] = {
    "remind_draft": "draft_due_soon",
    "remind_draft_last": "draft_due_soon",
    "remind_post": "post_due_soon",
    "remind_post_last": "post_due_soon",
}
REMINDED_AHEAD = tuple(
    {timedelta(hours=-clock.hours) for clock in (*DRAFT_CLOCKS, *POST_CLOCKS) if clock.step in REMINDERS}
)
"""How long before it is due somebody is reminded of a step."""
IN_THE_MORNING = frozenset({"remind_draft", "remind_post"})
"""Reminders of what is due in more than a day: they wait for their person's morning, and come together."""

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
            notices=tell("draft_to_review", Party.BRAND),
        ),
        Transition(
            "request_changes",
            BRAND,
            (P.IN_REVIEW,),
            P.CHANGES_REQUESTED,
            guards=("revisions_left", "reason_given"),
            timers=DRAFT_CLOCKS,
            notices=tell("changes_requested", Party.CREATOR),
        ),
        Transition(
            "approve_draft",
            BRAND,
            (P.IN_REVIEW,),
            P.APPROVED,
            guards=("two_sides",),
            timers=POST_CLOCKS,
            notices=tell("draft_approved", Party.CREATOR),
        ),
        Transition(
            "approve_by_silence",
            CLOCK,
            (P.IN_REVIEW,),
            P.APPROVED,
            timers=POST_CLOCKS,
            notices=tell("draft_approved", *BOTH),
        ),
        Transition(
            "submit_post",
            CREATOR,
            (P.APPROVED,),
            P.POSTED,
            keeps=("miss_deadline",),
            quiet="the reply says that it is being checked",
        ),
        Transition(
            "verify_post",
            SYSTEM,
            (P.POSTED,),
            P.LIVE,
            posting="release",
            timers=RETENTION_CLOCK,
            notices=tell("post_live", *BOTH),
        ),
        Transition(
            "reject_post",
            SYSTEM,
            (P.POSTED,),
            P.APPROVED,
            keeps=("miss_deadline",),
            notices=tell("post_rejected", Party.CREATOR),
        ),
        Transition(
            "claim_post",
            CREATOR,
            (P.APPROVED,),
            P.CLAIMED,
            guards=("picture_given",),
            timers=(Timer("confirm_by_silence", setting="review_hours"),),
            notices=tell("post_to_confirm", Party.BRAND),
        ),
        Transition(
            "confirm_post",
            BRAND,
            (P.CLAIMED,),
            P.LIVE,
            guards=("two_sides",),
            posting="release",
            timers=RETENTION_CLOCK,
            notices=tell("post_confirmed", Party.CREATOR),
        ),
        Transition(
            "confirm_by_silence",
            CLOCK,
            (P.CLAIMED,),
            P.LIVE,
            posting="release",
            timers=RETENTION_CLOCK,
            notices=tell("post_confirmed", *BOTH),
        ),
        Transition(
            "refuse_post",
            BRAND,
            (P.CLAIMED,),
            P.APPROVED,
            guards=("reason_given",),
            timers=POST_CLOCKS,
            notices=tell("post_refused", Party.CREATOR),
        ),
        Transition(
            "post_missing",
            SYSTEM,
            (P.LIVE,),
            P.MISSING,
            timers=(Timer("lapse", setting="restore_hours"),),
            notices=tell("post_missing", *BOTH),
        ),
        Transition(
            "restore",
            SYSTEM,
            (P.MISSING,),
            P.LIVE,
            timers=RETENTION_CLOCK,
            notices=tell("post_restored", *BOTH),
        ),
        Transition(
            "lapse",
            CLOCK,
            (P.MISSING,),
            P.LAPSED,
            guards=("still_missing",),
            posting="lapse",
            timers=REVIEW_CLOCK,
            notices=tell("post_lapsed", *BOTH),
        ),
        Transition(
            "complete",
            CLOCK | OPERATOR,
            (P.LIVE,),
            P.COMPLETED,
            guards=("seen_before_its_end",),
            posting="release_rest",
            timers=REVIEW_CLOCK,
            notices=tell("deliverable_completed", *BOTH),
        ),
        Transition(
            "miss_deadline",
            CLOCK,
            (P.DRAFTING, P.CHANGES_REQUESTED, P.APPROVED),
            P.OVERDUE,
            timers=(Timer("cancel_overdue", hours=168),),
            notices=tell("deliverable_overdue", *BOTH),
        ),
        Transition(
            "ask_more_time",
            CREATOR,
            (P.DRAFTING, P.CHANGES_REQUESTED, P.APPROVED, P.OVERDUE),
            STAYS,
            guards=("not_asked_yet",),
            notices=tell("more_time_asked", Party.BRAND),
        ),
        Transition(
            "extend_draft",
            BRAND | OPERATOR,
            (P.OVERDUE, P.DRAFTING),
            P.DRAFTING,
            guards=("came_from_there",),
            timers=DRAFT_CLOCKS,
            notices=tell("deadline_extended", Party.CREATOR),
        ),
        Transition(
            "extend_changes",
            BRAND | OPERATOR,
            (P.OVERDUE, P.CHANGES_REQUESTED),
            P.CHANGES_REQUESTED,
            guards=("came_from_there",),
            timers=DRAFT_CLOCKS,
            notices=tell("deadline_extended", Party.CREATOR),
        ),
        Transition(
            "extend_post",
            BRAND | OPERATOR,
            (P.OVERDUE, P.APPROVED),
            P.APPROVED,
            guards=("came_from_there",),
            timers=POST_CLOCKS,
            notices=tell("deadline_extended", Party.CREATOR),
        ),
        Transition(
            "cancel",
            BRAND | OPERATOR,
            (P.OVERDUE,),
            P.CANCELLED,
            posting="hold_return",
            timers=REVIEW_CLOCK,
            notices=tell("deliverable_cancelled", *BOTH),
        ),
        Transition(
            "cancel_overdue",
            CLOCK,
            (P.OVERDUE,),
            P.CANCELLED,
            posting="hold_return",
            timers=REVIEW_CLOCK,
            notices=tell("deliverable_cancelled", *BOTH),
        ),
        Transition(
            "leave_out",
            SYSTEM,
            (P.PLANNED, P.DRAFTING, P.OVERDUE),
            P.CANCELLED,
            quiet="the agreed change is the notice",
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
            timers=REVIEW_CLOCK,
            quiet="the resolution's own notice tells it",
        ),
    ),
    terminal=(P.COMPLETED, P.LAPSED, P.CANCELLED, P.RESOLVED),
)
