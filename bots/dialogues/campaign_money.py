"""The questions of a campaign's form about money: its budget, and what is worth what is given beside it."""

from dataclasses import dataclass, replace

from bots.conversation.forms import Field, Kind, NotUnderstood, Slots, facts, known
from bots.dialogues import answers
from bots.phrases.sentences import say
from bots.understanding import changes, gifts
from core.accounts.schemas import WorkspaceView
from core.campaigns.schemas import Brief
from core.kit.money import Currency, Money


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """For whom a campaign may be. Its budget is in the currency of `home`, whoever is chosen."""

    home: WorkspaceView
    workspaces: tuple[WorkspaceView, ...]


def currency_of(slots: Slots) -> Currency:
    """Return the currency of a campaign's budget."""
    return facts(CampaignFacts, slots).home.currency


def budget(text: str, slots: Slots) -> int:
    """Read a budget; what each creator gets is as much for all of them."""
    if gifts.no_cash(text):
        raise NotUnderstood(f"{say('campaign.gift_alone')} {say('campaign.budget_hint')}")
    minor: int = answers.amount("campaign.budget_hint", currency_of)(text, slots)
    wish = slots.get("creators", {})
    return minor * (wish.get("max") or wish.get("min") or 1) if changes.is_each(text) else minor


def ask_budget(slots: Slots) -> str:
    """Ask for the budget; who wants to give no cash hears first that a gift alone is no deal."""
    asked = say("campaign.budget", currency=currency_of(slots))
    return f"{say('campaign.gift_alone')}\n{asked}" if gifts.no_cash(known(slots).text) else asked


def with_worth(brief: Brief, slots: Slots) -> Brief:
    """Return a brief with what its gift is worth, where that was answered."""
    worth = slots.get("worth")
    return replace(brief, worth=Money(worth, currency_of(slots)) if worth else None)


WORTH = Field(
    "worth",
    Kind.TEXT,
    say("campaign.worth"),
    "Worth of what is sent",
    parse=answers.amount("campaign.budget_hint", currency_of),
    amount=currency_of,
    on_request=True,
)
