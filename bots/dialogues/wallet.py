"""A creator's money, and where it goes."""

from bots.cards import deals as deal_cards
from bots.cards import words
from bots.cards.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Talk
from bots.conversation.forms import Field, Form, Kind, Slots
from bots.dialogues.work import own_deals
from bots.phrases.amounts import moment, money
from bots.phrases.sentences import say
from core.deals import views as deals
from core.kit.money import Currency, Money
from core.payments import payouts
from core.terms.schemas import Terms


def wallet(talk: Talk, argument: str) -> Answer:
    """Show a creator's money, wherever it is."""
    del argument
    creator = talk.creator
    if creator is None:
        return [card(say("profile.none")), Open("onboard")]
    held: dict[Currency, Money] = {}
    for deal in own_deals(talk):
        if not deal.ended:
            amount = deals.held_for(talk.work, deal)
            held[amount.currency] = held.get(amount.currency, Money(0, amount.currency)) + amount
    wallets = {w.available.currency: w for w in payouts.wallets(talk.work, creator.id)}
    lines = []
    for currency in sorted({*held, *wallets}):
        w, nothing = wallets.get(currency), Money(0, currency)
        lines.append(
            say(
                "money.wallet",
                currency=currency,
                held=money(held.get(currency, nothing)),
                delay=Terms().security_delay_days,
                waiting=money(w.waiting if w else nothing),
                next=say("money.next", at=moment(w.next_available_at)) if w and w.next_available_at else "",
                available=money(w.available if w else nothing),
                in_transit=money(w.on_its_way if w else nothing),
                paid=money(w.paid_out if w else nothing),
            )
        )
    payee = payouts.payee_of(talk.work, creator.id)
    goes = (
        say("money.payee", label=payee.label, state=words.state(payee.state))
        if payee
        else say("money.no_payee")
    )
    text = "\n\n".join([*lines, goes]) if lines else f"{say('money.none')}\n\n{goes}"
    return [
        card(
            say("money.creator", play=deal_cards.play(talk.tools), lines=text),
            [press(say("button.payout"), "payout")],
        )
    ]


PAYOUT = Form(
    name="payout",
    fields=(
        Field(
            "label",
            Kind.TEXT,
            lambda s: say("payout.ask", play=say("payout.play") if s["_play"] else ""),
            "Goes to",
            characters_max=80,
        ),
    ),
    summary=lambda s: say("payout.summary", label=s["label"]),
    confirm=say("payout.confirm"),
)


def ask_payout(talk: Talk, argument: str) -> Answer:
    """Ask where money should go."""
    del argument
    if talk.creator is None:
        return [card(say("profile.none")), Open("onboard")]
    return [Open("payout", {"_play": talk.tools.settings.payment_rail == "sandbox"})]


def payout(talk: Talk, slots: Slots, key: str) -> Answer:
    """Have the account made at the payment provider."""
    del key
    payouts.set_up_payee(talk.work, slots["label"])
    return [card(say("payout.done"))]


DIALOGUES = (Dialogue(PAYOUT, payout, {"PayoutDetailsMissing": "label"}),)
COMMANDS = (
    Command("wallet", wallet),
    Command("payout", ask_payout, ("payout",), Audience.CREATOR, "where your money goes"),
)
