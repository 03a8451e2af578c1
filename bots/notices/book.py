"""Every notice there is, by name; what each is about; and when it is no news any more."""

from collections.abc import Mapping, Sequence

from bots.cards import deal_buttons
from bots.conversation.card import card, press
from bots.conversation.dialogue import Tools
from bots.notices import deals, gifts, money, people, pieces, waited
from bots.notices.telling import Facts, Render, Telling
from bots.phrases.sentences import say
from core.deals.states import DealState, DeliverableState
from core.kit.work import Work
from core.messaging.messages import OutgoingMessage
from core.messaging.states import NewsKind

D, P = DealState, DeliverableState

RENDERERS: dict[str, Render] = {
    **deals.RENDERERS,
    **gifts.RENDERERS,
    **pieces.RENDERERS,
    **money.RENDERERS,
    **people.RENDERERS,
    "waited": lambda t: waited.summed_up(t, render, KINDS[NewsKind.MONEY]),
}
KINDS: Mapping[NewsKind, frozenset[str]] = {
    NewsKind.OFFER: frozenset({"offer_received", "counter_received", "application_received"}),
    NewsKind.DEADLINE: frozenset(
        {
            *("draft_due_soon", "post_due_soon", "deliverable_overdue", "changes_requested", "post_missing"),
            *("post_rejected", "cancel_requested", "dispute_opened", "draft_to_review"),
            *("more_time_asked", "post_to_confirm", "post_refused"),
            *("address_wanted", "gift_to_send", "gift_sent", "gift_not_arrived"),
        }
    ),
    NewsKind.MONEY: frozenset(money.RENDERERS)
    | {"post_live", "post_confirmed", "deliverable_completed", "dispute_resolved"},
}
REMINDERS = frozenset({"draft_due_soon", "post_due_soon"})
OF_EACH_PIECE = frozenset({"deliverable_overdue", "deliverable_cancelled", "deadline_extended"})
"""Notices that come for every piece of a deal at once."""
STILL: Mapping[str, frozenset[DealState | DeliverableState]] = {
    "offer_received": frozenset({D.OFFERED}),
    "counter_received": frozenset({D.OFFERED, D.APPLIED}),
    "application_received": frozenset({D.APPLIED}),
    "cancel_requested": frozenset({D.CANCELLING}),
    "address_wanted": frozenset({D.AWAITING_ADDRESS}),
    "gift_to_send": frozenset({D.TO_SEND}),
    "gift_not_arrived": frozenset({D.TO_SEND}),
    "gift_sent": frozenset({D.ON_ITS_WAY}),
    "draft_to_review": frozenset({P.IN_REVIEW}),
    "changes_requested": frozenset({P.CHANGES_REQUESTED}),
    "draft_due_soon": frozenset({P.DRAFTING, P.CHANGES_REQUESTED}),
    "post_due_soon": frozenset({P.APPROVED}),
    "more_time_asked": frozenset({P.DRAFTING, P.CHANGES_REQUESTED, P.APPROVED, P.OVERDUE}),
    "deliverable_overdue": frozenset({P.OVERDUE}),
    "post_missing": frozenset({P.MISSING}),
    "post_to_confirm": frozenset({P.CLAIMED}),
    "post_refused": frozenset({P.APPROVED}),
}
"""What asks something of its reader is news only while it is to be done: what ended it is told too."""


def render(work: Work, tools: Tools, notice: str, facts: Facts) -> list[OutgoingMessage]:
    """Return a notice as messages, none where things have moved on meanwhile.

    Raises:
        KeyError: for a name without words, which a test rules out.
    """
    telling = Telling(work, tools, facts)
    return RENDERERS[notice](telling) if _is_news(telling, notice) else []


def render_along(
    work: Work, tools: Tools, told: Sequence[tuple[str, Facts]]
) -> tuple[list[OutgoingMessage], Facts]:
    """Return notices that are told together as one message, and what it is about: the deal they share."""
    found = [message for notice, facts in told for message in render(work, tools, notice, facts)]
    if len(told) == 1:
        return found, told[0][1]
    one_deal = len({facts["deal_id"] for _, facts in told}) == 1
    shared = {**told[0][1], "deliverable_id": None} if one_deal else {}
    if len(found) <= 1:
        return found, shared
    text = "\n".join(f"• {message.text}" for message in found)
    buttons = [button for message in found for row in message.buttons for button in row]
    if not shared:
        buttons = [press(say("waited.menu"), "menu")]
    return [card(text, list(dict.fromkeys(buttons)))], shared


def are_alike(one: tuple[str, Facts], other: tuple[str, Facts]) -> bool:
    """Tell whether two notices are told as one: reminders are, and what became late in one deal."""
    if {one[0], other[0]} <= REMINDERS:
        return True
    same = one[0] == other[0] and one[1].get("deal_id") == other[1].get("deal_id")
    return same and one[0] in OF_EACH_PIECE


def kind(notice: str) -> NewsKind:
    """Return what a notice is about."""
    return next((kind for kind, names in KINDS.items() if notice in names), NewsKind.OTHER)


def _is_news(t: Telling, notice: str) -> bool:
    states = STILL.get(notice)
    if t.deal is not None and t.to_brand and not deal_buttons.granted(t.own, t.deal.workspace_id):
        return False  # who has left the team hears nothing more of its deals
    if states is None or t.deal is None:
        return True
    if t.deal.state not in states and (t.piece is None or t.piece.state not in states):
        return False
    due = {"draft_due_soon": "draft_due_at", "post_due_soon": "post_due_at"}.get(notice)
    ends = getattr(t.piece, due) if due and t.piece else None
    return ends is None or ends > t.work.now
