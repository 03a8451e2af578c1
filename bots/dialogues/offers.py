"""Answering an offer: accept, propose another price, decline, take back."""

from dataclasses import replace
from datetime import timedelta

from bots.cards import deals as deal_cards
from bots.cards import offers as offer_cards
from bots.cards.things import DEAL
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Field, Form, Kind, Slots
from bots.dialogues import answers
from bots.dialogues.facts import DealFacts, load_deal, of_deal, price_currency
from bots.phrases.amounts import moment, money, percent
from bots.phrases.sentences import say
from core.deals import offers
from core.deals import views as deals
from core.deals.errors import NotYourTurn
from core.kit.money import Money
from core.kit.process import Party
from core.terms import service as conditions


def _net(price: Money, about: DealFacts) -> dict[str, str]:
    quote = conditions.quote(price, about.deal.terms)
    return {
        "price": money(price),
        "commission": money(quote.commission),
        "net": money(quote.creator_gets),
    }


def _accept_summary(slots: Slots) -> str:
    about = of_deal(slots)
    pay = about.scene.pay
    if about.side is Party.BRAND:
        return say("accept.summary_brand", title=about.title, what=about.what, name=about.other, price=pay)
    days = about.deal.terms.draft_days
    due = moment(about.now + timedelta(days=days))
    if about.scene.brief.ships:
        due = say("due.after_arrival", days=days)
    if about.deal.cashless:
        return say("accept.gift_summary", title=about.title, what=about.what, due=due, gift=pay)
    return say("accept.summary", title=about.title, what=about.what, due=due, **_net(about.deal.price, about))


ACCEPT = Form(
    name="accept", fields=(), summary=_accept_summary, confirm=say("accept.confirm"), confirms="accept"
)


def ask_accept(talk: Talk, deal: Seen) -> Answer:
    """Show a creator what their yes means; a brand's yes to a shown price is enough."""
    found = deals.get(talk.work, deal.id)
    if deals.side_of(talk.work, found) is Party.CREATOR:
        if found.turn is not Party.CREATOR:
            raise NotYourTurn
        return [Open("accept", seen=deal)]
    return _agreed_by_brand(talk, deal)


def _agreed_by_brand(talk: Talk, seen: Seen) -> Answer:
    agreed = offers.accept(talk.work, seen.id, shown=seen.mark)
    s = deal_cards.scene(talk.work, agreed)
    key = "accept.brand_waits" if s.waits else "accept.brand_done"
    return [card(say(key, name=s.creator.name, price=s.pay))]


def accept(talk: Talk, slots: Slots, key: str) -> Answer:
    """Agree, and show the deal that it is now: the card of the offer is above."""
    del key
    seen = of_deal(slots).seen
    if of_deal(slots).side is Party.BRAND:
        return _agreed_by_brand(talk, seen)
    deal = offers.accept(talk.work, seen.id, shown=seen.mark)
    s = deal_cards.scene(talk.work, deal)
    due, shown = deal.deliverables[0].draft_due_at, deal_cards.creator_deal(s)
    key = "accept.gift_waits" if s.waits else "accept.done"
    return [replace(shown, text=f"{say(key, due=moment(due), brand=s.brand.name)}\n\n{shown.text}")]


def _counter_summary(slots: Slots) -> str:
    about = of_deal(slots)
    parts = _net(Money(slots["price"], about.deal.price.currency), about)
    if about.side is Party.CREATOR:
        hours, rate = about.deal.terms.accept_hours, percent(about.deal.terms.commission_bps)
        return say("counter.summary_creator", what=about.what, note="", hours=hours, rate=rate, **parts)
    price = parts["price"]
    return say("counter.summary_brand", what=about.what, note="", name=about.other, price=price)


