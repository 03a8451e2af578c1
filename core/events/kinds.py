"""Every kind of business event: its name, its version and the facts it carries.

A fact is an id, a whole number, or one of our own words (a state, a currency, a party): never what a person
wrote, so that the stream can be kept for ever and a person can be forgotten all the same. A change of a
kind's facts is a new version of it. A new step of a process needs its row here; so does a new happening of
any slice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Fact(StrEnum):
    """What a fact may be. Amounts of money are whole numbers of minor units, named `…_minor`."""

    NUMBER = "number"
    ID = "id"
    WORD = "word"


class Subject(StrEnum):
    """Whom or what an event is about; each is a column of the stream."""

    WORKSPACE = "workspace_id"
    CAMPAIGN = "campaign_id"
    DEAL = "deal_id"
    DELIVERABLE = "deliverable_id"
    CREATOR = "creator_id"
    PERSON = "person_id"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event. Every subject and every fact is given, but the facts in `may` may be left out."""

    name: str
    subjects: frozenset[Subject]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    may: Mapping[str, Fact] = field(default_factory=dict)
    version: int = 1


NUMBER, ID, WORD = Fact.NUMBER, Fact.ID, Fact.WORD
STEP = {"before": WORD, "after": WORD, "process_version": NUMBER}
MONEY = {"amount_minor": NUMBER, "currency": WORD}

CAMPAIGN = frozenset({Subject.WORKSPACE, Subject.CAMPAIGN})
DEAL = CAMPAIGN | {Subject.DEAL, Subject.CREATOR}
DELIVERABLE = DEAL | {Subject.DELIVERABLE}
PERSON = frozenset({Subject.PERSON})
MEMBER = frozenset({Subject.PERSON, Subject.WORKSPACE})
CREATOR = frozenset({Subject.CREATOR})

