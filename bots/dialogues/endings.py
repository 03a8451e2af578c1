"""Leaving a deal, and arguing about it."""

from bots.cards.card import card
from bots.conversation.dialogue import Answer, Command, Dialogue, Open, Talk
from bots.conversation.forms import Field, Form, Kind, Slots
from bots.dialogues import answers
from bots.dialogues.facts import deal_facts
from bots.phrases.amounts import money
from bots.phrases.sentences import say
from core.deals import endings
from core.deals import views as deals

CANCEL = Form(
    name="cancel_deal",
    title=say("button.ask_to_cancel"),
    fields=(
        Field(
            "reason",
            Kind.TEXT,
            lambda s: say("cancel.ask", other=s["_other"], hours=s["_hours"]),
            "Reason",
        ),
    ),
    summary=lambda s: say(
        "cancel.summary",
        other=s["_other"],
        what=s["_title"],
        reason=s["reason"],
        held=s["_held"],
    ),
    confirm=say("cancel.confirm"),
)


def ask_cancel(talk: Talk, argument: str) -> Answer:
    """Ask why, and say what it means."""
    return [Open("cancel_deal", deal_facts(talk, deals.get(talk.work, answers.key(argument))))]


def cancel(talk: Talk, slots: Slots, key: str) -> Answer:
    """Ask the other side."""
    del key
    endings.ask_to_cancel(talk.work, answers.key(slots["_deal"]), slots["reason"])
    return [card(say("cancel.asked", other=slots["_other"]))]


def cancel_yes(talk: Talk, argument: str) -> Answer:
    """Agree to cancel."""
    deal_id = answers.key(argument)
    held = deals.held_for(talk.work, deals.get(talk.work, deal_id))
    endings.answer_cancel(talk.work, deal_id, agree=True)
    return [card(say("cancel.agreed", held=money(held)))]


def cancel_no(talk: Talk, argument: str) -> Answer:
    """Refuse to cancel."""
    endings.answer_cancel(talk.work, answers.key(argument), agree=False)
    return [card(say("cancel.refused"))]


DISPUTE = Form(
    name="dispute",
    title=say("button.open_a_dispute"),
    fields=(Field("reason", Kind.TEXT, lambda s: say("dispute.ask", held=s["_held"]), "What happened"),),
    summary=lambda s: say("dispute.summary", what=s["_title"], reason=s["reason"], held=s["_held"]),
    confirm=say("dispute.confirm"),
)


def ask_dispute(talk: Talk, argument: str) -> Answer:
    """Ask what went wrong, and say what it freezes."""
    return [Open("dispute", deal_facts(talk, deals.get(talk.work, answers.key(argument))))]


def dispute(talk: Talk, slots: Slots, key: str) -> Answer:
    """Open the dispute."""
    del key
    endings.dispute(talk.work, answers.key(slots["_deal"]), slots["reason"])
    return [card(say("dispute.done", other=slots["_other"]))]


DISPUTE_ANSWER = Form(
    name="dispute_answer",
    title=say("notice.dispute_answer"),
    fields=(
        Field(
            "answer",
            Kind.TEXT,
            lambda s: say("dispute.answer_ask", other=s["_other"], reason=s["_reason"]),
            "My view",
        ),
    ),
)


def ask_dispute_answer(talk: Talk, argument: str) -> Answer:
    """Ask for the other side's view."""
    deal = deals.get(talk.work, answers.key(argument))
    return [Open("dispute_answer", {**deal_facts(talk, deal), "_reason": deal.dispute_reason})]


def dispute_answer(talk: Talk, slots: Slots, key: str) -> Answer:
    """Keep the other side's view."""
    del key
    endings.answer_dispute(talk.work, answers.key(slots["_deal"]), slots["answer"])
    return [card(say("dispute.answer_done"))]


DIALOGUES = (
    Dialogue(CANCEL, cancel, {"ReasonMissing": "reason"}),
    Dialogue(DISPUTE, dispute, {"ReasonMissing": "reason"}),
    Dialogue(DISPUTE_ANSWER, dispute_answer),
)
COMMANDS = (
    Command("cancel_deal", ask_cancel, opens=True),
    Command("cancel_yes", cancel_yes),
    Command("cancel_no", cancel_no),
    Command("dispute", ask_dispute, opens=True),
    Command("dispute_answer", ask_dispute_answer, opens=True),
)