def _offered(slots: Slots) -> str:
    """Return what is offered now, and what any other price would mean."""
    about, terms = of_deal(slots), of_deal(slots).deal.terms
    lines = [say("sheet.offer", title=about.title, what=about.what, price=about.scene.pay)]
    if about.side is Party.CREATOR:
        rate = percent(terms.commission_bps)
        lines.append(say("sheet.counter_creator", rate=rate, hours=terms.accept_hours))
    else:
        lines.append(say("sheet.counter_brand", name=about.other))
    return "\n".join(lines)


def _ask_counter(slots: Slots) -> str:
    about = of_deal(slots)
    if about.deal.cashless:
        return say("counter.gift_ask", what=about.what, gift=about.scene.pay)
    return say("counter.ask", what=about.what, price=money(about.deal.price))


COUNTER = Form(
    name="counter",
    title=say("counter.counter"),
    fields=(
        Field(
            "price",
            Kind.TEXT,
            _ask_counter,
            "Price",
            parse=answers.amount("campaign.budget_hint", price_currency),
            amount=price_currency,
        ),
    ),
    summary=_counter_summary,
    confirm=say("counter.confirm"),
    sheet=_offered,
)


def ask_counter(talk: Talk, deal: Seen) -> Answer:
    """Ask for another price."""
    del talk
    return [Open("counter", seen=deal)]


def counter(talk: Talk, slots: Slots, key: str) -> Answer:
    """Send the proposal."""
    del key
    seen, price = of_deal(slots).seen, Money(slots["price"], price_currency(slots))
    deal = offers.counter(talk.work, seen.id, price, shown=seen.mark)
    return [card(say("counter.done", round=deal.round, rounds=deal.terms.counters))]


DECLINE = Form(
    name="decline",
    title=say("counter.decline"),
    fields=(Field("reason", Kind.TEXT, say("decline.ask"), "Reason", optional=True),),
    sheet=lambda s: say(
        "sheet.offer", title=of_deal(s).title, what=of_deal(s).what, price=of_deal(s).scene.pay
    ),
)


DECLINE_SAID = replace(
    DECLINE,
    name="decline_said",
    fields=(replace(DECLINE.fields[0], on_request=True),),
    summary=lambda s: say(
        "decline.summary",
        title=of_deal(s).title,
        what=of_deal(s).what,
        price=of_deal(s).scene.pay,
        reason="\n" + say("decline.with_reason", reason=s["reason"]) if s.get("reason") else "",
    ),
    confirm=say("offer.decline"),
    sheet=None,
)
"""Asks for a yes to a no that a sentence said: a button is under the offer it declines."""


def ask_decline(talk: Talk, deal: Seen) -> Answer:
    """Ask for a reason, which may be skipped; the button that says one has been asked."""
    del talk
    reason = {"reason": say("decline.paid_only")} if deal.detail == offer_cards.PAID_ONLY else {}
    return [Open("decline", reason, seen=deal)]


def decline(talk: Talk, slots: Slots, key: str) -> Answer:
    """Say no."""
    del key
    seen = of_deal(slots).seen
    offers.decline(talk.work, seen.id, slots.get("reason", ""), shown=seen.mark)
    return [card(say("decline.done"))]


def withdraw(talk: Talk, deal: Seen) -> Answer:
    """Take one's own offer or application back."""
    offers.withdraw(talk.work, deal.id, shown=deal.mark)
    return [card(say("deal.withdrawn"))]


DIALOGUES = (
    Dialogue(ACCEPT, accept, load=load_deal, binds=DEAL),
    Dialogue(COUNTER, counter, {"PriceOutOfRange": "price"}, load_deal, DEAL),
    Dialogue(DECLINE, decline, load=load_deal, binds=DEAL),
    Dialogue(DECLINE_SAID, decline, load=load_deal, binds=DEAL),
)
COMMANDS = (
    Command("accept", ask_accept, binds=DEAL),
    Command("counter", ask_counter, opens=True, binds=DEAL),
    Command("decline", ask_decline, opens=True, binds=DEAL),
    Command("withdraw", withdraw, binds=DEAL),
)