STEPS: Mapping[tuple[str, str], str] = {
    ("campaign", "draft"): "campaign.drafted",
    ("campaign", "submit"): "campaign.submitted",
    ("campaign", "open"): "campaign.opened",
    ("campaign", "fund"): "campaign.funded",
    ("campaign", "recruit"): "campaign.recruiting_began",
    ("campaign", "run"): "campaign.began",
    ("campaign", "settle"): "campaign.settling_began",
    ("campaign", "close"): "campaign.closed",
    ("campaign", "cancel"): "campaign.cancelled",
    ("campaign", "freeze"): "campaign.frozen",
    ("campaign", "unfreeze"): "campaign.unfrozen",
    ("deal", "offer"): "deal.offered",
    ("deal", "apply"): "deal.applied_for",
    ("deal", "counter"): "deal.countered",
    ("deal", "accept"): "deal.accepted",
    ("deal", "accept_application"): "deal.application_accepted",
    ("deal", "decline"): "deal.declined",
    ("deal", "withdraw"): "deal.withdrawn",
    ("deal", "expire"): "deal.expired",
    ("deal", "follow_brief"): "deal.brief_followed",
    ("deal", "ask_brief"): "deal.brief_asked",
    ("deal", "agree_brief"): "deal.brief_agreed",
    ("deal", "refuse_brief"): "deal.brief_refused",
    ("deal", "await_address"): "deal.address_awaited",
    ("deal", "remind_address"): "deal.address_asked_again",
    ("deal", "give_address"): "deal.address_given",
    ("deal", "remind_to_send"): "deal.sending_asked_again",
    ("deal", "send_gift"): "deal.gift_sent",
    ("deal", "remind_arrival"): "deal.arrival_asked_again",
    ("deal", "gift_arrived"): "deal.gift_arrived",
    ("deal", "arrived_by_silence"): "deal.gift_arrived_by_silence",
    ("deal", "not_arrived"): "deal.gift_not_arrived",
    ("deal", "call_off"): "deal.called_off",
    ("deal", "no_address"): "deal.ended_without_address",
    ("deal", "not_sent"): "deal.ended_unsent",
    ("deal", "cancel_request"): "deal.cancellation_asked",
    ("deal", "cancel_agree"): "deal.cancellation_agreed",
    ("deal", "cancel_refuse"): "deal.cancellation_refused",
    ("deal", "cancel_by_silence"): "deal.cancelled_by_silence",
    ("deal", "cancel_by_operator"): "deal.cancelled_by_operator",
    ("deal", "cancel_by_system"): "deal.cancelled_by_system",
    ("deal", "cancel_unfunded"): "deal.cancelled_unfunded",
    ("deal", "complete"): "deal.completed",
    ("deal", "dispute"): "deal.disputed",
    ("deal", "dispute_answer"): "deal.dispute_answered",
    ("deal", "dispute_unanswered"): "deal.dispute_unanswered",
    ("deal", "resolve_resume"): "deal.dispute_ended_by_going_on",
    ("deal", "resolve_close"): "deal.dispute_ended_by_closing",
    ("deal", "freeze"): "deal.frozen",
    ("deal", "unfreeze"): "deal.unfrozen",
    ("deal", "stop_with_workspace"): "deal.stopped_with_workspace",
    ("deal", "go_on_with_workspace"): "deal.went_on_with_workspace",
    ("deal", "stop_with_creator"): "deal.stopped_with_creator",
    ("deal", "go_on_with_creator"): "deal.went_on_with_creator",
    ("deliverable", "leave_out"): "deliverable.left_out",
    ("deliverable", "start"): "deliverable.started",
    ("deliverable", "submit_draft"): "deliverable.draft_submitted",
    ("deliverable", "request_changes"): "deliverable.changes_requested",
    ("deliverable", "approve_draft"): "deliverable.draft_approved",
    ("deliverable", "approve_by_silence"): "deliverable.draft_approved_by_silence",
    ("deliverable", "submit_post"): "deliverable.post_submitted",
    ("deliverable", "verify_post"): "deliverable.post_verified",
    ("deliverable", "reject_post"): "deliverable.post_rejected",
    ("deliverable", "claim_post"): "deliverable.post_claimed",
    ("deliverable", "confirm_post"): "deliverable.post_confirmed",
    ("deliverable", "confirm_by_silence"): "deliverable.post_confirmed_by_silence",
    ("deliverable", "refuse_post"): "deliverable.post_refused",
    ("deliverable", "post_missing"): "deliverable.post_missed",
    ("deliverable", "restore"): "deliverable.post_restored",
    ("deliverable", "lapse"): "deliverable.lapsed",
    ("deliverable", "complete"): "deliverable.completed",
    ("deliverable", "miss_deadline"): "deliverable.deadline_missed",
    ("deliverable", "ask_more_time"): "deliverable.more_time_asked",
    ("deliverable", "extend_draft"): "deliverable.draft_time_extended",
    ("deliverable", "extend_changes"): "deliverable.change_time_extended",
    ("deliverable", "extend_post"): "deliverable.post_time_extended",
    ("deliverable", "cancel"): "deliverable.cancelled",
    ("deliverable", "cancel_overdue"): "deliverable.cancelled_overdue",
    ("deliverable", "cancel_with_deal"): "deliverable.cancelled_with_deal",
    ("deliverable", "resolve"): "deliverable.resolved",
}
"""How a step of a process is called once it has happened, by process and step."""

_OF_PROCESS: Mapping[str, tuple[frozenset[Subject], Mapping[str, Fact]]] = {
    "campaign": (CAMPAIGN, {}),
    "deal": (DEAL, {"by": WORD, "round": NUMBER, "price_minor": NUMBER, "currency": WORD}),
    "deliverable": (DELIVERABLE, {"by": WORD, "price_minor": NUMBER, "currency": WORD}),
}
_OF_STEP: Mapping[str, Mapping[str, Fact]] = {
    "deal.countered": {"price_before_minor": NUMBER},
    "deal.disputed": {"frozen_minor": NUMBER},
    "deal.cancelled_by_system": {"creator_minor": NUMBER},
    "deal.dispute_ended_by_closing": {"creator_minor": NUMBER, "returned_minor": NUMBER},
    "deliverable.post_rejected": {"failures": NUMBER},
    "deliverable.lapsed": {"kept_minor": NUMBER, "returned_minor": NUMBER},
    "deliverable.draft_time_extended": {"days": NUMBER},
    "deliverable.change_time_extended": {"days": NUMBER},
    "deliverable.post_time_extended": {"days": NUMBER},
    "deliverable.cancelled": {"returned_minor": NUMBER},
    "deliverable.cancelled_overdue": {"returned_minor": NUMBER},
}

