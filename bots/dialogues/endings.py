"""Leaving a deal, and arguing about it."""

from uuid import UUID

from bots.cards.things import DEAL
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Field, Form, Kind, Slots
from bots.dialogues import answers
from bots.dialogues.facts import load_deal, of_deal
from bots.phrases.amounts import money
from bots.phrases.sentences import say
from core.deals import endings, messages
from core.deals import views as deals
from core.deals.schemas import WriteMessage


def _either(plain: str, gift: str, slots: Slots) -> str:
    """Return which of two sentences fits a deal: the one about a gift, where no money is in it."""
    return gift if of_deal(slots).deal.cashless else plain


CANCEL = Form(
    name="cancel_deal",
    title=say("button.ask_to_cancel"),
    fields=(
        Field(
            "reason",
            Kind.TEXT,
            lambda s: say("cancel.ask", other=of_deal(s).other, hours=of_deal(s).deal.terms.accept_hours),
            "Reason",
        ),
    ),
    summary=lambda s: say(
        _either("cancel.summary", "cancel.gift_summary", s),
        other=of_deal(s).other,
        what=of_deal(s).title,
        reason=s["reason"],
        held=money(of_deal(s).held),
    ),
    confirm=say("cancel.confirm"),
    ends=True,
    sheet=lambda s: say(
        "sheet.gift" if of_deal(s).deal.cashless else "sheet.cancel",
        title=of_deal(s).title,
        other=of_deal(s).other,
        held=money(of_deal(s).held),
    ),
)


def ask_cancel(talk: Talk, deal: Seen) -> Answer:
    """Ask why, and say what it means."""
    del talk
    return [Open("cancel_deal", seen=deal)]


def cancel(talk: Talk, slots: Slots, key: str) -> Answer:
    """Ask the other side."""
    del key
    about = of_deal(slots)
    endings.ask_to_cancel(talk.work, about.seen.id, slots["reason"], shown=about.seen.mark)
    return [card(say("cancel.asked", other=about.other))]


def cancel_yes(talk: Talk, deal: Seen) -> Answer:
    """Agree to cancel."""
    view = deals.get(talk.work, deal.id)
    held = deals.held_for(talk.work, view)
    endings.answer_cancel(talk.work, deal.id, agree=True, shown=deal.mark)
    return [card(say("cancel.gift_agreed" if view.cashless else "cancel.agreed", held=money(held)))]


def cancel_no(talk: Talk, deal: Seen) -> Answer:
    """Refuse to cancel."""
    endings.answer_cancel(talk.work, deal.id, agree=False, shown=deal.mark)
    return [card(say("cancel.refused"))]


def files(slots: Slots) -> str:
    """Return how many files come with the words, on a line of its own; nothing where there are none."""
    return say("draft.files", n=len(slots["media"])) if slots.get("media") else ""


PROOFS = Field("media", Kind.MEDIA, say("message.files"), "Files", optional=True, on_request=True)
"""Pictures and files that come with the words, as evidence."""


def _held(slots: Slots) -> str:
    about = of_deal(slots)
    return say(
        "sheet.gift" if about.deal.cashless else "sheet.held", title=about.title, held=money(about.held)
    )


DISPUTE = Form(
    name="dispute",
    title=say("button.open_a_dispute"),
    fields=(
        Field(
            "reason",
            Kind.TEXT,
            lambda s: say(_either("dispute.ask", "dispute.gift_ask", s), held=money(of_deal(s).held)),
            "What happened",
        ),
        PROOFS,
    ),
    summary=lambda s: say(
        _either("dispute.summary", "dispute.gift_summary", s),
        what=of_deal(s).title,
        reason=s["reason"],
        files=files(s),
        held=money(of_deal(s).held),
    ),
    confirm=say("dispute.confirm"),
    sheet=_held,
)


def ask_dispute(talk: Talk, deal: Seen) -> Answer:
    """Ask what went wrong, and say what it freezes."""
    del talk
    return [Open("dispute", seen=deal)]


def dispute(talk: Talk, slots: Slots, key: str) -> Answer:
    """Open the dispute."""
    del key
    about = of_deal(slots)
    endings.dispute(talk.work, about.seen.id, slots["reason"], shown=about.seen.mark)
    _prove(talk, about.seen.id, slots)
    return [card(say("dispute.done", other=about.other))]


DISPUTE_ANSWER = Form(
    name="dispute_answer",
    title=say("notice.dispute_answer"),
    fields=(
        Field(
            "answer",
            Kind.TEXT,
            lambda s: say(
                "dispute.answer_ask", other=of_deal(s).other, reason=of_deal(s).deal.dispute_reason
            ),
            "My view",
        ),
        PROOFS,
    ),
    summary=lambda s: say(
        "dispute.answer_summary", what=of_deal(s).title, answer=s["answer"], files=files(s)
    ),
    confirm=say("dispute.answer_confirm"),
    sheet=_held,
)


def ask_dispute_answer(talk: Talk, deal: Seen) -> Answer:
    """Ask for the other side's view."""
    del talk
    return [Open("dispute_answer", seen=deal)]


def dispute_answer(talk: Talk, slots: Slots, key: str) -> Answer:
    """Keep the other side's view."""
    del key
    seen = of_deal(slots).seen
    endings.answer_dispute(talk.work, seen.id, slots["answer"], shown=seen.mark)
    _prove(talk, seen.id, slots)
    return [card(say("dispute.answer_done"))]


def _prove(talk: Talk, deal_id: UUID, slots: Slots) -> None:
    """Keep the files that came with the words as evidence, where there are any."""
    if proofs := answers.files(slots):
        messages.write(talk.work, WriteMessage(deal_id, media_ids=proofs, evidence=True))


DIALOGUES = (
    Dialogue(CANCEL, cancel, {"ReasonMissing": "reason"}, load_deal, DEAL),
    Dialogue(DISPUTE, dispute, {"ReasonMissing": "reason"}, load_deal, DEAL),
    Dialogue(DISPUTE_ANSWER, dispute_answer, {"ReasonMissing": "answer"}, load_deal, DEAL),
)
COMMANDS = (
    Command("cancel_deal", ask_cancel, opens=True, binds=DEAL),
    Command("cancel_yes", cancel_yes, binds=DEAL),
    Command("cancel_no", cancel_no, binds=DEAL),
    Command("dispute", ask_dispute, opens=True, binds=DEAL),
    Command("dispute_answer", ask_dispute_answer, opens=True, binds=DEAL),
)
