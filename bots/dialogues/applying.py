"""Applying to an open campaign: for a price, or for the gift where no cash is paid."""

from dataclasses import dataclass

from bots.cards import gifts, words
from bots.cards.things import APPLICATION
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Choice, Field, Form, Kind, Slots, facts
from bots.dialogues import answers
from bots.phrases.amounts import money
from bots.phrases.sentences import say
from bots.understanding import gifts as gift_words
from core.accounts import workspaces
from core.campaigns import service as campaigns
from core.campaigns.schemas import CampaignView
from core.deals import offers
from core.deals.schemas import Apply
from core.kit.money import Currency, Money
from core.terms import service as conditions
from core.terms.schemas import Terms


@dataclass(frozen=True, slots=True)
class ApplyFacts:
    """A campaign that a creator may join, and the terms its deals are made on."""

    seen: Seen
    campaign: CampaignView
    brand: str
    terms: Terms

    @property
    def what(self) -> str:
        """Return what each creator is asked for, in words."""
        return words.asked(self.campaign.brief)


def _load_campaign(talk: Talk, seen: Seen) -> ApplyFacts:
    campaign = campaigns.get(talk.work, seen.id)
    brand = workspaces.workspace_of(talk.work, campaign.workspace_id)
    return ApplyFacts(seen, campaign, brand.name, conditions.terms_of(talk.work, brand.id))


def _campaign_currency(slots: Slots) -> Currency:
    return facts(ApplyFacts, slots).campaign.currency


def _for_the_gift(slots: Slots) -> list[Choice]:
    """Return the answer that asks for no price, where the campaign gives something instead."""
    return [Choice("0", say("apply.for_gift"))] if facts(ApplyFacts, slots).campaign.cashless else []


def _asked_price(text: str, slots: Slots) -> int:
    if facts(ApplyFacts, slots).campaign.cashless and gift_words.is_gift(text):
        return 0
    minor: int = answers.amount("campaign.budget_hint", _campaign_currency)(text, slots)
    return minor


def _apply_summary(slots: Slots) -> str:
    about = facts(ApplyFacts, slots)
    if not int(slots["price"]):
        gift = gifts.pay(about.campaign.budget, about.campaign.brief)
        note = slots.get("note", "")
        return say("apply.gift_summary", title=about.campaign.title, what=about.what, gift=gift, note=note)
    quote = conditions.quote(Money(slots["price"], about.campaign.currency), about.terms)
    return say(
        "apply.summary",
        title=about.campaign.title,
        what=about.what,
        price=money(quote.price),
        commission=money(quote.commission),
        net=money(quote.creator_gets),
        note=slots.get("note", ""),
    )


APPLY = Form(
    name="apply",
    fields=(
        Field(
            "price",
            Kind.TEXT,
            lambda s: say(
                "apply.price",
                what=facts(ApplyFacts, s).what,
                currency=facts(ApplyFacts, s).campaign.currency,
            ),
            "Price",
            _for_the_gift,
            parse=_asked_price,
            amount=_campaign_currency,
            free=True,
            show=lambda _: say("apply.for_gift"),
        ),
        Field("note", Kind.TEXT, say("apply.note"), "Why me", optional=True),
    ),
    summary=_apply_summary,
    confirm=say("apply.confirm"),
)


def ask_apply(talk: Talk, campaign: Seen) -> Answer:
    """Ask for the price of an application."""
    del talk
    return [Open("apply", seen=campaign)]


def apply(talk: Talk, slots: Slots, key: str) -> Answer:
    """Send the application."""
    del key
    about = facts(ApplyFacts, slots)
    price = Money(slots["price"], about.campaign.currency)
    command = Apply(about.campaign.id, price, slots.get("note", ""))
    deal = offers.apply(talk.work, command, shown=about.seen.mark)
    return [card(say("apply.done", brand=about.brand, hours=deal.terms.application_hours))]


DIALOGUES = (Dialogue(APPLY, apply, {"AskedOutOfRange": "price"}, _load_campaign, APPLICATION),)
COMMANDS = (Command("apply", ask_apply, binds=APPLICATION),)