_HAPPENINGS = (
    Kind("funding.asked", CAMPAIGN, {"funding_id": ID, **MONEY}),
    Kind("funding.paid", CAMPAIGN, {"funding_id": ID, "fee_minor": NUMBER, **MONEY}),
    Kind("funding.failed", CAMPAIGN, {"funding_id": ID, **MONEY}),
    Kind("credit.used", CAMPAIGN, MONEY),
    Kind("credit.kept", CAMPAIGN, MONEY),
    Kind("refund.asked", CAMPAIGN, {"refund_id": ID, "funding_id": ID, **MONEY}),
    Kind("refund.sent", CAMPAIGN, {"refund_id": ID, "funding_id": ID, **MONEY}),
    Kind("refund.refused", CAMPAIGN, {"refund_id": ID, "funding_id": ID, **MONEY}),
    Kind("refund.returned", CAMPAIGN, {"refund_id": ID, "funding_id": ID, **MONEY}),
    Kind("chargeback.opened", CAMPAIGN, {"funding_id": ID, **MONEY}),
    Kind("chargeback.won", CAMPAIGN, {"funding_id": ID, **MONEY}),
    Kind("chargeback.lost", CAMPAIGN, {"funding_id": ID, **MONEY}),
    Kind("loss.opened", CAMPAIGN, MONEY),
    Kind("loss.settled", CAMPAIGN, {"source": WORD, **MONEY}),
    Kind("loss.written_off", CAMPAIGN, MONEY),
    Kind(
        "earning.released",
        CREATOR | {Subject.DELIVERABLE},
        {
            "gross_minor": NUMBER,
            "commission_minor": NUMBER,
            "withheld_minor": NUMBER,
            "net_minor": NUMBER,
            "currency": WORD,
        },
    ),
    Kind("payee.asked", CREATOR),
    Kind("payee.answered", CREATOR, {"state": WORD}),
    Kind("payee.changed", CREATOR),
    Kind("payout.asked", CREATOR, {"payout_id": ID, **MONEY}),
    Kind("payout.sent", CREATOR, {"payout_id": ID, **MONEY}),
    Kind("payout.refused", CREATOR, {"payout_id": ID, **MONEY}),
    Kind("payout.returned", CREATOR, {"payout_id": ID, **MONEY}),
    Kind("person.registered", PERSON),
    Kind("person.chat_attached", PERSON, {"channel": WORD}),
    Kind("person.chats_linked", PERSON, {"from_person_id": ID}),
    Kind("person.link_undone", PERSON, {"from_person_id": ID}),
    Kind("person.erased", PERSON),
    Kind("person.data_asked", PERSON),
    Kind("person.data_links_ended", PERSON),
    Kind("workspace.opened", MEMBER, {"kind": WORD, "currency": WORD}, may={"parent_id": ID}),
    Kind("workspace.verified", frozenset({Subject.WORKSPACE})),
    Kind("workspace.frozen", frozenset({Subject.WORKSPACE})),
    Kind("workspace.unfrozen", frozenset({Subject.WORKSPACE})),
    Kind("creator.frozen", CREATOR),
    Kind("creator.unfrozen", CREATOR),
    Kind("member.joined", MEMBER, {"role": WORD}),
    Kind("member.left", MEMBER),
    Kind("member.role_changed", MEMBER, {"role": WORD}),
)


def of_step(process: str, step: str) -> Kind:
    """Return the kind of event that a step of a process is. Raises KeyError where none is declared."""
    return KINDS[STEPS[process, step]]


def _step_kinds() -> list[Kind]:
    kinds = []
    for (process, _), name in STEPS.items():
        subjects, common = _OF_PROCESS[process]
        kinds.append(Kind(name, subjects, {**STEP, **common}, may=_OF_STEP.get(name, {})))
    return kinds


def _registry(kinds: list[Kind]) -> dict[str, Kind]:
    found = {kind.name: kind for kind in kinds}
    if len(found) != len(kinds):
        raise ValueError("two kinds of event have one name")
    return found


KINDS: Mapping[str, Kind] = _registry([*_step_kinds(), *_HAPPENINGS])
