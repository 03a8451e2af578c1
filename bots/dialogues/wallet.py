"""A creator's money, and where it goes."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from bots.cards import deals as deal_cards
from bots.cards import step_up as step_up_cards
from bots.cards.deals import scenes
from bots.cards.things import PAYEE, where_it_goes
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Field, Form, Kind, Slots, facts
from bots.dialogues.work import own_deals
from bots.phrases.amounts import moment, money
from bots.phrases.sentences import say
from bots.understanding import payees
from core.deals import views as deals
from core.kit.money import Currency, Money
from core.payments import payee_accounts, payouts
from core.payments.schemas import PayeeView
from core.terms import service as conditions
from core.terms.schemas import Terms


def wallet(talk: Talk, argument: str) -> Answer:
    """Show a creator's money, wherever it is."""
    del argument
    creator = talk.creator
    if creator is None:
        return [card(say("profile.none")), Open("onboard")]
    held, yours = defaultdict[Currency, int](int), defaultdict[Currency, int](int)
    running = {deal.id: deal for deal in own_deals(talk) if not deal.ended}
    for deal_id, amount in deals.held_of(talk.work, running.values()).items():
        if amount:
            held[amount.currency] += amount.minor
            yours[amount.currency] += conditions.quote(amount, running[deal_id].terms).creator_gets.minor
    wallets = {w.available.currency: w for w in payouts.wallets(talk.work, creator.id)}
    lines = []
    for currency in sorted({*held, *wallets}):
        w, nothing, net = wallets.get(currency), Money(0, currency), Money(yours[currency], currency)
        lines.append(
            say(
                "money.wallet",
                currency=currency,
                held=money(Money(held[currency], currency)),
                of_it=say("money.of_it", net=money(net)) if net else "",
                delay=Terms().security_delay_days,
                waiting=money(w.waiting if w else nothing),
                next=say("money.next", at=moment(w.next_available_at)) if w and w.next_available_at else "",
                available=money(w.available if w else nothing),
                still=say("money.still", amount=money(w.standing_still)) if w and w.standing_still else "",
                in_transit=money(w.on_its_way if w else nothing),
                paid=money(w.paid_out if w else nothing),
            )
        )
    cashless = [deal for deal in running.values() if deal.cashless and deal.terms_hash]
    if cashless:
        given = (
            say("money.gift_deal", title=s.title, gift=s.pay) for s in scenes(talk.work, cashless, creator)
        )
        lines.append(say("money.gifts", lines="\n".join(given)))
    goes, buttons = where_it_goes(talk.work, creator.id)
    text = "\n\n".join([*lines, goes]) if lines else f"{say('money.none')}\n\n{goes}"
    return [card(say("money.creator", play=deal_cards.play(talk.tools), lines=text), buttons)]


@dataclass(frozen=True, slots=True)
class PayoutFacts:
    """Where a creator's money goes now."""

    seen: Seen
    payee: PayeeView | None
    is_play: bool
    country: str

    @property
    def now(self) -> str:
        """Return where the money goes now, in words, empty where it goes nowhere."""
        return say("payout.now", label=self.payee.label) if self.payee else ""

    @property
    def play(self) -> str:
        """Return that the money is play money, empty where it is real."""
        return say("payout.play") if self.is_play else ""


def _load_payee(talk: Talk, seen: Seen) -> PayoutFacts:
    is_play = talk.tools.rails.present.facts.play_money
    country = talk.creator.country if talk.creator else ""
    return PayoutFacts(seen, payee_accounts.payee_of(talk.work, seen.id), is_play, country)


def payout_way(country: str) -> str:
    """Return what an account to be paid on is called in a country, with what it is written as."""
    if country in IBAN_COUNTRIES:
        return say("payout.way_iban")
    return say(WAYS.get(country, "payout.way_account"))


WAYS = {"IN": "payout.way_upi", "MX": "payout.way_clabe", "BR": "payout.way_pix"}
"""How people of a country are paid: UPI (NPCI), CLABE (Banco de México), Pix (Banco Central do Brasil)."""
IBAN_COUNTRIES = frozenset(
    ["AT", "BE", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "IE", "IT", "LU", "NL", "NO", "PT", "SE", "AE"]
)
"""Where an account has an IBAN (ISO 13616), of the countries we speak with."""

PAYOUT = Form(
    name="payout",
    fields=(
        Field(
            "label",
            Kind.TEXT,
            lambda s: say(
                "payout.ask",
                way=payout_way(facts(PayoutFacts, s).country),
                play=facts(PayoutFacts, s).play,
                now=facts(PayoutFacts, s).now,
            ),
            "Goes to",
            parse=lambda text, s: payees.account(text, facts(PayoutFacts, s).country) or text.strip(),
            characters_max=80,
        ),
    ),
    summary=lambda s: say("payout.summary", label=s["label"], now=facts(PayoutFacts, s).now),
    confirm=say("payout.confirm"),
)


def ask_payout(talk: Talk, payee: Seen) -> Answer:
    """Ask where money should go."""
    del talk
    return [Open("payout", seen=payee)]


def own_payee(talk: Talk) -> UUID | Answer:
    """Find the account of whoever talks."""
    return talk.creator.id if talk.creator else [card(say("profile.none")), Open("onboard")]


def payout(talk: Talk, slots: Slots, key: str) -> Answer:
    """Ask to send the money there; the account is made at the payment provider meanwhile."""
    del key
    rail = talk.tools.rails.present.facts
    shown = facts(PayoutFacts, slots).seen.mark
    change = payee_accounts.set_up_payee(talk.work, slots["label"], rail, talk.address, shown=shown)
    return [step_up_cards.begun(talk.work, change)]


DIALOGUES = (Dialogue(PAYOUT, payout, {"PayoutDetailsMissing": "label"}, _load_payee, PAYEE),)
COMMANDS = (
    Command("wallet", wallet),
    Command(
        "payout",
        ask_payout,
        ("payout",),
        Audience.CREATOR,
        "where your money goes",
        binds=PAYEE,
        finds=own_payee,
    ),
)
