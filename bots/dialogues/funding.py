"""Money into a campaign, and what is left out of it again."""

from dataclasses import dataclass
from uuid import UUID

from bots.cards.things import CHECKOUT, CLOSING, FUNDING
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Field, Form, Kind, Slots, facts, fixed
from bots.dialogues import answers
from bots.dialogues.workspace import newest_in
from bots.phrases.amounts import money
from bots.phrases.sentences import say
from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.campaigns.schemas import CampaignView
from core.campaigns.states import OPEN_FOR_OFFERS, CampaignState
from core.deals import endings
from core.kit.money import Money
from core.payments import books
from core.payments import funding as payment
from core.payments.schemas import FundCampaign
from core.payments.states import Rest


@dataclass(frozen=True, slots=True)
class FundFacts:
    """A campaign that is paid into, what is paid, and the credit that is used first."""

    seen: Seen
    campaign: CampaignView
    paid: Money
    credit: Money
    is_play: bool

    @property
    def missing(self) -> Money:
        """Return what the budget has more than is paid in."""
        return Money(max(self.campaign.budget.minor - self.paid.minor, 0), self.campaign.currency)


def _load_fund(talk: Talk, seen: Seen) -> FundFacts:
    campaign = campaigns.own(talk.work, seen.id, Permission.FUND)
    paid = books.campaign_money(talk.work, campaign, []).paid_in
    credit = books.credit_of(talk.work, campaign.workspace_id, campaign.currency)
    return FundFacts(seen, campaign, paid, credit, talk.tools.rails.present.facts.play_money)


def _ask_amount(slots: Slots) -> str:
    about = facts(FundFacts, slots)
    budget, paid = money(about.campaign.budget), money(about.paid)
    return say("fund.amount", title=about.campaign.title, budget=budget, paid=paid)


def _fund_summary(slots: Slots) -> str:
    about = facts(FundFacts, slots)
    amount = Money(slots["amount"], about.campaign.currency)
    used = Money(min(amount.minor, about.credit.minor), about.campaign.currency)
    return say(
        "fund.summary",
        title=about.campaign.title,
        amount=money(amount),
        credit=say("fund.credit", credit=money(used)) if used else "",
        by_card=money(amount - used),
        play=say("fund.play") if about.is_play else "",
    )


FUND = Form(
    name="fund",
    fields=(
        Field(
            "amount",
            Kind.TEXT,
            _ask_amount,
            "Amount",
            parse=answers.amount("campaign.budget_hint", lambda s: facts(FundFacts, s).campaign.currency),
        ),
    ),
    summary=_fund_summary,
    confirm=say("fund.confirm"),
)


def fund(talk: Talk, campaign: Seen) -> Answer:
    """Show what paying in means, with the amount that is missing from the budget."""
    missing = _load_fund(talk, campaign).missing
    return [Open("fund", {"amount": missing.minor} if missing else {}, seen=campaign)]


def campaign_to_fund(talk: Talk) -> UUID | Answer:
    """Find the newest campaign that waits for its money."""
    return newest_in(talk, say("fund.none"), CampaignState.AWAITING_FUNDS)


def pay_in(talk: Talk, slots: Slots, key: str) -> Answer:
    """Ask for the payment page; credit is used at once."""
    about = facts(FundFacts, slots)
    amount = Money(slots["amount"], about.campaign.currency)
    command, rail = FundCampaign(about.seen.id, amount, key), talk.tools.rails.present.facts
    funding = payment.fund(talk.work, command, rail, shown=about.seen.mark)
    replies: Answer = []
    if funding.from_credit:
        replies.append(card(say("fund.from_credit", amount=money(funding.from_credit))))
    if funding.by_card:
        replies.append(card(say("fund.asked")))
    return replies


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


def _load_close(talk: Talk, seen: Seen) -> CloseFacts:
    campaign = campaigns.own(talk.work, seen.id, Permission.FUND)
    return CloseFacts(seen, campaign, books.escrow_of(talk.work, campaign))


def _close_summary(slots: Slots) -> str:
    about = facts(CloseFacts, slots)
    title = about.campaign.title
    if not about.left:
        return say("close.nothing_left", title=title)
    return say("close.summary", title=title, left=money(about.left), how=say(f"close.{slots['rest']}_words"))


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
            when=lambda s: bool(facts(CloseFacts, s).left),
        ),
    ),
    summary=_close_summary,
    confirm=say("close.confirm"),
)


def close(talk: Talk, campaign: Seen) -> Answer:
    """Ask what shall become of the rest."""
    del talk
    return [Open("close", seen=campaign)]


def campaign_to_close(talk: Talk) -> UUID | Answer:
    """Find the newest campaign that can be closed."""
    return newest_in(talk, say("close.none"), *OPEN_FOR_OFFERS)


def close_now(talk: Talk, slots: Slots, key: str) -> Answer:
    """Close the campaign and give the rest back."""
    del key
    about = facts(CloseFacts, slots)
    rest = Rest(slots.get("rest", Rest.REFUND))
    endings.close_campaign(talk.work, about.seen.id, rest, shown=about.seen.mark)
    return [card(say("close.done", title=about.campaign.title))]


DIALOGUES = (
    Dialogue(FUND, pay_in, {"AmountOutOfRange": "amount"}, _load_fund, FUNDING),
    Dialogue(CLOSE, close_now, load=_load_close, binds=CLOSING),
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
