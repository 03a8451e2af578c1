"""A brand's side of the work: drafts that wait for it, and work that is overdue."""

from dataclasses import replace
from uuid import UUID

from bots.cards import deals as deal_cards
from bots.cards import posts as post_cards
from bots.cards.things import PIECE
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Entry, Field, Form, Kind, Slots
from bots.dialogues import answers
from bots.dialogues.facts import load_piece, of_piece
from bots.dialogues.workspace import own_workspaces
from bots.phrases.amounts import moment, money
from bots.phrases.sentences import say
from core.accounts.states import Permission
from core.deals import pieces
from core.deals import views as deals
from core.deals.schemas import DealView, DeliverableView
from core.deals.states import DealState, DeliverableState


def _agreed(talk: Talk) -> list[tuple[DealView, DeliverableView]]:
    own = [w.id for w in own_workspaces(talk, Permission.APPROVE)]
    agreed = [deal for deal in deals.of_workspaces(talk.work, own) if deal.state is DealState.AGREED]
    return [(deal, piece) for deal in agreed for piece in deal.deliverables]


def waiting(talk: Talk) -> list[tuple[DealView, DeliverableView]]:
    """Return the drafts that wait for a brand, each with its deal."""
    return [(deal, piece) for deal, piece in _agreed(talk) if _in_review(piece)]


def _in_review(piece: DeliverableView) -> bool:
    return piece.state is DeliverableState.IN_REVIEW


def to_confirm(talk: Talk) -> list[tuple[DealView, DeliverableView]]:
    """Return the posts that a brand is to look at, each with its deal."""
    return [(deal, piece) for deal, piece in _agreed(talk) if post_cards.waits(deal, piece)]


def show_drafts(talk: Talk, argument: str) -> Answer:
    """Show a brand every draft that waits for it, and every post that it is to look at."""
    del argument
    agreed = _agreed(talk)
    drafts = [(deal, piece) for deal, piece in agreed if _in_review(piece)]
    posted = [(deal, piece) for deal, piece in agreed if post_cards.waits(deal, piece)]
    shown = [
        *(deal_cards.drafts(talk.work, drafts) if drafts else []),
        *(post_cards.proofs(talk.work, posted) if posted else []),
    ]
    return list(shown) or [card(say("draft.none"))]


def show_draft(talk: Talk, piece_id: UUID) -> Answer:
    """Show a brand one draft."""
    deal, piece = deals.get_by_piece(talk.work, piece_id)
    return [deal_cards.draft(talk.work, deal, piece)]


def approve(talk: Talk, piece: Seen) -> Answer:
    """Approve a draft. No money moves yet; the card said what will."""
    approved = pieces.approve_draft(talk.work, piece.id, shown=piece.mark)
    deal = deals.get(talk.work, approved.deal_id)
    return [card(say("draft.approved", name=deal_cards.other_name(talk, deal)))]


def _approve_summary(slots: Slots) -> str:
    about = of_piece(slots)
    return say(
        "draft.approve_summary", name=about.other, what=about.what, caption=about.piece.draft_caption or ""
    )


APPROVE = Form(name="approve", fields=(), summary=_approve_summary, confirm=say("draft.approve"))
"""Asks for a yes to a draft that a sentence approved: a button is under the draft it approves."""


def approve_said(talk: Talk, slots: Slots, key: str) -> Answer:
    """Approve the draft that was shown."""
    del key
    return approve(talk, of_piece(slots).seen)


CHANGES = Form(
    name="changes",
    title=say("draft.changes"),
    fields=(
        Field(
            "reason",
            Kind.TEXT,
            lambda s: say(
                "draft.changes_ask",
                name=of_piece(s).other,
                round=of_piece(s).piece.rounds + 1,
                rounds=of_piece(s).deal.terms.revisions,
            ),
            "Change",
        ),
    ),
    summary=lambda s: say(
        "draft.changes_summary",
        name=of_piece(s).other,
        reason=s["reason"],
        round=of_piece(s).piece.rounds + 1,
        rounds=of_piece(s).deal.terms.revisions,
    ),
    confirm=say("draft.changes_confirm"),
    sheet=lambda s: say("sheet.piece", title=of_piece(s).scene.title, what=of_piece(s).what),
)


