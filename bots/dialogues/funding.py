"""Money into a campaign, and what is left out of it again."""

from typing import Any

from bots.cards.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Talk
from bots.conversation.forms import Field, Form, Kind, Slots, fixed
from bots.dialogues import answers
from bots.dialogues.workspace import campaign_of
from bots.phrases.amounts import money
from bots.phrases.sentences import say
from core.campaigns import service as campaigns
from core.campaigns.states import CampaignState
from core.deals import endings
from core.deals import views as deals
from core.kit.money import Currency, Money
from core.payments import books
from core.payments import funding as payment
from core.payments.schemas import FundCampaign
from core.payments.states import Rest

OPEN_TO_OFFERS = (CampaignState.FUNDED, CampaignState.RECRUITING, CampaignState.RUNNING)


FUND = Form(
    name="fund",
    fields=(
        Field(
            "amount",
            Kind.TEXT,
            lambda s: say(
                "fund.amount",
                title=s["_title"],
                budget=answers.show_money(s["_budget"], s["_currency"]),
                paid=answers.show_money(s["_paid"], s["_currency"]),
            ),
            "Amount",
            parse=answers.amount("campaign.budget_hint"),
        ),
    ),
    summary=lambda s: say(
        "fund.summary",
        title=s["_title"],
        amount=answers.show_money(s["amount"], s["_currency"]),
        credit=_credit_line(s),
        by_card=answers.show_money(max(s["amount"] - s["_credit"], 0), s["_currency"]),
        play=say("fund.play") if s["_play"] else "",
    ),
    confirm=say("fund.confirm"),
)


def _credit_line(slots: Slots) -> str:
    used = min(slots["amount"], slots["_credit"])
    if not used:
        return ""
    return say("fund.credit", credit=answers.show_money(used, slots["_currency"]))


def fund(talk: Talk, argument: str) -> Answer:
    """Show what paying in means, with the amount that is missing from the budget."""
    campaign = campaign_of(talk, argument, CampaignState.AWAITING_FUNDS)
    paid = deals.money_of(talk.work, campaign.id).paid_in
    credit = books.credit_of(talk.work, campaign.workspace_id, campaign.currency)
    facts: dict[str, Any] = {
        "_campaign": campaign.id.hex,
        "_title": campaign.title,
        "_currency": campaign.currency,
        "_budget": campaign.budget.minor,
        "_paid": paid.minor,
        "_credit": credit.minor,
        "_play": talk.tools.settings.payment_rail == "sandbox",
    }
    missing = campaign.budget.minor - paid.minor
    if missing > 0:
        facts["amount"] = missing
    return [Open("fund", facts)]


def pay_in(talk: Talk, slots: Slots, key: str) -> Answer:
    """Ask for the payment page; credit is used at once."""
    amount = Money(slots["amount"], Currency(slots["_currency"]))
    command = FundCampaign(answers.key(slots["_campaign"]), amount, key)
    funding = payment.fund(talk.work, command)
    replies: Answer = []
    if funding.from_credit:
        replies.append(card(say("fund.from_credit", amount=money(funding.from_credit))))
    if funding.by_card:
        replies.append(card(say("fund.asked")))
    return replies


def pay_with_play_money(talk: Talk, argument: str) -> Answer:
    """Press the sandbox checkout's button from the chat."""
    payment.pay_checkout(talk.work, answers.key(argument))
    return [card(say("pay.pressed"))]


def _close_summary(slots: Slots) -> str:
    if not slots["_left"]:
        return say("close.nothing_left", title=slots["_title"])
    left = answers.show_money(slots["_left"], slots["_currency"])
    return say("close.summary", title=slots["_title"], left=left, how=say(f"close.{slots['rest']}_words"))


CLOSE = Form(
    name="close",
    fields=(
        Field(
            "rest",
            Kind.CHOICE,
            lambda s: say(
                "close.how",
                left=answers.show_money(s["_left"], s["_currency"]),
                title=s["_title"],
            ),
            "The rest",
            fixed(("refund", say("close.refund")), ("credit", say("close.credit"))),
            when=lambda s: s["_left"] > 0,
        ),
    ),
    summary=_close_summary,
    confirm=say("close.confirm"),
)


def close(talk: Talk, argument: str) -> Answer:
    """Ask what shall become of the rest."""
    campaign = campaign_of(talk, argument, *OPEN_TO_OFFERS)
    facts: dict[str, Any] = {
        "_campaign": campaign.id.hex,
        "_title": campaign.title,
        "_currency": campaign.currency,
        "_left": books.escrow_of(talk.work, campaign).minor,
    }
    return [Open("close", facts)]


def close_now(talk: Talk, slots: Slots, key: str) -> Answer:
    """Close the campaign and give the rest back; money that came back meanwhile is asked about first."""
    del key
    campaign_id = answers.key(slots["_campaign"])
    if "rest" not in slots and books.escrow_of(talk.work, campaigns.get(talk.work, campaign_id)):
        return close(talk, slots["_campaign"])
    endings.close_campaign(talk.work, campaign_id, Rest(slots.get("rest", Rest.REFUND)))
    return [card(say("close.done", title=slots["_title"]))]


DIALOGUES = (
    Dialogue(FUND, pay_in, {"AmountOutOfRange": "amount"}),
    Dialogue(CLOSE, close_now),
)
COMMANDS = (
    Command("fund", fund, ("fund",), Audience.BRAND, "pay into a campaign"),
    Command("pay", pay_with_play_money),
    Command("close", close, ("close campaign",), Audience.BRAND, "end it, get the rest back"),
)
