"""A brand's word on posts that nobody can look at: it sees link and screenshot, and says yes or no."""

from dataclasses import dataclass
from uuid import UUID

from bots.cards import posts as post_cards
from bots.cards.things import PIECE
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Field, Form, Kind, Slots, facts
from bots.dialogues import answers
from bots.dialogues.facts import PieceFacts, load_piece, of_piece
from bots.phrases.sentences import say
from core.deals import pieces
from core.deals import views as deals
from core.posts import names
from core.posts import service as posts


def show_proof(talk: Talk, piece_id: UUID) -> Answer:
    """Show a brand what is to prove one post."""
    deal, piece = deals.get_by_piece(talk.work, piece_id)
    return [post_cards.proof(talk.work, deal, piece)]


@dataclass(frozen=True, slots=True)
class ProofFacts:
    """One piece whose post waits for a yes, and the name that the post's link gave."""

    about: PieceFacts
    owner: str


def load_proof(talk: Talk, seen: Seen) -> ProofFacts:
    """Load what a yes is about. Raises DealNotFound."""
    about = load_piece(talk, seen)
    return ProofFacts(about, names.owners(talk.work, [seen.id]).get(seen.id, ""))


def _confirm_summary(slots: Slots) -> str:
    shown = facts(ProofFacts, slots)
    about = shown.about
    return say(
        "proof.confirm_summary",
        name=about.other,
        what=about.what,
        url=about.piece.post_url,
        whose=post_cards.whose(about.scene.creator, about.piece, shown.owner),
        money="" if about.deal.cashless else say("proof.confirm_money"),
    )


CONFIRM = Form(name="confirm_post", fields=(), summary=_confirm_summary, confirm=say("proof.confirm"))
"""Asks for a yes once more: it releases money."""


def ask_confirm(talk: Talk, piece: Seen) -> Answer:
    """Show what the yes means."""
    del talk
    return [Open("confirm_post", seen=piece)]


def confirm(talk: Talk, slots: Slots, key: str) -> Answer:
    """Let the post count."""
    del key
    about = facts(ProofFacts, slots).about
    pieces.confirm_post(talk.work, about.seen.id, shown=about.seen.mark)
    return [card(say("proof.confirmed", name=about.other))]


REFUSE = Form(
    name="refuse_post",
    title=say("proof.refuse"),
    fields=(Field("reason", Kind.TEXT, lambda s: say("proof.refuse_ask", name=of_piece(s).other), "Reason"),),
    summary=lambda s: say("proof.refuse_summary", name=of_piece(s).other, reason=s["reason"]),
    confirm=say("proof.refuse_confirm"),
    sheet=lambda s: say("sheet.piece", title=of_piece(s).scene.title, what=of_piece(s).what),
)


def ask_refuse(talk: Talk, piece: Seen) -> Answer:
    """Ask what is not right."""
    del talk
    return [Open("refuse_post", seen=piece)]


def refuse(talk: Talk, slots: Slots, key: str) -> Answer:
    """Send the post back."""
    del key
    about = of_piece(slots)
    posts.refuse(talk.work, about.seen.id, slots["reason"], shown=about.seen.mark)
    return [card(say("proof.refused", name=about.other))]


DIALOGUES = (
    Dialogue(CONFIRM, confirm, load=load_proof, binds=PIECE),
    Dialogue(REFUSE, refuse, {"ReasonMissing": "reason"}, load_piece, PIECE),
)
COMMANDS = (
    Command("proof_card", show_proof, takes=answers.key),
    Command("confirm_post", ask_confirm, binds=PIECE),
    Command("refuse_post", ask_refuse, opens=True, binds=PIECE),
)