def ask_changes(talk: Talk, piece: Seen) -> Answer:
    """Ask what should change."""
    del talk
    return [Open("changes", seen=piece)]


def request_changes(talk: Talk, slots: Slots, key: str) -> Answer:
    """Send the draft back."""
    del key
    about = of_piece(slots)
    pieces.request_changes(talk.work, about.seen.id, slots["reason"], shown=about.seen.mark)
    return [card(say("draft.changes_done", name=about.other))]


EXTEND = Form(
    name="extend",
    title=say("notice.extend"),
    fields=(
        Field(
            "days",
            Kind.TEXT,
            lambda s: say("extend.ask", name=of_piece(s).other, what=of_piece(s).what),
            "Days",
            parse=answers.number("extend.hint", 1, pieces.DAYS_MAX),
            entry=Entry.NUMBER,
        ),
    ),
    sheet=lambda s: say("sheet.piece", title=of_piece(s).scene.title, what=of_piece(s).what),
)


EXTEND_SAID = replace(
    EXTEND,
    name="extend_said",
    summary=lambda s: say(
        "extend.summary",
        name=of_piece(s).other,
        days=s["days"],
        what=of_piece(s).what,
        title=of_piece(s).scene.title,
        due=moment(of_piece(s).piece.due_at),
    ),
    confirm=say("extend.confirm"),
    sheet=None,
)
"""Asks for a yes to the days that a sentence gives: a button is under the request for them."""


def ask_extend(talk: Talk, piece: Seen) -> Answer:
    """Ask for how many days, where the button does not say so."""
    del talk
    given = {"days": int(piece.detail)} if piece.detail.isdecimal() else {}
    return [Open("extend", given, seen=piece)]


def extend(talk: Talk, slots: Slots, key: str) -> Answer:
    """Give more days."""
    del key
    about = of_piece(slots)
    pieces.extend(talk.work, about.seen.id, slots["days"], shown=about.seen.mark)
    return [card(say("extend.done", name=about.other, days=slots["days"]))]


CANCEL_PIECE = Form(
    name="cancel_piece",
    fields=(),
    summary=lambda s: say(
        "cancel_piece.gift_summary" if of_piece(s).deal.cashless else "cancel_piece.summary",
        what=of_piece(s).what,
        name=of_piece(s).other,
        held=money(of_piece(s).held),
    ),
    confirm=say("cancel_piece.confirm"),
    ends=True,
)


def ask_cancel_piece(talk: Talk, piece: Seen) -> Answer:
    """Show what cancelling an overdue piece means."""
    del talk
    return [Open("cancel_piece", seen=piece)]


def cancel_piece(talk: Talk, slots: Slots, key: str) -> Answer:
    """Cancel an overdue piece."""
    del key
    about = of_piece(slots)
    pieces.cancel_piece(talk.work, about.seen.id, shown=about.seen.mark)
    return [card(say("cancel_piece.gift_done" if about.deal.cashless else "cancel_piece.done"))]


DIALOGUES = (
    Dialogue(APPROVE, approve_said, load=load_piece, binds=PIECE),
    Dialogue(CHANGES, request_changes, {"ReasonMissing": "reason"}, load_piece, PIECE),
    Dialogue(EXTEND, extend, load=load_piece, binds=PIECE),
    Dialogue(EXTEND_SAID, extend, load=load_piece, binds=PIECE),
    Dialogue(CANCEL_PIECE, cancel_piece, load=load_piece, binds=PIECE),
)
COMMANDS = (
    Command(
        "drafts_brand", show_drafts, ("drafts", "review drafts"), Audience.BRAND, "drafts that wait for you"
    ),
    Command("draft_card", show_draft, takes=answers.key),
    Command("approve", approve, binds=PIECE),
    Command("changes", ask_changes, opens=True, binds=PIECE),
    Command("extend", ask_extend, opens=True, binds=PIECE),
    Command("cancel_piece", ask_cancel_piece, binds=PIECE),
)
