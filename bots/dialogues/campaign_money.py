"""The questions of a campaign's form about money: its budget, and what is given beside it or instead."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bots.conversation.forms import Choice, Field, Kind, Slots, facts, fixed
from bots.dialogues import answers
from bots.phrases.sentences import say
from bots.understanding import changes, gifts
from core.accounts.schemas import WorkspaceView
from core.campaigns.schemas import Brief
from core.kit.money import Currency, Money
from core.kit.vocabulary import Handing


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """For whom a campaign may be. Its budget is in the currency of `home`, whoever is chosen."""

    home: WorkspaceView
    workspaces: tuple[WorkspaceView, ...]


def currency_of(slots: Slots) -> Currency:
    """Return the currency of a campaign's budget."""
    return facts(CampaignFacts, slots).home.currency


def budget(text: str, slots: Slots) -> int:
    """Read a budget, nothing where a gift is all there is; what each creator gets is as much for all."""
    if gifts.is_gift(text):
        return 0
    minor: int = answers.amount("campaign.budget_hint", currency_of)(text, slots)
    wish = slots.get("creators", {})
    return minor * (wish.get("max") or wish.get("min") or 1) if changes.is_each(text) else minor


def no_cash(slots: Slots) -> list[Choice]:
    """Return the one answer that is no amount."""
    del slots
    return [Choice("0", say("campaign.no_cash"))]


def cashless(slots: Slots) -> bool:
    """Tell whether it was answered that a gift is all that creators get."""
    return "budget" in slots and not int(slots["budget"])


def is_visit(slots: Slots) -> bool:
    """Tell whether creators come for it."""
    return cashless(slots) and slots.get("handing") == Handing.VISIT


def with_gift(brief: Brief, slots: Slots) -> Brief:
    """Return a brief with what its gift is worth and how creators get it, where that was answered."""
    worth, handing = slots.get("worth"), slots.get("handing")
    return replace(
        brief,
        worth=Money(worth, currency_of(slots)) if worth else None,
        handing=Handing(handing) if handing else None,
    )


def of_gift(text: str, currency: Currency, stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a text says of a gift: its worth, how it is handed over, and that there is no cash.

    A budget that is `stated` beside it is one.
    """
    found: dict[str, Any] = {}
    if "budget" not in stated and gifts.no_cash(text):
        found["budget"] = 0
        if goods := stated.get("goods") or gifts.goods(text):
            found["goods"] = goods
    if worth := gifts.worth(text, currency):
        found["worth"] = worth
    if {"budget", "goods"} & {*found, *({"goods"} & stated.keys())} and (handing := gifts.handing(text)):
        found["handing"] = handing
    return found


NEEDS = {"goods": cashless, "address": is_visit}
"""What a campaign without cash cannot do without."""


def with_need(field: Field) -> Field:
    """Return one of the brief's questions, asked in any case where a gift rests on its answer."""
    return replace(field, needed=NEEDS[field.name]) if field.name in NEEDS else field


BUDGET = Field(
    "budget",
    Kind.TEXT,
    lambda slots: say("campaign.budget", currency=currency_of(slots)),
    "Budget",
    no_cash,
    parse=budget,
    amount=currency_of,
    free=True,
    show=lambda _: say("campaign.no_cash"),
)
WORTH = Field(
    "worth",
    Kind.TEXT,
    say("campaign.worth"),
    "Worth of what is given",
    parse=answers.amount("campaign.budget_hint", currency_of),
    amount=currency_of,
    on_request=True,
    needed=cashless,
)
HANDING = Field(
    "handing",
    Kind.CHOICE,
    say("campaign.handing"),
    "How they get it",
    fixed((Handing.SENT, say("campaign.handing_sent")), (Handing.VISIT, say("campaign.handing_visit"))),
    on_request=True,
    needed=cashless,
)
