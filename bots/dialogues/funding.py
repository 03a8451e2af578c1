"""Money into a campaign, and what is left out of it again."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bots.cards import gifts, payments, words
from bots.cards.campaigns import titled
from bots.cards.things import CAMPAIGN, CHECKOUT, CLOSING, FUNDING
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Choice, Field, Form, Kind, NotUnderstood, Slots, facts, fixed
from bots.conversation.tokens import Commanded
from bots.dialogues import answers
from bots.dialogues.workspace import newest_in, own_campaigns
from bots.phrases import errors
from bots.phrases.amounts import listed, money
from bots.phrases.sentences import say
from bots.understanding import wording
from core.accounts import permissions
from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.campaigns import shortlist
from core.campaigns.schemas import CampaignView
from core.campaigns.states import EDITABLE, OPEN_FOR_OFFERS, CampaignState
from core.creators import service as creators
from core.deals import endings, sets
from core.deals.errors import DealsStillOpen
from core.kit.errors import DomainError
from core.kit.money import Currency, Money
from core.payments import books
from core.payments import funding as payment
from core.payments.schemas import FundCampaign
from core.payments.states import Rest

KEPT = ("credit", "keep", "crédito", "credito", "क्रेडिट")
GIVEN_BACK = (
    *("refund", "back", "return", "card", "refunded", "wapas", "vapas", "lauta do", "devuélvenos"),
    *("devuelvenos", "devuelve", "devuélveme", "devolver", "reembolso", "tarjeta"),
    *("devolva", "devolve", "cartão", "वापस"),
)  # fmt: skip
"""How people say what shall become of money that is left."""
RESERVE_PERCENT = 10
SEND, WAIT = "send", "wait"
THE_SET, RESERVE, BUDGET = "the_set", "reserve", "budget"
"""Amounts by what they are for: they are as the set and the payments are when it is paid."""


@dataclass(frozen=True, slots=True)
class FundFacts:
    """A campaign that is paid into, what is paid and free, the credit used first, and the chosen set."""

    seen: Seen
    campaign: CampaignView
    title: str
    paid: Money
    credit: Money
    missing: Money
    cost: Money
    names: tuple[str, ...]
    runs: bool
    is_play: bool

    @property
    def reserve(self) -> Money:
        """Return what is missing with a tenth of the set's cost on top, in whole units."""
        major = self.campaign.currency.minor_per_major
        tenth = -(-self.cost.minor * RESERVE_PERCENT // 100 // major) * major
        return Money(self.missing.minor + tenth, self.campaign.currency)

    @property
    def budget_left(self) -> Money:
        """Return what the budget has more than is paid in."""
        return Money(max(self.campaign.budget.minor - self.paid.minor, 0), self.campaign.currency)


def _load_fund(talk: Talk, seen: Seen) -> FundFacts:
    campaign = campaigns.own(talk.work, seen.id, Permission.FUND)
    chosen = shortlist.chosen(talk.work, campaign)
    people = creators.many(talk.work, [s.creator_id for s in chosen])
    return FundFacts(
        seen,
        campaign,
        titled(talk.work, campaign),
        books.campaign_money(talk.work, campaign, []).paid_in,
        books.credit_of(talk.work, campaign.workspace_id, campaign.currency),
        payment.missing(talk.work, campaign, chosen),
        shortlist.cost(campaign, chosen),
        tuple(people[s.creator_id].name for s in chosen),
        permissions.may(talk.work, campaign.workspace_id, Permission.RUN_CAMPAIGNS),
        talk.tools.rails.present.facts.play_money,
    )


def _ask_amount(slots: Slots) -> str:
    about = facts(FundFacts, slots)
    budget, paid = words.cash(about.campaign.budget), money(about.paid)
    return say("fund.amount", title=about.title, budget=budget, paid=paid)


def _currency(slots: Slots) -> Currency:
    return facts(FundFacts, slots).campaign.currency


def _amounts(slots: Slots) -> list[Choice]:
    """Offer what the set costs, that with a reserve, and the whole budget, as far as they differ."""
    about = facts(FundFacts, slots)
    wished = (
        ("fund.budget", BUDGET, about.budget_left),
        *((("fund.reserve", RESERVE, about.reserve),) if about.missing else ()),
        ("fund.the_set", THE_SET, about.missing),
    )
    named = {amount: (key, name) for key, name, amount in wished if amount}  # one that two have is the set's
    offered = reversed(named.items())
    return [Choice(name, say(key, amount=money(amount))) for amount, (key, name) in offered]


def _amount(slots: Slots) -> Money:
    """Return the amount that was chosen, as it is now, or written."""
    about, said = facts(FundFacts, slots), slots.get("amount", 0)
    chosen = {THE_SET: about.missing, RESERVE: about.reserve, BUDGET: about.budget_left}
    return chosen[said] if said in chosen else Money(int(said), about.campaign.currency)


def _is_paid(slots: Slots) -> bool:
    """Tell whether the set that shall be paid for was paid for elsewhere."""
    return slots.get("amount") == THE_SET and not facts(FundFacts, slots).missing


def _sends(slots: Slots) -> bool:
    """Tell whether what is paid lets the offers go out."""
    about = facts(FundFacts, slots)
    enough = _amount(slots).minor >= about.missing.minor
    return bool(about.names) and about.runs and enough


def _when_to_send(slots: Slots) -> list[Choice]:
    count = len(facts(FundFacts, slots).names)
    return [Choice(SEND, say("fund.send", count=count)), Choice(WAIT, say("fund.wait"))]


def _fund_summary(slots: Slots) -> str:
    about = facts(FundFacts, slots)
    amount = _amount(slots)
    used = Money(min(amount.minor, about.credit.minor), about.campaign.currency)
    sends = slots.get("offers") == SEND
    return say(
        "fund.summary",
        title=about.title,
        amount=money(amount),
        credit=say("fund.credit", credit=money(used)) if used else "",
        by_card=money(amount - used),
        play=say("fund.play") if about.is_play else "",
        offers=say("fund.then_send", count=len(about.names), names=listed(about.names)) if sends else "",
    )


FUND = Form(
    name="fund",
    fields=(
        Field(
            "amount",
            Kind.CHOICE,
            _ask_amount,
            "Amount",
            _amounts,
            answers.amount("campaign.budget_hint", _currency),
            free=True,
            amount=_currency,
        ),
        Field(
            "offers",
            Kind.CHOICE,
            lambda s: say("fund.offers", count=len(facts(FundFacts, s).names)),
            "Offers",
            _when_to_send,
            when=_sends,
        ),
    ),
    summary=_fund_summary,
    confirm=say("fund.confirm"),
)


def fund(talk: Talk, campaign: Seen) -> Answer:
    """Ask how much shall be paid in; a button may have named it."""
    del talk
    return [Open("fund", {"amount": int(campaign.detail)} if campaign.detail else {}, seen=campaign)]


def campaign_to_fund(talk: Talk) -> UUID | Answer:
    """Find the newest campaign that takes money."""
    return newest_in(talk, say("fund.none"), *EDITABLE)


def of_the_set(talk: Talk, campaign: Seen) -> dict[str, Any]:
    """Return the answers that pay for the chosen set and send its offers; none where nothing is due."""
    about = _load_fund(talk, campaign)
    if not (about.missing and about.names):
        return {}
    return {"amount": THE_SET, **({"offers": SEND} if about.runs else {})}


def waits(talk: Talk, pressed: Commanded) -> bool:
    """Tell whether the checkout of a button that was shown is still to be paid."""
    try:
        return CHECKOUT.mark(talk, UUID(pressed.argument)) == pressed.shown
    except DomainError:
        return False


def pay_in(talk: Talk, slots: Slots, key: str) -> Answer:
    """Ask for the payment page; credit is used at once."""
    about = facts(FundFacts, slots)
    amount = _amount(slots)
    then_offer = slots.get("offers") == SEND
    command, rail = FundCampaign(about.seen.id, amount, key, then_offer), talk.tools.rails.present.facts
    funding = sets.pay(talk.work, command, rail, shown=about.seen.mark)
    return [*payments.asked(funding)]


def pay_with_play_money(talk: Talk, checkout: Seen) -> Answer:
    """Press the sandbox checkout's button from the chat."""
    payment.pay_checkout(talk.work, checkout.id, shown=checkout.mark)
    return [card(say("pay.pressed"))]


@dataclass(frozen=True, slots=True)
class CloseFacts:
    """A campaign about to end, and what is left in it."""

    seen: Seen
    campaign: CampaignView
    left: Money
    without_money: bool


def _load_close(talk: Talk, seen: Seen) -> CloseFacts:
    campaign = campaigns.own(talk.work, seen.id, Permission.FUND)
    left = books.escrow_of(talk.work, campaign)
    return CloseFacts(seen, campaign, left, gifts.without_money(talk.work, campaign))


def _close_summary(slots: Slots) -> str:
    about = facts(CloseFacts, slots)
    title = about.campaign.title
    if not about.left:
        return say("close.gift" if about.without_money else "close.nothing_left", title=title)
    return say("close.summary", title=title, left=money(about.left), how=say(f"close.{slots['rest']}_words"))


def rest_of(text: str) -> str:
    """Return what a sentence says shall become of the rest: refund, credit, empty where it says neither."""
    ways = {"credit": KEPT, "refund": GIVEN_BACK}
    return next((rest for rest, words in ways.items() if wording.has_word(text.casefold(), words)), "")


def _rest(text: str, slots: Slots) -> str:
    del slots
    if not (found := rest_of(text)):
        raise NotUnderstood(say("hint.pick"))
    return found


CLOSE = Form(
    name="close",
    fields=(
        Field(
            "rest",
            Kind.CHOICE,
            lambda s: say(
                "close.how",
                left=money(facts(CloseFacts, s).left),
                title=facts(CloseFacts, s).campaign.title,
            ),
            "The rest",
            fixed(("refund", say("close.refund")), ("credit", say("close.credit"))),
            parse=_rest,
            when=lambda s: bool(facts(CloseFacts, s).left),
        ),
    ),
    summary=_close_summary,
    confirm=say("close.confirm"),
    ends=True,
)


def close(talk: Talk, campaign: Seen) -> Answer:
    """Ask what shall become of the rest."""
    del talk
    return [Open("close", seen=campaign)]


def campaign_to_close(talk: Talk, words: str = "") -> UUID | Answer:
    """Find the campaign that words name, else the newest that can be closed.

    One that nothing was paid into is not closed: it is asked whether to drop it.
    """
    found = [c for c in own_campaigns(talk) if c.state in {*OPEN_FOR_OFFERS, CampaignState.AWAITING_FUNDS}]
    named = [c for c in found if _is_named(c, words)]
    found = named or sorted(found, key=lambda campaign: campaign.state is CampaignState.AWAITING_FUNDS)
    if not found:
        return [card(say("close.none"))]
    if found[0].state is CampaignState.AWAITING_FUNDS:
        return [Open("drop", seen=Seen(found[0].id, CAMPAIGN.mark(talk, found[0].id)))]
    if endings.still_open(talk.work, found[0].id):
        return [card(errors.sentence(DealsStillOpen())), Commanded("deals", found[0].id.hex)]
    return found[0].id


def _is_named(campaign: CampaignView, words: str) -> bool:
    called = (campaign.title, campaign.brief.product)
    return any(name and name.casefold() in words.casefold() for name in called)


DROP = Form(
    name="drop",
    fields=(),
    summary=lambda s: say("drop.summary", title=facts(CloseFacts, s).campaign.title),
    confirm=say("button.drop_it"),
    ends=True,
)
"""Asks for a yes to what a sentence drops: a button is under the campaign it drops."""


def drop(talk: Talk, campaign: Seen) -> Answer:
    """Cancel a campaign that nothing was paid into."""
    dropped = campaigns.drop(talk.work, campaign.id, shown=campaign.mark)
    return [card(say("campaign.cancel_done", title=dropped.title))]


def drop_said(talk: Talk, slots: Slots, key: str) -> Answer:
    """Cancel the campaign that was shown."""
    del key
    return drop(talk, facts(CloseFacts, slots).seen)


def _load_drop(talk: Talk, seen: Seen) -> CloseFacts:
    campaign = campaigns.own(talk.work, seen.id, Permission.RUN_CAMPAIGNS)
    return CloseFacts(seen, campaign, Money(0, campaign.currency), without_money=True)


def close_now(talk: Talk, slots: Slots, key: str) -> Answer:
    """Close the campaign and give the rest back."""
    del key
    about = facts(CloseFacts, slots)
    rest = Rest(slots.get("rest", Rest.REFUND))
    endings.close_campaign(talk.work, about.seen.id, rest, shown=about.seen.mark)
    return [card(say("close.gift_done" if about.without_money else "close.done", title=about.campaign.title))]


DIALOGUES = (
    Dialogue(FUND, pay_in, {"AmountOutOfRange": "amount"}, _load_fund, FUNDING, _is_paid),
    Dialogue(CLOSE, close_now, load=_load_close, binds=CLOSING),
    Dialogue(DROP, drop_said, load=_load_drop, binds=CAMPAIGN),
)
COMMANDS = (
    Command(
        "fund",
        fund,
        ("fund",),
        Audience.BRAND,
        "pay into a campaign",
        binds=FUNDING,
        finds=campaign_to_fund,
    ),
    Command("pay", pay_with_play_money, binds=CHECKOUT),
    Command("drop", drop, binds=CAMPAIGN),
    Command(
        "close",
        close,
        ("close campaign",),
        Audience.BRAND,
        "end it, get the rest back",
        binds=CLOSING,
        finds=campaign_to_close,
    ),
)
