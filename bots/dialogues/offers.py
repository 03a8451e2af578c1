"""Answering an offer: accept, propose another price, decline, take back."""

from datetime import timedelta

from bots.cards import deals as deal_cards
from bots.cards import words
from bots.cards.card import card, press
from bots.conversation.dialogue import Answer, Command, Dialogue, Open, Talk
from bots.conversation.forms import Field, Form, Kind, Slots
from bots.dialogues import answers
from bots.dialogues.facts import deal_facts
from bots.phrases.amounts import moment, money, percent
from bots.phrases.sentences import say
from core.deals import offers
from core.deals import views as deals
from core.kit.money import Currency, Money
from core.kit.process import Party
from core.terms import service as conditions
from core.terms.schemas import Terms


def _net(minor: int, slots: Slots) -> dict[str, str]:
    price = Money(minor, Currency(slots["_currency"]))
    terms = Terms(commission_bps=slots["_bps"])
    quote = conditions.quote(price, terms)
    return {
        "price": money(price),
        "commission": money(quote.commission),
        "net": money(quote.creator_gets),
        "rate": percent(slots["_bps"]),
    }


ACCEPT = Form(
    name="accept",
    fields=(),
    summary=lambda s: say(
        "accept.summary", title=s["_title"], what=s["_what"], due=s["_due"], **_pick_net(s)
    ),
    confirm=say("accept.confirm"),
)


def _pick_net(slots: Slots) -> dict[str, str]:
    parts = _net(slots["_price"], slots)
    parts.pop("rate")
    return parts


def ask_accept(talk: Talk, argument: str) -> Answer:
    """Show a creator what their yes means; a brand's yes to a shown price is enough."""
    deal = deals.get(talk.work, answers.key(argument))
    if deals.side_of(talk.work, deal) is Party.BRAND and deal.turn is Party.BRAND:
        agreed = offers.accept(talk.work, deal.id)
        name = deal_cards.other_name(talk, agreed)
        return [card(say("accept.brand_done", name=name, price=money(agreed.price)))]
    due = talk.work.now + timedelta(days=deal.terms.draft_days)
    return [Open("accept", {**deal_facts(talk, deal), "_due": moment(due)})]


def accept(talk: Talk, slots: Slots, key: str) -> Answer:
    """Agree, and offer to hand in the first draft."""
    del key
    deal = offers.accept(talk.work, answers.key(slots["_deal"]))
    due = deal.deliverables[0].draft_due_at
    buttons = [
        press(say("button.hand_in", what=words.piece_name(deal, piece)), "draft", piece.id)
        for piece in deal.deliverables
    ]
    return [card(say("accept.done", due=moment(due)), buttons)]


def _counter_summary(slots: Slots) -> str:
    parts = _net(slots["price"], slots)
    if slots["_side"] == Party.CREATOR:
        return say("counter.summary_creator", what=slots["_what"], note="", hours=slots["_hours"], **parts)
    return say(
        "counter.summary_brand",
        what=slots["_what"],
        note="",
        name=slots["_other"],
        price=parts["price"],
    )


COUNTER = Form(
    name="counter",
    title=say("counter.counter"),
    fields=(
        Field(
            "price",
            Kind.TEXT,
            lambda s: say(
                "counter.ask",
                what=s["_what"],
                price=answers.show_money(s["_price"], s["_currency"]),
            ),
            "Price",
            parse=answers.amount("campaign.budget_hint"),
        ),
    ),
    summary=_counter_summary,
    confirm=say("counter.confirm"),
)


def ask_counter(talk: Talk, argument: str) -> Answer:
    """Ask for another price."""
    return [Open("counter", deal_facts(talk, deals.get(talk.work, answers.key(argument))))]


def counter(talk: Talk, slots: Slots, key: str) -> Answer:
    """Send the proposal."""
    del key
    price = Money(slots["price"], Currency(slots["_currency"]))
    deal = offers.counter(talk.work, answers.key(slots["_deal"]), price)
    return [card(say("counter.done", round=deal.round, rounds=deal.terms.counters))]


DECLINE = Form(
    name="decline",
    title=say("counter.decline"),
    fields=(Field("reason", Kind.TEXT, say("decline.ask"), "Reason", optional=True),),
)


def ask_decline(talk: Talk, argument: str) -> Answer:
    """Ask for a reason, which may be skipped."""
    return [Open("decline", deal_facts(talk, deals.get(talk.work, answers.key(argument))))]


def decline(talk: Talk, slots: Slots, key: str) -> Answer:
    """Say no."""
    del key
    offers.decline(talk.work, answers.key(slots["_deal"]), slots.get("reason", ""))
    return [card(say("decline.done"))]


def withdraw(talk: Talk, argument: str) -> Answer:
    """Take one's own offer or application back."""
    offers.withdraw(talk.work, answers.key(argument))
    return [card(say("deal.withdrawn"))]


DIALOGUES = (
    Dialogue(ACCEPT, accept),
    Dialogue(COUNTER, counter, {"PriceOutOfRange": "price"}),
    Dialogue(DECLINE, decline),
)
COMMANDS = (
    Command("accept", ask_accept),
    Command("counter", ask_counter, opens=True),
    Command("decline", ask_decline, opens=True),
    Command("withdraw", withdraw),
)
