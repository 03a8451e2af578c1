"""One notice being put into words for one person.

A notice is a name and facts; the card shows how things stand now, not how they stood when it was promised.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from bots.cards import deal_buttons, words
from bots.cards import deals as deal_cards
from bots.cards.deals import Scene
from bots.conversation.card import press
from bots.conversation.dialogue import Tools
from bots.phrases.amounts import money
from bots.phrases.sentences import say
from core.campaigns import service as campaigns
from core.campaigns.schemas import CampaignView
from core.deals import views as deals
from core.deals.schemas import DealView, DeliverableView
from core.kit.actors import Actor
from core.kit.money import Currency, Money
from core.kit.process import Party
from core.kit.work import Work
from core.messaging.messages import Button, OutgoingMessage

Facts = dict[str, Any]


class Telling:
    """One notice being put into words for one person."""

    def __init__(self, work: Work, tools: Tools, facts: Facts) -> None:
        """Read the deal, where the notice is about one."""
        self.work, self.tools, self.facts = work, tools, facts
        self.deal: DealView | None = None
        self.piece: DeliverableView | None = None
        if facts.get("deal_id"):
            self.deal = deals.get(work, UUID(facts["deal_id"]))
            wanted = facts.get("deliverable_id")
            self.piece = next((d for d in self.deal.deliverables if str(d.id) == wanted), None)

    @property
    def scene(self) -> Scene:
        """Return the deal with everything around it."""
        if self.deal is None:
            raise KeyError("deal_id")
        return deal_cards.scene(self.work, self.deal)

    @property
    def to_brand(self) -> bool:
        """Tell whether the brand's side is told."""
        return bool(self.facts.get("to") == Party.BRAND)

    @property
    def campaign(self) -> CampaignView:
        """Return the campaign the notice is about."""
        return campaigns.get(self.work, UUID(self.facts["campaign_id"]))

    @property
    def own(self) -> Work:
        """Return the work in the name of the one person who reads this; of all who do, where several may."""
        reader = self.facts.get("reader")
        return self.work.acting_as(Actor.person(UUID(reader))) if reader else self.work

    def allowed(self, *buttons: Button) -> list[Button]:
        """Return those of these buttons that whoever reads this may press; a creator's are her own."""
        if not self.to_brand or self.deal is None:
            return list(buttons)
        return deal_buttons.allowed(buttons, deal_buttons.granted(self.own, self.deal.workspace_id))

    @property
    def title(self) -> str:
        """Return the campaign's title."""
        return self.campaign.title

    @property
    def who(self) -> str:
        """Return the name of the side that took the step."""
        s = self.scene
        return s.creator.name if self.facts.get("by") == Party.CREATOR else s.brand.name

    @property
    def other(self) -> str:
        """Return the name of the side that is not told."""
        s = self.scene
        return s.creator.name if self.to_brand else s.brand.name

    @property
    def what(self) -> str:
        """Return the piece's name."""
        if self.deal is None or self.piece is None:
            return say("notice.some_work")
        return words.piece_name(self.deal, self.piece)

    def key(self, sentence: str) -> str:
        """Return the key of a notice, of the one about a gift where no money is in the deal."""
        return f"notice.{'gift_' if deal_of(self).cashless else ''}{sentence}"

    @property
    def play(self) -> str:
        """Return the label of play money."""
        return deal_cards.play(self.tools)

    @property
    def reason(self) -> str:
        """Return the reason with quotes, empty without one."""
        text = str(self.facts.get("reason") or "")
        return say("notice.reason", reason=text) if text else ""

    def amount(self, name: str) -> str:
        """Return an amount among the facts, in words."""
        currency = self.facts.get("currency") or (self.deal.price.currency if self.deal else "USD")
        return money(Money(int(self.facts.get(name, 0)), Currency(currency)))

    def received(self, gross: str) -> str:
        """Return what a creator receives of an amount among the facts, and of what that is."""
        if self.facts.get("net_minor", self.facts.get(gross, 0)) == self.facts.get(gross, 0):
            return self.amount(gross)
        return say("notice.received", net=self.amount("net_minor"), gross=self.amount(gross))

    def review(self) -> list[Button]:
        """Return the button that opens a review."""
        deal = deal_of(self)
        return self.allowed(press(say("notice.review"), "review", deal.id, deal.mark))


Render = Callable[[Telling], list[OutgoingMessage]]
"""Puts a notice into words."""


def deal_of(t: Telling) -> DealView:
    """Return the deal a notice is about. Raises KeyError where it is about none."""
    if t.deal is None:
        raise KeyError("deal_id")
    return t.deal


def piece_of(t: Telling) -> DeliverableView:
    """Return the piece a notice is about. Raises KeyError where it is about none."""
    if t.piece is None:
        raise KeyError("deliverable_id")
    return t.piece
