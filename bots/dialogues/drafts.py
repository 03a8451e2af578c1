"""A brand's side of the work: drafts that wait for it, and work that is overdue."""

from bots.cards import deals as deal_cards
from bots.cards.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Talk
from bots.conversation.forms import Field, Form, Kind, Slots
from bots.dialogues import answers
from bots.dialogues.facts import piece_facts
from bots.dialogues.workspace import own_workspaces
from bots.phrases.sentences import say
from core.accounts.states import Permission
from core.deals import pieces
from core.deals import views as deals
from core.deals.states import DealState, DeliverableState


def show_drafts(talk: Talk, argument: str) -> Answer:
    """Show a brand every draft that waits for it."""
    del argument
    own = [w.id for w in own_workspaces(talk, Permission.SEE)]
    waiting = [
        (deal, piece)
        for deal in deals.of_workspaces(talk.work, own)
        if deal.state is DealState.AGREED
        for piece in deal.deliverables
        if piece.state is DeliverableState.IN_REVIEW
    ]
    if not waiting:
        return [card(say("draft.none"))]
    return [deal_cards.draft(talk.work, deal, piece) for deal, piece in waiting]


def show_draft(talk: Talk, argument: str) -> Answer:
    """Show a brand one draft."""
    deal, piece = deals.get_by_piece(talk.work, answers.key(argument))
    return [deal_cards.draft(talk.work, deal, piece)]


def approve(talk: Talk, argument: str) -> Answer:
    """Approve a draft. No money moves yet; the card said what will."""
    piece = pieces.approve_draft(talk.work, answers.key(argument))
    deal = deals.get(talk.work, piece.deal_id)
    return [card(say("draft.approved", name=deal_cards.other_name(talk, deal)))]


CHANGES = Form(
    name="changes",
    title=say("draft.changes"),
    fields=(
        Field(
            "reason",
            Kind.TEXT,
            lambda s: say("draft.changes_ask", name=s["_other"], round=s["_round"], rounds=s["_rounds"]),
            "Change",
        ),
    ),
)


def ask_changes(talk: Talk, argument: str) -> Answer:
    """Ask what should change."""
    deal, piece, facts = piece_facts(talk, argument)
    facts |= {"_round": piece.rounds + 1, "_rounds": deal.terms.revisions}
    return [Open("changes", facts)]


def request_changes(talk: Talk, slots: Slots, key: str) -> Answer:
    """Send the draft back."""
    del key
    pieces.request_changes(talk.work, answers.key(slots["_piece"]), slots["reason"])
    return [card(say("draft.changes_done", name=slots["_other"]))]


EXTEND = Form(
    name="extend",
    title=say("notice.extend"),
    fields=(
        Field(
            "days",
            Kind.TEXT,
            lambda s: say("extend.ask", name=s["_other"], what=s["_what"]),
            "Days",
            parse=answers.number("extend.hint", 1, 60),
        ),
    ),
)


def ask_extend(talk: Talk, argument: str) -> Answer:
    """Ask for how many days."""
    return [Open("extend", piece_facts(talk, argument)[2])]


def extend(talk: Talk, slots: Slots, key: str) -> Answer:
    """Give more days."""
    del key
    pieces.extend(talk.work, answers.key(slots["_piece"]), slots["days"])
    return [card(say("extend.done", name=slots["_other"], days=slots["days"]))]


CANCEL_PIECE = Form(
    name="cancel_piece",
    fields=(),
    summary=lambda s: say(
        "cancel_piece.summary",
        what=s["_what"],
        name=s["_other"],
        held=answers.show_money(s["_piece_price"], s["_currency"]),
    ),
    confirm=say("cancel_piece.confirm"),
)


def ask_cancel_piece(talk: Talk, argument: str) -> Answer:
    """Show what cancelling an overdue piece means."""
    _, piece, facts = piece_facts(talk, argument)
    facts["_piece_price"] = piece.price.minor - piece.released.minor
    return [Open("cancel_piece", facts)]


def cancel_piece(talk: Talk, slots: Slots, key: str) -> Answer:
    """Cancel an overdue piece."""
    del key
    pieces.cancel_piece(talk.work, answers.key(slots["_piece"]))
    return [card(say("cancel_piece.done"))]


DIALOGUES = (
    Dialogue(CHANGES, request_changes, {"ReasonMissing": "reason"}),
    Dialogue(EXTEND, extend),
    Dialogue(CANCEL_PIECE, cancel_piece),
)
COMMANDS = (
    Command(
        "drafts_brand", show_drafts, ("drafts", "review drafts"), Audience.BRAND, "drafts that wait for you"
    ),
    Command("draft_card", show_draft),
    Command("approve", approve),
    Command("changes", ask_changes, opens=True),
    Command("extend", ask_extend, opens=True),
    Command("cancel_piece", ask_cancel_piece),
)
